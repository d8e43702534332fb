"""Maps that shrink and grow in number, then a column of circles, drawn without names."""

from knowledge.figures.style import HIDDEN, INPUT, OUTPUT, Canvas, spread
from knowledge.quiz.pictures import boxes

HEIGHT = 560
WORDLESS = True
ALT = {
    "pt": "Um quadrado grande com uma janelinha dentro; dela saem linhas para uma pilha de quadrados menores, depois "
    "para outra pilha, com mais quadrados ainda menores, e por fim para uma coluna de círculos.",
    "en": "A large square with a little window in it; lines go from there to a stack of smaller squares, then to "
    "another stack, of more and even smaller squares, and at last to a column of circles.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    canvas.box((170, 280), (260, 260), "", INPUT)
    canvas.frame((210, 240), 66, "ink", 4)
    boxes.maps(canvas, (480, 280), 170, 4)
    boxes.maps(canvas, (750, 280), 90, 7)
    outputs = canvas.layer(980, spread(4, 280, 90), OUTPUT, 32)
    for corner in ((243, 207), (243, 273)):
        canvas.line([corner, (446, 300)], "muted", 3)
    canvas.arrow((602, 280), (650, 280))
    for point in outputs:
        canvas.line([(860, 280), point], HIDDEN, 3)
