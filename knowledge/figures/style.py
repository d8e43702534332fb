"""One visual language for every figure: colours, fonts and the shapes that diagrams are made of.

Coordinates are pixels of the finished picture, the origin at the top left, y downwards.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Pixels = NDArray[np.float64]
Align = Literal["left", "center", "right"]

WIDTH = 1080
HEIGHT = 810
MARGIN = 48
SMALLEST_TEXT = 26  # px: still legible when 1080 px are shown across a phone
HALF_CAPITAL = 0.36  # of the letter size: half the height of Inter's capitals
FONTS = Path(__file__).parent / "fonts"

# Okabe & Ito (2008), told apart by colour-blind readers too. Each hue always means the same thing.
INPUT, HIDDEN, OUTPUT, ERROR, MEMORY = "input", "hidden", "output", "error", "memory"
HUES = {INPUT: "#0072B2", HIDDEN: "#E69F00", OUTPUT: "#009E73", ERROR: "#D55E00", MEMORY: "#CC79A7"}


@dataclass(frozen=True)
class Theme:
    """The colours that change between light and dark."""

    name: str
    paper: str
    ink: str
    muted: str
    faint: str
    lift: float  # how far a hue moves towards white, so that it shows on the paper
    tint: float  # how much of the hue is left in a filled shape


THEMES = {
    "light": Theme("light", paper="#FFFFFF", ink="#1B2030", muted="#566072", faint="#D5DAE2", lift=0.0, tint=0.16),
    "dark": Theme("dark", paper="#14171F", ink="#F1F3F7", muted="#AEB6C4", faint="#3A4150", lift=0.28, tint=0.26),
}


def mix(colour: str, other: str, share: float) -> str:
    """Blend two hex colours; share is how much of the first is kept."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def number(value: float, lang: str, digits: int = 1) -> str:
    """Write a number as the language does: a decimal comma in Portuguese, a true minus sign."""
    text = f"{value:.{digits}f}".replace("-", "−")
    return text.replace(".", ",") if lang == "pt" else text


def spread(count: int, centre: float, gap: float) -> list[float]:
    """Place count positions around a centre, gap apart."""
    return [centre + (i - (count - 1) / 2) * gap for i in range(count)]


