"""An autoencoder's hourglass, with a real (linear) reconstruction of a digit."""

import numpy as np

from knowledge.figures.pixels import three
from knowledge.figures.style import HIDDEN, INPUT, MEMORY, OUTPUT, Canvas, Pixels, spread

TITLE = {"pt": "Autoencoder", "en": "Autoencoder"}
ALT = {
    "pt": "A imagem de um 3 entra no codificador, é espremida em poucos números (o código) e o decodificador a reconstrói, um pouco "
    "borrada.",
    "en": "The picture of a 3 enters the encoder, is squeezed into a few numbers (the code) and the decoder rebuilds it, slightly "
    "blurred.",
}
LABELS = {
    "pt": ("entrada", "784 pixels", "codificador", "código", "decodificador", "reconstrução", "O gabarito é a própria entrada: só cabe no código o que importa."),
    "en": ("input", "784 pixels", "encoder", "code", "decoder", "reconstruction", "The target is the input itself: only what matters fits in the code."),
}
CODE = 6
MIDDLE = 370.0
COLUMNS = ((330.0, 6, INPUT), (435.0, 4, HIDDEN), (540.0, 2, MEMORY), (645.0, 4, HIDDEN), (750.0, 6, OUTPUT))


def reconstruct() -> Pixels:
    """Squeeze a 3 into CODE numbers and back: the best linear autoencoder (PCA) of many shifted 3s."""
    base = three(28)
    shifts = [(dy, dx) for dy in range(-3, 4) for dx in range(-3, 4)]
    data = np.array([np.roll(base, shift, axis=(0, 1)).ravel() for shift in shifts])  # (49, 784)
    mean = data.mean(axis=0)
    directions = np.linalg.svd(data - mean, full_matrices=False)[2][:CODE]  # (6, 784)
    code = directions @ (base.ravel() - mean)  # (6,)
    return np.asarray(mean + directions.T @ code).reshape(28, 28)


def draw(canvas: Canvas, lang: str) -> None:
    entry, size, encoder, code, decoder, result, foot = LABELS[lang]
    canvas.picture((145, MIDDLE), 190, three(28))
    canvas.picture((935, MIDDLE), 190, reconstruct())
    layers = [canvas.layer(x, spread(count, MIDDLE, 66), role) for x, count, role in COLUMNS]
    for left, right in zip(layers, layers[1:], strict=False):
        canvas.connect(left, right)
    canvas.arrow((243, MIDDLE), (298, MIDDLE))
    canvas.arrow((780, MIDDLE), (836, MIDDLE))
    for x, y, word, role in ((145, 245, entry, INPUT), (935, 245, result, OUTPUT), (540, 245, code, MEMORY)):
        canvas.text((x, y), word, 32, role, bold=True)
    canvas.brace(300, 470, 570, encoder, HIDDEN)
    canvas.brace(610, 780, 570, decoder, HIDDEN)
    canvas.text((145, 500), size, 28, "muted")
    canvas.text((935, 500), size, 28, "muted")
    canvas.text((540, 470), str(CODE), 34, MEMORY)
    canvas.caption(foot)
