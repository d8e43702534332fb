"""Accuracy, precision or recall from the four counts of a binary classifier."""

import random
from typing import Literal

from knowledge.passages import LANGS, Lang
from knowledge.quiz.generators import Problem
from knowledge.quiz.numbers import written

Measure = Literal["accuracy", "precision", "recall"]
MEASURES: tuple[Measure, ...] = ("accuracy", "precision", "recall")
NAMES: dict[Measure, dict[Lang, str]] = {
    "accuracy": {"pt": "a acurácia", "en": "accuracy"},
    "precision": {"pt": "a precisão", "en": "precision"},
    "recall": {"pt": "a revocação (recall)", "en": "recall"},
}
RULES: dict[Measure, dict[Lang, str]] = {
    "accuracy": {"pt": "acertos / todos", "en": "right ones / all"},
    "precision": {"pt": "VP / (VP + FP)", "en": "TP / (TP + FP)"},
    "recall": {"pt": "VP / (VP + FN)", "en": "TP / (TP + FN)"},
}


def make(rng: random.Random, /) -> Problem:
    """Draw the counts and which measure is asked for."""
    tp, fp, fn, tn = (rng.choice(range(low, high, 2)) for low, high in ((20, 60), (2, 20), (2, 20), (40, 120)))
    measure = rng.choice(MEASURES)
    above = tp + tn if measure == "accuracy" else tp
    below = {"accuracy": tp + fp + fn + tn, "precision": tp + fp, "recall": tp + fn}[measure]
    value = 100 * above / below
    return Problem(
        {
            "pt": f"Um detector de spam teve {tp} verdadeiros positivos, {fp} falsos positivos, {fn} falsos negativos "
            f"e {tn} verdadeiros negativos. Qual foi {NAMES[measure]['pt']}? (em %, sem casas decimais)",
            "en": f"A spam detector had {tp} true positives, {fp} false positives, {fn} false negatives and "
            f"{tn} true negatives. What was its {NAMES[measure]['en']}? (in %, no decimals)",
        },
        value, 0.51, {lang: (
            RULES[measure][lang],
            f"{above} / {below} ≈ {written(value / 100, lang, 3)} = {written(value, lang, 0)} %",
        ) for lang in LANGS}, digits=0, percent=True,
    )  # fmt: skip
