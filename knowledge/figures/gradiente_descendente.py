"""Real descents of one curve at three learning rates."""

import numpy as np

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels, number

TITLE = {"pt": "Gradiente descendente", "en": "Gradient descent"}
ALT = {
    "pt": "A perda é uma curva em U. Com taxa pequena, os oito passos mal saem do lugar; com taxa boa, chegam ao "
    "fundo; com taxa grande demais, saltam de um lado para o outro, cada vez mais alto.",
    "en": "The loss is a U curve. With a small rate, eight steps barely move; with a good rate they reach the bottom; "
    "with too large a rate they leap from side to side, higher each time.",
}
LABELS = {
    "pt": {
        "small": "pequena", "good": "boa", "large": "grande demais", "rate": "taxa", "weight": "peso", "loss": "perda",
        "foot": "Cada passo desce contra o gradiente; a taxa de aprendizado é o tamanho do passo.",
    },
    "en": {
        "small": "small", "good": "good", "large": "too large", "rate": "rate", "weight": "weight", "loss": "loss",
        "foot": "Each step goes down against the gradient; the learning rate is the size of the step.",
    },
}  # fmt: skip
RATES = (("small", 0.02, INPUT, -0.9), ("good", 0.2, OUTPUT, -0.9), ("large", 1.06, ERROR, -0.42))
STEPS = 8


def descend(start: float, rate: float) -> Pixels:
    """Weights visited on L(w) = w², whose gradient is 2w."""
    path = [start]
    for _ in range(STEPS):
        path.append(path[-1] - rate * 2 * path[-1])
    return np.array(path)


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    for i, (key, rate, role, start) in enumerate(RATES):
        left = 60 + 340 * i
        canvas.text((left + 145, 160), words[key], 34, role, bold=True)
        canvas.text((left + 145, 205), f"{words['rate']} = {number(rate, lang, 2)}", 28, "muted")
        axes = canvas.plot((left, 240), (290, 360), (-1.2, 1.2), (-0.08, 1.35))
        ws = np.linspace(-1.2, 1.2, 200)
        axes.plot(ws, ws**2, color=canvas.colour("muted"), lw=4)
        path = descend(start, rate)
        axes.plot(path, path**2, color=canvas.colour(role), lw=2.5, ls=(0, (3, 2)))
        axes.scatter(path, path**2, s=170, color=canvas.colour(role), zorder=4)
        axes.scatter(path[0], path[0] ** 2, s=330, color=canvas.colour(HIDDEN), ec=canvas.theme.ink, lw=2, zorder=5)
        canvas.text((left + 145, 628), words["weight"], 28, "muted")
    canvas.text((72, 574), words["loss"], 28, "muted", align="left")
    canvas.caption(words["foot"])
