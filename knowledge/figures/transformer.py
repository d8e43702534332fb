"""The Transformer's block, from words to the next word."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas

TALL = 1080
TITLE = {"pt": "O Transformer por dentro", "en": "Inside the Transformer"}
ALT = {
    "pt": "De baixo para cima: palavras viram embeddings e recebem a posição; um bloco, repetido N vezes, tem autoatenção e rede densa, "
    "cada uma com conexão residual e normalização; no topo, a probabilidade da próxima palavra.",
    "en": "From bottom to top: words become embeddings and receive their position; a block, repeated N times, has self-attention and a "
    "dense network, each with a residual connection and normalisation; at the top, the probability of the next word.",
}
LABELS = {
    "pt": {
        "words": "“a gata subiu no”", "embed": "Embeddings", "pos": "posição", "att": "Autoatenção", "ff": "Rede densa", "norm": "soma e normaliza",
        "out": "Linear + softmax", "next": "“telhado”", "n1": "quem importa\npara quem", "n2": "pensa em cada\npalavra", "times": "× N blocos",
    },
    "en": {
        "words": "“the cat climbed the”", "embed": "Embeddings", "pos": "position", "att": "Self-attention", "ff": "Dense network", "norm": "add & normalise",
        "out": "Linear + softmax", "next": "“roof”", "n1": "who matters\nto whom", "n2": "thinks about\neach word", "times": "× N blocks",
    },
}  # fmt: skip
X = 500.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.box((480, 540), (620, 510), "", "faint")
    canvas.text((815, 540), words["times"], 34, align="left", bold=True)
    _ends(canvas, words)
    for y, name, note, role in ((690, "att", "n1", INPUT), (455, "ff", "n2", HIDDEN)):
        canvas.box((X, y), (330, 84), words[name], role, text=36)
        canvas.box((X, y - 110), (330, 62), words["norm"], "muted", text=29)
        canvas.arrow((X, y - 42), (X, y - 77))
        canvas.elbow([(X, y + 66), (225, y + 66), (225, y - 110), (X - 167, y - 110)], ERROR)
        canvas.text((1035, 700 if name == "att" else 400), words[note], 29, role, align="right")
        canvas.line([(X + 167, y), (830, y)], role, 2, dashed=True)
    canvas.arrow((X, 549), (X, 499))


def _ends(canvas: Canvas, words: dict[str, str]) -> None:
    canvas.text((X, 1035), words["words"], 36, bold=True)
    canvas.box((X, 945), (330, 72), words["embed"], MEMORY, text=34)
    canvas.arrow((X, 1008), (X, 983))
    canvas.node((X, 850), "+", ERROR, radius=30, size=40)
    canvas.arrow((X, 909), (X, 882))
    canvas.text((720, 850), words["pos"], 32, MEMORY, bold=True)
    canvas.arrow((645, 850), (532, 850), MEMORY)
    canvas.arrow((X, 820), (X, 734))
    canvas.arrow((X, 314), (X, 258))
    canvas.box((X, 222), (330, 70), words["out"], OUTPUT, text=34)
    canvas.arrow((X, 187), (X, 160))
    canvas.text((X, 132), words["next"], 38, OUTPUT, bold=True)
