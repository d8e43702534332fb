"""The mean squared error of three predictions."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written


def make(rng: random.Random, /) -> Problem:
    """Draw targets and predictions that miss some of them."""
    y = [rng.randint(1, 9) for _ in range(3)]
    off = [0, 0, 0]
    while not any(off):
        off = [rng.choice((-2, -1, 0, 1, 3)) for _ in range(3)]
    guess = [a + d for a, d in zip(y, off, strict=True)]
    total = sum(d * d for d in off)
    return Problem(
        {
            "pt": f"Os alvos são ({'; '.join(map(str, y))}) e a rede previu "
            f"({'; '.join(written(g, 'pt') for g in guess)}). Qual é o erro quadrático médio? (duas casas decimais)",
            "en": f"The targets are ({'; '.join(map(str, y))}) and the network predicted "
            f"({'; '.join(written(g, 'en') for g in guess)}). What is the mean squared error? (two decimals)",
        },
        total / 3, 0.011, {lang: (
            "; ".join(f"({written(d, lang)})² = {d * d}" for d in off),
            f"({' + '.join(str(d * d) for d in off)}) / 3 = {written(total / 3, lang)}",
        ) for lang in LANGS},
    )  # fmt: skip
