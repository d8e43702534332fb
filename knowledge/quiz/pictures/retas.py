"""The same two classes with three straight lines; one is what the perceptron's rule found."""

import numpy as np

from knowledge.figures.style import HIDDEN, INPUT, Canvas, Pixels
from knowledge.quiz.pictures import charts

HEIGHT = 470
WORDLESS = True
PANELS = ("separates", "crosses", "beside")
DESCRIBED = (
    {"pt": "a reta passa entre os dois grupos", "en": "the line passes between the two groups"},
    {"pt": "a reta atravessa os dois grupos", "en": "the line goes through both groups"},
    {"pt": "a reta corta um só dos grupos", "en": "the line cuts through one of the groups"},
)
ALT = {
    "pt": "Os mesmos pontos, círculos e quadrados, em três painéis, cada um com uma reta. A: {0}. B: {1}. C: {2}.",
    "en": "The same points, circles and squares, in three panels, each with a straight line. A: {0}. B: {1}. C: {2}.",
}


def sample() -> tuple[Pixels, Pixels]:
    """Give the points (40, 2) and their classes, 0 and 1."""
    rng = np.random.default_rng(5)
    first, second = rng.normal((-0.75, -0.35), 0.33, (20, 2)), rng.normal((0.7, 0.55), 0.33, (20, 2))
    return np.concatenate([first, second]), np.repeat([0.0, 1.0], 20)


def learned(x: Pixels, y: Pixels) -> Pixels:
    """Apply the perceptron's rule until no point is wrong: weights and bias."""
    design, w = np.c_[x, np.ones(len(x))], np.zeros(3)
    while (wrong := np.flatnonzero((design @ w > 0) != (y > 0.5))).size:
        w = w + (2 * y[wrong[0]] - 1) * design[wrong[0]]
    return w


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    x, y = sample()
    lines = (learned(x, y), np.array([0.75, -1.0, 0.1]), np.array([1.0, 0.35, -0.95]))
    span = np.array([-1.7, 1.7])
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (-1.7, 1.7), (-1.7, 1.7), 320):
        charts.square(axes)
        a, b, c = lines[shown]
        axes.plot(*((span, -(a * span + c) / b) if abs(b) > 0.5 else (-(b * span + c) / a, span)),
                  color=canvas.colour("ink"), lw=6)  # fmt: skip
        for number, (role, mark) in enumerate(((INPUT, "o"), (HIDDEN, "s"))):
            axes.scatter(*x[y == number].T, s=90, marker=mark, color=canvas.colour(role), zorder=4)
