"""How three classifiers, fitted to the same points, see the plane: a neuron, a hidden layer, nearest neighbour."""

import numpy as np

from knowledge.figures.style import HIDDEN, INPUT, Canvas, mix
from knowledge.quiz.pictures import charts, runs

HEIGHT = 470
WORDLESS = True
PANELS = ("neuron", "hidden", "nearest")
DESCRIBED = (
    {
        "pt": "as regiões são separadas por uma reta, com alguns pontos do lado errado",
        "en": "the regions are separated by a straight line, with some points on the wrong side",
    },
    {
        "pt": "as regiões são separadas por uma curva suave que dobra entre os dois grupos",
        "en": "the regions are separated by a smooth curve that bends between the two groups",
    },
    {
        "pt": "as regiões são separadas por uma linha cheia de quinas que contorna os pontos um a um",
        "en": "the regions are separated by a jagged line that goes around the points one by one",
    },
)
ALT = {
    "pt": "Os mesmos pontos de duas cores, em três painéis pintados com a classe prevista em cada lugar. "
    "A: {0}. B: {1}. C: {2}.",
    "en": "The same points of two colours, in three panels painted with the class predicted at each place. "
    "A: {0}. B: {1}. C: {2}.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    kept, edge = runs.read()["boundaries"], runs.EDGE
    points, classes = np.array(kept["points"]), np.array(kept["classes"])
    for shown, axes in charts.side_by_side(canvas, len(PANELS), turn, (-edge, edge), (-edge, edge), 320):
        charts.square(axes)
        said = np.array([[int(c) for c in row] for row in kept["grid"][PANELS[shown]]], float)
        axis = np.linspace(-edge, edge, said.shape[0])
        pale = [mix(canvas.colour(role), canvas.theme.paper, 0.34) for role in (INPUT, HIDDEN)]
        axes.contourf(axis, axis, said, levels=(-0.5, 0.5, 1.5), colors=pale)
        for number, (role, mark) in enumerate(((INPUT, "o"), (HIDDEN, "s"))):
            axes.scatter(
                *points[classes == number].T, s=70, marker=mark, color=canvas.colour(role), ec=canvas.theme.ink
            )
