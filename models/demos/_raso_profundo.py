"""Pictures of shallow against deep: four borders of one budget, and a curve approximated ever better."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean, pstdev

import torch
from torch import Tensor

from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Axes, Labels
from models.kit.charts import Curve
from models.kit.palette import SERIES
from models.kit.panels import Box
from models.kit.sheet import MARGIN, MARKS, WIDTH, Sheet

EDGE = 2.2  # of the plane
SHOWN = 240  # points on each plane
Points = tuple[Tensor, Tensor]


@dataclass(frozen=True, slots=True)
class Rung:
    """One depth: how its networks did on new points."""

    layers: int
    width: int
    parameters: int
    right: Sequence[float]
    field: Tensor

    @property
    def mean(self) -> float:
        """Average over the starts."""
        return fmean(self.right)

    @property
    def spread(self) -> float:
        """Give the standard deviation over the starts."""
        return pstdev(self.right)


@dataclass(frozen=True, slots=True)
class Duel:
    """A moment of one depth's training."""

    layers: int
    width: int
    step: int
    field: Tensor


@dataclass(frozen=True, slots=True)
class Fit:
    """A curve and what one hidden layer made of it."""

    width: int
    xs: Sequence[float]
    wanted: Sequence[float]
    found: Sequence[float]
    error: float
    constant: float


def _plane(sheet: Sheet, box: Box, field: Tensor, points: Points, size: float = 5) -> None:
    made = Axes(sheet, (box.left, box.top), (box.width, box.height), (-EDGE, EDGE), (-EDGE, EDGE))
    made.field(field.numpy())
    x, y = points[0][:SHOWN], points[1][:SHOWN, 0]
    for i in range(2):
        made.scatter(x[y == i, 0].numpy(), x[y == i, 1].numpy(), SERIES[i], MARKS[i], size)


def _rung(sheet: Sheet, box: Box, rung: Rung, points: Points, lang: Lang) -> None:
    """Draw one depth's border with its name above and its score below."""
    name = Both(f"{rung.layers} × {rung.width}", f"{rung.layers} × {rung.width}")[lang]
    sheet.text((box.left + box.width / 2, box.top + 18), name, 32, bold=True)
    _plane(sheet, Box(box.left, box.top + 44, box.width, box.width), rung.field, points)
    words = f"{lettering.percent(rung.mean, lang, 0)} ± {lettering.number(100 * rung.spread, lang, 0)}"
    sheet.text((box.left + box.width / 2, box.top + box.width + 76), words, 34, "output", bold=True)


def live(rungs: Sequence[Rung], points: Points, lang: Lang) -> Picture:
    """Draw the depths trained so far."""

    def drawn(sheet: Sheet) -> None:
        if not rungs:
            sheet.title(
                Both("A espiral: quem separa os dois braços?", "The spiral: which can part the two arms?")[lang]
            )
            _plane(sheet, Box(WIDTH / 2 - 210, 130, 420, 420), torch.full((8, 8), 0.5), points, 7)
            return
        sheet.title(Both("Camadas × neurônios, mesmo custo", "Layers × neurons, same cost")[lang])
        _four(sheet, rungs, points, 180, lang)
        words = Both(
            "acerto em pontos novos, média ± desvio de 5 começos", "right on new points, mean ± deviation of 5 starts"
        )
        sheet.caption(words[lang])

    alt = Both(
        "Um quadro por profundidade já treinada: o fundo mostra a fronteira sobre a espiral, e embaixo o acerto.",
        "One panel for each depth trained so far: the background shows the border over the spiral, and below it the "
        "score.",
    )
    return draw.picture(drawn, alt, height=580)


def _four(sheet: Sheet, rungs: Sequence[Rung], points: Points, top: float, lang: Lang) -> None:
    side, gap = 234.0, 16.0
    for i, rung in enumerate(rungs):
        _rung(sheet, Box(MARGIN + i * (side + gap), top - 44, side, side), rung, points, lang)


