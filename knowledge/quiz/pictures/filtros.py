"""One picture, one filter, and three results of which one is the filter's: computed by a real convolution."""

import numpy as np

from knowledge.figures.style import ERROR, INPUT, OUTPUT, Canvas, Pixels
from knowledge.quiz.typed import letter

HEIGHT = 850
WORDLESS = True
PANELS = ("vertical", "horizontal", "blur")
KERNELS = {
    "vertical": np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]], float),
    "horizontal": np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]], float),
    "blur": np.ones((3, 3)) / 9,
}
DESCRIBED = (
    {"pt": "só os dois lados do quadrado aparecem acesos", "en": "only the two sides of the square are lit"},
    {"pt": "só o topo e a base do quadrado aparecem acesos", "en": "only the top and the bottom of the square are lit"},
    {"pt": "o quadrado inteiro aparece borrado", "en": "the whole square is there, blurred"},
)
ALT = {
    "pt": "Um quadrado claro sobre fundo vazio e um filtro 3×3 com as colunas 1, 0 e −1; embaixo, três resultados. "
    "A: {0}. B: {1}. C: {2}.",
    "en": "A bright square on an empty background and a 3×3 filter with columns 1, 0 and −1; below, three results. "
    "A: {0}. B: {1}. C: {2}.",
}


def image() -> Pixels:
    """Give a bright square on nothing: (12, 12)."""
    pixels = np.zeros((12, 12))
    pixels[3:9, 3:9] = 1
    return pixels


def convolve(pixels: Pixels, kernel: Pixels) -> Pixels:
    """Slide a 3×3 kernel over the picture: (10, 10), as strengths from 0 to 1."""
    windows = np.lib.stride_tricks.sliding_window_view(pixels, (3, 3))
    found = np.abs(np.einsum("xyij,ij->xy", windows, kernel))
    strengths: Pixels = found / found.max()
    return strengths


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    canvas.picture((230, 200), 300, image(), INPUT)
    canvas.text((440, 200), "∗", 60)
    for i, row in enumerate(KERNELS["vertical"].astype(int)):
        for j, value in enumerate(row):
            canvas.cell((560 + 92 * j, 108 + 92 * i), 88, str(value).replace("-", "−"), ERROR if value else "faint", 40)
    canvas.text((870, 200), "= ?", 60)
    for place in range(3):
        shown = PANELS[(place + turn) % 3]
        canvas.text((200 + 340 * place, 430), letter(place), 52, bold=True)
        canvas.picture((200 + 340 * place, 640), 300, convolve(image(), KERNELS[shown]), OUTPUT)
