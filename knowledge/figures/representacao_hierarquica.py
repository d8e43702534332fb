"""From pixels to edges, parts and a whole: what each layer of a deep network sees."""

import numpy as np

from knowledge.figures.pixels import cat, convolve
from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Pixels, spread

TITLE = {"pt": "Dos pixels ao gato", "en": "From pixels to a cat"}
ALT = {
    "pt": "Quatro colunas: os pixels do rosto de um gato; bordas em quatro direções; partes (orelha, olho, focinho); "
    "e o gato inteiro, reconhecido.",
    "en": "Four columns: the pixels of a cat's face; edges in four directions; parts (ear, eye, nose and mouth); and "
    "the whole cat, recognised.",
}
LABELS = {
    "pt": (
        "pixels",
        "bordas",
        "partes",
        "o todo",
        "gato",
        "Cada camada monta o que a anterior achou: do simples ao complexo.",
    ),
    "en": (
        "pixels",
        "edges",
        "parts",
        "the whole",
        "cat",
        "Each layer assembles what the one before found: simple to complex.",
    ),
}
COLUMNS = (145.0, 425.0, 665.0, 925.0)
MIDDLE = 410.0
KERNELS = (
    [[-1, 0, 1]] * 3,
    [[-1] * 3, [0] * 3, [1] * 3],
    [[0, 1, 2], [-1, 0, 1], [-2, -1, 0]],
    [[2, 1, 0], [1, 0, -1], [0, -1, -2]],
)


def edges(picture: Pixels) -> list[Pixels]:
    """Where the picture changes, in four directions."""
    maps = [np.abs(convolve(picture, np.array(kernel, dtype=float))) for kernel in KERNELS]
    return [found / found.max() for found in maps]


def parts(picture: Pixels) -> list[Pixels]:
    """Three crops: an ear, an eye, the nose and mouth."""
    return [picture[2:34, 8:40], picture[40:64, 24:48], picture[56:88, 32:64]]


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    picture = cat(96)
    canvas.picture((COLUMNS[0], MIDDLE), 200, cat(24))
    for y, found in zip(spread(4, MIDDLE, 122), edges(picture), strict=True):
        canvas.picture((COLUMNS[1], y), 108, found, INPUT)
    for y, part in zip(spread(3, MIDDLE, 160), parts(picture), strict=True):
        canvas.picture((COLUMNS[2], y), 136, part, HIDDEN)
    canvas.picture((COLUMNS[3], MIDDLE), 210, picture, OUTPUT)
    canvas.text((COLUMNS[3], MIDDLE + 146), words[4], 38, OUTPUT, bold=True)
    _headings(canvas, words[:4])
    canvas.caption(words[5])


def _headings(canvas: Canvas, words: tuple[str, ...]) -> None:
    roles = (MEMORY, INPUT, HIDDEN, OUTPUT)
    for x, word, role in zip(COLUMNS, words, roles, strict=True):
        canvas.text((x, 145), word, 34, "ink" if role == MEMORY else role, bold=True)
    for start, end in ((255, 360), (490, 587), (742, 810)):
        canvas.arrow((start, MIDDLE), (end, MIDDLE))