def duel_film(sides: Sequence[Sequence[Duel]], points: Points, lang: Lang) -> Picture:
    """Show a shallow and a deep network learn side by side."""
    frames = [partial(_moment, pair=pair, points=points, lang=lang) for pair in zip(*sides, strict=True)]
    alt = Both(
        "Filme: à esquerda a rede rasa, à direita a de três camadas, com o mesmo número de parâmetros; a fronteira "
        "de cada uma se forma passo a passo.",
        "Film: on the left the shallow network, on the right that of three layers, with as many parameters; each "
        "border forms step by step.",
    )
    return draw.gif(frames, alt, "duel", height=640, millis=350)


def _moment(sheet: Sheet, pair: Sequence[Duel], points: Points, lang: Lang) -> None:
    sheet.title(Both(f"Passo {pair[0].step}", f"Step {pair[0].step}")[lang])
    side = 480.0
    for i, duel in enumerate(pair):
        left = MARGIN + i * (side + 24)
        words = Both(
            "1 camada" if duel.layers == 1 else f"{duel.layers} camadas",
            "1 layer" if duel.layers == 1 else f"{duel.layers} layers",
        )[lang]
        sheet.text((left + side / 2, 136), words, 34, bold=True)
        _plane(sheet, Box(left, 160, side, 460), duel.field, points, 7)


def final(rungs: Sequence[Rung], fits: Sequence[Fit], points: Points, lang: Lang) -> Picture:
    """Draw the summary: four depths, and the curve by four widths."""
    scores = Both(*("; ".join(f"{r.layers}: {lettering.percent(r.mean, code, 0)}" for r in rungs) for code in CODES))
    alt = Both(
        f"Em cima, quatro fronteiras sobre a espiral, com 1 a 4 camadas e o mesmo custo (acerto {scores.pt}). "
        f"Embaixo, a mesma curva aproximada por uma "
        "camada de 1, 4, 16 e 64 neurônios, cada vez melhor.",
        f"Above, four borders over the spiral, with 1 to 4 layers at the same cost (right: {scores.en}). Below, the "
        f"same curve approximated by one layer "
        "of 1, 4, 16 and 64 neurons, better and better.",
    )
    return draw.picture(
        partial(_summary, rungs=rungs, fits=fits, points=points, lang=lang), alt, "summary", final=True, height=1220
    )


CODES: tuple[Lang, Lang] = ("pt", "en")


def _summary(sheet: Sheet, rungs: Sequence[Rung], fits: Sequence[Fit], points: Points, lang: Lang) -> None:
    sheet.title(Both("Mesmo custo, profundidades diferentes", "Same cost, different depths")[lang])
    sheet.text(
        (MARGIN, 146),
        Both("camadas × neurônios, e acerto em pontos novos", "layers × neurons, and right on new points")[lang],
        28,
        "muted",
        align="left",
    )
    _four(sheet, rungs, points, 224, lang)
    words = Both("uma camada só, imitando uma curva (tracejada)", "a single layer, imitating a curve (dashed)")[lang]
    panels.heading(sheet, Box(MARGIN, 560, WIDTH - 2 * MARGIN, 60), words)
    for i, fit in enumerate(fits):
        left, top = MARGIN + i % 2 * 500, 616 + i // 2 * 292
        _curve(sheet, Box(left, top, 484, 280), fit, lang)


def _curve(sheet: Sheet, box: Box, fit: Fit, lang: Lang) -> None:
    error = lettering.number(fit.error, lang, 2)
    neurons = Both("neurônio" if fit.width == 1 else "neurônios", "neuron" if fit.width == 1 else "neurons")[lang]
    words = f"{fit.width} {neurons}: {Both('erro', 'error')[lang]} {error}"
    sheet.text((box.left, box.top + 22), words, 29, align="left", bold=True)
    lines = [Curve("", fit.wanted, "muted", dashed=True, xs=fit.xs), Curve("", fit.found, "output", xs=fit.xs)]
    labels = Labels("", "", lang, ticks=False)
    inner = Box(box.left - 76, box.top + 30, box.width + 84, box.height - 30)
    panels.curves(sheet, inner, lines, labels, ylim=(-2.1, 2.1))
