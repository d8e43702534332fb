"""One hidden layer of ReLU neurons fits a curve by least squares, better with more neurons."""

import numpy as np

from knowledge.figures.style import ERROR, INPUT, Canvas, Pixels, number

TITLE = {"pt": "Aproximação universal", "en": "Universal approximation"}
ALT = {
    "pt": "A mesma curva azul aproximada por uma camada oculta de ReLUs: com 2 neurônios a linha laranja mal a "
    "acompanha; com 5 chega perto; com 20 quase coincide.",
    "en": "The same blue curve approximated by one hidden layer of ReLUs: with 2 neurons the orange line barely "
    "follows it; with 5 it comes close; with 20 it almost coincides.",
}
LABELS = {
    "pt": (
        "neurônios",
        "erro",
        "Mais neurônios ocultos, mais dobras na linha: ela se ajusta a qualquer curva contínua.",
    ),
    "en": ("neurons", "error", "More hidden neurons, more kinks in the line: it can follow any continuous curve."),
}
SIZES = (2, 5, 20)


def target(x: Pixels) -> Pixels:
    """The curve to approximate."""
    return np.sin(5.5 * x) + 0.5 * np.sin(11 * x + 0.6)


def fit(x: Pixels, neurons: int) -> Pixels:
    """Best output weights for ReLUs with evenly placed kinks: the network's values at x."""
    kinks = np.linspace(0, 1, neurons, endpoint=False)
    hidden = np.column_stack([np.maximum(0, x[:, None] - kinks), np.ones_like(x)])  # (n, neurons + 1)
    weights = np.linalg.lstsq(hidden, target(x), rcond=None)[0]
    result: Pixels = hidden @ weights
    return result


def draw(canvas: Canvas, lang: str) -> None:
    neurons, error, foot = LABELS[lang]
    x = np.linspace(0, 1, 400)
    for i, size in enumerate(SIZES):
        y = fit(x, size)
        left = 50 + 340 * i
        axes = canvas.plot((left, 225), (300, 350), (0, 1), (-1.75, 1.75))
        axes.plot(x, target(x), color=canvas.colour(INPUT), lw=9, alpha=0.55)
        axes.plot(x, y, color=canvas.colour(ERROR), lw=5)
        canvas.text((left + 150, 172), f"{size} {neurons}", 34, bold=True)
        rmse = float(np.sqrt(np.mean((y - target(x)) ** 2)))
        canvas.text((left + 150, 615), f"{error}: {number(rmse, lang, 3)}", 30, ERROR)
    canvas.caption(foot)
