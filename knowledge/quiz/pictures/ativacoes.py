"""The curves of three activation functions, computed."""

from collections.abc import Callable

import numpy as np

from knowledge.figures.style import HIDDEN, Canvas, Pixels, font, number
from knowledge.quiz.pictures import charts

HEIGHT = 540
WORDLESS = True
PANELS = ("relu", "sigmoid", "tanh")
CURVES: dict[str, Callable[[Pixels], Pixels]] = {
    "relu": lambda z: np.maximum(z, 0),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
}
DESCRIBED = (
    {
        "pt": "uma linha em zero até z = 0 e, daí em diante, uma reta que sobe",
        "en": "a line at zero up to z = 0 and, from there on, a rising straight line",
    },
    {
        "pt": "uma curva em S que vai de 0 a 1 e passa por 0,5 em z = 0",
        "en": "an S-shaped curve from 0 to 1 that passes through 0.5 at z = 0",
    },
    {
        "pt": "uma curva em S que vai de −1 a 1 e passa por 0 em z = 0",
        "en": "an S-shaped curve from −1 to 1 that passes through 0 at z = 0",
    },
)
ALT = {
    "pt": "Três curvas de z entre −4 e 4. A: {0}. B: {1}. C: {2}.",
    "en": "Three curves of z between −4 and 4. A: {0}. B: {1}. C: {2}.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    z = np.linspace(-4, 4, 400)
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (-4, 4), (-1.35, 2.35)):
        for height in (-1, 0, 1, 2):
            axes.axhline(height, color=canvas.colour("faint"), lw=2.5)
            axes.text(
                -3.85, height + 0.06, number(height, "en", 0), color=canvas.colour("muted"), fontproperties=font(28)
            )
        axes.axvline(0, color=canvas.colour("faint"), lw=2.5)
        axes.plot(z, CURVES[PANELS[shown]](z), color=canvas.colour(HIDDEN), lw=8)
