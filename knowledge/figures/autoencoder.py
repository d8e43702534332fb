"""An autoencoder: a picture squeezed into a few numbers and rebuilt, computed for real."""

from itertools import pairwise

import numpy as np

from knowledge.figures.pixels import three
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels, spread

TITLE = {"pt": "Autoencoder: espremer e refazer", "en": "Autoencoder: squeeze and rebuild"}
ALT = {
    "pt": "Um 3 de 784 pixels entra no codificador, que se estreita até um código de 6 números; o decodificador "
    "se alarga de novo e refaz o 3, um pouco borrado.",
    "en": "A 3 of 784 pixels enters the encoder, which narrows to a code of 6 numbers; the decoder widens again "
    "and rebuilds the 3, a little blurred.",
}
LABELS = {
    "pt": {
        "in": "original", "out": "refeita", "encoder": "codificador", "code": "código", "decoder": "decodificador",
        "pixels": "784 pixels", "numbers": "6 números", "compare": "erro: comparar com a própria entrada",
        "foot": "Não precisa de rótulos: para refazer a imagem, o código tem de guardar o essencial.",
    },
    "en": {
        "in": "original", "out": "rebuilt", "encoder": "encoder", "code": "code", "decoder": "decoder",
        "pixels": "784 pixels", "numbers": "6 numbers", "compare": "error: compare with the input itself",
        "foot": "It needs no labels: to rebuild the picture, the code must keep what matters.",
    },
}  # fmt: skip
CODE = 6
SHIFTS = (-2, -1, 0, 1, 2)
MIDDLE = 390.0


def rebuild() -> tuple[Pixels, Pixels, Pixels]:
    """A shifted 3, its code and its reconstruction by the best linear autoencoder (Baldi & Hornik, 1989)."""
    threes = np.stack([np.roll(three(), (dy, dx), axis=(0, 1)).ravel() for dy in SHIFTS for dx in SHIFTS])
    mean = threes.mean(axis=0)
    _, _, directions = np.linalg.svd(threes - mean, full_matrices=False)
    picture = threes[8]
    code = directions[:CODE] @ (picture - mean)
    rebuilt = mean + code @ directions[:CODE]
    return picture.reshape(28, 28), code, rebuilt.reshape(28, 28)


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    picture, code, rebuilt = rebuild()
    canvas.picture((148, MIDDLE), 200, np.round(picture * 8) / 8, INPUT)
    canvas.picture((932, MIDDLE), 200, np.round(np.clip(rebuilt, 0, 1) * 8) / 8, OUTPUT)
    _funnel(canvas, [300.0, 380.0, 460.0])
    _funnel(canvas, [780.0, 700.0, 620.0])
    _code(canvas, code)
    for x, key, role in ((390, "encoder", HIDDEN), (690, "decoder", HIDDEN)):
        canvas.text((x, 175), words[key], 32, role, bold=True)
    canvas.text((540, 258), words["code"], 32, ERROR, bold=True)
    canvas.text((540, 525), words["numbers"], 29, "muted")
    for x, key in ((148, "in"), (932, "out")):
        canvas.text((x, MIDDLE - 128), words[key], 32, bold=True)
        canvas.text((x, MIDDLE + 130), words["pixels"], 29, "muted")
    _compare(canvas, words["compare"])
    canvas.caption(words["foot"])


def _funnel(canvas: Canvas, xs: list[float]) -> None:
    layers = [canvas.layer(x, spread(count, MIDDLE, 46), radius=19) for x, count in zip(xs, (8, 6, 4), strict=True)]
    for left, right in pairwise(layers):
        canvas.connect(left, right)


def _code(canvas: Canvas, code: Pixels) -> None:
    strength = np.abs(code) / np.abs(code).max()
    for y, value in zip(spread(CODE, MIDDLE, 34), strength, strict=True):
        canvas.picture((540, y), 34, np.array([[0.15 + 0.85 * value]]), ERROR)


def _compare(canvas: Canvas, name: str) -> None:
    y = 610
    canvas.line([(932, 552), (932, y), (148, y)], ERROR, dashed=True)
    canvas.arrow((148, y), (148, 552), ERROR, dashed=True)
    canvas.text((540, y + 40), name, 30, ERROR)
