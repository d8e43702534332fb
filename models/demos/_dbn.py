"""Pictures of the stack of 2006: filters that emerge, digits squeezed and rebuilt, who wins with few labels."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import fmean

from torch import Tensor

from models.demos._perceptron import diverging
from models.engine.protocol import Both, Lang, Picture
from models.kit import charts, draw, lettering, panels
from models.kit.charts import Bar
from models.kit.panels import Box
from models.kit.said import share
from models.kit.sheet import GAP, MARGIN, WIDTH, Sheet

SIDE = 14
HUGE = 1e9
Filters = tuple[int, Tensor]  # epoch, [32, 196]
ROWS = {
    "original": Both("original", "original"),
    "PCA": Both("PCA", "PCA"),
    "pretrained": Both("pré-treinado", "pretrained"),
    "scratch": Both("do zero", "from scratch"),
    "relu": Both("ReLU do zero", "ReLU, scratch"),
}

KINDS = {
    "pretrained": Both("pré-treinada", "pretrained"),
    "scratch": ROWS["scratch"],
    "relu": ROWS["relu"],
    "linear": Both("regressão logística", "logistic regression"),
}  # of networks that name digits


@dataclass(frozen=True, slots=True)
class Sight:
    """Digits [N, 196] and what each way made of them; the errors; the accuracies with few labels."""

    original: Tensor
    made: Mapping[str, Tensor]
    errors: Mapping[str, float]
    scores: Mapping[str, float]


def finite(value: float) -> float:
    """Keep a number that diverged within what can be told."""
    return value if math.isfinite(value) and abs(value) < HUGE else HUGE


def _filters(sheet: Sheet, box: Box, filters: Tensor, columns: int) -> None:
    pictures = [diverging(sheet, row.view(SIDE, SIDE).numpy()) for row in filters]
    sheet.images((box.left, box.top), box.width, pictures, columns, frames=["faint"] * len(pictures))


def _rebuilt(sheet: Sheet, box: Box, sight: Sight, lang: Lang) -> None:
    """Draw a row of digits for each way, its name and error at the left."""
    rows = {"original": sight.original, **sight.made}
    label = 236.0
    count = len(sight.original)
    side = min((box.width - label - GAP * (count - 1)) / count, box.height / len(ROWS) - GAP)
    for i, name in enumerate(name for name in ROWS if name in rows):
        top = box.top + i * (side + GAP)
        error = sight.errors.get(name)
        sheet.text((box.left, top + side / 2 - (16 if error is not None else 0)), ROWS[name][lang], 28, align="left")
        if error is not None:
            sheet.text(
                (box.left, top + side / 2 + 20),
                lettering.number(min(error, 99), lang, 4),
                28,
                "output" if error == min(sight.errors.values()) else "muted",
                align="left",
                bold=True,
            )
        for j in range(count):
            pixels = rows[name][j].nan_to_num().clamp(0, 1).view(SIDE, SIDE).numpy()
            sheet.image((box.left + label + j * (side + GAP), top), (side, side), pixels, frame="faint")


def live(filters: Filters, lang: Lang, sight: Sight | None = None) -> Picture:
    """Draw the filters so far, or the digits rebuilt so far."""
    if sight is None:
        alt = Both(
            f"32 filtros da primeira camada na época {filters[0]}: do ruído surgem traços, em azul e laranja.",
            f"32 filters of the first layer at epoch {filters[0]}: strokes emerge from noise, in blue and orange.",
        )
        return draw.picture(partial(_watch, filters=filters, lang=lang), alt)

    def drawn(sheet: Sheet) -> None:
        sheet.title(Both("Espremidos e reconstruídos", "Squeezed and rebuilt")[lang])
        _rebuilt(sheet, Box(MARGIN, 140, WIDTH - 2 * MARGIN, 650), sight, lang)

    alt = Both(
        "Fileiras de dígitos: originais e reconstruídos por cada rede.",
        "Rows of digits: originals, and rebuilt by each network.",
    )
    return draw.picture(drawn, alt)


def drawn_so_far(scores: Sequence[Mapping[str, float]], lang: Lang) -> Picture:
    """Draw the accuracies with few labels, averaged over the draws so far."""
    rows = _bars({name: fmean(s[name] for s in scores) for name in KINDS}, lang)
    title = Both("Poucas etiquetas: quem acerta mais?", "Few labels: which gets more right?")[lang]
    alt = Both(
        "Barras do acerto em dígitos novos, por tipo de rede.",
        "Bars of the accuracy on new digits, by kind of network.",
    )
    return draw.picture(lambda sheet: charts.bars(sheet, charts.Look(title, lang), rows, percent=True, top=1.0), alt)


def _bars(scores: Mapping[str, float], lang: Lang) -> list[Bar]:
    """Set the pretrained network's accuracy beside the others'."""
    return [
        Bar(words[lang], scores[name], "output" if name == "pretrained" else "input", baseline=name != "pretrained")
        for name, words in KINDS.items()
    ]


def _watch(sheet: Sheet, filters: Filters, lang: Lang) -> None:
    sheet.title(
        Both(f"O que a 1ª camada procura, época {filters[0]}", f"What layer 1 looks for, epoch {filters[0]}")[lang]
    )
    _filters(sheet, Box(MARGIN, 140, WIDTH - 2 * MARGIN, 560), filters[1], 8)
    sheet.caption(Both("laranja: quer tinta aqui; azul: não quer", "orange: wants ink here; blue: doesn't")[lang])


def film(filters: Sequence[Filters], lang: Lang) -> Picture:
    """Show the filters emerge."""
    frames = [partial(_watch, filters=shown, lang=lang) for shown in filters]
    alt = Both(
        "Filme: época a época, 32 filtros passam de ruído a traços e manchas que a camada procura nos dígitos.",
        "Film: epoch by epoch, 32 filters turn from noise into strokes and blobs that the layer looks for in digits.",
    )
    return draw.gif(frames, alt, "filters", millis=700)


def final(sight: Sight, filters: Filters, labels: int, code: int, lang: Lang) -> Picture:
    """Draw the summary: rebuilt digits, filters, bars for few labels."""
    said = {name: share(value, 0) for name, value in sight.scores.items()}
    alt = Both(
        f"Em cima, dígitos originais e reconstruídos a partir de {code} números por PCA e três redes. Embaixo, os "
        f"filtros da primeira camada e barras: "
        f"com {labels} etiquetas por dígito, pré-treinada {said['pretrained'].pt}, do zero {said['scratch'].pt}, ReLU "
        f"{said['relu'].pt}.",
        f"Above, original digits and those rebuilt from {code} numbers by PCA and three networks. Below, the first "
        f"layer's filters and bars: "
        f"with {labels} labels per digit, pretrained {said['pretrained'].en}, from scratch {said['scratch'].en}, ReLU "
        f"{said['relu'].en}.",
    )
    drawn = partial(_summary, sight=sight, filters=filters, labels=labels, code=code, lang=lang)
    return draw.picture(drawn, alt, "summary", final=True, height=1200)


def _summary(sheet: Sheet, sight: Sight, filters: Filters, labels: int, code: int, lang: Lang) -> None:
    sheet.title(Both("O que o pré-treino de 2006 ganha", "What the pretraining of 2006 gains")[lang])
    words = Both(f"dígitos a partir de {code} números, e o erro", f"digits from {code} numbers, and the error")[lang]
    below = panels.heading(sheet, Box(MARGIN, 124, WIDTH - 2 * MARGIN, 560), words)
    _rebuilt(sheet, Box(below.left, below.top, below.width, 510), sight, lang)
    below = panels.heading(sheet, Box(MARGIN, 716, 400, 460), Both("filtros da 1ª camada", "filters of layer 1")[lang])
    _filters(sheet, below, filters[1][:16], 4)
    few = Both(f"acerto, {labels} etiquetas por dígito", f"right, {labels} labels per digit")[lang]
    below = panels.heading(sheet, Box(560, 716, 472, 460), few)
    panels.bars(sheet, below, _bars(sight.scores, lang), lang)
