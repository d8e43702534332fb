"""A decision tree: from what you want and have to an architecture."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Point

TITLE = {"pt": "Qual arquitetura usar?", "en": "Which architecture to use?"}
ALT = {
    "pt": "Árvore de decisão. Para prever ou classificar: tabela, MLP; imagem, CNN; série no tempo, RNN ou LSTM; "
    "texto, Transformer. Para criar imagens: difusão ou GAN. Para achar anomalias: autoencoder. Com poucos "
    "dados: transferência.",
    "en": "Decision tree. To predict or classify: table, MLP; image, CNN; time series, RNN or LSTM; text, "
    "Transformer. To create images: diffusion or GAN. To find anomalies: autoencoder. With little data: "
    "transfer learning.",
}
LABELS = {
    "pt": {
        "goal": "O que\nvocê quer?", "predict": "prever ou\nclassificar", "create": "criar\nimagens",
        "odd": "achar\nanomalias", "table": "tabela", "image": "imagem", "series": "série\nno tempo", "text": "texto",
        "diffusion": "difusão, GAN", "few": "Poucos dados?",
        "transfer": "Transferência: parta de uma rede pré-treinada.",
        "foot": "É um ponto de partida: comece pelo mais simples e meça na validação.",
    },
    "en": {
        "goal": "What do\nyou want?", "predict": "predict or\nclassify", "create": "create\nimages",
        "odd": "find\nanomalies", "table": "table", "image": "image", "series": "time\nseries", "text": "text",
        "diffusion": "diffusion, GAN", "few": "Little data?",
        "transfer": "Transfer learning: start from a pretrained network.",
        "foot": "It is a starting point: begin with the simplest and measure on validation.",
    },
}  # fmt: skip
TALL = 1080
COLUMNS = (134.0, 378.0, 622.0, 900.0)
DATA = (
    ("table", "MLP", 190.0), ("image", "CNN", 306.0), ("series", "RNN, LSTM", 422.0), ("text", "Transformer", 538.0),
)  # fmt: skip
GOALS: tuple[tuple[str, float], ...] = (("predict", 364.0), ("create", 664.0), ("odd", 790.0))


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    root: Point = (COLUMNS[0], 477.0)
    for key, y in GOALS:
        _branch(canvas, (root[0] + 88, root[1]), (COLUMNS[1] - 90, y), 245)
        canvas.box((COLUMNS[1], y), (176, 100), words[key], HIDDEN, 31)
    canvas.box(root, (172, 116), words["goal"], INPUT, 29)
    for key, name, y in DATA:
        _branch(canvas, (COLUMNS[1] + 90, 364), (COLUMNS[2] - 82, y), 502)
        canvas.box((COLUMNS[2], y), (158, 92), words[key], MEMORY, 31)
        _answer(canvas, COLUMNS[2] + 81, y, name)
    _answer(canvas, COLUMNS[1] + 90, 664, words["diffusion"])
    _answer(canvas, COLUMNS[1] + 90, 790, "autoencoder")
    _little_data(canvas, words)
    canvas.caption(words["foot"])


def _branch(canvas: Canvas, start: Point, end: Point, bend: float) -> None:
    canvas.elbow([start, (bend, start[1]), (bend, end[1]), end])


def _answer(canvas: Canvas, x: float, y: float, name: str) -> None:
    canvas.arrow((x, y), (COLUMNS[3] - 134, y))
    canvas.box((COLUMNS[3], y), (264, 80), name, OUTPUT, 34)


def _little_data(canvas: Canvas, words: dict[str, str]) -> None:
    canvas.box((540, 922), (984, 92), role=ERROR)
    canvas.text((72, 922), words["few"], 30, ERROR, align="left", bold=True)
    canvas.text((1008, 922), words["transfer"], 29, align="right")
