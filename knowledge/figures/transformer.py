"""A Transformer block, from the words read to the next word."""

from itertools import pairwise

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas

TITLE = {"pt": "Transformer", "en": "Transformer"}
ALT = {
    "pt": "De baixo para cima: as palavras “o gato subiu no” viram vetores com a posição somada; passam por um "
    "bloco de autoatenção e rede densa, cada um com um atalho que soma a entrada à saída; o bloco se repete N "
    "vezes; no alto, uma softmax aponta a próxima palavra, “telhado”.",
    "en": "From bottom to top: the words “the cat climbed the” become vectors with the position added; they go "
    "through a block of self-attention and a dense network, each with a shortcut that adds the input to the "
    "output; the block repeats N times; at the top a softmax points to the next word, “roof”.",
}
LABELS = {
    "pt": {
        "words": "o gato subiu no", "next": "telhado", "embed": "embeddings + posição", "attention": "autoatenção",
        "norm": "soma + normaliza", "mlp": "rede densa (MLP)", "soft": "softmax",
        "embed?": "cada palavra vira um\nvetor, com seu lugar",
        "attention?": "cada palavra consulta\ntodas as que já leu",
        "mlp?": "cada palavra pensa\npor si mesma", "soft?": "quanto vale cada\npalavra possível", "times": "×N",
        "foot": "Lê a frase toda de uma vez, em paralelo; as setas dos lados são os atalhos (conexões residuais).",
    },
    "en": {
        "words": "the cat climbed the", "next": "roof", "embed": "embeddings + position", "attention": "self-attention",
        "norm": "add + normalise", "mlp": "dense network (MLP)", "soft": "softmax",
        "embed?": "each word becomes a\nvector, with its place",
        "attention?": "each word consults all\nthose read so far",
        "mlp?": "each word thinks\nfor itself", "soft?": "how likely each\npossible word is", "times": "×N",
        "foot": "It reads the sentence all at once, in parallel; the side arrows are shortcuts (residual connections).",
    },
}  # fmt: skip
TALL = 1080
X = 380.0  # of the stack
STACK = (
    ("embed", 792.0, INPUT), ("attention", 664.0, ERROR), ("norm", 576.0, MEMORY), ("mlp", 450.0, HIDDEN),
    ("norm", 362.0, MEMORY), ("soft", 236.0, OUTPUT),
)  # fmt: skip


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _block(canvas, words["times"])
    for key, y, role in STACK:
        canvas.box((X, y), (380, 68), words[key], role, 31)
        if key != "norm":
            canvas.text((675, y), words[f"{key}?"], 29, "muted", align="left")
    for (_, low, _), (_, high, _) in pairwise(STACK):
        canvas.arrow((X, low - 36), (X, high + 37))
    _ends(canvas, words)
    canvas.caption(words["foot"])


def _block(canvas: Canvas, times: str) -> None:
    left, right, top, bottom = 108, 640, 308, 730
    canvas.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], "faint", 5)
    canvas.text((66, 519), times, 40, bold=True)
    for start, end in ((716, 576), (512, 362)):
        canvas.elbow([(X, start), (146, start), (146, end), (X - 193, end)], MEMORY)


def _ends(canvas: Canvas, words: dict[str, str]) -> None:
    read = words["words"].split()
    for i, word in enumerate(read):
        x = X + (i - 1.5) * 156
        canvas.box((x, 900), (146, 60), word, INPUT, 31)
        canvas.line([(x, 870), (x, 850), (X, 850)])
    canvas.arrow((X, 850), (X, 828))
    canvas.arrow((X, 200), (X, 182))
    canvas.box((X, 150), (220, 60), words["next"], OUTPUT, 34)
