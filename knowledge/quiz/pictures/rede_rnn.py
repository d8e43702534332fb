"""A network unrolled along a sequence, drawn without its name."""

from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas

HEIGHT = 620
WORDLESS = True
ALT = {
    "pt": "Quatro caixas iguais em fila. Em cada uma entra uma seta de baixo, de x₁ a x₄, e sai uma seta para cima, "
    "de y₁ a y₄; de cada caixa sai também uma seta para a caixa seguinte.",
    "en": "Four equal boxes in a row. Into each goes an arrow from below, from x₁ to x₄, and out goes an arrow "
    "upwards, to y₁ to y₄; from each box an arrow also goes to the next one.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    for step in range(1, 5):
        x = 250 * step - 85
        canvas.box((x, 310), (140, 120), f"$h_{step}$", HIDDEN, 46)
        canvas.node((x, 540), f"$x_{step}$", INPUT, 48, 40)
        canvas.node((x, 80), f"$y_{step}$", OUTPUT, 48, 40)
        canvas.arrow((x, 490), (x, 374))
        canvas.arrow((x, 246), (x, 132))
        if step < 4:
            canvas.arrow((x + 72, 310), (x + 176, 310), MEMORY)
