"""A multilayer perceptron on the lecture's stroke example."""

from itertools import pairwise

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas, spread

TITLE = {"pt": "Perceptron multicamada (MLP)", "en": "Multilayer perceptron (MLP)"}
ALT = {
    "pt": "Uma rede em que cada neurônio se liga a todos os da camada seguinte: quatro entradas (idade, glicose, IMC, "
    "pressão), duas camadas ocultas e uma saída, o risco de AVC.",
    "en": "A network in which each neuron is joined to all those of the next layer: four inputs (age, glucose, BMI, "
    "pressure), two hidden layers and one output, the risk of stroke.",
}
LABELS = {
    "pt": {
        "inputs": ("idade", "glicose", "IMC", "pressão"), "out": "risco\nde AVC", "in": "entrada",
        "hidden": "camadas ocultas", "end": "saída", "foot": "Todos ligados a todos: boa para dados em tabela.",
    },
    "en": {
        "inputs": ("age", "glucose", "BMI", "pressure"), "out": "risk of\nstroke", "in": "input",
        "hidden": "hidden layers", "end": "output", "foot": "Everyone joined to everyone: good for data in tables.",
    },
}  # fmt: skip
MIDDLE = 380.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    layers = [
        canvas.layer(240, spread(4, MIDDLE, 116), INPUT, radius=38),
        canvas.layer(470, spread(5, MIDDLE, 92), HIDDEN, radius=36),
        canvas.layer(670, spread(5, MIDDLE, 92), HIDDEN, radius=36),
        canvas.layer(850, [MIDDLE], OUTPUT, radius=44),
    ]
    for left, right in pairwise(layers):
        canvas.connect(left, right)
    for (x, y), name in zip(layers[0], words["inputs"], strict=True):
        canvas.text((x - 54, y), name, 32, INPUT, align="right")
    canvas.text((908, MIDDLE), str(words["out"]), 32, OUTPUT, align="left", bold=True)
    for x, key, role in ((240, "in", INPUT), (570, "hidden", HIDDEN), (850, "end", OUTPUT)):
        canvas.text((x, 675), str(words[key]), 32, role, bold=True)
    canvas.caption(str(words["foot"]))
