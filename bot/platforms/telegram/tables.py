"""Tables on a phone: aligned where they fit, else a paragraph a row. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from rich.cells import cell_len

PHONE = 34  # characters of a fixed-width line that a narrow phone shows without a break
GAP = "  "


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, as HTML and as what is seen of it."""

    html: str
    plain: str


def table(header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> str:
    """Show a table: aligned columns where it is narrow, else "label: value" lines."""
    widths = [max(cell_len(cell.plain) for cell in column) for column in zip(header, *rows, strict=False)]
    if rows and sum(widths) + len(GAP) * (len(widths) - 1) > PHONE:
        return "\n\n".join(paragraph for row in rows if (paragraph := _paragraph(header, row)))
    lines = [_line(header, widths), GAP.join("─" * width for width in widths), *(_line(row, widths) for row in rows)]
    return f"<pre>{escape(chr(10).join(lines), quote=False)}</pre>"


def _line(row: Sequence[Cell], widths: Sequence[int]) -> str:
    padded = (cell.plain + " " * (width - cell_len(cell.plain)) for cell, width in zip(row, widths, strict=False))
    return GAP.join(padded).rstrip()


def _paragraph(header: Sequence[Cell], row: Sequence[Cell]) -> str:
    """Write a row: its first cell as a bold line, then one line for each other cell."""
    lines = [f"<b>{row[0].html}</b>"] if row[0].plain.strip() else []
    for label, cell in zip(header[1:], row[1:], strict=False):
        if cell.plain.strip():
            lines.append(f"<i>{label.html}:</i> {cell.html}" if label.plain.strip() else cell.html)
    return "\n".join(lines)
