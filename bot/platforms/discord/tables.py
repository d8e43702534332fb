"""Tables that can be read on a phone: as columns side by side, or as a list. Pure."""

from collections.abc import Sequence

PUNCTUATION = ("?", "!", ":", ".")
Row = Sequence[str]  # cells are Markdown


def listed(header: Row, rows: Sequence[Row]) -> str:
    """Write a table as Markdown lists: one line a row where a row says one thing, else one list a row."""
    if len(header) <= 2:
        return "\n".join(f"- {_pair(row[0], ' · '.join(row[1:]))}" for row in rows if row)
    return "\n\n".join(_row(header, row) for row in rows if row)


def column(rows: Sequence[Row], at: int) -> str:
    """Write one column of a comparison as Markdown, each value after its row's name."""
    return "\\\n".join(_pair(row[0], row[at]) for row in rows if len(row) > at)


def _row(header: Row, row: Row) -> str:
    cells = [f"- {_pair(name, cell)}" for name, cell in zip(header[1:], row[1:], strict=False) if cell]
    return "\n".join([_bold(row[0]), *cells] if row[0] else cells)


def _pair(name: str, value: str) -> str:
    if not (name and value):
        return name or value
    return f"{_bold(name if name.endswith(PUNCTUATION) else f'{name}:')} {value}"


def _bold(text: str) -> str:
    return text if "*" in text else f"**{text}**"
