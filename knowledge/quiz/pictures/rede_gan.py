"""Two networks, one against the other, drawn without their names."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, Canvas

HEIGHT = 600
WORDLESS = True
ALT = {
    "pt": "Uma entrada z vai para a caixa 1, que produz uma imagem; essa imagem e outra, vinda de um conjunto de "
    "fotos, vão para a caixa 2, que responde com um número entre 0 e 1. Uma seta tracejada volta da resposta às duas "
    "caixas.",
    "en": "An input z goes to box 1, which produces an image; that image and another one, from a set of photos, go to "
    "box 2, which answers with a number between 0 and 1. A dashed arrow returns from the answer to both boxes.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    canvas.node((90, 200), "$z$", INPUT, 48, 44)
    canvas.box((290, 200), (170, 130), "1", HIDDEN, 52)
    canvas.box((520, 200), (120, 120), "$x'$", MEMORY, 46)
    for i in (2, 1, 0):
        canvas.box((520 - 14 * i, 440 + 14 * i), (120, 120), "$x$" if not i else "", INPUT, 46)
    canvas.box((770, 310), (170, 130), "2", HIDDEN, 52)
    canvas.node((990, 310), "0…1", ERROR, 62, 34)
    for start, end in (((142, 200), (200, 200)), ((378, 200), (456, 200)), ((584, 210), (690, 272)),
                       ((584, 430), (690, 350)), ((858, 310), (924, 310))):  # fmt: skip
        canvas.arrow(start, end)
    canvas.elbow([(990, 244), (990, 60), (770, 60), (770, 240)], ERROR, dashed=True)
    canvas.elbow([(770, 60), (290, 60), (290, 130)], ERROR, dashed=True)
