"""A real attention map: softmax(QKᵀ/√d) of made vectors over a sentence."""

import numpy as np

from knowledge.figures.style import ERROR, INPUT, Canvas, Pixels, font, mix

TITLE = {"pt": "Atenção: quem olha para quem", "en": "Attention: who looks at whom"}
ALT = {
    "pt": "Mapa de atenção da frase “o gato dormiu porque ele estava cansado”. Cada linha é uma palavra que "
    "olha; cada coluna, uma palavra olhada; quanto mais forte a cor, maior o peso. Na linha “ele”, destacada, "
    "o maior peso é o de “gato”.",
    "en": "Attention map of the sentence “the cat slept because it was tired”. Each row is a word that looks; "
    "each column, a word looked at; the stronger the colour, the larger the weight. In the row “it”, "
    "highlighted, the largest weight is on “cat”.",
}
LABELS = {
    "pt": {
        "words": "o gato dormiu porque ele estava cansado", "who": "quem olha", "whom": "para quem olha (%)",
        "foot": "Cada linha soma 100%. Para entender “ele”, a rede olha sobretudo para “gato”. (Vetores de exemplo.)",
    },
    "en": {
        "words": "the cat slept because it was tired", "who": "who looks", "whom": "at whom (%)",
        "foot": "Each row adds up to 100%. To understand “it”, the network looks mostly at “cat”. (Example vectors.)",
    },
}  # fmt: skip
TALL = 1080
KINDS = ("article", "noun", "verb", "link", "pronoun", "verb", "adjective")  # of the words, in both languages
FEATURES = ("article", "noun", "verb", "link", "pronoun", "adjective")
LOOKS_FOR = {  # how strongly a kind of word looks for another
    "article": {"article": 2.0, "noun": 4.4},
    "noun": {"noun": 3.4, "article": 2.2, "adjective": 2.6},
    "verb": {"noun": 3.4, "verb": 3.4, "pronoun": 2.4},
    "link": {"link": 2.5, "verb": 4.0},
    "pronoun": {"noun": 6.2, "pronoun": 3.2, "verb": 1.2},
    "adjective": {"noun": 4.2, "pronoun": 3.6, "adjective": 3.2},
}
SIDE = 96.0
LEFT, TOP = 272.0, 268.0
FOCUS = 4  # the pronoun's row


def attention() -> Pixels:
    """Weights of each word (row) over the words (columns)."""
    keys = np.array([[float(kind == feature) for feature in FEATURES] for kind in KINDS])
    queries = np.array([[LOOKS_FOR[kind].get(feature, 0.0) for feature in FEATURES] for kind in KINDS])
    scores = queries @ keys.T * 2 / np.sqrt(len(FEATURES))
    weights: Pixels = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    return weights


def draw(canvas: Canvas, lang: str) -> None:
    labels = LABELS[lang]
    words = labels["words"].split()
    weights = attention()
    for (i, j), weight in np.ndenumerate(weights):
        _cell(canvas, i, j, float(weight))
    for i, word in enumerate(words):
        focus = i == FOCUS
        y = TOP + SIDE * (i + 0.5)
        canvas.text((LEFT - 18, y), word, 31, ERROR if focus else "ink", align="right", bold=focus)
        canvas.sheet.text(
            LEFT + SIDE * (i + 0.35), TOP - 12, word, rotation=35, color=canvas.theme.ink, va="bottom", ha="left",
            rotation_mode="anchor", fontproperties=font(31),
        )  # fmt: skip
    _outline(canvas, len(words))
    canvas.text((48, TOP - 28), labels["who"], 29, "muted", align="left")
    canvas.text((LEFT, 145), labels["whom"], 29, "muted", align="left")
    canvas.caption(labels["foot"])


def _cell(canvas: Canvas, row: int, column: int, weight: float) -> None:
    from matplotlib.patches import Rectangle

    x, y = LEFT + SIDE * column, TOP + SIDE * row
    shade = mix(canvas.colour(INPUT), canvas.theme.paper, 0.05 + 0.8 * weight)
    canvas.sheet.add_patch(Rectangle((x, y), SIDE, SIDE, fc=shade, ec=canvas.theme.paper, lw=3, zorder=3))
    strong = canvas.theme.name == "light" and weight > 0.55
    canvas.text((x + SIDE / 2, y + SIDE / 2), f"{100 * weight:.0f}", 28, "paper" if strong else "ink")


def _outline(canvas: Canvas, count: int) -> None:
    from matplotlib.patches import Rectangle

    corner = (LEFT, TOP + SIDE * FOCUS)
    edge = canvas.colour(ERROR)
    canvas.sheet.add_patch(Rectangle(corner, SIDE * count, SIDE, fc="none", ec=edge, lw=6, zorder=5))
