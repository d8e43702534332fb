"""The charts that most demos need, whole sheets of them. Each draws onto a sheet, for `draw.picture`, `draw.gif`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.engine.protocol import Lang
from models.kit import lettering
from models.kit.axes import Axes, Labels, axes, limits
from models.kit.palette import SERIES
from models.kit.sheet import GAP, MARGIN, MARKS, WIDTH, Entry, Mark, Pixels, Point, Sheet

MARKED = 8  # marks on a line that has them


@dataclass(frozen=True, slots=True)
class Curve:
    """A named series; without `xs` its points are 1, 2, 3…"""

    label: str
    ys: Sequence[float]
    role: str = ""  # "": by its position
    dashed: bool = False
    xs: Sequence[float] = ()
    mark: Mark | None = None  # a few on the line: tells it from another of its kind without colours

    @property
    def x(self) -> Sequence[float]:
        """Give its x values."""
        return self.xs or range(1, len(self.ys) + 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A named value; baselines are pale."""

    label: str
    value: float
    role: str = "input"
    spread: float = 0.0  # standard deviation, drawn as a whisker
    baseline: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What is written around a chart."""

    title: str
    lang: Lang = "pt"
    x: str = ""
    y: str = ""
    caption: str = ""


def curves(
    sheet: Sheet,
    look: Look,
    lines: Sequence[Curve],
    *,
    rules: Sequence[tuple[str, float]] = (),
    xlim: Point | None = None,
    ylim: Point | None = None,
    log: bool = False,
) -> Axes:
    """Draw curves with a legend, and baselines as dashed rules; `xlim` for the whole run keeps a film's axes still."""
    sheet.title(look.title)
    lines = [replace(c, role=c.role or SERIES[i % len(SERIES)]) for i, c in enumerate(lines)]
    sheet.legend([Entry(c.label, c.role, c.mark, c.dashed, lined=True) for c in lines], 148)
    bottom = sheet.room(look.caption) - 96
    xs = xlim or limits(*(list(map(float, c.x)) for c in lines), pad=0.0)
    ys = ylim or limits(*(c.ys for c in lines), [value for _, value in rules])
    if log:
        positive = [y for c in lines for y in c.ys if y > 0] or [1.0]
        ys = ylim or (min(positive) / 1.3, max(positive) * 1.3)
    box = (128.0, 232.0), (WIDTH - 128.0 - MARGIN, bottom - 232.0)
    made = axes(sheet, *box, xs, ys, Labels(look.x, look.y, look.lang), log=log)
    for label, value in rules:
        made.rule(value, label, left=clearer_left(lines, value))
    for curve in lines:
        made.line(curve.x, curve.ys, curve.role, dashed=curve.dashed)
        if curve.mark:
            every = max(len(curve.ys) // MARKED, 1)
            made.scatter(curve.x[::every], curve.ys[::every], curve.role, curve.mark, 11)
    if look.caption:
        sheet.caption(look.caption)
    return made


def clearer_left(lines: Sequence[Curve], level: float) -> bool:
    """Tell whether a rule's name is further from every curve at its left end than at its right."""
    ends = [(abs(c.ys[0] - level), abs(c.ys[-1] - level)) for c in lines if len(c.ys)]
    return bool(ends) and min(first for first, _ in ends) > min(last for _, last in ends)


def bars(
    sheet: Sheet, look: Look, rows: Sequence[Bar], *, percent: bool = False, digits: int = 2, top: float | None = None
) -> None:
    """Draw horizontal bars from 0 with their numbers; baselines pale, whiskers for the spread."""
    sheet.title(look.title)
    room = sheet.room(look.caption) - 160
    pitch = min(room / max(len(rows), 1), 120)
    widest = max([lettering.width_of(row.label, 30) for row in rows], default=0)
    left = MARGIN + min(widest, 420) + 24
    full = top or max([row.value + row.spread for row in rows] + [1e-9])
    scale = (WIDTH - left - 190) / full
    for i, row in enumerate(rows):
        y = 160 + (i + 0.5) * pitch
        _label(sheet, (left - 20, y), row.label)
        end = left + max(row.value, 0) * scale
        size = (max(end - left, 2), 0.64 * pitch)
        sheet.rectangle((left, y - size[1] / 2), size, row.role, fill=0.4 if row.baseline else 0.95)
        if row.spread:
            _whisker(sheet, y, end, row.spread * scale)
        words = lettering.percent(row.value, look.lang) if percent else lettering.number(row.value, look.lang, digits)
        sheet.text((end + row.spread * scale + 16, y), words, 32, align="left", bold=not row.baseline)
    sheet.line([(left, 154), (left, 166 + len(rows) * pitch)], "muted", 2.5)
    if look.caption:
        sheet.caption(look.caption)


def _label(sheet: Sheet, at: Point, words: str) -> None:
    lines = lettering.wrap(words, 30, 420)
    sheet.text(at, "\n".join(lines[:2]), 30, align="right")


def _whisker(sheet: Sheet, y: float, end: float, half: float) -> None:
    sheet.line([(end - half, y), (end + half, y)], "ink", 3)
    for x in (end - half, end + half):
        sheet.line([(x, y - 10), (x, y + 10)], "ink", 3)


def gallery(
    sheet: Sheet,
    look: Look,
    pictures: Sequence[Pixels],
    columns: int,
    *,
    labels: Sequence[str] = (),
    frames: Sequence[str] = (),
) -> None:
    """Show square pictures in rows, centred, as large as they fit."""
    sheet.title(look.title)
    rows, gap = -(-len(pictures) // columns), GAP
    room = sheet.room(look.caption) - 140 - (rows * 36 if labels else 0)
    side = min((WIDTH - 2 * MARGIN - gap * (columns - 1)) / columns, (room - gap * (rows - 1)) / rows)
    width = side * columns + gap * (columns - 1)
    sheet.images(((WIDTH - width) / 2, 140), width, pictures, columns, labels=labels, frames=frames)
    if look.caption:
        sheet.caption(look.caption)


def boundary(
    sheet: Sheet,
    look: Look,
    field: Pixels,
    points: Pixels,
    classes: Sequence[int] | Pixels,
    limits_: tuple[Point, Point],
    names: Sequence[str] = (),
) -> None:
    """Draw what a network says of a plane's points, [H, W] of 0..1 from the lowest y, and the data [N, 2] on it."""
    sheet.title(look.title)
    side = sheet.room(look.caption) - 140 - (60 if names else 0)
    top = 200 if names else 140
    if names:
        sheet.legend([Entry(n, SERIES[i], MARKS[i]) for i, n in enumerate(names)], 150)
    plane = Axes(sheet, ((WIDTH - side * 1.25) / 2, top), (side * 1.25, side), *limits_)
    plane.field(np.asarray(field))
    for i in range(2):
        mine = np.asarray(points)[np.asarray(classes) == i]
        if len(mine):
            plane.scatter(mine[:, 0], mine[:, 1], SERIES[i], MARKS[i], 9)
    if look.caption:
        sheet.caption(look.caption)
