"""Self-supervision: hide a piece of the data and ask for it back."""

import numpy as np

from knowledge.figures.pixels import cat
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels

TITLE = {"pt": "Aprendizado autossupervisionado", "en": "Self-supervised learning"}
ALT = {
    "pt": "Em cima, a frase “o gato ? no telhado” entra na rede, que adivinha “subiu”. Embaixo, um rosto de gato "
    "com um pedaço coberto entra na rede, que devolve o pedaço. O gabarito é a parte escondida do próprio dado.",
    "en": "Above, the sentence “the cat ? the roof” enters the network, which guesses “climbed”. Below, a cat's "
    "face with a covered patch enters the network, which gives the patch back. The answer key is the hidden "
    "part of the data itself.",
}
LABELS = {
    "pt": {
        "before": "o gato", "after": "no telhado", "guess": "subiu", "net": "rede", "text": "Texto", "image": "Imagem",
        "key": "gabarito: a\nparte escondida",
        "foot": "Esconda uma parte e peça de volta: o próprio dado é o gabarito. Ninguém precisa rotular.",
    },
    "en": {
        "before": "the cat", "after": "the roof", "guess": "climbed", "net": "network", "text": "Text",
        "image": "Picture",
        "key": "answer key:\nthe hidden part",
        "foot": "Hide a part and ask for it back: the data is its own answer key. Nobody has to label it.",
    },
}  # fmt: skip
UPPER, LOWER = 265.0, 535.0
PATCH = (slice(12, 22), slice(17, 27))  # rows and columns of the hidden eye, in a picture of 32×32


def halves() -> tuple[Pixels, Pixels]:
    """A cat with a patch wiped out, and the patch."""
    picture = np.round(cat(32) * 6) / 6
    hidden = picture.copy()
    hidden[PATCH] = 0
    return hidden, picture[PATCH]


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.text((48, UPPER - 85), words["text"], 32, align="left", bold=True)
    canvas.text((48, LOWER - 85), words["image"], 32, align="left", bold=True)
    _sentence(canvas, words)
    _picture(canvas)
    for y in (UPPER, LOWER):
        canvas.arrow((505, y), (566, y))
        canvas.box((660, y), (180, 100), words["net"], HIDDEN, 34)
        canvas.arrow((754, y), (826, y), OUTPUT)
    canvas.text((920, 391), words["key"], 28, ERROR)
    canvas.arrow((920, 348), (920, UPPER + 44), ERROR, dashed=True)
    canvas.arrow((920, 434), (920, LOWER - 71), ERROR, dashed=True)
    canvas.caption(words["foot"])


def _sentence(canvas: Canvas, words: dict[str, str]) -> None:
    for x, width, key in ((116, 136, "before"), (385, 196, "after")):
        canvas.box((x, UPPER), (width, 76), words[key], INPUT, 32)
    canvas.box((236, UPPER), (84, 76), "?", ERROR, 40)
    canvas.box((920, UPPER), (176, 76), words["guess"], OUTPUT, 34)


def _picture(canvas: Canvas) -> None:
    hidden, patch = halves()
    side, corner = 220.0, (300.0 - 110, LOWER - 110)
    canvas.picture((300, LOWER), side, hidden)
    canvas.picture((920, LOWER), 130, patch)
    step = side / len(hidden)
    rows, columns = PATCH
    middle = (corner[0] + step * (columns.start + columns.stop) / 2, corner[1] + step * (rows.start + rows.stop) / 2)
    width = step * (columns.stop - columns.start)
    canvas.box(middle, (width, width), "?", ERROR, 40)
    canvas.line([(412, LOWER), (505, LOWER)])
