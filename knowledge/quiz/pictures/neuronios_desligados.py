"""A network with some of its neurons crossed out, drawn without the technique's name."""

import numpy as np

from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, spread

HEIGHT = 600
WORDLESS = True
SIZES = (4, 5, 5, 2)
RATE = 0.4
ALT = {
    "pt": "Uma rede de quatro colunas de círculos, com 4, 5, 5 e 2. Nas duas colunas do meio alguns círculos, "
    "sorteados, estão riscados com um X e sem ligações.",
    "en": "A network of four columns of circles, with 4, 5, 5 and 2. In the two middle columns some circles, drawn "
    "by lot, are crossed out with an X and have no connections.",
}


def draw(canvas: Canvas, lang: str, turn: int) -> None:
    rng = np.random.default_rng(11)
    kept = [np.ones(n, bool) if i in (0, 3) else rng.random(n) > RATE for i, n in enumerate(SIZES)]
    columns = [[(150.0 + 260 * i, y) for y in spread(n, 300, 100)] for i, n in enumerate(SIZES)]
    for i, column in enumerate(columns):
        for at, stays in zip(column, kept[i], strict=True):
            canvas.node(at, "", (INPUT, HIDDEN, HIDDEN, OUTPUT)[i] if stays else "faint", 32)
            for lean in (-1, 1) if not stays else ():
                canvas.sheet.plot([at[0] - 26, at[0] + 26], [at[1] - 26 * lean, at[1] + 26 * lean],
                                  color=canvas.colour(ERROR), lw=6, zorder=6)  # fmt: skip
    for i in range(3):
        here, there = ([at for at, stays in zip(columns[j], kept[j], strict=True) if stays] for j in (i, i + 1))
        canvas.connect(here, there)
