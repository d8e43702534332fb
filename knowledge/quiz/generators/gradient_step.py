"""One step of gradient descent on the squared error of a neuron with one weight."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written


def make(rng: random.Random, /) -> Problem:
    """Draw a weight, an example that it gets wrong, and a learning rate."""
    w, x, rate = rng.choice((-1, 0.5, 1, 2)), rng.choice((1, 2, 3)), rng.choice((0.01, 0.05, 0.1))
    error = 0.0
    while error == 0:
        y = rng.choice((-2, -1, 0, 1, 3, 4))
        error = w * x - y
    gradient = 2 * x * error
    new = w - rate * gradient
    given = {
        lang: f"w = {written(w, lang)}, x = {x}, y = {written(y, lang)}, η = {written(rate, lang)}" for lang in LANGS
    }
    return Problem(
        {
            "pt": f"Um neurônio calcula ŷ = w·x, a perda é L = (ŷ − y)² e {given['pt']} (taxa de aprendizado). "
            "Quanto vale w depois de um passo do gradiente descendente? (duas casas decimais)",
            "en": f"A neuron computes ŷ = w·x, the loss is L = (ŷ − y)² and {given['en']} (learning rate). "
            "What is w after one step of gradient descent? (two decimals)",
        },
        new, 0.006, {lang: (
            f"ŷ − y = {written(w, lang)}·{x} − ({written(y, lang)}) = {written(error, lang)}",
            f"dL/dw = 2·x·(ŷ − y) = 2·{x}·({written(error, lang)}) = {written(gradient, lang)}",
            f"w ← w − η·dL/dw = {written(w, lang)} − {written(rate, lang)}·({written(gradient, lang)}) "
            f"= {written(new, lang)}",
        ) for lang in LANGS},
    )  # fmt: skip
