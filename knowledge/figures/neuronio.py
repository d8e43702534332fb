"""An artificial neuron at work, with numbers."""

import math

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, number, spread

TITLE = {"pt": "O neurônio artificial", "en": "The artificial neuron"}
ALT = {
    "pt": "Três entradas (1,0; 0,5; −1,0) são multiplicadas pelos pesos (0,6; 0,9; 0,2) e somadas com o viés −0,3, o "
    "que dá z = 0,55; a sigmoide transforma z na saída 0,63.",
    "en": "Three inputs (1.0, 0.5, −1.0) are multiplied by the weights (0.6, 0.9, 0.2) and added to the bias −0.3, "
    "giving z = 0.55; the sigmoid turns z into the output 0.63.",
}
LABELS = {
    "pt": {"inputs": "entradas", "weights": "pesos", "sum": "soma", "act": "ativação", "out": "saída", "bias": "viés"},
    "en": {
        "inputs": "inputs",
        "weights": "weights",
        "sum": "sum",
        "act": "activation",
        "out": "output",
        "bias": "bias",
    },
}
X, W, B = (1.0, 0.5, -1.0), (0.6, 0.9, 0.2), -0.3
SUM, ACTIVATION, Y = (520.0, 410.0), (740.0, 410.0), (955.0, 410.0)


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    z = sum(w * x for w, x in zip(W, X, strict=True)) + B
    _inputs(canvas, lang)
    _unit(canvas, lang, z)
    for x, key in ((120, "inputs"), (310, "weights"), (SUM[0], "sum"), (ACTIVATION[0], "act"), (Y[0], "out")):
        canvas.text((x, 150), words[key], 30, "muted")
    terms = " + ".join(f"{number(w, lang)}·{_signed(x, lang)}" for w, x in zip(W, X, strict=True))
    canvas.caption(f"z = {terms} − {number(-B, lang)} = {number(z, lang, 2)}    →    σ(z) = {_sigmoid(z, lang)}")


def _inputs(canvas: Canvas, lang: str) -> None:
    ys = spread(3, SUM[1], 165)
    for i, (y, x, w) in enumerate(zip(ys, X, W, strict=True), start=1):
        canvas.arrow((170, y), (SUM[0] - 72, SUM[1] + (y - SUM[1]) * 0.25), INPUT)
        canvas.node((120, y), f"$x_{i}$", INPUT, radius=48, size=38)
        canvas.text((120, y + 68), number(x, lang), 28, INPUT)
        canvas.text((300, y + (SUM[1] - y) * 0.36 - (32 if i == 2 else 54)), f"$w_{i}$ = {number(w, lang)}", 30, ERROR)


def _unit(canvas: Canvas, lang: str, z: float) -> None:
    canvas.node(SUM, "Σ", HIDDEN, radius=70, size=64)
    canvas.arrow((SUM[0], 585), (SUM[0], SUM[1] + 72), ERROR)
    canvas.text((SUM[0], 614), f"{LABELS[lang]['bias']} $b$ = {number(B, lang)}", 30, ERROR)
    canvas.arrow((SUM[0] + 70, SUM[1]), (ACTIVATION[0] - 72, SUM[1]))
    canvas.text(((SUM[0] + ACTIVATION[0]) / 2, SUM[1] - 32), "$z$", 36)
    canvas.box(ACTIVATION, (140, 140))
    curve = [(ACTIVATION[0] + t * 9.5, ACTIVATION[1] + 42 - 84 / (1 + math.exp(-t))) for t in spread(41, 0, 0.3)]
    canvas.sheet.plot(*zip(*curve, strict=True), color=canvas.colour(HIDDEN), lw=5, zorder=5)
    canvas.text((ACTIVATION[0], ACTIVATION[1] + 100), "σ", 36)
    canvas.arrow((ACTIVATION[0] + 70, SUM[1]), (Y[0] - 60, SUM[1]))
    canvas.node(Y, "$\\hat{y}$", OUTPUT, radius=58, size=46)
    canvas.text((Y[0], Y[1] + 86), _sigmoid(z, lang), 32, OUTPUT)


def _sigmoid(z: float, lang: str) -> str:
    return number(1 / (1 + math.exp(-z)), lang, 2)


def _signed(value: float, lang: str) -> str:
    return f"({number(value, lang)})" if value < 0 else number(value, lang)
