"""Real polynomial fits of the same points: too simple, right, too complex."""

import numpy as np
from numpy.polynomial import Polynomial

from knowledge.figures.overfitting import sample
from knowledge.figures.style import HIDDEN, INPUT, Canvas
from knowledge.quiz.pictures import charts

HEIGHT = 540
WORDLESS = True
PANELS = ("good", "overfitting", "underfitting")
DEGREES = {"underfitting": 1, "good": 4, "overfitting": 12}
DESCRIBED = (
    {"pt": "uma curva suave que acompanha a onda dos pontos", "en": "a smooth curve that follows the points' wave"},
    {
        "pt": "uma curva cheia de voltas que passa por quase todos os pontos",
        "en": "a curve full of turns that goes through almost every point",
    },
    {"pt": "uma reta que fica longe de muitos pontos", "en": "a straight line that stays far from many points"},
)
ALT = {
    "pt": "Os mesmos pontos em três painéis, cada um com um ajuste. A: {0}. B: {1}. C: {2}.",
    "en": "The same points in three panels, each with a fit. A: {0}. B: {1}. C: {2}.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    train, x = sample(15, seed=2), np.linspace(0, 1, 500)
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (0, 1), (-1.9, 1.9)):
        axes.plot(x, Polynomial.fit(*train, DEGREES[PANELS[shown]])(x), color=canvas.colour(HIDDEN), lw=6)
        axes.scatter(*train, s=110, color=canvas.colour(INPUT), ec=canvas.theme.paper, lw=1.5, zorder=4)
