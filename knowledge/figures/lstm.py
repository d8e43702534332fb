"""The inside of an LSTM cell."""

from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Point

TITLE = {"pt": "LSTM: memória com portas", "en": "LSTM: memory with gates"}
ALT = {
    "pt": "Uma célula LSTM. A memória c atravessa a célula pelo alto: primeiro é multiplicada pela porta de "
    "esquecer, depois soma a novidade que a porta de gravar deixa passar. A porta de mostrar decide quanto da "
    "memória sai em h.",
    "en": "An LSTM cell. The memory c crosses the cell along the top: first it is multiplied by the forget gate, "
    "then it adds the news that the write gate lets through. The show gate decides how much of the memory "
    "comes out in h.",
}
LABELS = {
    "pt": {
        "f": "esquecer", "i": "gravar", "g": "novidade", "o": "mostrar", "memory": "memória",
        "foot": "As portas σ vão de 0 (fechada) a 1 (aberta): escolhem o que esquecer, o que gravar e o que mostrar.",
    },
    "en": {
        "f": "forget", "i": "write", "g": "news", "o": "show", "memory": "memory",
        "foot": "The σ gates go from 0 (closed) to 1 (open): they choose what to forget, to write and to show.",
    },
}  # fmt: skip
GATES = (("f", 245.0, "σ", HIDDEN), ("i", 405.0, "σ", HIDDEN), ("g", 565.0, "tanh", INPUT), ("o", 725.0, "σ", HIDDEN))
CARRY, MIX, GATE, BUS = 215.0, 318.0, 450.0, 556.0  # heights: the memory's line, the products, the gates, the input
OUT = 870.0


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _outline(canvas)
    _memory(canvas, words["memory"])
    _inputs(canvas)
    for key, x, squash, role in GATES:
        canvas.box((x, GATE), (146, 104), role=role)
        canvas.text((x, GATE - 22), words[key], 29)
        canvas.text((x, GATE + 22), squash, 32, "muted")
        canvas.arrow((x, BUS), (x, GATE + 54))
    _products(canvas)
    canvas.caption(words["foot"])


def _outline(canvas: Canvas) -> None:
    left, right, top, bottom = 132, 948, 142, 606
    canvas.line([(left, top), (right, top), (right, bottom), (left, bottom), (left, top)], "faint", 5)


def _memory(canvas: Canvas, name: str) -> None:
    canvas.arrow((108, CARRY), (985, CARRY), MEMORY)
    canvas.text((66, CARRY), "$c_{t-1}$", 38, MEMORY)
    canvas.text((1024, CARRY), "$c_t$", 38, MEMORY)
    canvas.text((725, CARRY - 34), name, 30, MEMORY)


def _inputs(canvas: Canvas) -> None:
    canvas.line([(108, BUS), (GATES[-1][1], BUS)])
    canvas.text((66, BUS), "$h_{t-1}$", 38)
    canvas.line([(168, 632), (168, BUS)], INPUT)
    canvas.text((168, 658), "$x_t$", 38, INPUT)


def _products(canvas: Canvas) -> None:
    middle = (GATES[1][1] + GATES[2][1]) / 2
    canvas.arrow((GATES[0][1], GATE - 54), (GATES[0][1], CARRY + 30))
    canvas.elbow([(GATES[1][1], GATE - 54), (GATES[1][1], MIX), (middle - 30, MIX)])
    canvas.elbow([(GATES[2][1], GATE - 54), (GATES[2][1], MIX), (middle + 30, MIX)])
    canvas.arrow((middle, MIX - 26), (middle, CARRY + 30))
    canvas.elbow([(GATES[3][1], GATE - 54), (GATES[3][1], 372), (OUT - 30, 372)])
    canvas.arrow((OUT, CARRY), (OUT, 268), MEMORY)
    canvas.arrow((OUT, 320), (OUT, 343), MEMORY)
    canvas.elbow([(OUT, 399), (OUT, BUS), (985, BUS)], OUTPUT)
    canvas.text((1024, BUS), "$h_t$", 38, OUTPUT)
    canvas.box((OUT, 295), (104, 48), "tanh", MEMORY, 29)
    for at, sign in (((GATES[0][1], CARRY), "×"), ((middle, MIX), "×"), ((middle, CARRY), "+"), ((OUT, 372), "×")):
        _operation(canvas, at, sign)


def _operation(canvas: Canvas, at: Point, sign: str) -> None:
    canvas.node(at, sign, MEMORY, radius=27, size=38)
