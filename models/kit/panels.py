"""Small charts that share a sheet: each draws within a box, so that one summary holds a picture, a curve and bars."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.engine.protocol import Lang
from models.kit import lettering
from models.kit.axes import Axes, Labels, axes, limits
from models.kit.charts import Bar, Curve, clearer_left
from models.kit.palette import SERIES
from models.kit.sheet import Entry, Point, Sheet

HEAD = 56.0  # height of a panel's heading
LEGEND = 40.0  # height of its legend


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a sheet, pixels."""

    left: float
    top: float
    width: float
    height: float

    def below(self, used: float) -> "Box":
        """Give what is left under `used` pixels."""
        return Box(self.left, self.top + used, self.width, self.height - used)


def heading(sheet: Sheet, box: Box, words: str, size: float = 30) -> Box:
    """Write a panel's heading, shrunk when long, and give the box below it."""
    size = max(min(size, size * box.width / max(lettering.width_of(words, size, bold=True), 1)), lettering.SMALLEST)
    sheet.text((box.left, box.top + 20), words, size, align="left", bold=True)
    return box.below(HEAD)


def bars(sheet: Sheet, box: Box, rows: Sequence[Bar], lang: Lang, *, percent: bool = True, digits: int = 2) -> None:
    """Draw bars from 0, each under its label, with their numbers; baselines pale, whiskers for the spread."""
    pitch = min(box.height / max(len(rows), 1), 96.0)
    full = 1.0 if percent else max([row.value + row.spread for row in rows] + [1e-9])
    scale = (box.width - 118) / full
    for i, row in enumerate(rows):
        top = box.top + i * pitch
        sheet.text((box.left, top + 15), row.label, lettering.SMALLEST, "muted", align="left")
        end = box.left + max(row.value, 0) * scale
        thick = min(pitch - 48, 38)
        sheet.rectangle((box.left, top + 36), (max(end - box.left, 3), thick), row.role, fill=_fill(row))
        if row.spread:
            _whisker(sheet, (end, top + 36 + thick / 2), row.spread * scale)
        words = lettering.percent(row.value, lang, 0) if percent else lettering.number(row.value, lang, digits)
        at = (end + row.spread * scale + 12, top + 36 + thick / 2)
        sheet.text(at, words, 30, align="left", bold=not row.baseline)


def _fill(row: Bar) -> float:
    return 0.4 if row.baseline else 0.95


def _whisker(sheet: Sheet, at: Point, half: float) -> None:
    sheet.line([(at[0] - half, at[1]), (at[0] + half, at[1])], "ink", 3)
    for x in (at[0] - half, at[0] + half):
        sheet.line([(x, at[1] - 8), (x, at[1] + 8)], "ink", 3)


def curves(
    sheet: Sheet,
    box: Box,
    lines: Sequence[Curve],
    labels: Labels,
    *,
    ylim: Point | None = None,
    rules: Sequence[tuple[str, float]] = (),
    log: bool = False,
) -> Axes:
    """Draw curves with a legend above them; baselines as dashed rules."""
    lines = [replace(c, role=c.role or SERIES[i % len(SERIES)]) for i, c in enumerate(lines)]
    named = [Entry(c.label, c.role, dashed=c.dashed) for c in lines if c.label]
    sheet.legend(named, box.top + 14, lettering.SMALLEST, box.left)
    inner = box.below((LEGEND if named else 0) + (44 if labels.y else 14))
    foot = (92 if labels.x else 50) if labels.ticks else (46 if labels.x else 6)
    xs = limits(*(list(map(float, c.x)) for c in lines), pad=0.0)
    ys = ylim or _heights(lines, [value for _, value in rules], log)
    corner, size = (inner.left + 84, inner.top), (inner.width - 92, inner.height - foot)
    made = axes(sheet, corner, size, xs, ys, labels, log=log)
    for label, value in rules:
        made.rule(value, label, left=clearer_left(lines, value))
    for curve in lines:
        made.line(curve.x, curve.ys, curve.role, dashed=curve.dashed)
    return made


def _heights(lines: Sequence[Curve], more: Sequence[float], log: bool) -> Point:
    if not log:
        return limits(*(c.ys for c in lines), list(more))
    positive = [y for c in lines for y in (*c.ys, *more) if y > 0] or [1.0]
    return min(positive) / 1.3, max(positive) * 1.3
