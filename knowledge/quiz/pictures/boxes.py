"""Shapes that drawings of networks share."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas, Point, spread


def layers(canvas: Canvas, sizes: Sequence[int], middle: float, gap: float = 96, radius: float = 30) -> None:
    """Draw fully connected layers from left to right."""
    xs = np.linspace(150, 930, len(sizes))
    columns: list[list[Point]] = []
    for place, (x, size) in enumerate(zip(xs, sizes, strict=True)):
        role = INPUT if place == 0 else OUTPUT if place == len(sizes) - 1 else HIDDEN
        columns.append(canvas.layer(float(x), spread(size, middle, gap), role, radius))
    for left, right in pairwise(columns):
        canvas.connect(left, right)


def maps(canvas: Canvas, at: Point, side: float, count: int, role: str = HIDDEN) -> None:
    """Draw square maps one behind another, around a point."""
    for i in reversed(range(count)):
        shift = (i - (count - 1) / 2) * 20
        canvas.box((at[0] + shift, at[1] - shift), (side, side), "", role)
