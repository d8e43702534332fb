"""One picture and six variations of it: real transformations of the pixels."""

import numpy as np

from knowledge.figures.pixels import cat
from knowledge.figures.style import INPUT, OUTPUT, Canvas, Pixels

TITLE = {"pt": "Aumento de dados", "en": "Data augmentation"}
ALT = {
    "pt": "À esquerda, uma foto de um gato com o rótulo “gato”. À direita, seis variações dela: espelhada, girada, "
    "ampliada, deslocada, com outro brilho e com ruído. Todas continuam com o rótulo “gato”.",
    "en": "On the left, a picture of a cat labelled “cat”. On the right, six variations of it: flipped, rotated, "
    "zoomed, shifted, with another brightness and with noise. All of them keep the label “cat”.",
}
LABELS = {
    "pt": ("espelhar", "girar", "ampliar", "deslocar", "brilho", "ruído"),
    "en": ("flip", "rotate", "zoom", "shift", "brightness", "noise"),
}
ORIGINAL = {"pt": ("original", "rótulo: gato"), "en": ("original", "label: cat")}
FOOT = {
    "pt": "Uma foto vira sete e o rótulo não muda: a rede aprende o gato, não a pose.",
    "en": "One picture becomes seven and the label stays: the network learns the cat, not the pose.",
}
SIDE = 96  # pixels of each picture
MIDDLE = 396.0


def resample(image: Pixels, angle: float = 0.0, zoom: float = 1.0, shift: tuple[float, float] = (0.0, 0.0)) -> Pixels:
    """Turn by an angle in degrees, enlarge and shift by (x, y) pixels; the nearest pixel is taken, 0 outside."""
    turn, half = np.deg2rad(angle), (len(image) - 1) / 2
    ys, xs = np.indices(image.shape)
    x, y = (xs - half - shift[0]) / zoom, (ys - half - shift[1]) / zoom
    columns = np.rint(np.cos(turn) * x + np.sin(turn) * y + half).astype(int)
    rows = np.rint(-np.sin(turn) * x + np.cos(turn) * y + half).astype(int)
    inside = (columns >= 0) & (columns < len(image)) & (rows >= 0) & (rows < len(image))
    size = len(image) - 1
    result: Pixels = np.where(inside, image[np.clip(rows, 0, size), np.clip(columns, 0, size)], 0.0)
    return result


def turned_cat() -> Pixels:
    """A cat with its head tilted, so that its mirror image is another picture."""
    return resample(cat(SIDE), angle=14, zoom=0.9)


def variations(image: Pixels) -> list[Pixels]:
    """Flipped, rotated, zoomed, shifted, brighter and noisy."""
    noise = np.random.default_rng(0).normal(0, 0.16, image.shape)
    return [
        image[:, ::-1],
        resample(image, angle=-40),
        resample(image, zoom=1.5),
        resample(image, shift=(20, 14)),
        0.25 + 0.75 * image,
        np.clip(image + noise, 0, 1),
    ]


def draw(canvas: Canvas, lang: str) -> None:
    image = turned_cat()
    name, label = ORIGINAL[lang]
    canvas.text((166, MIDDLE - 152), name, 34, INPUT, bold=True)
    canvas.picture((166, MIDDLE), 236, image, INPUT)
    canvas.text((166, MIDDLE + 152), label, 32)
    canvas.arrow((300, MIDDLE), (378, MIDDLE))
    for i, (changed, word) in enumerate(zip(variations(image), LABELS[lang], strict=True)):
        x, y = 490 + 222 * (i % 3), 254 + 268 * (i // 3)
        canvas.picture((x, y), 190, changed, OUTPUT)
        canvas.text((x, y + 125), word, 30, OUTPUT, bold=True)
    canvas.caption(FOOT[lang])
