"""The weight that a word gives to another: scaled dot products through a softmax."""

import math
import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written

SCORES = (0, 2, 4, 6)
SIZE = 4  # of the keys: its root is 2


def make(rng: random.Random, /) -> Problem:
    """Draw the products of one query with the keys of two words."""
    q = rng.sample(SCORES, 2)
    scaled = [v / math.sqrt(SIZE) for v in q]
    e = [math.exp(v) for v in scaled]
    chosen = rng.randrange(2)
    value = e[chosen] / sum(e)
    name = {"pt": ("primeira", "segunda")[chosen], "en": ("first", "second")[chosen]}
    return Problem(
        {
            "pt": f"Numa atenção com chaves de dimensão {SIZE}, os produtos q·k de uma palavra com outras duas são "
            f"{q[0]} e {q[1]}. Depois de dividir por √{SIZE} e aplicar o softmax, que peso vai para a {name['pt']}? "
            "(duas casas decimais)",
            "en": f"In an attention with keys of dimension {SIZE}, one word's products q·k with two others are "
            f"{q[0]} and {q[1]}. After dividing by √{SIZE} and applying softmax, what weight goes to the {name['en']}? "
            "(two decimals)",
        },
        value, 0.011, {lang: (
            f"{q[0]} / 2 = {written(scaled[0], lang)}; {q[1]} / 2 = {written(scaled[1], lang)}",
            "; ".join(f"e^{written(s, lang)} ≈ {written(x, lang)}" for s, x in zip(scaled, e, strict=True)),
            f"{written(e[chosen], lang)} / {written(sum(e), lang)} ≈ {written(value, lang)}",
        ) for lang in LANGS},
    )  # fmt: skip
