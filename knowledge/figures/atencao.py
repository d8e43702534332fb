"""A real attention map: softmax of made queries and keys over a sentence."""

import numpy as np

from knowledge.figures.style import INPUT, Canvas, Pixels, mix, number

TALL = 1080
TITLE = {"pt": "Atenção: quem olha para quem", "en": "Attention: who looks at whom"}
ALT = {
    "pt": "Mapa de calor da frase “a gata dormiu porque ela cansou”: cada linha é uma palavra e soma 1. A linha de “ela” é mais forte na "
    "coluna “gata”; as de “dormiu” e “cansou”, também.",
    "en": "Heat map of the sentence “the cat slept because she tired”: each row is a word and sums to 1. The row of “she” is strongest in "
    "the column “cat”; so are those of “slept” and “tired”.",
}
WORDS = {
    "pt": ("a", "gata", "dormiu", "porque", "ela", "cansou"),
    "en": ("the", "cat", "slept", "because", "she", "tired"),
}
FOOT = {
    "pt": "Linha: a palavra que olha. Coluna: para onde olha. “Ela” olha para “gata”. (Vetores de exemplo.)",
    "en": "Row: the word that looks. Column: where it looks. “She” looks at “cat”. (Example vectors.)",
}
# What each word asks for and what it offers: article, noun, verb, link, pronoun.
QUERIES: Pixels = np.array(
    [[0.4, 2.6, 0, 0, 0], [1.6, 1.2, 1.4, 0, 0.6], [0, 2.9, 0.8, 0.4, 0.6], [0, 0, 2.4, 0.8, 0], [0, 3.6, 0.4, 0, 1.0], [0, 2.4, 0.8, 0.9, 1.7]]
)
KEYS: Pixels = np.array([[1, 0, 0, 0, 0], [0, 1, 0, 0, 0.3], [0, 0, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0.25, 0, 0, 1], [0, 0, 0.9, 0, 0]]) * 1.7
SIDE, LEFT, TOP = 126.0, 250.0, 215.0


def attention(queries: Pixels, keys: Pixels) -> Pixels:
    """softmax(Q·Kᵀ / √d): (T, d) and (T, d) give (T, T)."""
    scores = queries @ keys.T / np.sqrt(keys.shape[1])
    powers = np.exp(scores * 1.6)
    result: Pixels = powers / powers.sum(axis=1, keepdims=True)
    return result


def draw(canvas: Canvas, lang: str) -> None:
    weights = attention(QUERIES, KEYS)
    for i, word in enumerate(WORDS[lang]):
        canvas.text((LEFT - 22, TOP + SIDE * (i + 0.5)), word, 36, align="right", bold=True)
        canvas.text((LEFT + SIDE * (i + 0.5), TOP - 32), word, 33, bold=True)
    for (i, j), weight in np.ndenumerate(weights):
        _cell(canvas, (int(i), int(j)), float(weight), lang)
    canvas.caption(FOOT[lang])


def _cell(canvas: Canvas, place: tuple[int, int], weight: float, lang: str) -> None:
    from matplotlib.patches import Rectangle

    x, y = LEFT + SIDE * place[1], TOP + SIDE * place[0]
    fill = mix(canvas.colour(INPUT), canvas.theme.paper, min(1.0, weight * 1.25))
    canvas.sheet.add_patch(Rectangle((x, y), SIDE, SIDE, fc=fill, ec=canvas.theme.paper, lw=4))
    role = "paper" if weight > 0.4 else "ink"
    canvas.text((x + SIDE / 2, y + SIDE / 2), number(weight, lang, 2), 34, role)
