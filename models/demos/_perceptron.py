"""Pictures of the perceptron: its line on the corners, its weights for digits, and what the hidden layer mends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import fmean, pstdev
from typing import Any

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from models.demos._logic import corners, half_plane
from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Labels
from models.kit.charts import Bar, Curve
from models.kit.palette import rgb
from models.kit.panels import Box
from models.kit.sheet import MARGIN, Entry, Sheet

HALF = 12  # frames of each half of the film


@dataclass(frozen=True, slots=True)
class Path:
    """A line's way through the epochs."""

    gate: str
    wanted: Sequence[int]
    weights: Sequence[Sequence[float]]  # an epoch each: w1, w2, bias
    mistakes: Sequence[int]  # of an epoch
    right: Sequence[int]  # cases right after it


@dataclass(frozen=True, slots=True)
class Digits:
    """What became of two digits."""

    pair: tuple[int, int]
    weights: NDArray[Any]  # [8, 8]
    accuracy: float
    linear: float
    majority: float
    spread: float = 0.0

    @staticmethod
    def averaged(divisions: "Sequence[Digits]") -> "Digits":
        """Average the scores; everything else is the first division's."""
        right = [one.accuracy for one in divisions]
        linear = fmean(one.linear for one in divisions)
        return replace(divisions[0], accuracy=fmean(right), spread=pstdev(right), linear=linear)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What a hidden layer does for XOR."""

    width: int
    shares: Mapping[int, float]  # hidden neurons -> share of networks that solve it
    field: Tensor  # [H, W], lowest y first


def _line(sheet: Sheet, path: Path, epoch: int, lang: Lang) -> None:
    """Draw the line after an epoch, large."""
    w1, w2, bias = path.weights[epoch]
    score = Both(f"{path.gate.upper()}, época {epoch + 1}: {path.right[epoch]} de 4",
                 f"{path.gate.upper()}, epoch {epoch + 1}: {path.right[epoch]} of 4")[lang]  # fmt: skip
    sheet.title(score)
    one, zero = Both("deve dar 1", "should be 1")[lang], Both("deve dar 0", "should be 0")[lang]
    sheet.legend([Entry(one, "error", "triangle"), Entry(zero, "input", "circle")], 146, 30)
    corners(sheet, Box(MARGIN, 184, 984, 596), path.wanted, half_plane((w1, w2), -bias))


def live(path: Path, lang: Lang) -> Picture:
    """Draw where the line ended."""
    last = len(path.weights) - 1
    alt = Both(
        f"Os quatro casos de {path.gate.upper()} e a reta do perceptron na época {last + 1}: {path.right[last]} de 4 "
        f"certos.",
        f"The four cases of {path.gate.upper()} and the perceptron's line at epoch {last + 1}: {path.right[last]} of "
        f"4 right.",
    )
    return draw.picture(partial(_line, path=path, epoch=last, lang=lang), alt)


def film(path: Path, xor: Path, lang: Lang) -> Picture:
    """Show the line move: first the gate, then XOR."""
    frames: list[draw.Draw] = []
    for shown in (path, xor):
        count = len(shown.weights)
        epochs = sorted({round(i * (count - 1) / (HALF - 1)) for i in range(HALF)}) if count > HALF else range(count)
        frames += [partial(_line, path=shown, epoch=epoch, lang=lang) for epoch in epochs]
    alt = Both(
        f"Filme: em {path.gate.upper()} a reta anda até separar os pontos e para; no XOR ela balança de um lado para "
        f"o outro e nunca para.",
        f"Film: on {path.gate.upper()} the line moves until it separates the points, and stops; on XOR it swings "
        f"from side to side and never stops.",
    )
    return draw.gif(frames, alt, "line", millis=420, hold=1800)


def final(path: Path, digits: Digits, xor: Path, hidden: Hidden, lang: Lang) -> Picture:
    """Draw the summary in four panels."""
    a, b = digits.pair
    alt = Both(
        f"Quatro quadros: a reta final de {path.gate.upper()}; os pesos para {a} contra {b}, com "
        f"{lettering.percent(digits.accuracy, 'pt')} de acerto; os "
        f"erros por época, que no XOR nunca chegam a zero; e o XOR resolvido por uma rede com {hidden.width} "
        f"neurônios ocultos.",
        f"Four panels: the final line of {path.gate.upper()}; the weights for {a} against {b}, "
        f"{lettering.percent(digits.accuracy, 'en')} right; the "
        f"mistakes by epoch, which never reach zero on XOR; and XOR solved by a network with {hidden.width} hidden "
        f"neurons.",
    )
    return draw.picture(partial(_summary, path=path, digits=digits, xor=xor, hidden=hidden, lang=lang), alt,
                        "summary", final=True, height=1250)  # fmt: skip


def _summary(sheet: Sheet, path: Path, digits: Digits, xor: Path, hidden: Hidden, lang: Lang) -> None:
    sheet.title(
        Both("O perceptron: onde vai bem e onde para", "The perceptron: where it does well, where it stops")[lang]
    )
    left, right, side, low = MARGIN, 572, 460, 700
    name = path.gate.upper()
    words = Both(f"{name}: {path.right[-1]} de 4 certos", f"{name}: {path.right[-1]} of 4 right")[lang]
    below = panels.heading(sheet, Box(left, 130, side, 540), words)
    w1, w2, bias = path.weights[-1]
    corners(sheet, Box(left, below.top, side, 460), path.wanted, half_plane((w1, w2), -bias))
    _weights(sheet, Box(right, 130, side, 540), digits, lang)
    below = panels.heading(sheet, Box(left, low, side, 520), Both("erros por época", "mistakes by epoch")[lang])
    lines = [Curve(name, path.mistakes, "output"), Curve("XOR", xor.mistakes, "error", dashed=True)]
    lines = lines[1:] if path.gate == "xor" else lines
    labels = Labels(Both("época", "epoch")[lang], "", lang)
    panels.curves(sheet, below, [c for c in lines if len(c.ys) > 1] or lines, labels, ylim=(-0.1, 4.2))
    _mended(sheet, Box(right, low, side, 520), xor, hidden, lang)


def _weights(sheet: Sheet, box: Box, digits: Digits, lang: Lang) -> None:
    one, two = digits.pair
    below = panels.heading(
        sheet, box, Both(f"pesos: {one} (azul) ou {two} (laranja)", f"weights: {one} (blue) or {two} (orange)")[lang]
    )
    sheet.image((below.left, below.top), (250, 250), diverging(sheet, digits.weights), frame="muted")
    rows = [
        Bar(
            Both("perceptron, dígitos novos", "perceptron, new digits")[lang], digits.accuracy, "output", digits.spread
        ),
        Bar(Both("regressão logística", "logistic regression")[lang], digits.linear, "input", baseline=True),
    ]
    panels.bars(sheet, Box(below.left, below.top + 276, box.width, 190), rows, lang)


def diverging(sheet: Sheet, weights: NDArray[Any]) -> NDArray[Any]:
    """Colour numbers [H, W] by sign: blue below 0, orange above, the paper at 0; [H, W, 3] of 0..1."""
    theme = sheet.theme
    paper, low, high = (np.array(c) / 255 for c in (rgb(theme.paper), theme.colour("input"), theme.colour("error")))
    strength = np.clip(np.abs(weights) / (np.abs(weights).max() + 1e-9), 0, 1)[..., None]
    mixed: NDArray[Any] = np.where(weights[..., None] < 0, low, high) * strength + paper * (1 - strength)
    return mixed


def _mended(sheet: Sheet, box: Box, xor: Path, hidden: Hidden, lang: Lang) -> None:
    several = "" if hidden.width == 1 else "s"
    words = Both(
        f"XOR, {hidden.width} neurônio{several} oculto{several}", f"XOR, {hidden.width} hidden neuron{several}"
    )[lang]
    below = panels.heading(sheet, box, words)
    corners(sheet, Box(below.left, below.top, 300, 270), xor.wanted, hidden.field.numpy().astype(np.float64))
    for i, (width, share) in enumerate(hidden.shares.items()):
        y = below.top + 298 + i * min(44, 172 / len(hidden.shares))
        sheet.text(
            (below.left, y),
            Both(f"{width} oculto" + "s" * (width > 1), f"{width} hidden")[lang],
            27,
            "muted",
            align="left",
        )
        sheet.rectangle((below.left + 140, y - 14), (max(210 * share, 3), 28), "output", fill=0.95)
        sheet.text((below.left + 152 + 210 * share, y), lettering.percent(share, lang, 0), 27, align="left", bold=True)
