"""A real recall by a Hopfield network: from a spoiled cue back to a stored pattern."""

from itertools import pairwise

import numpy as np

from knowledge.figures.style import ERROR, INPUT, OUTPUT, Canvas, Pixels, spread

TITLE = {"pt": "Hopfield: memória associativa", "en": "Hopfield: associative memory"}
ALT = {
    "pt": "Em cima, três padrões guardados: as letras A, T e X. Embaixo, um A com um quarto dos pontos trocados; "
    "a rede atualiza os neurônios um a um, a energia cai, e o A limpo reaparece.",
    "en": "Above, three stored patterns: the letters A, T and X. Below, an A with a quarter of its dots flipped; "
    "the network updates its neurons one by one, the energy falls, and the clean A comes back.",
}
LABELS = {
    "pt": {
        "stored": "Guardados", "recall": "Lembrando", "cue": "pista", "energy": "energia", "after": "{} trocas depois",
        "end": "lembrou",
        "foot": "Cada neurônio segue a soma dos outros; a energia só desce até o padrão guardado mais próximo.",
    },
    "en": {
        "stored": "Stored", "recall": "Recalling", "cue": "cue", "energy": "energy", "after": "{} flips later",
        "end": "recalled",
        "foot": "Each neuron follows the sum of the others; the energy only goes down, to the nearest stored pattern.",
    },
}  # fmt: skip
LETTERS = {
    "A": "...##... ..####.. ..#..#.. .##..##. .######. .######. ##....## ##....##",
    "T": "######## ######## ...##... ...##... ...##... ...##... ...##... ...##...",
    "X": "##....## .##..##. ..####.. ...##... ...##... ..####.. .##..##. ##....##",
}
SPOILED = 16  # of the 64 dots
UPPER, LOWER = 235.0, 520.0


def patterns() -> Pixels:
    """The letters as rows of +1 and −1."""
    rows = [[1.0 if dot == "#" else -1.0 for dot in letter.replace(" ", "")] for letter in LETTERS.values()]
    return np.array(rows)


def recall(seed: int = 4) -> tuple[list[Pixels], list[float]]:
    """States after each flip from a spoiled A, and their energies."""
    rng = np.random.default_rng(seed)
    stored = patterns()
    weights = stored.T @ stored / stored.shape[1]
    np.fill_diagonal(weights, 0)
    state = stored[0].copy()
    state[rng.choice(state.size, SPOILED, replace=False)] *= -1
    states = [state.copy()]
    for i in np.concatenate([rng.permutation(state.size) for _ in range(4)]):
        wanted = 1.0 if weights[i] @ state >= 0 else -1.0
        if wanted != state[i]:
            state[i] = wanted
            states.append(state.copy())
    return states, [float(-0.5 * s @ weights @ s) for s in states]


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    canvas.text((48, UPPER), words["stored"], 34, align="left", bold=True)
    canvas.text((48, LOWER), words["recall"], 34, align="left", bold=True)
    for x, pattern in zip(spread(3, 650, 270), patterns(), strict=True):
        canvas.picture((x, UPPER), 168, _dots(pattern), INPUT)
    _recalling(canvas, words)
    canvas.caption(words["foot"])


def _recalling(canvas: Canvas, words: dict[str, str]) -> None:
    states, energies = recall()
    last = len(states) - 1
    xs = spread(3, 650, 270)
    for x, step, role in zip(xs, (0, last // 2, last), (ERROR, ERROR, OUTPUT), strict=True):
        name = words["cue"] if step == 0 else words["end"] if step == last else words["after"].format(step)
        canvas.picture((x, LOWER), 168, _dots(states[step]), role)
        canvas.text((x, LOWER - 112), name, 30, role, bold=True)
        canvas.text((x, LOWER + 114), f"{words['energy']} = {energies[step]:.0f}".replace("-", "−"), 30, "muted")
    for left, right in pairwise(xs):
        canvas.arrow((left + 94, LOWER), (right - 94, LOWER))


def _dots(pattern: Pixels) -> Pixels:
    return (pattern.reshape(8, 8) + 1) / 2
