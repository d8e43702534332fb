"""A chart on a sheet: two axes and what is drawn between them."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from models.engine.protocol import Lang
from models.kit import lettering
from models.kit.palette import mix, rgb
from models.kit.sheet import Mark, Point, Sheet, colours

TICK = lettering.SMALLEST


@dataclass(frozen=True, slots=True)
class Axes:
    """A box of the sheet with its own coordinates; with `log`, y is a logarithm."""

    sheet: Sheet
    corner: Point  # top left, pixels
    size: Point
    xlim: Point
    ylim: Point
    log: bool = False

    def place(self, xs: ArrayLike, ys: ArrayLike) -> list[Point]:
        """Give data points' pixels."""
        x, y = np.asarray(xs, float), np.asarray(ys, float)
        low, high = self.ylim
        if self.log:
            y, low, high = np.log10(np.maximum(y, 1e-12)), math.log10(low), math.log10(high)
        across = (x - self.xlim[0]) / max(self.xlim[1] - self.xlim[0], 1e-12)
        up = np.clip((y - low) / max(high - low, 1e-12), -0.02, 1.02)
        left, top = self.corner
        return [(left + a * self.size[0], top + (1 - u) * self.size[1]) for a, u in zip(across, up, strict=True)]

    def line(
        self, xs: ArrayLike, ys: ArrayLike, role: str = "input", width: float = 5, *, dashed: bool = False
    ) -> None:
        """Draw a curve; points that aren't finite are left out."""
        x, y = np.asarray(xs, float), np.asarray(ys, float)
        kept = np.isfinite(x) & np.isfinite(y)
        if kept.sum() > 1:
            self.sheet.line(self.place(x[kept], y[kept]), role, width, dashed=dashed)

    def scatter(
        self, xs: ArrayLike, ys: ArrayLike, role: str = "input", mark: Mark = "circle", size: float = 10
    ) -> None:
        """Draw the data points that lie within the limits."""
        x, y = np.asarray(xs, float), np.asarray(ys, float)
        kept = (x >= self.xlim[0]) & (x <= self.xlim[1]) & (y >= self.ylim[0]) & (y <= self.ylim[1])
        for point in self.place(x[kept], y[kept]):
            self.sheet.mark(point, mark, role, size)

    def rule(self, level: float, label: str = "", role: str = "muted", *, left: bool = False) -> None:
        """Draw a dashed line across at a height: a baseline, with its name above its right or its left end."""
        points = self.place(self.xlim, [level, level])
        self.sheet.line(points, role, 3.5, dashed=True)
        if label:
            wide = lettering.width_of(label, TICK)
            x, y = points[0][0] + wide + 14 if left else points[1][0] - 6, points[1][1] - 22
            self.sheet.rectangle((x - wide - 6, y - 15), (wide + 12, 30), "paper", fill=1.0)
            self.sheet.text((x, y), label, TICK, role, align="right")

    def field(self, values: NDArray[Any], low: str = "input", high: str = "error") -> None:
        """Fill the box with a smooth field [H, W] of 0..1, its first row at the lowest y: class 0 low, class 1 high."""
        theme, paper = self.sheet.theme, rgb(self.sheet.theme.paper)
        strong = [mix(theme.colour(role), paper, 0.55) for role in (low, high)]
        pale = mix(paper, theme.colour("faint"), 0.9)
        flipped = np.clip(np.asarray(values, np.float32)[::-1], 0, 1)
        below, above = colours(1 - 2 * flipped, pale, strong[0]), colours(2 * flipped - 1, pale, strong[1])
        self.sheet.image(self.corner, self.size, np.where(flipped[..., None] < 0.5, below, above), smooth=True)
        left, top = self.corner
        right, bottom = left + self.size[0], top + self.size[1]
        self.sheet.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], "muted", 2.5)


@dataclass(frozen=True, slots=True)
class Labels:
    """What is written at the axes, and in which language's numbers."""

    x: str = ""
    y: str = ""
    lang: Lang = "pt"
    ticks: bool = True
    tens: bool = False  # x is a power of ten, written out


def axes(
    sheet: Sheet, corner: Point, size: Point, xlim: Point, ylim: Point, labels: Labels, *, log: bool = False
) -> Axes:
    """Draw two axes with their names and a few numbers; the box is what lies between them."""
    made = Axes(sheet, corner, size, xlim, ylim, log)
    left, bottom = corner[0], corner[1] + size[1]
    if labels.ticks:
        _ticks(made, labels)
    sheet.line([corner, (left, bottom), (left + size[0], bottom)], "muted", 2.5)
    if labels.x:
        sheet.text((left + size[0] / 2, bottom + (76 if labels.ticks else 32)), labels.x, 28, "muted")
    if labels.y:
        sheet.text((left, corner[1] - 30), labels.y, 28, "muted", align="left")
    return made


def _ticks(made: Axes, labels: Labels) -> None:
    lang = labels.lang
    bottom = made.corner[1] + made.size[1]
    for value in nice(*made.xlim, 5):
        point = made.place([value], [made.ylim[0]])[0]
        made.sheet.line([(point[0], bottom), (point[0], bottom + 8)], "muted", 2.5)
        made.sheet.text((point[0], bottom + 32), _short(10**value if labels.tens else value, lang), TICK, "muted")
    for value in powers(*made.ylim) if made.log else nice(*made.ylim, 4):
        point = made.place([made.xlim[0]], [value])[0]
        made.sheet.line([point, (point[0] + made.size[0], point[1])], "faint", 2)
        made.sheet.text((point[0] - 14, point[1]), _short(value, lang), TICK, "muted", align="right")


def nice(low: float, high: float, about: int) -> list[float]:
    """Give about so many round numbers between two."""
    if not high > low:
        return [low]
    raw = (high - low) / about
    power = 10.0 ** math.floor(math.log10(raw))
    step = power * next(s for s in (1, 2, 2.5, 5, 10) if s * power >= raw * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 10) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def powers(low: float, high: float) -> list[float]:
    """Give the powers of ten between two numbers, or both where there is none."""
    found = [10.0**i for i in range(math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9) + 1)]
    return found[:: max(len(found) // 5, 1)] or [low, high]


def _short(value: float, lang: Lang) -> str:
    """Write a tick's number as shortly as it can be."""
    text = f"{value:.4g}" if abs(value) < 1e4 else f"{value / 1000:g}k"
    text = text.replace("-", "−")
    return text.replace(".", ",") if lang == "pt" else text


def limits(*series: Sequence[float], pad: float = 0.06, floor: float | None = None) -> Point:
    """Give the bounds of finite values with some air; `floor` is put in too."""
    values = np.concatenate([np.asarray(s, float).ravel() for s in series] or [np.zeros(1)])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)
    low = low if floor is None else min(low, floor)
    air = (high - low or 1.0) * pad
    return (low if low == floor else low - air), high + air
