"""The output of a perceptron with two or three inputs: a weighted sum and a threshold."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written


def make(rng: random.Random, /) -> Problem:
    """Draw inputs, weights and a bias whose sum isn't zero."""
    count = rng.choice((2, 3))
    x = [rng.choice((0, 1, 1, 2)) for _ in range(count)]
    w = [rng.choice((-3, -2, -1, 1, 2, 3)) for _ in range(count)]
    total, bias = sum(a * b for a, b in zip(x, w, strict=True)), 0
    while total + bias == 0 or bias == 0:
        bias = rng.choice((-2, -1, 1, 2))
    out = int(total + bias > 0)
    return Problem(
        {
            "pt": f"Um perceptron recebe x = {_row(x)}, tem pesos w = {_row(w)} e viés b = {_signed(bias)}. "
            "Ele responde 1 se a soma ponderada mais o viés for maior que 0, e 0 se não for. Qual é a saída?",
            "en": f"A perceptron gets x = {_row(x)}, has weights w = {_row(w)} and bias b = {_signed(bias)}. "
            "It answers 1 if the weighted sum plus the bias is greater than 0, and 0 otherwise. What is its output?",
        },
        out, 0.0, {lang: (
            f"{' + '.join(f'{_wrap(a)}·{_wrap(b)}' for a, b in zip(x, w, strict=True))} = {written(total, lang)}",
            f"{written(total, lang)} + {_wrap(bias)} = {written(total + bias, lang)}",
            f"{written(total + bias, lang)} {'>' if out else '<'} 0 → {out}",
        ) for lang in LANGS}, digits=0, signed=False,
    )  # fmt: skip


def _signed(value: int) -> str:
    return str(value).replace("-", "−")


def _wrap(value: int) -> str:
    return f"({_signed(value)})" if value < 0 else str(value)


def _row(values: list[int]) -> str:
    return f"({'; '.join(map(_signed, values))})"
