"""Transfer learning: keep the trained layers, change the head."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, Canvas, spread

TITLE = {"pt": "Aprendizado por transferência", "en": "Transfer learning"}
ALT = {
    "pt": "Em cima, uma rede treinada com milhões de fotos: quatro camadas e uma saída de mil classes. Embaixo, "
    "as mesmas camadas são copiadas e congeladas, e só uma saída nova, planta sadia ou doente, é treinada com "
    "poucas fotos.",
    "en": "Above, a network trained on millions of photos: four layers and an output of a thousand classes. "
    "Below, the same layers are copied and frozen, and only a new output, healthy or sick plant, is trained on "
    "a few photos.",
}
LABELS = {
    "pt": {
        "first": "1. Treino longo, em outro contexto", "many": "milhões\nde fotos", "classes": "1000\nclasses",
        "second": "2. O seu\nproblema", "few": "200 fotos\nde plantas", "new": "sadia\nou doente",
        "copy": "copiar as camadas",
        "frozen": "congeladas: não mudam", "train": "só esta treina",
        "foot": "Bordas, texturas e formas servem para quase toda imagem: aproveite quem já as aprendeu.",
        "edges": "bordas", "textures": "texturas", "parts": "partes", "wholes": "formas",
    },
    "en": {
        "first": "1. Long training, elsewhere", "many": "millions\nof photos", "classes": "1000\nclasses",
        "second": "2. Your\nproblem", "few": "200 photos\nof plants", "new": "healthy\nor sick",
        "copy": "copy the layers",
        "frozen": "frozen: they don't change", "train": "only this trains",
        "foot": "Edges, textures and shapes serve almost any picture: reuse a network that already learned them.",
        "edges": "edges", "textures": "textures", "parts": "parts", "wholes": "shapes",
    },
}  # fmt: skip
LAYERS = ("edges", "textures", "parts", "wholes")
COLUMNS = spread(4, 510, 150)
UPPER, LOWER = 270.0, 545.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.text((48, 165), words["first"], 33, align="left", bold=True)
    canvas.text((48, 425), words["second"], 33, align="left", bold=True)
    _network(canvas, UPPER, words, "many", "classes")
    _network(canvas, LOWER, words, "few", "new")
    for x in COLUMNS:
        canvas.arrow((x, UPPER + 62), (x, LOWER - 62), INPUT, dashed=True)
    canvas.text((COLUMNS[-1] + 26, 400), words["copy"], 30, INPUT, align="left")
    canvas.brace(COLUMNS[0] - 66, COLUMNS[-1] + 66, LOWER + 72, words["frozen"], INPUT)
    canvas.text((932, LOWER + 102), words["train"], 29, ERROR, bold=True)
    canvas.caption(words["foot"])


def _network(canvas: Canvas, y: float, words: dict[str, str], data: str, head: str) -> None:
    trained_before = y == LOWER
    canvas.text((124, y), words[data], 28, "muted")
    for x, key in zip(COLUMNS, LAYERS, strict=True):
        canvas.box((x, y), (132, 110), words[key], INPUT if trained_before else HIDDEN, 28)
    canvas.box((938, y), (176, 120), words[head], ERROR if trained_before else MEMORY, 32)
    stops = [205.0, *(x + 68 for x in COLUMNS)]
    ends = [*(x - 68 for x in COLUMNS), 848.0]
    for start, end in zip(stops, ends, strict=True):
        canvas.arrow((start, y), (end, y)) if end - start > 30 else canvas.line([(start, y), (end, y)])
