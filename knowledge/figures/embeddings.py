"""Words as points: near in meaning, near in space; a difference is a direction."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Point

TITLE = {"pt": "Embeddings: palavras no espaço", "en": "Embeddings: words in space"}
ALT = {
    "pt": "Mapa de palavras como pontos. Frutas ficam juntas, animais ficam juntos. A seta de “homem” a “mulher” é igual à de "
    "“rei” a “rainha”.",
    "en": "Map of words as points. Fruits lie together, animals lie together. The arrow from “man” to “woman” is the same as the "
    "one from “king” to “queen”.",
}
LABELS = {
    "pt": {
        "people": "homem mulher rei rainha", "fruit": "banana manga uva", "animals": "gato cachorro cavalo",
        "sum": "rei − homem + mulher ≈ rainha",
        "foot": "Cada palavra é um vetor; sentidos parecidos ficam perto. (Mapa ilustrativo: na prática são centenas de dimensões.)",
    },
    "en": {
        "people": "man woman king queen", "fruit": "banana mango grape", "animals": "cat dog horse",
        "sum": "king − man + woman ≈ queen",
        "foot": "Each word is a vector; similar meanings lie near. (Illustrative map: in practice there are hundreds of dimensions.)",
    },
}  # fmt: skip
TALL = 1080
MAN, KING, FEMALE = (620.0, 520.0), (560.0, 270.0), (235.0, 70.0)  # FEMALE: the step that turns man into woman
PEOPLE = (MAN, (MAN[0] + FEMALE[0], MAN[1] + FEMALE[1]), KING, (KING[0] + FEMALE[0], KING[1] + FEMALE[1]))
FRUIT = ((185.0, 690.0), (270.0, 785.0), (140.0, 825.0))
ANIMALS = ((590.0, 740.0), (720.0, 790.0), (610.0, 845.0))


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.elbow([(90, 150), (90, 915), (1020, 915)], "muted")
    canvas.arrow((90, 200), (90, 140), "muted")
    for at, word in zip(PEOPLE, words["people"].split(), strict=True):
        _word(canvas, at, word, INPUT)
    for at, word in zip(FRUIT, words["fruit"].split(), strict=True):
        _word(canvas, at, word, HIDDEN)
    for at, word in zip(ANIMALS, words["animals"].split(), strict=True):
        _word(canvas, at, word, OUTPUT)
    _step(canvas, PEOPLE[0], PEOPLE[1], ERROR)
    _step(canvas, PEOPLE[2], PEOPLE[3], ERROR)
    _step(canvas, PEOPLE[0], PEOPLE[2], MEMORY, dashed=True)
    _step(canvas, PEOPLE[1], PEOPLE[3], MEMORY, dashed=True)
    canvas.text((560, 165), words["sum"], 36, ERROR, bold=True)
    canvas.caption(words["foot"])


def _word(canvas: Canvas, at: Point, word: str, role: str) -> None:
    canvas.node(at, role=role, radius=13)
    canvas.text((at[0] + 24, at[1] + 30 if role == INPUT else at[1]), word, 32, role, align="left")


def _step(canvas: Canvas, start: Point, end: Point, role: str, *, dashed: bool = False) -> None:
    dx, dy = end[0] - start[0], end[1] - start[1]
    gap = 20 / (dx**2 + dy**2) ** 0.5
    canvas.arrow(
        (start[0] + gap * dx, start[1] + gap * dy), (end[0] - gap * dx, end[1] - gap * dy), role, dashed=dashed
    )
