"""Pictures of the playground: the plane with its border, the curves, the bars."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Axes, Labels
from models.kit.charts import Bar, Curve
from models.kit.palette import SERIES
from models.kit.panels import Box
from models.kit.sheet import MARGIN, MARKS, WIDTH, Entry, Sheet

COLUMNS, ROWS = 96, 72  # of the field
AIR = 0.25  # around the points, in standard deviations
SHOWN = 300  # points on a plane: more of a learner's table would hide the border

Field = NDArray[np.float32]
Score = tuple[int, float, float]  # epoch, accuracy in training, in the test


@dataclass(frozen=True, slots=True)
class Plane:
    """The points of a run and their names."""

    x: Tensor  # [N, 2]
    y: Tensor  # [N] of 0 and 1
    x_test: Tensor
    y_test: Tensor
    columns: tuple[str, str]
    classes: tuple[Both, Both]

    @property
    def limits(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Give the bounds of both axes."""
        low, high = (f(self.x, 0).values.tolist() for f in (torch.min, torch.max))
        return (low[0] - AIR, high[0] + AIR), (low[1] - AIR, high[1] + AIR)

    @property
    def majority(self) -> float:
        """Give the share of the commonest class in the test."""
        share = float(self.y_test.double().mean())
        return max(share, 1 - share)

    def field(self, model: nn.Module) -> Field:
        """Ask the network about a grid of the plane: probability of the second class, [H, W], lowest y first."""
        (left, right), (low, high) = self.limits
        ys, xs = torch.meshgrid(torch.linspace(low, high, ROWS), torch.linspace(left, right, COLUMNS), indexing="ij")
        model.eval()
        with torch.no_grad():
            found = model(torch.stack([xs, ys], -1).reshape(-1, 2)).softmax(1)[:, 1]
        model.train()
        values: Field = found.reshape(ROWS, COLUMNS).nan_to_num(0.5).numpy()
        return values


def plane_in(sheet: Sheet, box: Box, plane: Plane, field: Field, lang: Lang, size: float = 9) -> None:
    """Draw the plane with its border, the training points on it, and their legend."""
    entries = [Entry(name[lang], SERIES[i], MARKS[i]) for i, name in enumerate(plane.classes)]
    sheet.legend(entries, box.top + 14, lettering.SMALLEST, box.left)
    inner = box.below(44)
    made = Axes(sheet, (inner.left, inner.top), (inner.width, inner.height), *plane.limits)
    made.field(field)
    for i in range(2):
        mine = plane.x[:SHOWN][plane.y[:SHOWN] == i]
        made.scatter(mine[:, 0].numpy(), mine[:, 1].numpy(), SERIES[i], MARKS[i], size)


def frame(plane: Plane, lang: Lang, field: Field, epoch: int, right: float) -> draw.Draw:
    """Make one frame of the film."""
    words = Both(f"época {epoch}", f"epoch {epoch}")[lang]
    share = lettering.percent(right, lang, 0)
    score = Both(f"acerta {share} dos novos", f"{share} of new points right")[lang]

    def drawn(sheet: Sheet) -> None:
        sheet.text((MARGIN, 52), words, 46, align="left", bold=True)
        sheet.text((WIDTH - MARGIN, 52), score, 42, "muted", align="right")
        plane_in(sheet, Box(MARGIN, 92, WIDTH - 2 * MARGIN, 780), plane, field, lang, 11)

    return drawn


def live(plane: Plane, lang: Lang, field: Field, losses: Sequence[float], epoch: int, right: float) -> Picture:
    """Draw the newest border beside the loss."""

    def drawn(sheet: Sheet) -> None:
        sheet.title(Both(f"Época {epoch}: acerta {lettering.percent(right, 'pt', 0)} dos pontos novos",
                         f"Epoch {epoch}: {lettering.percent(right, 'en', 0)} of new points right")[lang])  # fmt: skip
        plane_in(sheet, Box(MARGIN, 132, 580, 640), plane, field, lang)
        below = panels.heading(sheet, Box(660, 132, 380, 640), Both("perda no treino", "training loss")[lang])
        panels.curves(sheet, below, [Curve("", losses)], Labels(Both("época", "epoch")[lang], "", lang))

    alt = Both(
        f"Plano na época {epoch}: o fundo mostra o que a rede diz de cada lugar, os pontos por cima são os dados; "
        f"ela acerta {lettering.percent(right, 'pt', 0)} dos pontos novos. Ao lado, a curva da perda.",
        f"Plane at epoch {epoch}: the background is what the network says of each place, the points on it are the "
        f"data; "
        f"it gets {lettering.percent(right, 'en', 0)} of the new points right. Beside it, the loss curve.",
    )
    return draw.picture(drawn, alt)


def final(
    plane: Plane, lang: Lang, field: Field, lines: Sequence[Score], scores: Sequence[float], line: float
) -> Picture:
    """Draw the summary: border, curves, and the network beside the straight line."""
    mean, spread = float(np.mean(scores)), float(np.std(scores))

    def drawn(sheet: Sheet) -> None:
        sheet.title(Both("O que a sua rede aprendeu", "What your network learned")[lang])
        plane_in(sheet, Box(MARGIN, 128, WIDTH - 2 * MARGIN, 620), plane, field, lang, 10)
        _scores(sheet, Box(MARGIN, 772, 520, 380), lines, lang)
        below = panels.heading(
            sheet, Box(620, 772, 412, 380), Both("acerto em pontos novos", "right on new points")[lang]
        )
        rows = [
            Bar(Both("sua rede (3 sementes)", "your network (3 seeds)")[lang], mean, SERIES[2], spread),
            Bar(Both("uma reta", "a straight line")[lang], line, SERIES[0], baseline=True),
            Bar(Both("sempre a mais comum", "always the commonest")[lang], plane.majority, SERIES[0], baseline=True),
        ]
        panels.bars(sheet, below, rows, lang)

    net, straight = (Both(lettering.percent(v, "pt"), lettering.percent(v, "en")) for v in (mean, line))
    alt = Both(
        f"Em cima, o plano dividido pela fronteira que a rede aprendeu, com os pontos do treino. Embaixo, o acerto "
        f"por época e as barras: "
        f"rede {net.pt}, reta {straight.pt}.",
        f"Above, the plane divided by the border that the network learned, with the training points. Below, accuracy "
        f"by epoch and bars: "
        f"network {net.en}, line {straight.en}.",
    )
    return draw.picture(drawn, alt, "summary", final=True, height=1180)


def _scores(sheet: Sheet, box: Box, lines: Sequence[Score], lang: Lang) -> None:
    below = panels.heading(sheet, box, Both("acerto por época", "accuracy by epoch")[lang])
    epochs = [epoch for epoch, _, _ in lines]
    curves = [
        Curve(Both("treino", "training")[lang], [a for _, a, _ in lines], xs=epochs),
        Curve(Both("pontos novos", "new points")[lang], [b for _, _, b in lines], dashed=True, xs=epochs),
    ]
    panels.curves(sheet, below, curves, Labels(Both("época", "epoch")[lang], "", lang), ylim=(0.4, 1.02))
