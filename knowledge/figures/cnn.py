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
    "pt": ("convolução", "pooling", "densa", "mapas"),
    "en": ("convolution", "pooling", "dense", "maps"),
}
FOOT = {
    "pt": "Os mapas ficam menores e mais numerosos: menos “onde”, mais “o quê”.",
    "en": "The maps get smaller and more numerous: less “where”, more “what”.",
}
MIDDLE = 360.0
OFFSET = 9.0  # between the maps of a stack


@dataclass(frozen=True)
class Stage:
    """One stack of maps: where, how many are drawn, how large, what it is."""

    x: float
    drawn: int
    side: float
    role: str
    size: str
    maps: int

    @property
    def half(self) -> float:
        """From the middle of the stack to its edge."""
        return self.side / 2 + (self.drawn - 1) / 2 * OFFSET


STAGES = (
    Stage(292, 4, 128, INPUT, "28×28", 6),
    Stage(470, 4, 78, HIDDEN, "14×14", 6),
    Stage(614, 6, 62, INPUT, "10×10", 16),
    Stage(766, 6, 40, HIDDEN, "5×5", 16),
)
HIDDEN_X, OUTPUT_X = 884.0, 980.0


def draw(canvas: Canvas, lang: str) -> None:
    canvas.picture((112, MIDDLE), 132, three(28))
    canvas.text((112, 540), "28×28", 30, "muted")
    _arrows(canvas)
    for stage in STAGES:
        _stack(canvas, stage, LABELS[lang][3])
    _dense(canvas)
    _legend(canvas, LABELS[lang][:3])
    canvas.caption(FOOT[lang])


def _arrows(canvas: Canvas) -> None:
    starts = [178, *(stage.x + stage.half for stage in STAGES)]
    ends = [*(stage.x - stage.half for stage in STAGES), HIDDEN_X - 13]
    for start, end in zip(starts, ends, strict=True):
        canvas.arrow((start + 4, MIDDLE), (end - 4, MIDDLE))


def _stack(canvas: Canvas, stage: Stage, maps: str) -> None:
    for offset in spread(stage.drawn, 0, OFFSET):
        canvas.cell((stage.x + offset, MIDDLE + offset), stage.side, "", stage.role)
        canvas.frame((stage.x + offset, MIDDLE + offset), stage.side, stage.role)
    canvas.text((stage.x, 540), stage.size, 30, "muted")
    canvas.text((stage.x, 210), f"{stage.maps} {maps}", 27, stage.role, bold=True)


def _dense(canvas: Canvas) -> None:
    hidden = canvas.layer(HIDDEN_X, spread(8, MIDDLE, 33), OUTPUT, radius=13)
    output = canvas.layer(OUTPUT_X, spread(10, MIDDLE, 33), OUTPUT, radius=13)
    canvas.connect(hidden, output)
    canvas.text((HIDDEN_X, 540), "120", 30, "muted")
    for digit, (x, y) in enumerate(output):
        if digit == 3:
            canvas.sheet.scatter(x, y, s=560, color=canvas.colour(ERROR), zorder=5)
        canvas.text((x + 38, y), str(digit), 26, ERROR if digit == 3 else "muted", bold=digit == 3)


def _legend(canvas: Canvas, names: tuple[str, ...]) -> None:
    for x, name, role in zip((190, 490, 750), names, (INPUT, HIDDEN, OUTPUT), strict=True):
        canvas.cell((x, 624), 40, "", role)
        canvas.text((x + 36, 624), name, 32, role, align="left", bold=True)
