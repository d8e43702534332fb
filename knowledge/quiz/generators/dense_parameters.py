"""How many parameters an MLP with one hidden layer has."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem


def make(rng: random.Random, /) -> Problem:
    """Draw the three layers' sizes."""
    n, h, m = rng.choice((2, 4, 8, 10, 20)), rng.choice((3, 5, 10, 16, 32)), rng.choice((1, 2, 3, 10))
    first, second = (n + 1) * h, (h + 1) * m
    layers = {"pt": ("oculta", "saída", "total"), "en": ("hidden", "output", "total")}
    return Problem(
        {
            "pt": f"Uma MLP tem {n} entradas, uma camada oculta de {h} neurônios e {m} na saída, "
            "tudo conectado e com um viés por neurônio. Quantos parâmetros ela tem?",
            "en": f"An MLP has {n} inputs, a hidden layer of {h} neurons and {m} at the output, "
            "fully connected and with a bias per neuron. How many parameters does it have?",
        },
        first + second, 0.0, {lang: (
            f"{layers[lang][0]}: ({n} + 1)·{h} = {first}",
            f"{layers[lang][1]}: ({h} + 1)·{m} = {second}",
            f"{layers[lang][2]}: {first} + {second} = {first + second}",
        ) for lang in LANGS}, digits=0,
    )  # fmt: skip
