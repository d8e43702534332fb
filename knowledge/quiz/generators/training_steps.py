"""How many weight updates a training run makes: batches in an epoch, rounded up, times epochs."""

import math
import random

from knowledge.passages import LANGS
from knowledge.quiz.generators import Problem


def make(rng: random.Random, /) -> Problem:
    """Draw a data set, a batch size and a number of epochs."""
    examples, batch, epochs = (
        rng.choice((500, 1000, 1200, 2000, 6000)),
        rng.choice((32, 50, 64, 100)),
        rng.randint(2, 12),
    )
    batches = math.ceil(examples / batch)
    up = {"pt": "o último lote é menor", "en": "the last batch is smaller"}
    note = {lang: "" if examples % batch == 0 else f" ({up[lang]})" for lang in LANGS}
    sign = "=" if examples % batch == 0 else "→"
    return Problem(
        {
            "pt": f"Um conjunto de {examples} exemplos é treinado em lotes de {batch} por {epochs} épocas; um lote "
            "menor, no fim da época, também conta. Quantas vezes os pesos são atualizados?",
            "en": f"A set of {examples} examples is trained in batches of {batch} for {epochs} epochs; a smaller "
            "batch at the end of an epoch counts too. How many times are the weights updated?",
        },
        batches * epochs, 0.0, {lang: (
            f"{examples} / {batch} {sign} {batches}{note[lang]}",
            f"{batches}·{epochs} = {batches * epochs}",
        ) for lang in LANGS}, digits=0,
    )  # fmt: skip
