"""Finished pictures, light and dark in one go: PNG for stills, GIF for films."""

import io
from collections.abc import Callable, Sequence

import numpy as np
from PIL import Image

from models.engine.protocol import Both, Picture
from models.kit.palette import THEMES, Theme
from models.kit.sheet import HEIGHT, Sheet

Draw = Callable[[Sheet], object]
COLOURS = 64  # of a film's palette
ALIKE = 8  # of 255: two colours of a film's palette lie further apart
KEPT = ("paper", "ink", "muted")  # that are never blended into others


def picture(draw: Draw, alt: Both, name: str = "live", *, final: bool = False, height: int = HEIGHT) -> Picture:
    """Draw a still of 1080 pixels' width in both themes."""
    light, dark = (_still(draw, theme, height) for theme in THEMES.values())
    return Picture(light, dark, alt, name, "image/png", final)


def gif(
    frames: Sequence[Draw],
    alt: Both,
    name: str = "film",
    *,
    height: int = HEIGHT,
    millis: int = 160,
    hold: int = 2000,
    colours: int = COLOURS,
) -> Picture:
    """Draw a film of 540 pixels' width in both themes: some 20 frames, the last one held; it goes round for ever."""
    light, dark = (_film(frames, theme, height, (millis, hold), colours) for theme in THEMES.values())
    return Picture(light, dark, alt, name, "image/gif", final=True)


def _still(draw: Draw, theme: Theme, height: int) -> bytes:
    sheet = Sheet(theme, height)
    draw(sheet)
    return sheet.png()


def _film(frames: Sequence[Draw], theme: Theme, height: int, times: tuple[int, int], colours: int) -> bytes:
    drawn = [_frame(draw, theme, height) for draw in frames]
    palette = _palette(drawn, colours, theme)
    first, *rest = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in drawn]
    out = io.BytesIO()
    first.save(
        out,
        "GIF",
        save_all=True,
        append_images=rest,
        duration=[times[0]] * len(rest) + [times[1]],
        loop=0,
        optimize=False,
    )
    return out.getvalue()


def _frame(draw: Draw, theme: Theme, height: int) -> Image.Image:
    sheet = Sheet(theme, height, zoom=1.0)
    draw(sheet)
    return sheet.finished()


def _palette(frames: Sequence[Image.Image], colours: int, theme: Theme) -> Image.Image:
    """Choose the colours from the first, the middle and the last frame together; paper and words keep their own."""
    chosen = [frames[0], frames[len(frames) // 2], frames[-1]]
    wide, high = chosen[0].size
    together = Image.new("RGB", (wide, high * 3))
    for i, frame in enumerate(chosen):
        together.paste(frame, (0, i * high))
    kept = [part for role in KEPT for part in theme.colour(role)]
    found = together.quantize(colours - len(KEPT), method=Image.Quantize.MEDIANCUT).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette([*kept, *_distinct(found, kept)])
    return palette


def _distinct(found: Sequence[int], kept: Sequence[int]) -> list[int]:
    """Leave out the colours that would be taken for a kept one: which of two is found is not exact."""
    learned, own = (np.reshape(np.array(part, int), (-1, 3)) for part in (found, kept))
    far = np.abs(learned[:, None] - own[None]).max(-1).min(1) > ALIKE
    return [int(part) for part in learned[far].ravel()]
