"""Blocks with a way around each, drawn without a name."""

from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas

HEIGHT = 500
WORDLESS = True
ALT = {
    "pt": "Uma fila: a entrada x, dois pares de caixas seguidos cada um por um sinal de mais, e a saída y. Uma seta "
    "passa por cima de cada par de caixas e chega direto ao sinal de mais.",
    "en": "A row: the input x, two pairs of boxes each followed by a plus sign, and the output y. An arrow goes over "
    "each pair of boxes and straight to the plus sign.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    y = 320
    canvas.node((64, y), "$x$", INPUT, 44, 42)
    for left in (150, 570):
        canvas.arrow((left - 40, y), (left, y))
        canvas.box((left + 60, y), (110, 150), "", HIDDEN)
        canvas.arrow((left + 116, y), (left + 150, y))
        canvas.box((left + 208, y), (110, 150), "", HIDDEN)
        canvas.arrow((left + 264, y), (left + 300, y))
        canvas.node((left + 334, y), "+", OUTPUT, 34, 44)
        canvas.elbow([(left - 26, y), (left - 26, 120), (left + 334, 120), (left + 334, y - 38)], MEMORY)
    canvas.arrow((938, y), (966, y))
    canvas.node((1014, y), "$y$", OUTPUT, 44, 42)
