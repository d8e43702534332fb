"""The cross-entropy of one example: minus the logarithm of the probability given to the right class."""

import math
import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written

ROWS = (
    (0.7, 0.2, 0.1), (0.6, 0.3, 0.1), (0.5, 0.25, 0.25), (0.8, 0.15, 0.05), (0.4, 0.4, 0.2), (0.1, 0.3, 0.6),
    (0.9, 0.06, 0.04), (0.3, 0.45, 0.25), (0.2, 0.1, 0.7), (0.05, 0.35, 0.6),
)  # fmt: skip


def make(rng: random.Random, /) -> Problem:
    """Draw the network's probabilities and which class was right."""
    p, right = rng.choice(ROWS), rng.randrange(3)
    value = -math.log(p[right])
    row = {lang: "; ".join(written(v, lang) for v in p) for lang in LANGS}
    name = "ABC"[right]
    why = {
        "pt": "só conta a probabilidade da classe certa, porque as outras têm alvo 0",
        "en": "only the right class's probability counts, as the others' target is 0",
    }
    return Problem(
        {
            "pt": f"Para um exemplo, a rede dá as probabilidades ({row['pt']}) às classes A, B e C; a certa é {name}. "
            "Qual é a entropia cruzada, com logaritmo natural? (duas casas decimais)",
            "en": f"For one example the network gives probabilities ({row['en']}) to classes A, B and C; {name} is "
            "right. What is the cross-entropy, with the natural logarithm? (two decimals)",
        },
        value, 0.011, {lang: (
            f"{why[lang]}: p({name}) = {written(p[right], lang)}",
            f"L = −ln {written(p[right], lang)} ≈ {written(value, lang)}",
        ) for lang in LANGS},
    )  # fmt: skip
