"""Draw on a sheet of pixels: the colours and letters of the figures, with smooth edges."""

from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from knowledge.figures.style import FONTS, HUES, INPUT, MARGIN, THEMES, WIDTH, Theme, mix

SMOOTH = 2  # drawn so many times larger, then reduced
Point = tuple[float, float]
Box = tuple[float, float, float, float]
FACES = {False: FONTS / "Inter-Regular.otf", True: FONTS / "Inter-SemiBold.otf"}


@lru_cache(maxsize=32)
def face(size: int, bold: bool) -> ImageFont.FreeTypeFont:
    """Load Inter at a size in drawn pixels."""
    return ImageFont.truetype(str(FACES[bold]), size)


class Pen:
    """Draws in the coordinates of the finished picture: pixels, the origin at the top left."""

    def __init__(self, theme: Theme, height: int) -> None:
        """Take a fresh sheet."""
        self.theme, self.height = theme, height
        self._image = Image.new("RGB", (WIDTH * SMOOTH, height * SMOOTH), theme.paper)
        self._draw = ImageDraw.Draw(self._image)

    def colour(self, role: str) -> str:
        """Give a hue by its meaning, or the theme's ink, muted, faint or paper."""
        return mix("#FFFFFF", HUES[role], self.theme.lift) if role in HUES else str(getattr(self.theme, role))

    def tint(self, role: str) -> str:
        """Give a pale form of a colour, for surfaces."""
        return mix(self.colour(role), self.theme.paper, self.theme.tint)

    def width(self, words: str, size: float, bold: bool = False) -> float:
        """Measure one line of words."""
        return face(round(size * SMOOTH), bold).getlength(words) / SMOOTH

    def text(
        self, at: Point, words: str, size: float, role: str = "ink", *, anchor: str = "ls", bold: bool = False
    ) -> None:
        """Write words; the anchor is Pillow's: l m r across, s for the baseline."""
        colour = mix(self.colour(role), self.theme.ink, 0.72) if role in HUES else self.colour(role)
        self._draw.text(_up(at), words, fill=colour, font=face(round(size * SMOOTH), bold), anchor=anchor)

    def fitted(self, at: Point, words: str, size: float, most: float, role: str = "ink", *, bold: bool = False) -> None:
        """Write words no wider than `most`, smaller where they would be."""
        self.text(at, words, min(size, size * most / max(self.width(words, size, bold), 1)), role, bold=bold)

    def title(self, words: str) -> None:
        """Write the picture's title, underlined as in every figure."""
        self.fitted((MARGIN, 80), words, 46, WIDTH - 2 * MARGIN, bold=True)
        self.box((MARGIN, 99, MARGIN + 84, 105), self.colour(INPUT))

    def box(self, box: Box, fill: str, radius: float = 0) -> None:
        """Fill a rectangle, with round corners where a radius is given."""
        corners = (*_up(box[:2]), *_up(box[2:]))
        self._draw.rounded_rectangle(corners, radius * SMOOTH, fill=fill)

    def line(self, points: list[Point], fill: str, width: float) -> None:
        """Draw a line through points."""
        self._draw.line([_up(p) for p in points], fill=fill, width=round(width * SMOOTH), joint="curve")

    def area(self, points: list[Point], fill: str) -> None:
        """Fill a shape."""
        self._draw.polygon([_up(p) for p in points], fill=fill)

    def dot(self, at: Point, radius: float, fill: str) -> None:
        """Draw a filled circle."""
        x, y = at
        self._draw.ellipse((*_up((x - radius, y - radius)), *_up((x + radius, y + radius))), fill=fill)

    def save(self, path: Path) -> None:
        """Write the picture as PNG, whole or not at all."""
        half = path.with_suffix(".half")
        self._image.reduce(SMOOTH).save(half, "PNG", compress_level=6)
        half.replace(path)


def _up(at: tuple[float, ...]) -> tuple[float, float]:
    return at[0] * SMOOTH, at[1] * SMOOTH


def themed(name: str) -> Theme:
    """Give a theme of the figures."""
    return THEMES[name]
