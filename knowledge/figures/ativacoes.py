"""Four activation functions."""

import numpy as np

from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Pixels

TITLE = {"pt": "Funções de ativação", "en": "Activation functions"}
ALT = {
    "pt": "Quatro gráficos: degrau (salta de 0 para 1), sigmoide (curva em S de 0 a 1), tanh (curva em S de −1 a 1) e "
    "ReLU (zero à esquerda, reta que sobe à direita).",
    "en": "Four charts: step (jumps from 0 to 1), sigmoid (S curve from 0 to 1), tanh (S curve from −1 to 1) and ReLU "
    "(zero on the left, a rising line on the right).",
}
NAMES = {"pt": ("Degrau", "Sigmoide", "Tanh", "ReLU"), "en": ("Step", "Sigmoid", "Tanh", "ReLU")}
FOOT = {
    "pt": "Sem elas, empilhar camadas daria sempre uma reta.",
    "en": "Without them, stacked layers would only ever make a line.",
}
ROLES = (MEMORY, INPUT, OUTPUT, HIDDEN)
BOUNDS = ((0, 1), (0, 1), (-1, 1), (0, 4))


def curves(z: Pixels) -> tuple[Pixels, ...]:
    """Each function's values at z."""
    return (z > 0).astype(float), 1 / (1 + np.exp(-z)), np.tanh(z), np.maximum(0, z)


def draw(canvas: Canvas, lang: str) -> None:
    z = np.linspace(-4, 4, 401)
    for i, values in enumerate(curves(z)):
        _panel(canvas, i, NAMES[lang][i], z, values)
    canvas.caption(FOOT[lang])


def _panel(canvas: Canvas, i: int, name: str, z: Pixels, values: Pixels) -> None:
    x, y = 80 + 500 * (i % 2), 182 + 294 * (i // 2)
    low, high = BOUNDS[i]
    room = (high - low) * 0.14
    axes = canvas.plot((x, y), (420, 206), (-4, 4), (low - room, high + room))
    axes.spines["left"].set_position(("data", 0))
    axes.spines["bottom"].set_position(("data", 0))
    axes.plot(z, values, color=canvas.colour(ROLES[i]), lw=6)
    for value in {low, high} - {0, 4}:
        middle = y + 206 * (high + room - value) / (high - low + 2 * room)
        canvas.text((x + 184, middle), str(value).replace("-", "−"), 26, "muted")
    canvas.text((x + 14, y + 14), name, 32, ROLES[i], align="left", bold=True)
