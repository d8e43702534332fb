"""XOR: no line in the input space; one line in the space of the hidden layer."""

from typing import Any

from knowledge.figures.style import ERROR, INPUT, OUTPUT, Canvas, Point

TITLE = {"pt": "XOR: uma reta não basta", "en": "XOR: one line isn't enough"}
ALT = {
    "pt": "À esquerda, os quatro pontos do XOR no plano das entradas: nenhuma reta separa os dois 1 dos dois 0. À "
    "direita, no plano dos dois neurônios ocultos (OU e E), uma reta os separa.",
    "en": "On the left, the four XOR points in the plane of the inputs: no line separates the two 1s from the two 0s. "
    "On the right, in the plane of the two hidden neurons (OR and AND), one line does.",
}
LABELS = {
    "pt": {
        "left": "Entradas", "right": "Camada oculta", "h1": "$h_1$: OU", "h2": "$h_2$: E",
        "foot": "A camada oculta muda os pontos de lugar: (0,1) e (1,0) caem juntos, e uma reta resolve.",
    },
    "en": {
        "left": "Inputs", "right": "Hidden layer", "h1": "$h_1$: OR", "h2": "$h_2$: AND",
        "foot": "The hidden layer moves the points: (0,1) and (1,0) land together, and one line is enough.",
    },
}  # fmt: skip
CORNERS = ((0, 0), (0, 1), (1, 0), (1, 1))
SIDE = 400.0


def hidden(x1: int, x2: int) -> Point:
    """Two step neurons: OR and AND."""
    return float(x1 + x2 > 0.5), float(x1 + x2 > 1.5)


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    left = _chart(canvas, 105, words["left"], "$x_1$", "$x_2$")
    right = _chart(canvas, 620, words["right"], words["h1"], words["h2"])
    for ends in (((-0.25, 0.8), (1.25, 0.2)), ((0.55, -0.25), (0.45, 1.25))):
        left.plot(*zip(*ends, strict=True), color=canvas.colour("muted"), lw=3, ls=(0, (3, 2)))
    right.plot([0.2, 1.3], [-0.3, 0.8], color=canvas.colour(OUTPUT), lw=6)
    for x1, x2 in CORNERS:
        _point(canvas, left, (x1, x2), x1 ^ x2)
        _point(canvas, right, hidden(x1, x2), x1 ^ x2)
    for x, y, label in ((945, 566, "(0,1) (1,0)"), (695, 566, "(0,0)"), (945, 226, "(1,1)")):
        canvas.text((x, y), label, 26, "muted")
    canvas.caption(words["foot"])


def _chart(canvas: Canvas, x: float, heading: str, *names: str) -> Any:
    canvas.text((x + SIDE / 2, 160), heading, 32, bold=True)
    axes = canvas.plot((x, 195), (SIDE, SIDE), (-0.3, 1.3), (-0.3, 1.3))
    for value in (0, 1):
        where = 195 + SIDE * (1.3 - value) / 1.6
        canvas.text((x - 26, where), str(value), 28, "muted")
        canvas.text((x + SIDE * (value + 0.3) / 1.6, 195 + SIDE + 26), str(value), 28, "muted")
    canvas.text((x + SIDE / 2, 195 + SIDE + 48), names[0], 30)
    canvas.text((x + 14, 205), names[1], 30, align="left")
    return axes


def _point(canvas: Canvas, axes: Any, at: Point, answer: int) -> None:
    colour = canvas.colour(ERROR if answer else INPUT)
    axes.scatter(*at, s=2300, color=colour, marker="s" if answer else "o", zorder=3)
    axes.text(*at, str(answer), color=canvas.theme.paper, size=34, weight="bold", ha="center", va="center", zorder=4)
