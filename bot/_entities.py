"""Where a Markdown paragraph must not be cut: code, links, bold… Linear in the text's length."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

Span = tuple[int, int]
_TOKEN = re.compile(
    r"(?P<escape>\\.)|(?P<ticks>`+)|(?P<mark>\*{1,3}(?!\*)|(?<!~)~~(?!~)|(?<!\|)\|\|(?!\|)|__?(?!_))"
    r"|(?P<whole>!?\[(?:\\.|[^\[\]\\])*\]\((?:[^()\s]|\([^()\s]*\))*\)|<[^<>\s]+>)",
    re.DOTALL,
)


def entities(text: str) -> list[Span]:
    """List the outermost code spans, links and marked-up parts of a paragraph, in order."""
    found: list[Span] = []
    for start, end in sorted(_spans(text)):
        if not found or start >= found[-1][1]:
            found.append((start, end))
        elif end > found[-1][1]:
            found[-1] = (found[-1][0], end)
    return found


def _spans(text: str) -> Iterator[Span]:
    ticks = _ticks(text)
    opened: dict[str, int] = {}
    token, at = _TOKEN.search(text), 0
    while token:
        at = token.end()
        if token["ticks"]:
            at = _code_end(ticks[len(token["ticks"])], token) or at
        if token["whole"] or at > token.end():
            yield token.start(), at
        elif token["mark"]:
            yield from _marked(text, token, opened)
        token = _TOKEN.search(text, at)


def _ticks(text: str) -> dict[int, list[int]]:
    """Give the places of the runs of backticks, by length."""
    places: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        places[len(run[0])].append(run.start())
    return places


def _code_end(places: list[int], opener: re.Match[str]) -> int | None:
    following = bisect_right(places, opener.start())
    return places[following] + len(opener[0]) if following < len(places) else None


def _marked(text: str, token: re.Match[str], opened: dict[str, int]) -> Iterator[Span]:
    """Close what this mark closes, else open it."""
    mark, before, after = token[0], text[token.start() - 1 : token.start()], text[token.end() : token.end() + 1]
    word = mark[0] == "_"  # between letters it is part of a name
    if mark in opened and before.strip() and not (word and after.isalnum()):
        yield opened.pop(mark), token.end()
    elif after.strip() and not (word and before.isalnum()):
        opened[mark] = token.start()
