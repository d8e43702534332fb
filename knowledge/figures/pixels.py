"""Small pictures made with arithmetic, for the figures that show what a computation does to an image."""

import numpy as np

from knowledge.figures.style import Pixels


def _grid(side: int) -> tuple[Pixels, Pixels]:
    """x and y of each pixel's centre, from −1 to 1."""
    steps = (np.arange(side) + 0.5) / side * 2 - 1
    x, y = np.meshgrid(steps, steps)
    return x, y


def _soft(distance: Pixels, side: int) -> Pixels:
    """1 inside a shape, 0 outside, smooth over one pixel at its edge."""
    return np.clip(0.5 - distance * side / 2, 0, 1)


def _ring(x: Pixels, y: Pixels, radius: float, thickness: float) -> Pixels:
    return np.abs(np.hypot(x, y) - radius) - thickness


def three(side: int = 28) -> Pixels:
    """A handwritten-looking 3."""
    x, y = _grid(side)
    upper = np.where((x > -0.1) | (y < -0.36), _ring(x, y + 0.36, 0.33, 0.11), 9)
    lower = np.where((x > -0.1) | (y > 0.34), _ring(x, y - 0.34, 0.37, 0.11), 9)
    return _soft(np.minimum(upper, lower), side)


def cat(side: int = 96) -> Pixels:
    """A cat's face: 0 is the background, 1 the darkest."""
    x, y = _grid(side)
    head = np.hypot(x / 0.72, (y - 0.18) / 0.62) - 1
    ears = np.minimum(_triangle(x - 0.42, y + 0.52, 0.34), _triangle(x + 0.42, y + 0.52, 0.34))
    eyes = np.hypot((np.abs(x) - 0.28) / 0.11, (y - 0.06) / 0.15) - 1
    nose = _triangle(x, -(y - 0.36), 0.12)
    mouth = np.where(y > 0.42, _ring(np.abs(x) - 0.12, y - 0.42, 0.12, 0.025), 9)
    fur = 0.45 * _soft(np.minimum(head * 0.65, ears), side)
    return np.maximum(fur, np.maximum(_soft(np.minimum(eyes * 0.1, mouth), side), _soft(nose, side)))


def _triangle(x: Pixels, y: Pixels, size: float) -> Pixels:
    """Distance to a triangle that points upwards, as wide as high: apex at y = −size, base at y = size."""
    return np.maximum(y - size, 0.894 * (np.abs(x) - (y + size) / 2))


def convolve(image: Pixels, kernel: Pixels) -> Pixels:
    """Slide a kernel over an image, no padding: (H, W) and (k, k) give (H − k + 1, W − k + 1)."""
    windows = np.lib.stride_tricks.sliding_window_view(image, kernel.shape)
    result: Pixels = np.einsum("ijmn,mn->ij", windows, kernel)
    return result
