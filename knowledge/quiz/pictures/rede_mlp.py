"""A network of fully connected layers, drawn without its name."""

from knowledge.figures.style import Canvas
from knowledge.quiz.pictures import boxes

HEIGHT = 600
WORDLESS = True
ALT = {
    "pt": "Quatro colunas de círculos, com 4, 5, 5 e 2; cada círculo está ligado a todos os da coluna seguinte.",
    "en": "Four columns of circles, with 4, 5, 5 and 2; each circle is joined to all of the next column.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    boxes.layers(canvas, (4, 5, 5, 2), 300)
