"""Real polynomial fits: too simple, right, too complex."""

from collections.abc import Sequence

import numpy as np
from numpy.polynomial import Polynomial

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels, number

TITLE = {"pt": "Overfitting: decorar não é aprender", "en": "Overfitting: memorising isn't learning"}
ALT = {
    "pt": "Os mesmos pontos ajustados por polinômios de grau 1, 4 e 12. A reta erra muito no treino e no teste; a "
    "curva de grau 4 erra pouco nos dois; a de grau 12 passa pelos pontos de treino e erra muito nos de teste.",
    "en": "The same points fitted by polynomials of degree 1, 4 and 12. The line errs a lot in training and testing; "
    "the degree-4 curve errs little in both; the degree-12 one goes through the training points and errs a lot on the "
    "test ones.",
}
LABELS = {
    "pt": {
        "names": ("Underfitting", "Na medida", "Overfitting"), "degree": "grau", "train": "treino", "test": "teste",
        "key": ("dados de treino", "curva real", "ajuste"),
        "foot": "Erro baixo no treino e alto no teste: a rede decorou em vez de aprender.",
    },
    "en": {
        "names": ("Underfitting", "Just right", "Overfitting"), "degree": "degree", "train": "train", "test": "test",
        "key": ("training data", "true curve", "fit"),
        "foot": "Low error in training, high in testing: the network memorised instead of learning.",
    },
}  # fmt: skip
DEGREES = (1, 4, 12)


def sample(count: int, seed: int) -> tuple[Pixels, Pixels]:
    """Noisy points of a smooth curve."""
    rng = np.random.default_rng(seed)
    x = np.linspace(0.02, 0.98, count)
    return x, np.sin(2 * np.pi * x) + rng.normal(0, 0.22, count)


def error(curve: Polynomial, x: Pixels, y: Pixels) -> float:
    """Mean squared error of a curve on points."""
    return float(np.mean((curve(x) - y) ** 2))


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    train, test = sample(15, seed=2), sample(40, seed=8)
    for i, degree in enumerate(DEGREES):
        curve = Polynomial.fit(*train, degree)
        left = 50 + 340 * i
        canvas.text((left + 150, 150), words["names"][i], 34, bold=True)
        canvas.text((left + 150, 194), f"{words['degree']} {degree}", 28, "muted")
        _chart(canvas, left, train, curve)
        _score(canvas, left, words["train"], number(error(curve, *train), lang, 2), (572, INPUT))
        _score(canvas, left, words["test"], number(error(curve, *test), lang, 2), (614, ERROR))
    _key(canvas, words["key"])
    canvas.caption(str(words["foot"]))


def _chart(canvas: Canvas, left: float, train: tuple[Pixels, Pixels], curve: Polynomial) -> None:
    axes = canvas.plot((left, 225), (300, 310), (0, 1), (-1.9, 1.9))
    x = np.linspace(0, 1, 500)
    axes.plot(x, np.sin(2 * np.pi * x), color=canvas.colour(OUTPUT), lw=3, ls=(0, (3, 2)))
    axes.plot(x, curve(x), color=canvas.colour(HIDDEN), lw=5)
    axes.scatter(*train, s=110, color=canvas.colour(INPUT), ec=canvas.theme.paper, lw=1.5, zorder=4)


def _score(canvas: Canvas, left: float, name: object, value: str, place: tuple[float, str]) -> None:
    canvas.text((left + 150, place[0]), f"{name}: {value}", 30, place[1])


def _key(canvas: Canvas, names: Sequence[str]) -> None:
    y = 666
    canvas.node((196, y), role=INPUT, radius=9)
    canvas.line([(474, y), (530, y)], OUTPUT, 4, dashed=True)
    canvas.line([(758, y), (814, y)], HIDDEN, 6)
    for x, name in zip((220, 544, 828), names, strict=True):
        canvas.text((x, y), name, 28, "muted", align="left")
