"""What a neuron with a sigmoid or a ReLU gives out."""

import math
import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import term, written


def make(rng: random.Random, /) -> Problem:
    """Draw two inputs, their weights, a bias and the function."""
    x, w = [rng.choice((0.5, 1, 2)) for _ in range(2)], [rng.choice((-2, -1, 0.5, 1)) for _ in range(2)]
    bias, relu = rng.choice((-1, 0.5, 1)), rng.choice((True, False))
    z = w[0] * x[0] + w[1] * x[1] + bias
    value = max(0.0, z) if relu else 1 / (1 + math.exp(-z))
    name = {"pt": "ReLU" if relu else "sigmoide", "en": "ReLU" if relu else "sigmoid"}
    row = {lang: [f"({'; '.join(written(v, lang) for v in values)})" for values in (x, w)] for lang in LANGS}
    last = {
        lang: f"ReLU(z) = max(0; z) = {written(value, lang)}" if relu
        else f"σ(z) = 1 / (1 + e^−({written(z, lang)})) ≈ {written(value, lang)}"
        for lang in LANGS
    }  # fmt: skip
    return Problem(
        {
            "pt": f"Um neurônio com x = {row['pt'][0]}, w = {row['pt'][1]} e b = {written(bias, 'pt')} "
            f"usa a ativação {name['pt']}. Qual é a saída? (duas casas decimais)",
            "en": f"A neuron with x = {row['en'][0]}, w = {row['en'][1]} and b = {written(bias, 'en')} "
            f"uses a {name['en']} activation. What is its output? (two decimals)",
        },
        value, 0.011, {lang: (
            f"z = {written(w[0], lang)}·{written(x[0], lang)} {term(w[1], lang)}·{written(x[1], lang)} "
            f"{term(bias, lang)} = {written(z, lang)}",
            last[lang],
        ) for lang in LANGS},
    )  # fmt: skip
