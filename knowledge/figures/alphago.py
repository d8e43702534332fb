"""How AlphaGo picks a move: two networks guide a search."""

from knowledge.figures.style import ERROR, HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Point

TITLE = {"pt": "AlphaGo: duas redes e uma busca", "en": "AlphaGo: two networks and a search"}
ALT = {
    "pt": "Um canto de tabuleiro de Go entra em duas redes: a de política sugere jogadas e a de valor estima "
    "quem vence. As duas guiam uma busca em árvore, que escolhe a jogada. Embaixo: aprendeu com partidas "
    "humanas e depois jogando contra si.",
    "en": "A corner of a Go board enters two networks: the policy network suggests moves and the value network "
    "estimates who wins. Both guide a tree search, which picks the move. Below: it learned from human games "
    "and then by playing itself.",
}
LABELS = {
    "pt": {
        "board": "posição", "policy": "rede de política", "policy?": "que jogadas\nvale testar?",
        "value": "rede de valor",
        "value?": "quem está\nganhando?", "search": "busca em árvore", "move": "jogada",
        "human": "partidas humanas", "self": "joga contra si mesmo", "better": "redes melhores",
        "foot": "Foi assim em 2016; o AlphaGo Zero (2017) dispensou as partidas humanas.",
    },
    "en": {
        "board": "position", "policy": "policy network", "policy?": "which moves are\nworth trying?",
        "value": "value network", "value?": "who is\nwinning?", "search": "tree search", "move": "move",
        "human": "human games", "self": "plays against itself", "better": "better networks",
        "foot": "So it was in 2016; AlphaGo Zero (2017) did without the human games.",
    },
}  # fmt: skip
SIDE = 7  # lines of the board's corner that is shown
STEP = 38.0
CORNER: Point = (52.0, 232.0)
BLACK = ((2, 2), (3, 2), (4, 3), (2, 4), (5, 5))
WHITE = ((3, 3), (2, 3), (4, 4), (3, 5))
UPPER, LOWER = 258.0, 452.0
TREE: tuple[Point, ...] = (
    (790, 240), (720, 330), (800, 330), (880, 330), (690, 420), (760, 420), (850, 420), (915, 420),
)  # fmt: skip
BRANCHES = ((0, 1), (0, 2), (0, 3), (1, 4), (1, 5), (3, 6), (3, 7))
CHOSEN = (0, 3, 6)


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _board(canvas, words["board"])
    for y, key, role in ((UPPER, "policy", HIDDEN), (LOWER, "value", INPUT)):
        canvas.box((487, y), (266, 150), role=role)
        canvas.text((487, y - 44), words[key], 29, bold=True)
        canvas.text((487, y + 22), words[f"{key}?"], 29)
        canvas.arrow((294, y), (349, y))
        canvas.arrow((624, y), (678, 345 + (20 if y == LOWER else -20)))
    _search(canvas, words)
    _training(canvas, words)
    canvas.caption(words["foot"])


def _board(canvas: Canvas, name: str) -> None:
    left, top = CORNER
    reach = STEP * (SIDE - 1)
    for i in range(SIDE):
        canvas.line([(left, top + STEP * i), (left + reach, top + STEP * i)], "muted", 2)
        canvas.line([(left + STEP * i, top), (left + STEP * i, top + reach)], "muted", 2)
    for stones, fill in ((BLACK, "#1B2030"), (WHITE, "#FFFFFF")):
        for column, row in stones:
            _stone(canvas, (left + STEP * column, top + STEP * row), fill)
    canvas.text((left + reach / 2, top - 56), name, 32, "muted")


def _stone(canvas: Canvas, at: Point, fill: str) -> None:
    from matplotlib.patches import Circle

    canvas.sheet.add_patch(Circle(at, STEP * 0.44, fc=fill, ec=canvas.theme.muted, lw=2.5, zorder=4))


def _search(canvas: Canvas, words: dict[str, str]) -> None:
    canvas.text((800, 180), words["search"], 32, "muted")
    for start, end in BRANCHES:
        chosen = start in CHOSEN and end in CHOSEN
        canvas.line([TREE[start], TREE[end]], OUTPUT if chosen else "muted", 6 if chosen else 3)
    for i, at in enumerate(TREE):
        canvas.node(at, role=OUTPUT if i in CHOSEN else MEMORY, radius=18)
    canvas.arrow((850, 448), (850, 492), OUTPUT)
    canvas.box((850, 528), (170, 62), words["move"], OUTPUT, 32)


def _training(canvas: Canvas, words: dict[str, str]) -> None:
    y = 648
    for x, width, key in ((182, 268, "human"), (540, 318, "self"), (898, 268, "better")):
        canvas.box((x, y), (width, 64), words[key], ERROR if key == "self" else "faint", 29)
    canvas.arrow((318, y), (378, y))
    canvas.arrow((701, y - 10), (762, y - 10))
    canvas.arrow((762, y + 14), (701, y + 14))
