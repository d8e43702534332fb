"""A sheet to draw on with Pillow. Coordinates are pixels from the top left of 1080 by 810, whatever the real size.

Everything is drawn twice as large and halved at the end: smooth edges.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from models.kit import lettering
from models.kit.palette import INPUT, RGB, Theme, rgb

Point = tuple[float, float]
Align = Literal["left", "center", "right"]
Mark = Literal["circle", "square", "triangle", "diamond", "cross", "ring"]
Pixels = NDArray[Any]  # [H, W] of 0..1, or [H, W, 3] of 0..1 or of bytes
WIDTH, HEIGHT, MARGIN = 1080, 810, 48
GAP = 8.0  # between pictures in rows
MARKS: tuple[Mark, ...] = ("circle", "triangle", "square", "diamond", "cross")  # in the order of palette.SERIES
ANCHOR = {"left": "l", "center": "m", "right": "r"}


class Sheet:
    """A sheet of paper in a theme."""

    def __init__(self, theme: Theme, height: int = HEIGHT, zoom: float = 2.0) -> None:
        """Take an empty one; the finished picture is `zoom / 2` times 1080 pixels wide."""
        self.theme, self.height, self._zoom = theme, height, zoom
        size = (round(WIDTH * zoom), round(height * zoom))
        self._image = Image.new("RGB", size, rgb(theme.paper))
        self._pen = ImageDraw.Draw(self._image)

    def finished(self) -> Image.Image:
        """Give the finished picture."""
        return self._image.reduce(2)

    def png(self) -> bytes:
        """Give the finished picture as PNG."""
        out = io.BytesIO()
        self.finished().save(out, "PNG", optimize=False, compress_level=6)
        return out.getvalue()

    # Words

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
        """Write words around a point; lines are split at line feeds."""
        lines = words.translate(lettering.SIGNS).split("\n")
        font, gap = lettering.font(max(round(size * self._zoom), 1), bold), size * 1.3
        for i, line in enumerate(lines):
            y = at[1] + (i - (len(lines) - 1) / 2) * gap
            self._pen.text(
                self._at((at[0], y + 0.36 * size)), line, self.theme.letter(role), font, anchor=f"{ANCHOR[align]}s"
            )

    def title(self, words: str) -> None:
        """Write the picture's title, shrunk when long."""
        size = min(46.0, 46 * (WIDTH - 2 * MARGIN) / max(lettering.width_of(words, 46, bold=True), 1))
        self.text((MARGIN, 62), words, size, align="left", bold=True)
        self.rectangle((MARGIN, 99), (84, 6), INPUT, fill=1.0)

    def caption(self, words: str, size: float = 29) -> None:
        """Write a sentence or two at the foot, in lines of about the same length."""
        lines = lettering.balance(words, size, WIDTH - 2 * MARGIN)
        self.text((WIDTH / 2, self.height - 40 - (len(lines) - 1) * size * 0.65), "\n".join(lines), size, "muted")

    def room(self, caption: str = "", size: float = 29) -> float:
        """Give the y down to which a chart may reach above a caption, or above the foot without one."""
        lines = len(lettering.wrap(caption, size, WIDTH - 2 * MARGIN)) if caption else 0
        return self.height - (44 + lines * size * 1.3 if lines else 24)

    # Shapes

    def line(self, points: Sequence[Point], role: str = "muted", width: float = 3, *, dashed: bool = False) -> None:
        """Draw a line through points."""
        parts = _dashes(points, 5 * width, 3.5 * width) if dashed else [points]
        for part in parts:
            self._pen.line(
                [self._at(p) for p in part], self.theme.colour(role), max(round(width * self._zoom), 1), "curve"
            )

    def arrow(self, start: Point, end: Point, role: str = "muted", width: float = 4) -> None:
        """Draw an arrow."""
        way = np.subtract(end, start)
        along = way / max(float(np.hypot(*way)), 1e-9)
        head, across = 5.5 * width, np.array([-along[1], along[0]])
        base = np.asarray(end) - along * head
        self.line([start, (float(base[0]), float(base[1]))], role, width)
        corners = [np.asarray(end), base + across * head * 0.45, base - across * head * 0.45]
        self._pen.polygon([self._at((float(x), float(y))) for x, y in corners], self.theme.colour(role))

    def rectangle(
        self, corner: Point, size: Point, role: str = "muted", *, fill: float | None = None, edge: float = 0
    ) -> None:
        """Draw a rectangle from its top left corner; `fill` is how much of the hue is kept, None a pale one."""
        box = [self._at(corner), self._at((corner[0] + size[0], corner[1] + size[1]))]
        outline = self.theme.colour(role) if edge else None
        self._pen.rectangle(box, self.theme.tinted(role, fill), outline, round(edge * self._zoom))

    def box(self, at: Point, size: Point, label: str = "", role: str = "hidden", text: float = 30) -> None:
        """Draw a rounded box around a point, with its label in it."""
        corners = [self._at((at[0] + s * size[0] / 2, at[1] + s * size[1] / 2)) for s in (-1, 1)]
        colours = (self.theme.tinted(role), self.theme.colour(role))
        self._pen.rounded_rectangle(corners, 14 * self._zoom, *colours, round(3 * self._zoom))
        if label:
            self.text(at, label, text)

    def node(self, at: Point, label: str = "", role: str = "hidden", radius: float = 34, size: float = 30) -> None:
        """Draw a neuron."""
        self._pen.circle(
            self._at(at), radius * self._zoom, self.theme.tinted(role), self.theme.colour(role), round(3.5 * self._zoom)
        )
        if label:
            self.text(at, label, size)

    def mark(self, at: Point, mark: Mark = "circle", role: str = "input", size: float = 10) -> None:
        """Draw one data point, with a thin rim of the paper's colour."""
        x, y = self._at(at)
        r = size * self._zoom
        fill, rim = self.theme.colour(role), rgb(self.theme.paper)
        thin = max(round(0.15 * r), 1)
        match mark:
            case "circle":
                self._pen.circle((x, y), r, fill, rim, thin)
            case "ring":
                self._pen.circle((x, y), r, None, fill, max(round(0.35 * r), 1))
            case "cross":
                for dx in (-1, 1):
                    self._pen.line(
                        [(x - dx * r * 0.8, y - r * 0.8), (x + dx * r * 0.8, y + r * 0.8)],
                        fill,
                        max(round(0.45 * r), 1),
                    )
            case _:
                self._pen.polygon([(x + dx * r, y + dy * r) for dx, dy in CORNERS[mark]], fill, rim, thin)

    def image(
        self, corner: Point, size: Point, pixels: Pixels, role: str = "ink", *, smooth: bool = False, frame: str = ""
    ) -> None:
        """Show pixels from a top left corner: grey ones from the paper to the role's colour, or colours as they are."""
        box = [self._at(corner), self._at((corner[0] + size[0], corner[1] + size[1]))]
        wide, high = max(round(box[1][0] - box[0][0]), 1), max(round(box[1][1] - box[0][1]), 1)
        how = Image.Resampling.BICUBIC if smooth else Image.Resampling.NEAREST
        picture = Image.fromarray(colours(pixels, self.blank, self.theme.colour(role)), "RGB")
        self._image.paste(picture.resize((wide, high), how), (round(box[0][0]), round(box[0][1])))
        if frame:
            self._pen.rectangle(box, None, self.theme.colour(frame), max(round(2.5 * self._zoom), 1))

    def images(
        self,
        corner: Point,
        width: float,
        pictures: Sequence[Pixels],
        columns: int,
        *,
        labels: Sequence[str] = (),
        frames: Sequence[str] = (),
    ) -> float:
        """Show square pictures in rows, labels below them; gives the height of all."""
        gap = GAP
        side = (width - gap * (columns - 1)) / columns
        pitch = side + gap + (36 if labels else 0)
        for i, pixels in enumerate(pictures):
            x, y = corner[0] + i % columns * (side + gap), corner[1] + i // columns * pitch
            self.image((x, y), (side, side), pixels, frame=frames[i] if i < len(frames) else "")
            if i < len(labels):
                self.text((x + side / 2, y + side + 21), labels[i], lettering.SMALLEST, "muted")
        return -(-len(pictures) // columns) * pitch - gap

    def legend(self, entries: "Sequence[Entry]", y: float, size: float = 28, left: float = MARGIN) -> None:
        """Name the series in a row, each by its mark or its kind of line."""
        x = left
        for entry in entries:
            lined = entry.lined or entry.mark is None
            wide = 62 if lined else 30
            if lined:
                self.line([(x, y), (x + 52, y)], entry.role, 5, dashed=entry.dashed)
            if entry.mark:
                self.mark((x + wide / 2 - 1, y), entry.mark, entry.role, 12)
            self.text((x + wide + 6, y), entry.label, size, "ink", align="left")
            x += wide + 6 + lettering.width_of(entry.label, size) + 36

    @property
    def blank(self) -> RGB:
        """The colour of 0 in a grey picture."""
        return self.theme.tinted("faint", 0.3)

    def _at(self, point: Point) -> Point:
        return point[0] * self._zoom, point[1] * self._zoom


CORNERS: dict[str, list[Point]] = {
    "square": [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
    "triangle": [(0, -1.1), (1.05, 0.8), (-1.05, 0.8)],
    "diamond": [(0, -1.2), (1.0, 0), (0, 1.2), (-1.0, 0)],
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A series in a legend: a mark, a kind of line, or a mark on its line."""

    label: str
    role: str
    mark: Mark | None = None
    dashed: bool = False
    lined: bool = False


def colours(pixels: Pixels, zero: RGB, one: RGB) -> NDArray[np.uint8]:
    """Turn pixels [H, W] or [H, W, 3] into bytes [H, W, 3]."""
    array = np.asarray(pixels)
    if array.ndim == 3 and array.dtype == np.uint8:
        return np.ascontiguousarray(array)
    values = np.clip(np.nan_to_num(array.astype(np.float64)), 0, 1)
    if values.ndim == 2:
        values = values[..., None] * (np.array(one) - zero) / 255 + np.array(zero) / 255
    return np.ascontiguousarray(np.round(values * 255).astype(np.uint8))


def _dashes(points: Sequence[Point], dash: float, gap: float) -> list[list[Point]]:
    """Cut a line into dashes."""
    path = np.asarray(points, float)
    steps = np.hypot(*np.diff(path, axis=0).T)
    along = np.concatenate([[0], np.cumsum(steps)])
    parts = []
    for start in np.arange(0, along[-1], dash + gap):
        inner = along[(along > start) & (along < start + dash)]
        stops = [start, *inner, min(start + dash, along[-1])]
        parts.append([(float(np.interp(s, along, path[:, 0])), float(np.interp(s, along, path[:, 1]))) for s in stops])
    return parts
