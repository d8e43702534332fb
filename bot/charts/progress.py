"""A learner's progress as a picture: mastery by part of the lecture, what is due, what will be forgotten."""

from collections.abc import Sequence

from handlers.ports import Texts
from handlers.study import Bar, Overview
from knowledge.passages import Lang
from models.kit.lettering import percent, width_of
from models.kit.palette import ERROR, INPUT, OUTPUT, Theme
from models.kit.sheet import MARGIN, WIDTH, Align, Sheet

LEFT, RIGHT = MARGIN, WIDTH - MARGIN
TILES, TILE, GAP = 136, 148, 18  # where the row of figures begins, its height, the room between them
BARS, ROW, TRACK = 340, 82, 22  # where the bars begin, the height of a row, the height of a bar
CHART, AXIS = 250, 96  # height of the forecast, and the room left of it for its labels
SHARE = 104  # px at the right of a row for its share


def picture(overview: Overview, theme: Theme, lang: Lang, texts: Texts) -> Sheet:
    """Draw a learner's progress."""
    below = BARS + ROW * len(overview.bars) + 20
    sheet = Sheet(theme, below + 60 + CHART + 90 if overview.forecast else below)
    sheet.title(texts(lang, "progress.title"))
    _tiles(sheet, overview, lang, texts)
    for at, bar in enumerate(overview.bars):
        _bar(sheet, BARS + ROW * at, bar, lang, texts)
    if overview.forecast:
        _forecast(sheet, below + 10, overview.forecast, lang, texts)
    return sheet


def _tiles(sheet: Sheet, overview: Overview, lang: Lang, texts: Texts) -> None:
    """Show four figures side by side."""
    tiles = (
        (str(overview.due), "progress.tile_due", ERROR),
        (f"{overview.answers}/{overview.goal}", "progress.tile_goal", OUTPUT),
        (str(overview.streak), "progress.tile_streak", INPUT),
        (str(overview.minutes), "progress.tile_minutes", INPUT),
    )
    width = (RIGHT - LEFT - GAP * (len(tiles) - 1)) / len(tiles)
    for at, (value, key, role) in enumerate(tiles):
        x = LEFT + at * (width + GAP)
        sheet.rectangle((x, TILES), (width, TILE), role)
        _fitted(sheet, (x + 18, TILES + 56), value, 58, width - 36, role, bold=True)
        _fitted(sheet, (x + 18, TILES + 114), texts(lang, key), 28, width - 28)


def _fitted(
    sheet: Sheet,
    at: tuple[float, float],
    words: str,
    size: float,
    most: float,
    role: str = "ink",
    *,
    bold: bool = False,
) -> None:
    """Write words no wider than `most`, smaller where they would be."""
    sheet.text(at, words, min(size, size * most / width_of(words, size, bold)), role, align="left", bold=bold)


def _bar(sheet: Sheet, y: float, bar: Bar, lang: Lang, texts: Texts) -> None:
    """Show how well one part is known: its name, its share in figures and as a bar, what of it is due."""
    sheet.text((LEFT, y), bar.title, 30, align="left")
    sheet.text((RIGHT, y), percent(bar.mastery, lang, 0) if bar.seen else "–", 30, bold=True, align="right")
    if bar.due:
        sheet.text((RIGHT - SHARE, y), texts(lang, "progress.bar_due", due=bar.due), 26, ERROR, align="right")
    sheet.rectangle((LEFT, y + 22), (RIGHT - LEFT, TRACK), "faint", fill=1.0)
    if bar.mastery > 0:
        sheet.rectangle((LEFT, y + 22), ((RIGHT - LEFT) * bar.mastery, TRACK), INPUT, fill=1.0)


def _forecast(sheet: Sheet, y: float, forecast: Sequence[float], lang: Lang, texts: Texts) -> None:
    """Show the mean recall of the next days, if nothing is reviewed."""
    _fitted(sheet, (LEFT, y), texts(lang, "progress.forecast"), 32, RIGHT - LEFT, bold=True)
    left, foot, days = LEFT + AXIS, y + 50 + CHART, len(forecast) - 1
    for share in (0.0, 0.5, 1.0):
        sheet.line([(left, foot - share * CHART), (RIGHT, foot - share * CHART)], "faint", 2)
        sheet.text((left - 14, foot - share * CHART), percent(share, lang, 0), 26, "muted", align="right")
    points = [(left + (RIGHT - left) * day / days, foot - CHART * value) for day, value in enumerate(forecast)]
    sheet.line(points, INPUT, 6)
    sheet.mark(points[-1], "circle", INPUT, 12)
    sheet.text((RIGHT, points[-1][1] - 34), percent(forecast[-1], lang, 0), 30, INPUT, bold=True, align="right")
    for day in range(0, days + 1, 10):
        words = texts(lang, "progress.in_days", days=day) if day else texts(lang, "progress.today")
        align: Align = "left" if day == 0 else "right" if day == days else "center"
        sheet.text((left + (RIGHT - left) * day / days, foot + 30), words, 26, "muted", align=align)
