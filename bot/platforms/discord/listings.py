"""Listings for narrow places: a comment behind a long line goes above it. Pure."""

import io
import tokenize

COLUMNS = 56  # characters of code that a card shows before it breaks the line, on a desktop


def narrow(source: str, language: str) -> str:
    """Shorten a listing's lines where that is safe: Python's comments behind code; everything else stays."""
    comments = _comments(source) if language == "python" else {}
    lines = source.split("\n")
    return "\n".join(_narrowed(line, comments.get(n)) for n, line in enumerate(lines, 1))


def _narrowed(line: str, column: int | None) -> str:
    if column is None or not line[:column].strip():
        return line
    code, comment = line[:column].rstrip(), line[column:]
    joined = f"{code}  {comment}"
    indent = line[: len(line) - len(line.lstrip())]
    return joined if len(joined) <= COLUMNS else f"{indent}{comment}\n{code}"


def _comments(source: str) -> dict[int, int]:
    """Find each comment's column by its line; none where the listing isn't whole Python."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return {}
    inside = _continued(found)
    return {t.start[0]: t.start[1] for t in found if t.type == tokenize.COMMENT and t.start[0] not in inside}


def _continued(found: list[tokenize.TokenInfo]) -> set[int]:
    """List the lines that begin within a text of several lines: nothing may be put above those."""
    return {line for t in found if t.type == tokenize.STRING for line in range(t.start[0] + 1, t.end[0] + 1)}
