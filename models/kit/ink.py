"""A learner's photo or drawing, made like the pictures that a network knows: ink on nothing, cut out and centred."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from models.engine.protocol import Both, DemoError

Grey = NDArray[np.float32]  # [H, W], 0 is background, 1 is ink
LARGEST = 256  # pixels: what a photo is shrunk to
FAINTEST = 0.1  # of full contrast: below, there is nothing to see
EMPTY = Both(
    "Não achei desenho nessa imagem: mande algo bem visível sobre um fundo liso, ocupando boa parte dela.",
    "I found no drawing in that picture: send something that stands out from a plain background and fills much of it.",
)


def strokes(picture: Image.Image) -> Grey:
    """Give the pen strokes of a picture, whatever the light on the paper and whichever of both is darker."""
    small = _shrunk(picture).convert("L")
    paper = small.filter(ImageFilter.GaussianBlur(max(small.size) / 8))
    return _stretched(np.abs(_values(small) - _values(paper)))


def figure(picture: Image.Image) -> Grey:
    """Give how far each pixel is from the colour of the picture's rim: the thing in its middle."""
    pixels = _values(_shrunk(picture).convert("RGB"))
    rim = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    return _stretched(np.abs(pixels - np.median(rim, axis=0)).max(-1))


def shades(picture: Image.Image) -> Grey:
    """Give how much darker or lighter each pixel is than the picture's rim, with all the shades between."""
    grey = _values(_shrunk(picture).convert("L"))
    rim = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    far = np.abs(grey - np.median(rim))
    outline = figure(picture)
    scaled = np.clip(far / max(float(np.quantile(far, 0.995)), FAINTEST), 0, 1)
    return np.where(outline > 0, scaled, 0).astype(np.float32)


def centred(ink: Grey, side: int, inner: int) -> Grey:
    """Cut out the ink, fit it into `inner` pixels and put its mass in the middle of `side`: MNIST's way."""
    rows, columns = np.nonzero(ink.max(1) > 0.15)[0], np.nonzero(ink.max(0) > 0.15)[0]
    if not len(rows):
        raise DemoError(EMPTY)
    cut = Image.fromarray((ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] * 255).astype(np.uint8))
    scale = inner / max(cut.size)
    size = (max(round(cut.width * scale), 1), max(round(cut.height * scale), 1))
    fitted = _values(cut.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC))
    return _placed(fitted, side)


def _placed(fitted: Grey, side: int) -> Grey:
    high, wide = fitted.shape
    total = float(fitted.sum()) + 1e-6
    middle = [float((fitted.sum(1 - axis) * (np.arange(fitted.shape[axis]) + 0.5)).sum()) / total for axis in (0, 1)]
    top, left = (
        int(np.clip(round(side / 2 - m), 0, side - n)) for m, n in zip(middle, (high, wide), strict=True)
    )  # inside, whatever the weight
    out = np.zeros((side, side), np.float32)
    out[top : top + high, left : left + wide] = fitted
    return out


def _shrunk(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((LARGEST, LARGEST))
    return small


def _values(picture: Image.Image) -> NDArray[Any]:
    return np.asarray(picture, np.float32) / 255


def _stretched(far: NDArray[Any]) -> Grey:
    """Make the strongest contrast 1 and drop the faint rest. Raises DemoError where there is nothing."""
    top = float(np.quantile(far, 0.995))
    if top < FAINTEST:
        raise DemoError(EMPTY)
    return np.clip((far / top - 0.3) / 0.4, 0, 1).astype(np.float32)
