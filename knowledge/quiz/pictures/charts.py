"""Three charts side by side, named A, B and C."""

from collections.abc import Iterator
from typing import Any

from knowledge.figures.style import Canvas
from knowledge.quiz.typed import letter

SIDE = 310  # px of a panel
LEFTS = (44, 385, 726)
TOP = 96


def side_by_side(
    canvas: Canvas, count: int, turn: int, xlim: Any, ylim: Any, height: int = 400
) -> Iterator[tuple[int, Any]]:
    """Open the charts in turn; gives which panel of the module each shows, and its axes."""
    for place in range(count):
        left = LEFTS[place]
        canvas.text((left + SIDE / 2, 48), letter(place), 52, bold=True)
        yield (place + turn) % count, canvas.plot((left, TOP), (SIDE, height), xlim, ylim)


def key(canvas: Canvas, y: float, entries: list[tuple[str, str]]) -> None:
    """Name the colours of the lines, side by side."""
    for i, (role, words) in enumerate(entries):
        x = 540 + (i - (len(entries) - 1) / 2) * 330
        canvas.line([(x - 130, y), (x - 80, y)], role, 7)
        canvas.text((x - 66, y), words, 30, align="left")


def square(axes: Any) -> None:
    """Frame a chart all around."""
    for spine in axes.spines.values():
        spine.set_visible(True)
