"""Words as points: near in meaning, near in space; a difference is a direction."""

from collections.abc import Sequence

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Align, Canvas, Point

TITLE = {"pt": "Embeddings: palavras no espaço", "en": "Embeddings: words in space"}
ALT = {
    "pt": "Mapa de palavras como pontos. Frutas ficam juntas, animais ficam juntos. A seta de “homem” a “mulher” "
    "é igual à de “rei” a “rainha”.",
    "en": "Map of words as points. Fruits lie together, animals lie together. The arrow from “man” to “woman” is "
    "the same as the one from “king” to “queen”.",
}
LABELS = {
    "pt": {
        "people": "homem mulher rei rainha", "fruit": "banana manga uva", "animals": "gato cachorro cavalo",
        "sum": "rei − homem + mulher ≈ rainha",
        "foot": "Sentidos parecidos ficam perto. (Mapa ilustrativo: na prática são centenas de dimensões.)",
    },
    "en": {
        "people": "man woman king queen", "fruit": "banana mango grape", "animals": "cat dog horse",
        "sum": "king − man + woman ≈ queen",
        "foot": "Similar meanings lie near. (Illustrative map: in practice there are hundreds of dimensions.)",
    },
}  # fmt: skip
MAN, KING, FEMALE = (600.0, 480.0), (540.0, 275.0), (240.0, 62.0)  # FEMALE: the step that turns man into woman
PEOPLE = (MAN, (MAN[0] + FEMALE[0], MAN[1] + FEMALE[1]), KING, (KING[0] + FEMALE[0], KING[1] + FEMALE[1]))
FRUIT = ((150.0, 285.0), (230.0, 340.0), (140.0, 395.0))
ANIMALS = ((180.0, 545.0), (285.0, 592.0), (150.0, 632.0))


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.arrow((72, 692), (1032, 692))
    canvas.arrow((72, 694), (72, 140))
    _cluster(canvas, FRUIT, words["fruit"], HIDDEN, (240, 340))
    _cluster(canvas, ANIMALS, words["animals"], OUTPUT, (285, 590))
    for at, word, side in zip(PEOPLE, words["people"].split(), ("right", "left") * 2, strict=True):
        _word(canvas, at, word, INPUT, "right" if side == "right" else "left")
    for start, end, role in ((0, 1, ERROR), (2, 3, ERROR), (0, 2, MEMORY), (1, 3, MEMORY)):
        _step(canvas, PEOPLE[start], PEOPLE[end], role)
    canvas.text((700, 180), words["sum"], 36, ERROR, bold=True)
    canvas.caption(words["foot"])


def _cluster(canvas: Canvas, points: Sequence[Point], words: str, role: str, centre: Point) -> None:
    from matplotlib.patches import Ellipse

    canvas.sheet.add_patch(Ellipse(centre, 330 + (centre[0] - 240), 190, fc=canvas.tint(role), ec="none", zorder=1))
    for at, word in zip(points, words.split(), strict=True):
        _word(canvas, at, word, role, "left")


def _word(canvas: Canvas, at: Point, word: str, role: str, align: Align) -> None:
    canvas.node(at, role=role, radius=12)
    canvas.text((at[0] + (24 if align == "left" else -24), at[1]), word, 34, role, align=align)


def _step(canvas: Canvas, start: Point, end: Point, role: str) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    gap = 20 / float((dx**2 + dy**2) ** 0.5)
    near, far = (start[0] + gap * dx, start[1] + gap * dy), (end[0] - gap * dx, end[1] - gap * dy)
    canvas.arrow(near, far, role, dashed=role == MEMORY)
