"""The probability that softmax gives to one of three classes."""

import math
import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written


def make(rng: random.Random, /) -> Problem:
    """Draw three scores, not all alike."""
    z = rng.sample((-1, 0, 1, 2, 3), 3)
    chosen = rng.randrange(3)
    e = [math.exp(v) for v in z]
    value = 100 * e[chosen] / sum(e)
    row = "; ".join(written(v, "en") for v in z)
    name = "ABC"[chosen]
    return Problem(
        {
            "pt": f"A última camada dá os escores ({row}) para as classes A, B e C. "
            f"Que probabilidade o softmax dá à classe {name}? (em %, sem casas decimais)",
            "en": f"The last layer gives the scores ({row}) for classes A, B and C. "
            f"What probability does softmax give to class {name}? (in %, no decimals)",
        },
        value, 0.75, {lang: (
            "; ".join(f"e^{written(v, lang)} ≈ {written(x, lang)}" for v, x in zip(z, e, strict=True)),
            f"{' + '.join(written(x, lang) for x in e)} ≈ {written(sum(e), lang)}",
            f"{written(e[chosen], lang)} / {written(sum(e), lang)} ≈ {written(value / 100, lang, 3)} "
            f"= {written(value, lang, 0)} %",
        ) for lang in LANGS}, digits=0, percent=True,
    )  # fmt: skip
