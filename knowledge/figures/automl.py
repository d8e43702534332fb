"""The loop of AutoML, beside a real search among small networks."""

import numpy as np

from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Pixels, Point

TITLE = {"pt": "AutoML: um programa procura a rede", "en": "AutoML: a program looks for the network"}
ALT = {
    "pt": "À esquerda, um ciclo: propor uma rede, treinar, medir na validação, aprender com a medida e propor de "
    "novo. À direita, o erro de vinte redes testadas e a linha do melhor até então, que só desce.",
    "en": "On the left, a loop: propose a network, train, measure on validation, learn from the measure and "
    "propose again. On the right, the error of twenty networks tried and the line of the best so far, which "
    "only goes down.",
}
LABELS = {
    "pt": {
        "propose": "propor\numa rede", "train": "treinar", "measure": "medir na\nvalidação",
        "learn": "aprender\ncom isso",
        "error": "erro na validação", "trials": "20 redes testadas", "best": "a melhor até aqui",
        "foot": "Você dá os dados e a meta; o programa testa muitas redes e entrega a melhor que achou.",
    },
    "en": {
        "propose": "propose\na network", "train": "train", "measure": "measure on\nvalidation",
        "learn": "learn\nfrom it",
        "error": "validation error", "trials": "20 networks tried", "best": "the best so far",
        "foot": "You give the data and the goal; the program tries many networks and hands over the best it found.",
    },
}  # fmt: skip
BOXES: tuple[tuple[str, Point, str], ...] = (
    ("propose", (286, 205), MEMORY), ("train", (424, 400), HIDDEN), ("measure", (286, 595), INPUT),
    ("learn", (148, 400), OUTPUT),
)  # fmt: skip
TRIALS = 20


def search(seed: int = 8) -> Pixels:
    """Validation error of random one-hidden-layer networks on a noisy curve."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(-1, 1, 60)
    y = np.sin(4 * x) + 0.15 * rng.standard_normal(60)
    return np.array([_error(rng, x, y, int(rng.integers(1, 26))) for _ in range(TRIALS)])


def _error(rng: np.random.Generator, x: Pixels, y: Pixels, width: int) -> float:
    """Root mean square error on 30 points of a ReLU network whose last layer was fitted on the other 30."""
    weights, biases = rng.choice([-1.0, 1.0], width), rng.uniform(-1, 1, width)
    hidden = np.column_stack([np.maximum(0, np.outer(x, weights) + biases), np.ones_like(x)])
    out, *_ = np.linalg.lstsq(hidden[:30], y[:30], rcond=None)
    return float(np.sqrt(np.mean((hidden[30:] @ out - y[30:]) ** 2)))


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    for key, at, role in BOXES:
        canvas.box(at, (196, 108), words[key], role, 31)
    _loop(canvas)
    _chart(canvas, words)
    canvas.caption(words["foot"])


def _loop(canvas: Canvas) -> None:
    canvas.arrow((388, 215), (432, 340), bend=-0.35)
    canvas.arrow((432, 460), (388, 585), bend=-0.35)
    canvas.arrow((184, 585), (140, 460), bend=-0.35)
    canvas.arrow((140, 340), (184, 215), bend=-0.35)


def _chart(canvas: Canvas, words: dict[str, str]) -> None:
    errors = np.minimum(search(), 1.2)
    best = np.minimum.accumulate(errors)
    axes = canvas.plot((600, 215), (430, 380), (0, TRIALS + 1), (0, float(errors.max()) * 1.12))
    trials = np.arange(1, TRIALS + 1)
    axes.step(trials, best, where="post", color=canvas.colour(OUTPUT), lw=5)
    axes.scatter(trials, errors, s=120, color=canvas.colour(MEMORY), zorder=4)
    winner = int(np.argmin(errors))
    ink, green = canvas.theme.ink, canvas.colour(OUTPUT)
    axes.scatter(trials[winner], errors[winner], s=300, color=green, ec=ink, lw=2, zorder=5)
    canvas.text((600, 170), words["error"], 30, "muted", align="left")
    canvas.text((815, 628), words["trials"], 30, "muted")
    canvas.text((815, 670), words["best"], 30, OUTPUT, bold=True)
