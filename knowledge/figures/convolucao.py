"""A real convolution of a small picture."""

import numpy as np

from knowledge.figures.pixels import convolve
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels, Point

TITLE = {"pt": "Convolução", "en": "Convolution"}
ALT = {
    "pt": "Uma imagem 6×6 de zeros à esquerda e uns à direita, um filtro 3×3 que procura bordas verticais e o mapa "
    "4×4 que resulta: 3 nas duas colunas onde está a borda e 0 fora dela. Uma janela 3×3 e o número que ela produz "
    "estão destacados.",
    "en": "A 6×6 image, zeros on the left and ones on the right, a 3×3 filter that looks for vertical edges and the "
    "resulting 4×4 map: 3 in the two columns where the edge is and 0 elsewhere. One 3×3 window and the number it "
    "makes are highlighted.",
}
LABELS = {
    "pt": (
        "imagem 6×6",
        "filtro 3×3",
        "mapa 4×4",
        "O filtro desliza pela imagem: multiplica, soma e anota. Onde há borda, o número cresce.",
    ),
    "en": (
        "6×6 image",
        "3×3 filter",
        "4×4 map",
        "The filter slides over the image: multiply, add, write down. Where there is an edge, the number grows.",
    ),
}
IMAGE: Pixels = np.repeat([[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]], 6, axis=0)
KERNEL: Pixels = np.repeat([[-1.0, 0.0, 1.0]], 3, axis=0)
SIDE = 66.0
WINDOW = (1, 1)  # row and column of the highlighted window


def draw(canvas: Canvas, lang: str) -> None:
    image_name, kernel_name, map_name, foot = LABELS[lang]
    result = convolve(IMAGE, KERNEL)
    _table(canvas, (48, 200), IMAGE, INPUT)
    _table(canvas, (508, 299), KERNEL, HIDDEN)
    _table(canvas, (768, 266), result, OUTPUT)
    row, column = WINDOW
    canvas.frame((48 + SIDE * (column + 1.5), 200 + SIDE * (row + 1.5)), SIDE * 3, ERROR, 7)
    canvas.frame((768 + SIDE * (column + 0.5), 266 + SIDE * (row + 0.5)), SIDE, ERROR, 7)
    canvas.text((477, 398), "✱", 40, "muted")
    canvas.text((737, 398), "=", 48, "muted")
    for x, name in ((246, image_name), (607, kernel_name), (900, map_name)):
        canvas.text((x, 160), name, 31, bold=True)
    window = IMAGE[row : row + 3, column : column + 3]
    canvas.text((540, 655), f"{_terms(window)} = {result[row, column]:.0f}", 32, ERROR)
    canvas.caption(foot)


def _table(canvas: Canvas, corner: Point, values: Pixels, role: str) -> None:
    for (i, j), value in np.ndenumerate(values):
        at = (corner[0] + SIDE * (j + 0.5), corner[1] + SIDE * (i + 0.5))
        canvas.cell(at, SIDE, f"{value:.0f}".replace("-", "−"), role if value else "faint", 30)


def _terms(window: Pixels) -> str:
    """The window's products; its three rows are alike."""
    left, middle, right = window[0]
    return f"3 × [ (−1)·{left:.0f} + 0·{middle:.0f} + 1·{right:.0f} ]"
