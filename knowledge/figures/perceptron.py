"""A real run of the perceptron rule: the line after each epoch."""

from typing import Any

import numpy as np

from knowledge.figures.style import ERROR, INPUT, OUTPUT, Canvas, Pixels

TITLE = {"pt": "O perceptron acha a reta", "en": "The perceptron finds the line"}
ALT = {
    "pt": "Pontos de duas classes num plano. As retas das primeiras épocas, tracejadas, erram; a reta final, cheia, "
    "separa todos os pontos azuis dos laranja.",
    "en": "Points of two classes on a plane. The lines of the first epochs, dashed, make mistakes; the final, solid "
    "line separates all the blue points from the orange ones.",
}
LABELS = {
    "pt": (
        "época",
        "épocas anteriores",
        "Cada erro empurra a reta. Quando as classes são separáveis por uma reta, a regra termina sem nenhum erro.",
    ),
    "en": (
        "epoch",
        "earlier epochs",
        "Each mistake pushes the line. When a line can separate the classes, the rule ends with no mistakes.",
    ),
}
RATE = 0.02


def points() -> tuple[Pixels, Pixels]:
    """Two clouds: x is (60, 2), y is (60,) of 0 and 1."""
    rng = np.random.default_rng(4)
    zeros = rng.normal((0.33, 0.66), 0.085, (30, 2))
    ones = rng.normal((0.64, 0.36), 0.085, (30, 2))
    return np.concatenate([zeros, ones]), np.repeat([0.0, 1.0], 30)


def train(x: Pixels, y: Pixels, epochs: int = 30) -> list[Pixels]:
    """Weights (w₁, w₂, b) after each epoch, until one without mistakes."""
    inputs, weights, history = np.column_stack([x, np.ones(len(x))]), np.array([-0.4, 0.5, -0.12]), []
    order = np.random.default_rng(4).permutation(len(x))
    for _ in range(epochs):
        history.append(weights.copy())
        for i in order:
            weights += RATE * (y[i] - float(inputs[i] @ weights > 0)) * inputs[i]
        if np.array_equal((inputs @ weights > 0).astype(float), y):
            break
    return [*history, weights]


def draw(canvas: Canvas, lang: str) -> None:
    epoch, before, caption = LABELS[lang]
    x, y = points()
    axes = canvas.plot((90, 188), (900, 452), (0, 1), (0, 1))
    axes.scatter(*x[y == 0].T, s=210, color=canvas.colour(INPUT), ec=canvas.theme.paper, lw=1.5, zorder=3)
    axes.scatter(*x[y == 1].T, s=210, marker="s", color=canvas.colour(ERROR), ec=canvas.theme.paper, lw=1.5, zorder=3)
    history = train(x, y)
    for i, weights in _chosen(history):
        _line(canvas, axes, weights, final=i == len(history) - 1)
    _legend(canvas, f"{epoch} {len(history) - 1}", before)
    axes.set_xlabel("$x_1$", fontsize=34, color=canvas.theme.muted)
    axes.set_ylabel("$x_2$", fontsize=34, color=canvas.theme.muted)
    canvas.caption(caption)


def _chosen(history: list[Pixels]) -> list[tuple[int, Pixels]]:
    last = len(history) - 1
    return [(i, history[i]) for i in sorted({1, 2, last // 2, last})]


def _legend(canvas: Canvas, final: str, before: str) -> None:
    for x, label, role in ((400, final, OUTPUT), (660, before, "muted")):
        canvas.line([(x, 150), (x + 56, 150)], role, 6 if role == OUTPUT else 3, dashed=role != OUTPUT)
        canvas.text((x + 72, 150), label, 28, role, align="left")


def _line(canvas: Canvas, axes: Any, weights: Pixels, *, final: bool) -> None:
    ends = np.array([0.0, 1.0])
    heights = -(weights[0] * ends + weights[2]) / weights[1]
    role, style = (OUTPUT, "-") if final else ("muted", (0, (3, 2)))
    axes.plot(ends, heights, color=canvas.colour(role), lw=6 if final else 2.5, ls=style)
