"""Real noising of a drawn digit, and the step that a network learns to undo."""

import numpy as np

from knowledge.figures.pixels import three
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, Pixels, spread

TITLE = {"pt": "Difusão: do ruído à imagem", "en": "Diffusion: from noise to a picture"}
ALT = {
    "pt": "Um 3 desenhado recebe ruído em cinco passos até sumir. Abaixo, um passo da volta: a rede olha a "
    "imagem ruidosa, prevê o ruído e ele é retirado, deixando a imagem um pouco mais limpa.",
    "en": "A drawn 3 gets noise in five steps until it vanishes. Below, one step back: the network looks at the "
    "noisy picture, predicts the noise and it is taken away, leaving the picture a little cleaner.",
}
LABELS = {
    "pt": {
        "forward": "ida: somar ruído, passo a passo", "backward": "volta: tirar o ruído, passo a passo",
        "net": "rede", "minus": "subtrair",
        "noisy": "com ruído", "noise": "ruído previsto", "clean": "mais limpa",
        "foot": "Treinada nisso, a rede começa de puro ruído e chega a uma imagem nova.",
    },
    "en": {
        "forward": "forward: add noise, step by step", "backward": "backward: remove noise, step by step",
        "net": "network", "minus": "subtract",
        "noisy": "noisy", "noise": "predicted noise", "clean": "cleaner",
        "foot": "Trained to do so, the network starts from pure noise and arrives at a new picture.",
    },
}  # fmt: skip
KEPT = (1.0, 0.75, 0.4, 0.12, 0.0)  # ᾱ: how much of the picture's variance is left
ROW, STEP = 290.0, 570.0


def noising(seed: int = 0) -> tuple[list[Pixels], Pixels]:
    """x_t = √ᾱ·x₀ + √(1 − ᾱ)·ε for each ᾱ, and the ε."""
    picture = 2 * three() - 1
    noise = np.random.default_rng(seed).standard_normal(picture.shape)
    return [np.sqrt(a) * picture + np.sqrt(1 - a) * noise for a in KEPT], noise


def shade(values: Pixels) -> Pixels:
    """From about −1…1 to nine grey levels, 0…1, few enough for the palette of the finished picture."""
    return np.round(np.clip((values + 1) / 2, 0, 1) * 8) / 8


def draw(canvas: Canvas, lang: str) -> None:
    words = LABELS[lang]
    steps, noise = noising()
    for x, values in zip(spread(5, 540, 206), steps, strict=True):
        canvas.picture((x, ROW), 160, shade(values))
    canvas.text((60, 154), f"→  {words['forward']}", 31, ERROR, align="left", bold=True)
    canvas.text((1020, 425), f"{words['backward']}  ←", 31, OUTPUT, align="right", bold=True)
    canvas.line([(48, 462), (1032, 462)], "faint", 2)
    _undo(canvas, words, steps, noise)
    canvas.caption(words["foot"])


def _undo(canvas: Canvas, words: dict[str, str], steps: list[Pixels], noise: Pixels) -> None:
    canvas.picture((128, STEP), 140, shade(steps[2]))
    canvas.box((385, STEP), (170, 100), words["net"], HIDDEN, 34)
    canvas.picture((640, STEP), 140, shade(noise), ERROR)
    canvas.picture((925, STEP), 140, shade(steps[1]))
    canvas.arrow((206, STEP), (294, STEP))
    canvas.arrow((474, STEP), (562, STEP))
    canvas.arrow((718, STEP), (847, STEP), INPUT)
    canvas.text((780, STEP - 28), words["minus"], 28, INPUT)
    for x, key in ((128, "noisy"), (640, "noise"), (925, "clean")):
        canvas.text((x, STEP + 98), words[key], 30, "muted")
