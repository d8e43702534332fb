"""A network shaped like an hourglass, drawn without its name."""

from knowledge.figures.style import Canvas
from knowledge.quiz.pictures import boxes

HEIGHT = 660
WORDLESS = True
ALT = {
    "pt": "Cinco colunas de círculos ligadas entre si, com 6, 4, 2, 4 e 6: larga nas pontas e estreita no meio. "
    "Sob a primeira coluna está escrito x, e sob a última, x com chapéu.",
    "en": "Five columns of circles joined to one another, with 6, 4, 2, 4 and 6: wide at the ends and narrow in the "
    "middle. Under the first column stands x, and under the last, x with a hat.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    boxes.layers(canvas, (6, 4, 2, 4, 6), 300, 92)
    canvas.text((150, 612), "$x$", 54)
    canvas.text((930, 612), r"$\hat{x}$", 54)
