"""How many parameters a convolutional layer has: (k·k·c + 1)·f."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem


def make(rng: random.Random, /) -> Problem:
    """Draw a filter's side, the channels that come in and the filters."""
    k, c, f = rng.choice((3, 5, 7)), rng.choice((1, 3, 8, 16)), rng.choice((8, 16, 32, 64))
    one = k * k * c + 1
    words = {"pt": "pesos e viés de um filtro", "en": "weights and bias of one filter"}
    every = {"pt": "todos os filtros", "en": "all the filters"}
    return Problem(
        {
            "pt": f"Uma camada convolucional recebe {c} {'canal' if c == 1 else 'canais'} e tem {f} filtros de "
            f"{k}×{k}, cada um com um viés. Quantos parâmetros treináveis ela tem?",
            "en": f"A convolutional layer gets {c} {'channel' if c == 1 else 'channels'} and has {f} filters of "
            f"{k}×{k}, each with a bias. How many trainable parameters does it have?",
        },
        one * f, 0.0, {lang: (
            f"{words[lang]}: {k}·{k}·{c} + 1 = {one}",
            f"{every[lang]}: {one}·{f} = {one * f}",
        ) for lang in LANGS}, digits=0,
    )  # fmt: skip
