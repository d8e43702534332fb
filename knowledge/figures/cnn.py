"""A LeNet-like convolutional network: maps get smaller and more numerous, then dense layers decide."""

from dataclasses import dataclass

from knowledge.figures.pixels import three
from knowledge.figures.style import ERROR, HIDDEN, INPUT, OUTPUT, Canvas, spread

TITLE = {"pt": "Rede convolucional (CNN)", "en": "Convolutional network (CNN)"}
ALT = {
    "pt": "Uma imagem 28×28 de um 3 passa por convolução (6 mapas 28×28), pooling (6 de 14×14), convolução (16 de "
    "10×10), pooling (16 de 5×5), uma camada densa de 120 e dez saídas; a do dígito 3 está acesa.",
    "en": "A 28×28 image of a 3 goes through convolution (6 maps of 28×28), pooling (6 of 14×14), convolution (16 of "
    "10×10), pooling (16 of 5×5), a dense layer of 120 and ten outputs; the one for digit 3 is lit.",
}
LABELS = {
    "pt": ("mapas", "convolução", "pooling", "densa", "Os mapas ficam menores e mais numerosos: menos “onde”, mais “o quê”."),
    "en": ("convolution", "pooling", "dense", "The maps get smaller and more numerous: less “where”, more “what”."),
}
MIDDLE = 360.0


@dataclass(frozen=True)
class Stage:
    """One stack of maps: where, how many are drawn, how large, what it is."""

    x: float
    drawn: int
    side: float
    role: str
    size: str
    maps: str


STAGES = (
    Stage(300, 4, 128, INPUT, "28×28", "6"),
    Stage(470, 4, 78, HIDDEN, "14×14", "6"),
    Stage(620, 6, 62, INPUT, "10×10", "16"),
    Stage(760, 6, 40, HIDDEN, "5×5", "16"),
)


def draw(canvas: Canvas, lang: str) -> None:
    canvas.picture((112, MIDDLE), 140, three(28))
    canvas.text((112, 505), "28×28", 30, "muted")
    for before, stage in zip((182, 395, 537, 682), STAGES, strict=True):
        canvas.arrow((before, MIDDLE), (before + 34, MIDDLE))
        _stack(canvas, stage)
    _dense(canvas)
    _legend(canvas, LABELS[lang][:3])
    canvas.caption(LABELS[lang][3])


def _stack(canvas: Canvas, stage: Stage) -> None:
    offsets = spread(stage.drawn, 0, 9)
    for offset in offsets:
        canvas.cell((stage.x + offset, MIDDLE + offset), stage.side, "", stage.role)
        canvas.frame((stage.x + offset, MIDDLE + offset), stage.side, stage.role)
    canvas.text((stage.x, 505), stage.size, 30, "muted")
    canvas.text((stage.x, 210), stage.maps, 34, stage.role, bold=True)


def _dense(canvas: Canvas) -> None:
    canvas.arrow((800, MIDDLE), (834, MIDDLE))
    hidden = canvas.layer(868, spread(8, MIDDLE, 33), OUTPUT, radius=13)
    output = canvas.layer(975, spread(10, MIDDLE, 33), OUTPUT, radius=13)
    canvas.connect(hidden, output)
    canvas.text((868, 505), "120", 30, "muted")
    for digit, (x, y) in enumerate(output):
        if digit == 3:
            canvas.sheet.scatter(x, y, s=560, color=canvas.colour(ERROR), zorder=5)
        canvas.text((x + 38, y), str(digit), 26, ERROR if digit == 3 else "muted", bold=digit == 3)


def _legend(canvas: Canvas, names: tuple[str, ...]) -> None:
    for x, name, role in zip((190, 490, 750), names, (INPUT, HIDDEN, OUTPUT), strict=True):
        canvas.cell((x, 610), 40, "", role)
        canvas.text((x + 36, 610), name, 32, role, align="left", bold=True)
