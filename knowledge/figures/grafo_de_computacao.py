"""The same calculation run line by line and as a finished graph."""

from itertools import pairwise

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas

TITLE = {"pt": "Grafo de computação: eager × estático", "en": "Computation graph: eager × static"}
ALT = {
    "pt": "À esquerda, modo eager: cada linha do programa calcula na hora e mostra seu resultado, 6, 7 e 4. À "
    "direita, grafo estático: primeiro se monta o desenho da conta inteira, sem números; só ao executar sai o "
    "resultado, 4.",
    "en": "On the left, eager mode: each line of the program computes at once and shows its result, 6, 7 and 4. "
    "On the right, a static graph: first the whole calculation is laid out, without numbers; only when it runs "
    "does the result, 4, come out.",
}
LABELS = {
    "pt": {
        "eager": "Eager: calcula já", "static": "Estático: monta, depois roda",
        "given": "com x = 2, w = 3, b = 1, y = 5",
        "debug": "print em qualquer linha", "fast": "pode ser otimizado", "run": "executar",
        "users": "PyTorch, TensorFlow 2", "users2": "tf.function, torch.compile",
        "foot": "O mesmo grafo serve à volta: o backpropagation percorre as setas ao contrário.",
    },
    "en": {
        "eager": "Eager: computes now", "static": "Static: build, then run", "given": "with x = 2, w = 3, b = 1, y = 5",
        "debug": "print on any line", "fast": "can be optimised", "run": "run",
        "users": "PyTorch, TensorFlow 2", "users2": "tf.function, torch.compile",
        "foot": "The same graph serves the way back: backpropagation follows the arrows in reverse.",
    },
}  # fmt: skip
ROWS = (275.0, 395.0, 515.0)
CODE = ("a = x · w", "s = a + b", "L = (s − y)²")


def compute(x: float, w: float, b: float, y: float) -> tuple[float, float, float]:
    """The product, the sum and the loss."""
    product = x * w
    return product, product + b, (product + b - y) ** 2


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    results = compute(x=2, w=3, b=1, y=5)
    canvas.text((262, 155), words["eager"], 34, HIDDEN, bold=True)
    canvas.text((790, 155), words["static"], 34, INPUT, bold=True)
    canvas.text((262, 203), words["given"], 28, "muted")
    canvas.line([(516, 140), (516, 690)], "faint", 2)
    for y, code, result in zip(ROWS, CODE, results, strict=True):
        canvas.box((170, y), (244, 76), code, HIDDEN, 34)
        canvas.arrow((296, y), (368, y))
        canvas.node((412, y), f"{result:.0f}", OUTPUT, radius=38, size=36)
    for high, low in pairwise(ROWS):
        canvas.arrow((170, high + 40), (170, low - 41), HIDDEN)
    _graph(canvas, words["run"], f"{results[-1]:.0f}")
    for x, key, users in ((262, "debug", "users"), (790, "fast", "users2")):
        canvas.text((x, 610), words[key], 30)
        canvas.text((x, 656), words[users], 28, "muted")
    canvas.caption(words["foot"])


def _graph(canvas: Canvas, run: str, result: str) -> None:
    for y, sign in zip(ROWS, ("×", "+", "(−)²"), strict=True):
        canvas.node((700, y), sign, INPUT, radius=42, size=34)
    for x, y, name in ((574, ROWS[0], "x"), (826, ROWS[0], "w"), (574, ROWS[1], "b"), (574, ROWS[2], "y")):
        _operand(canvas, x, y, name)
    for high, low in pairwise(ROWS):
        canvas.arrow((700, high + 44), (700, low - 45), INPUT)
    canvas.box((950, ROWS[0]), (164, 76), run, ERROR, 32)
    canvas.arrow((744, ROWS[2]), (910, ROWS[2]), OUTPUT)
    canvas.arrow((950, ROWS[0] + 40), (950, ROWS[2] - 41), ERROR)
    canvas.node((950, ROWS[2]), result, OUTPUT, radius=38, size=36)


def _operand(canvas: Canvas, x: float, y: float, name: str) -> None:
    canvas.text((x, y), f"${name}$", 40)
    toward = 1 if x < 700 else -1
    canvas.arrow((x + 26 * toward, y), (700 - 46 * toward, y))
