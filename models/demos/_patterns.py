"""Patterns of −1 and 1 for memories: digits, letters, random bits."""

import numpy as np
import torch
from PIL import Image, ImageDraw
from torch import Tensor

from models.kit import arrays, lettering

SIDE = 28
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abdefghijklmnqrt&?#@%+=!"  # capitals that have no small twin, and more
INK = 0.4  # from which a point counts as written


def patterns(kind: str, count: int, seed: int) -> Tensor:
    """Give patterns [P, 784] of −1 and 1; letters are at most as many as there are."""
    dice = torch.Generator().manual_seed(seed)
    if kind == "random":
        return torch.rand(count, SIDE * SIDE, generator=dice).sub(0.5).sign()
    pictures = _letters() if kind == "letters" else _digits()
    chosen = torch.randperm(len(pictures), generator=dice)[:count]
    return (pictures[chosen] > INK).float() * 2 - 1


def _digits() -> Tensor:
    return torch.from_numpy(arrays.load("copyleft/digits.npz")["images"]).flatten(1) / 255


def _letters() -> Tensor:
    """Draw each letter in Inter, semi-bold."""
    drawn = []
    for letter in ALPHABET:
        image = Image.new("L", (SIDE, SIDE))
        ImageDraw.Draw(image).text((SIDE / 2, SIDE / 2), letter, 255, lettering.font(26, bold=True), anchor="mm")
        drawn.append(np.asarray(image, np.float32).ravel() / 255)
    return torch.from_numpy(np.stack(drawn))
