"""Max and average pooling of a real 4×4 map."""

import numpy as np

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Pixels, Point, number

TITLE = {"pt": "Pooling: resumir o mapa", "en": "Pooling: summing up the map"}
ALT = {
    "pt": "Um mapa 4×4 dividido em quatro blocos 2×2 coloridos. O max pooling fica com o maior de cada bloco; o "
    "average pooling, com a média. Os dois resultados são 2×2.",
    "en": "A 4×4 map split into four coloured 2×2 blocks. Max pooling keeps the largest of each block; average "
    "pooling, the mean. Both results are 2×2.",
}
LABELS = {
    "pt": ("mapa 4×4", "máximo", "média", "Cada bloco 2×2 vira um número: largura e altura caem pela metade."),
    "en": ("4×4 map", "max", "average", "Each 2×2 block becomes one number: width and height are halved."),
}
MAP: Pixels = np.array([[1, 3, 2, 0], [5, 7, 1, 1], [0, 2, 8, 4], [1, 1, 6, 2]], dtype=float)
ROLES = ((INPUT, HIDDEN), (OUTPUT, MEMORY))
SIDE, SMALL = 108.0, 96.0


def blocks(values: Pixels) -> Pixels:
    """Cut (4, 4) into (2, 2) blocks of 4 numbers."""
    result: Pixels = values.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(2, 2, 4)
    return result


def draw(canvas: Canvas, lang: str) -> None:
    name, largest, mean, foot = LABELS[lang]
    _table(canvas, (70, 210), SIDE, [[f"{v:.0f}" for v in row] for row in MAP])
    _table(canvas, (750, 190), SMALL, [[f"{v:.0f}" for v in row] for row in blocks(MAP).max(axis=2)])
    _table(canvas, (750, 455), SMALL, [[number(v, lang) for v in row] for row in blocks(MAP).mean(axis=2)])
    canvas.arrow((530, 350), (715, 300), ERROR)
    canvas.arrow((530, 490), (715, 545), ERROR)
    canvas.text((286, 170), name, 32, bold=True)
    canvas.text((846, 158), largest, 32, bold=True)
    canvas.text((846, 423), mean, 32, bold=True)
    canvas.caption(foot)


def _table(canvas: Canvas, corner: Point, side: float, rows: list[list[str]]) -> None:
    for i, row in enumerate(rows):
        for j, label in enumerate(row):
            role = ROLES[i * 2 // len(rows)][j * 2 // len(rows)]
            canvas.cell((corner[0] + side * (j + 0.5), corner[1] + side * (i + 0.5)), side, label, role, 38)
