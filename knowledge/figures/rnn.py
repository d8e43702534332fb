"""A recurrent network, folded and unrolled over a sentence."""

from knowledge.figures.style import INPUT, MEMORY, OUTPUT, Canvas

TITLE = {"pt": "RNN: a rede que lembra", "en": "RNN: the network that remembers"}
ALT = {
    "pt": "À esquerda, uma célula recorrente com um laço sobre si mesma. À direita, a mesma célula repetida em "
    "quatro passos: lê “o”, “gato”, “subiu”, “no” e prevê a palavra seguinte; a memória h passa de um passo ao "
    "próximo.",
    "en": "On the left, a recurrent cell with a loop onto itself. On the right, the same cell repeated over four "
    "steps: it reads “the”, “cat”, “climbed”, “the” and predicts the next word; the memory h passes from each "
    "step to the next.",
}
LABELS = {
    "pt": {
        "words": "o gato subiu no telhado", "folded": "dobrada", "unrolled": "desenrolada no tempo",
        "out": "prevê", "in": "lê",
        "foot": "É a mesma célula, com os mesmos pesos, a cada passo: a memória h leva adiante o que já foi lido.",
    },
    "en": {
        "words": "the cat climbed the roof", "folded": "folded", "unrolled": "unrolled over time",
        "out": "predicts", "in": "reads",
        "foot": "The same cell, with the same weights, at every step: the memory h carries forward what was read.",
    },
}  # fmt: skip
STEPS = (408.0, 591.0, 774.0, 957.0)
FOLDED = 123.0
TOP, MIDDLE, BOTTOM = 232.0, 405.0, 578.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _fold(canvas, words)
    canvas.text((284, MIDDLE), "=", 60, "muted")
    canvas.text((682, 150), words["unrolled"], 32, "muted")
    sentence = words["words"].split()
    for t, x in enumerate(STEPS):
        _cell(canvas, x, f"$h_{t + 1}$", sentence[t], sentence[t + 1])
        canvas.text((x, BOTTOM + 64), f"$t={t + 1}$", 32, "muted")
        canvas.arrow((x - 131 if t else x - 92, MIDDLE), (x - 54, MIDDLE), MEMORY)
    canvas.caption(words["foot"])


def _fold(canvas: Canvas, words: dict[str, str]) -> None:
    canvas.text((FOLDED, 150), words["folded"], 32, "muted")
    _cell(canvas, FOLDED, "$h$", words["in"], words["out"])
    canvas.arrow((FOLDED + 52, MIDDLE - 28), (FOLDED + 52, MIDDLE + 28), MEMORY, bend=-2.2)


def _cell(canvas: Canvas, x: float, memory: str, read: str, predicted: str) -> None:
    canvas.box((x, MIDDLE), (104, 104), memory, MEMORY, 46)
    canvas.box((x, BOTTOM), (150, 70), read, INPUT, 31)
    canvas.box((x, TOP), (150, 70), predicted, OUTPUT, 31)
    canvas.arrow((x, BOTTOM - 37), (x, MIDDLE + 54), INPUT)
    canvas.arrow((x, MIDDLE - 54), (x, TOP + 37), OUTPUT)
