"""Artificial intelligence contains machine learning, which contains deep learning."""

from dataclasses import dataclass

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas

TITLE = {"pt": "IA, machine learning e deep learning", "en": "AI, machine learning and deep learning"}
ALT = {
    "pt": "Três caixas, uma dentro da outra. A maior é a inteligência artificial, que inclui regras, busca e lógica; "
    "dentro dela, machine learning, que aprende com dados; dentro desta, deep learning, as redes neurais profundas.",
    "en": "Three boxes, one inside another. The largest is artificial intelligence, which includes rules, search and "
    "logic; inside it, machine learning, which learns from data; inside that, deep learning, deep neural networks.",
}
NAMES = {
    "pt": ("Inteligência artificial", "Machine learning", "Deep learning"),
    "en": ("Artificial intelligence", "Machine learning", "Deep learning"),
}
WHAT = {
    "pt": (
        "máquinas que resolvem problemas: regras, busca, lógica…",
        "aprende com dados: árvores, SVM, regressão…",
        "redes neurais com várias camadas:\nCNN, LSTM, Transformer, GAN…",
    ),
    "en": (
        "machines that solve problems: rules, search, logic…",
        "learns from data: trees, SVM, regression…",
        "neural networks with many layers:\nCNN, LSTM, Transformer, GAN…",
    ),
}
FOOT = {
    "pt": "Todo deep learning é machine learning, e todo machine learning é IA. O contrário não vale.",
    "en": "All deep learning is machine learning, and all machine learning is AI. Not the other way round.",
}


@dataclass(frozen=True)
class Ring:
    """One of the nested boxes: its role and its edges."""

    role: str
    left: float
    top: float
    bottom: float


RINGS = (Ring(INPUT, 48, 132, 680), Ring(HIDDEN, 108, 272, 658), Ring(OUTPUT, 168, 412, 636))


def draw(canvas: Canvas, lang: str) -> None:
    for ring, name, what in zip(RINGS, NAMES[lang], WHAT[lang], strict=True):
        middle = (540, (ring.top + ring.bottom) / 2)
        canvas.box(middle, (2 * (540 - ring.left), ring.bottom - ring.top), "", ring.role)
        canvas.text((540, ring.top + 48), name, 40, ring.role, bold=True)
        canvas.text((540, ring.top + (98 if "\n" not in what else 140)), what, 31)
    canvas.caption(FOOT[lang])
