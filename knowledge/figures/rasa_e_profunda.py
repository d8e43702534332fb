"""A shallow network beside a deep one."""

from collections.abc import Sequence
from itertools import pairwise

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas, spread

TITLE = {"pt": "Rede rasa × rede profunda", "en": "Shallow × deep network"}
ALT = {
    "pt": "À esquerda, uma rede rasa com uma camada oculta entre entrada e saída; à direita, uma rede profunda com "
    "quatro camadas ocultas.",
    "en": "On the left, a shallow network with one hidden layer between input and output; on the right, a deep "
    "network with four hidden layers.",
}
LABELS = {
    "pt": {
        "shallow": "Rasa", "deep": "Profunda", "one": "1 camada oculta", "many": "4 camadas ocultas",
        "in": "entrada", "out": "saída", "foot": "“Deep” vem daí: várias camadas ocultas, uma depois da outra.",
    },
    "en": {
        "shallow": "Shallow", "deep": "Deep", "one": "1 hidden layer", "many": "4 hidden layers",
        "in": "input", "out": "output", "foot": "That is what “deep” means: several hidden layers, one after another.",
    },
}  # fmt: skip
MIDDLE = 390.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _network(canvas, [100, 225, 350], [3, 5, 2])
    _network(canvas, [500, 605, 710, 815, 920, 1010], [3, 5, 5, 5, 5, 2])
    canvas.text((225, 165), words["shallow"], 36, bold=True)
    canvas.text((755, 165), words["deep"], 36, bold=True)
    canvas.brace(185, 265, 580, words["one"], HIDDEN)
    canvas.brace(580, 945, 580, words["many"], HIDDEN)
    for x, key in ((100, "in"), (350, "out"), (500, "in"), (1010, "out")):
        canvas.text((x, 540), words[key], 28, "muted")
    canvas.line([(428, 150), (428, 650)], "faint", 2)
    canvas.caption(words["foot"])


def _network(canvas: Canvas, xs: Sequence[float], sizes: Sequence[int]) -> None:
    roles = [INPUT, *[HIDDEN] * (len(xs) - 2), OUTPUT]
    layers = [
        canvas.layer(x, spread(size, MIDDLE, 72), role, radius=27)
        for x, size, role in zip(xs, sizes, roles, strict=True)
    ]
    for left, right in pairwise(layers):
        canvas.connect(left, right)
