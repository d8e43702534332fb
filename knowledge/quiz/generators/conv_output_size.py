"""The side of a convolution's output: (n + 2p - k) / s + 1."""

import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem


def make(rng: random.Random, /) -> Problem:
    """Draw an image, a filter, a padding and a stride; the division is rounded down, as libraries do."""
    n, k = rng.choice((16, 24, 28, 32, 64)), rng.choice((3, 5, 7))
    p, s = rng.choice((0, 0, 1, 2)), rng.choice((1, 1, 2))
    span = n + 2 * p - k
    out = span // s + 1
    exact = span % s == 0
    floor = {"pt": " (arredondando para baixo)", "en": " (rounding down)"}
    return Problem(
        {
            "pt": f"Uma imagem de {n}×{n} passa por uma convolução com filtro {k}×{k}, padding {p} e stride (passo) "
            f"{s}. Qual é o lado do mapa de saída, em pixels?",
            "en": f"An image of {n}×{n} goes through a convolution with a {k}×{k} filter, padding {p} and stride "
            f"{s}. What is the side of the output map, in pixels?",
        },
        out, 0.0, {lang: (
            f"{n} + 2·{p} − {k} = {span}",
            f"{span} / {s} = {span // s}{'' if exact else floor[lang]}",
            f"{span // s} + 1 = {out}",
        ) for lang in LANGS}, digits=0,
    )  # fmt: skip