class Canvas:
    """A sheet of pixels with the shapes that diagrams are made of."""

    def __init__(self, theme: Theme, height: int = HEIGHT) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.theme = theme
        self.height = height
        self.figure: Any = Figure(figsize=(WIDTH / 72, height / 72), dpi=72, facecolor=theme.paper)
        FigureCanvasAgg(self.figure)
        self.sheet: Any = self.figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(height, 0))
        self.sheet.axis("off")

    # Colours and letters

    def colour(self, role: str) -> str:
        """Colour for lines: a hue by its meaning, or the theme's ink, muted, faint or paper."""
        if role in HUES:
            return mix("#FFFFFF", HUES[role], self.theme.lift)
        return str(getattr(self.theme, role))

    def tint(self, role: str) -> str:
        """Pale colour for filled shapes."""
        share = self.theme.tint if role in HUES else 0.35
        return mix(self.colour(role), self.theme.paper, share)

    def letter(self, role: str) -> str:
        """Colour for words: a hue moved towards the ink, so that it reads well."""
        return mix(self.colour(role), self.theme.ink, 0.72) if role in HUES else self.colour(role)

    def text(
        self,
        at: Point,
        words: str,
        size: float = 30,
        role: str = "ink",
        *,
        align: Align = "center",
        bold: bool = False,
    ) -> None:
        """Write words around a point; $…$ is mathematics. Lines of words at one height share their baseline."""
        by_ink = "\n" in words or (words.startswith("$") and words.endswith("$"))
        y = at[1] if by_ink else at[1] + HALF_CAPITAL * size
        self.sheet.text(
            at[0], y, words, color=self.letter(role), ha=align, va="center" if by_ink else "baseline",
            math_fontfamily="stix", linespacing=1.25, fontproperties=font(size, bold), zorder=6,
        )  # fmt: skip

    def title(self, words: str) -> None:
        """Write the figure's title, shrunk when long."""
        size = min(46.0, 46 * (WIDTH - 2 * MARGIN) / max(width_of(words, 46, bold=True), 1))
        self.text((MARGIN, 62), words, size, align="left", bold=True)
        self.sheet.plot([MARGIN, MARGIN + 84], [102, 102], color=self.colour(INPUT), lw=6, solid_capstyle="butt")

    def caption(self, words: str, size: float = 29) -> None:
        """Write a sentence or two at the foot, wrapped."""
        lines = balance(words, size, WIDTH - 2 * MARGIN)
        middle = self.height - 40 - (len(lines) - 1) * size * 0.66
        self.text((WIDTH / 2, middle), "\n".join(lines), size, "muted")

    # Shapes

    def node(self, at: Point, label: str = "", role: str = HIDDEN, radius: float = 34, size: float = 30) -> None:
        """Draw a neuron."""
        from matplotlib.patches import Circle

        self.sheet.add_patch(Circle(at, radius, fc=self.tint(role), ec=self.colour(role), lw=3.5, zorder=4))
        if label:
            self.text(at, label, size)

    def layer(self, x: float, ys: Sequence[float], role: str = HIDDEN, radius: float = 26) -> list[Point]:
        """Draw a column of neurons and give back where they are."""
        points = [(x, y) for y in ys]
        for point in points:
            self.node(point, role=role, radius=radius)
        return points

    def connect(self, left: Sequence[Point], right: Sequence[Point]) -> None:
        """Join every neuron of a layer to every neuron of the next."""
        for a in left:
            for b in right:
                self.line([a, b], "faint", 2)

    def box(self, at: Point, size: Point, label: str = "", role: str = HIDDEN, text: float = 30) -> None:
        """Draw a rounded box around a point, with its label in it."""
        from matplotlib.patches import FancyBboxPatch

        corner = (at[0] - size[0] / 2, at[1] - size[1] / 2)
        self.sheet.add_patch(FancyBboxPatch(
            corner, *size, boxstyle="round,pad=0,rounding_size=14", fc=self.tint(role), ec=self.colour(role), lw=3,
            zorder=3,
        ))  # fmt: skip
        if label:
            self.text(at, label, text)

    def line(self, points: Sequence[Point], role: str = "muted", width: float = 3, *, dashed: bool = False) -> None:
        """Draw a line through points, under the shapes."""
        xs, ys = zip(*points, strict=True)
        style = (0, (3, 2)) if dashed else "-"
        self.sheet.plot(xs, ys, color=self.colour(role), lw=width, ls=style, zorder=2, solid_joinstyle="round")

    def arrow(self, start: Point, end: Point, role: str = "muted", bend: float = 0, *, dashed: bool = False) -> None:
        """Draw an arrow; bend curves it."""
        from matplotlib.patches import FancyArrowPatch

        self.sheet.add_patch(FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=24, lw=3, color=self.colour(role), shrinkA=0, shrinkB=0,
            connectionstyle=f"arc3,rad={bend}", ls=(0, (3, 2)) if dashed else "-", zorder=3, joinstyle="miter",
        ))  # fmt: skip

    def elbow(self, points: Sequence[Point], role: str = "muted", *, dashed: bool = False) -> None:
        """Draw an arrow with corners."""
        self.line(points[:-1], role, dashed=dashed)
        self.arrow(points[-2], points[-1], role, dashed=dashed)

    def brace(self, left: float, right: float, y: float, label: str, role: str = "muted") -> None:
        """Draw a brace under a stretch, with its label below."""
        middle, depth = (left + right) / 2, 14
        self.line([(left, y), (left, y + depth), (right, y + depth), (right, y)], role)
        self.line([(middle, y + depth), (middle, y + 2 * depth)], role)
        self.text((middle, y + 2 * depth + 24), label, 28, role)

    def picture(self, at: Point, side: float, pixels: Pixels, role: str = "ink") -> None:
        """Show a square picture around a point: 0 is the paper, 1 the role's full colour, no smoothing."""
        from matplotlib.colors import LinearSegmentedColormap

        shades = LinearSegmentedColormap.from_list(role, [self._blank(), self.colour(role)])
        left, top = at[0] - side / 2, at[1] - side / 2
        self.sheet.imshow(
            np.clip(pixels, 0, 1), cmap=shades, vmin=0, vmax=1, interpolation="nearest", aspect="auto",
            extent=(left, left + side, top + side, top), zorder=3,
        )  # fmt: skip
        self.frame(at, side)

    def _blank(self) -> str:
        return mix(self.theme.faint, self.theme.paper, 0.3)

    def frame(self, at: Point, side: float, role: str = "muted", width: float = 2.5) -> None:
        """Draw a square outline around a point."""
        from matplotlib.patches import Rectangle

        corner = (at[0] - side / 2, at[1] - side / 2)
        self.sheet.add_patch(Rectangle(corner, side, side, fc="none", ec=self.colour(role), lw=width, zorder=5))

    def cell(self, at: Point, side: float, label: str, role: str = "faint", size: float = 28) -> None:
        """Draw one cell of a table of numbers."""
        from matplotlib.patches import Rectangle

        corner = (at[0] - side / 2, at[1] - side / 2)
        edge = mix(self.colour(role), self.theme.paper, 0.75)
        self.sheet.add_patch(Rectangle(corner, side, side, fc=self.tint(role), ec=edge, lw=2, zorder=3))
        self.text(at, label, size)

    def plot(self, corner: Point, size: Point, xlim: Point, ylim: Point) -> Any:
        """Open a chart with its top left corner at a point; give back matplotlib's axes."""
        box = (corner[0] / WIDTH, 1 - (corner[1] + size[1]) / self.height, size[0] / WIDTH, size[1] / self.height)
        axes = self.figure.add_axes(box, xlim=xlim, ylim=ylim, facecolor="none")
        axes.set(xticks=[], yticks=[])
        for side, spine in axes.spines.items():
            spine.set(color=self.theme.muted, linewidth=2.5, visible=side in ("left", "bottom"))
        return axes


def font(size: float, bold: bool = False) -> Any:
    """Inter, with DejaVu Sans for the signs that Inter lacks."""
    from matplotlib.font_manager import FontProperties, fontManager

    if not any(entry.name == "Inter" for entry in fontManager.ttflist):
        for path in sorted(FONTS.glob("*.otf")):
            fontManager.addfont(path)
    return FontProperties(family=["Inter", "DejaVu Sans"], size=size, weight=600 if bold else 400)


def width_of(words: str, size: float, bold: bool = False) -> float:
    """Width of one line of words, in pixels."""
    from matplotlib.textpath import TextPath

    return float(TextPath((0, 0), words, prop=font(size, bold)).get_extents().width)


def balance(words: str, size: float, width: float) -> list[str]:
    """Break words into as few lines as wrap does, of about the same length."""
    lines = wrap(words, size, width)
    while len(narrower := wrap(words, size, width := width - size)) == len(lines) > 1:
        lines = narrower
    return lines


def wrap(words: str, size: float, width: float) -> list[str]:
    """Break words into lines no wider than width."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
