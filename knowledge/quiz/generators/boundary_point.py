"""Where a perceptron's boundary lies: the x2 at which the weighted sum is zero."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import term, written


def make(rng: random.Random, /) -> Problem:
    """Draw weights, a bias and an x1."""
    w1, w2 = rng.choice((-3, -2, -1, 1, 2, 3)), rng.choice((-4, -2, 2, 4))
    bias, x1 = rng.choice((-5, -3, -1, 1, 2, 4)), rng.choice((-2, -1, 1, 2, 3))
    rest = w1 * x1 + bias
    x2 = -rest / w2
    equation = f"{written(w1, 'en')}·x₁ {term(w2)}·x₂ {term(bias)} = 0"
    return Problem(
        {
            "pt": f"A fronteira de decisão de um perceptron é {equation}. Para x₁ = {written(x1, 'pt')}, "
            "em que valor de x₂ está a fronteira? (duas casas decimais)",
            "en": f"A perceptron's decision boundary is {equation}. For x₁ = {written(x1, 'en')}, "
            "at which value of x₂ is the boundary? (two decimals)",
        },
        x2, 0.006, {lang: (
            f"{written(w1, lang)}·({written(x1, lang)}) {term(bias)} = {written(rest, lang)}",
            f"{written(rest, lang)} {term(w2)}·x₂ = 0",
            f"x₂ = −({written(rest, lang)}) / ({written(w2, lang)}) = {written(x2, lang)}",
        ) for lang in LANGS},
    )  # fmt: skip
