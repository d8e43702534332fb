"""A learner's progress as a picture: mastery by part of the lecture, what is due, what will be forgotten."""

import asyncio
import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bot.charts.pen import Pen, themed
from handlers.messages import Figure
from handlers.ports import Texts
from handlers.study import Bar, Overview
from knowledge.figures.style import ERROR, INPUT, MARGIN, OUTPUT, WIDTH, Theme, number
from knowledge.passages import Lang

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
TILES, TILE = 140, 150  # where the row of figures begins, and its height
BARS, ROW = 370, 76  # where the bars begin, and the height of one
TRACK = 22  # height of a bar
CHART = 250  # height of the forecast
AXIS = 96  # px left of the forecast for its labels
KEPT = 24 * 3600.0  # seconds that a picture stays on disk


class Drawer:
    """Implements `handlers.study.Charts`."""

    def __init__(self, texts: Texts, folder: Path) -> None:
        """Draw into a folder."""
        self._texts, self._folder = texts, folder

    async def progress(self, overview: Overview, alt: str, lang: Lang) -> Figure:
        """Draw a learner's progress, light and dark, in a thread."""
        return await asyncio.to_thread(self._both, overview, alt, lang)

    def _both(self, overview: Overview, alt: str, lang: Lang) -> Figure:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(f"{overview}{lang}".encode()).hexdigest()[:24]
        light, dark = (self._folder / f"{name}.{theme}.png" for theme in ("light", "dark"))
        for path in (light, dark):
            if not path.exists():
                picture(overview, themed(path.suffixes[0][1:]), lang, self._texts).save(path)
        return Figure(light, dark, alt)

    def remove_old(self, clock: Callable[[], float] = time.time) -> None:
        """Remove pictures that nobody will fetch any more."""
        for path in self._folder.glob("*.png"):
            if path.stat().st_mtime < clock() - KEPT:
                path.unlink(missing_ok=True)


def picture(overview: Overview, theme: Theme, lang: Lang, texts: Texts) -> Pen:
    """Draw a learner's progress."""
    forecast = BARS + ROW * len(overview.bars) + 60
    pen = Pen(theme, forecast + 90 + CHART + 80 if overview.forecast else forecast)
    pen.title(texts(lang, "progress.title"))
    _tiles(pen, overview, lang, texts)
    for at, bar in enumerate(overview.bars):
        _bar(pen, BARS + ROW * at, bar, lang, texts)
    if overview.forecast:
        _forecast(pen, forecast, overview.forecast, lang, texts)
    return pen


def _tiles(pen: Pen, overview: Overview, lang: Lang, texts: Texts) -> None:
    """Show four figures side by side."""
    goal = f"{overview.answers}/{overview.goal}"
    tiles = (
        (str(overview.due), "progress.tile_due", ERROR),
        (goal, "progress.tile_goal", OUTPUT),
        (str(overview.streak), "progress.tile_streak", INPUT),
        (str(overview.minutes), "progress.tile_minutes", INPUT),
    )
    gap = 20
    width = (RIGHT - LEFT - gap * (len(tiles) - 1)) / len(tiles)
    for at, (value, key, role) in enumerate(tiles):
        x = LEFT + at * (width + gap)
        pen.box((x, TILES, x + width, TILES + TILE), pen.tint(role), 16)
        pen.fitted((x + 20, TILES + 72), value, 56, width - 40, role, bold=True)
        pen.fitted((x + 20, TILES + 122), texts(lang, key), 28, width - 36, "ink")


def _bar(pen: Pen, y: float, bar: Bar, lang: Lang, texts: Texts) -> None:
    """Show how well one part is known: its name, a bar, its share in words."""
    told = _share(bar.mastery, lang) if bar.seen else "–"
    due = texts(lang, "progress.bar_due", due=bar.due) if bar.due else ""
    pen.text((LEFT, y), bar.title, 30)
    pen.text((RIGHT, y), told, 30, bold=True, anchor="rs")
    if due:
        pen.text((RIGHT - 110, y), due, 26, ERROR, anchor="rs")
    top, full = y + 14, RIGHT - LEFT
    pen.box((LEFT, top, RIGHT, top + TRACK), pen.theme.faint, TRACK / 2)
    if bar.mastery > 0:
        pen.box((LEFT, top, LEFT + max(TRACK, full * bar.mastery), top + TRACK), pen.colour(INPUT), TRACK / 2)


def _forecast(pen: Pen, y: float, forecast: Sequence[float], lang: Lang, texts: Texts) -> None:
    """Show the mean recall of the next days, if nothing is reviewed."""
    pen.fitted((LEFT, y), texts(lang, "progress.forecast"), 32, RIGHT - LEFT, bold=True)
    top, left = y + 40, LEFT + AXIS
    foot, days = top + CHART, len(forecast) - 1
    for share in (0.0, 0.5, 1.0):
        height = foot - share * CHART
        pen.line([(left, height), (RIGHT, height)], pen.theme.faint, 2)
        pen.text((left - 14, height + 9), _share(share, lang), 26, "muted", anchor="rs")
    points = [(left + (RIGHT - left) * day / days, foot - CHART * value) for day, value in enumerate(forecast)]
    pen.area([*points, (RIGHT, foot), (left, foot)], pen.tint(INPUT))
    pen.line(points, pen.colour(INPUT), 6)
    pen.dot(points[-1], 9, pen.colour(INPUT))
    pen.text((RIGHT, points[-1][1] - 22), _share(forecast[-1], lang), 30, INPUT, bold=True, anchor="rs")
    for day in range(0, days + 1, 10):
        words = texts(lang, "progress.today") if day == 0 else texts(lang, "progress.in_days", days=day)
        x = left + (RIGHT - left) * day / days
        pen.text((x, foot + 40), words, 26, "muted", anchor="ls" if day == 0 else "rs" if day == days else "ms")


def _share(value: float, lang: Lang) -> str:
    return f"{number(100 * value, lang, 0)} %" if lang == "pt" else f"{number(100 * value, lang, 0)}%"
