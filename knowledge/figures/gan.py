"""Generator against discriminator."""

import numpy as np

from knowledge.figures.pixels import three
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels

TITLE = {"pt": "GAN: duas redes em disputa", "en": "GAN: two networks in a contest"}
ALT = {
    "pt": "Do ruído, o gerador faz a imagem falsa de um 3. O discriminador recebe ora a falsa, ora uma real, e "
    "diz se é real ou falsa. O erro volta, tracejado, e ensina as duas redes.",
    "en": "From noise, the generator makes a fake picture of a 3. The discriminator is given now the fake, now a "
    "real one, and says whether it is real or fake. The error goes back, dashed, and teaches both networks.",
}
LABELS = {
    "pt": {
        "noise": "ruído", "g": "gerador", "fake": "falsa", "real": "real", "d": "discriminador",
        "answer": "real\nou falsa?",
        "error": "o erro ensina as duas redes", "data": "imagens\nde verdade",
        "foot": "O gerador tenta enganar; o discriminador tenta descobrir. Cada um obriga o outro a melhorar.",
    },
    "en": {
        "noise": "noise", "g": "generator", "fake": "fake", "real": "real", "d": "discriminator",
        "answer": "real\nor fake?",
        "error": "the error teaches both networks", "data": "true\npictures",
        "foot": "The generator tries to fool; the discriminator tries to find out. Each forces the other to improve.",
    },
}  # fmt: skip
UPPER, LOWER, MIDDLE = 330.0, 560.0, 445.0


def imitate(seed: int = 3) -> Pixels:
    """A clumsy 3, as of a generator that is still learning."""
    rng = np.random.default_rng(seed)
    bent = np.stack([np.roll(row, shift) for row, shift in zip(three(), _wobble(), strict=True)])
    return few_greys(np.clip(0.85 * bent + 0.16 * rng.standard_normal(bent.shape), 0, 1))


def few_greys(picture: Pixels) -> Pixels:
    """Six levels, so that the palette of the finished picture holds them all."""
    return np.round(picture * 5) / 5


def _wobble() -> list[int]:
    return [round(1.6 * float(np.sin(i / 3.2))) for i in range(28)]


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    _pictures(canvas, words)
    canvas.box((310, UPPER), (184, 110), words["g"], HIDDEN, 32)
    canvas.box((757, MIDDLE), (228, 120), words["d"], INPUT, 31)
    canvas.text((968, MIDDLE), words["answer"], 32, bold=True)
    canvas.arrow((168, UPPER), (214, UPPER))
    canvas.arrow((404, UPPER), (446, UPPER))
    canvas.elbow([(584, UPPER), (700, UPPER), (700, MIDDLE - 63)])
    canvas.elbow([(584, LOWER), (700, LOWER), (700, MIDDLE + 63)])
    canvas.arrow((873, MIDDLE), (903, MIDDLE))
    _feedback(canvas, words["error"])
    canvas.caption(words["foot"])


def _pictures(canvas: Canvas, words: dict[str, str]) -> None:
    rng = np.random.default_rng(1)
    canvas.picture((108, UPPER), 112, few_greys(rng.random((8, 8))), "muted")
    canvas.picture((515, UPPER), 132, imitate(), ERROR)
    canvas.picture((515, LOWER), 132, few_greys(three()), OUTPUT)
    canvas.text((108, UPPER + 84), words["noise"], 30, "muted")
    canvas.text((515, UPPER + 92), words["fake"], 30, ERROR, bold=True)
    canvas.text((515, LOWER + 92), words["real"], 30, OUTPUT, bold=True)
    canvas.text((310, LOWER), words["data"], 30, "muted")
    canvas.arrow((404, LOWER), (446, LOWER))


def _feedback(canvas: Canvas, name: str) -> None:
    canvas.line([(968, MIDDLE - 58), (968, 210), (310, 210)], ERROR, dashed=True)
    canvas.arrow((310, 210), (310, UPPER - 58), ERROR, dashed=True)
    canvas.arrow((800, 210), (800, MIDDLE - 63), ERROR, dashed=True)
    canvas.text((640, 172), name, 30, ERROR)
