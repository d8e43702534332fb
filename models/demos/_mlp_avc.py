"""Pictures of risks: sorting, finding, and meaning what is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from models.demos import _scores
from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Axes, Labels, axes
from models.kit.charts import Bar
from models.kit.panels import Box
from models.kit.sheet import MARGIN, Entry, Sheet

Floats = NDArray[Any]
Frame = tuple[int, Floats, Floats]  # epoch, risks of patients not seen, what became of them
WARNING = Both("Não é diagnóstico.", "Not a diagnosis.")


@dataclass(frozen=True, slots=True)
class Rated:
    """Every patient's risk by a network and by a regression that hadn't seen them, and what happened."""

    said: Floats
    simple: Floats
    truth: Floats
    frames: Sequence[Frame] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """One model's marks, means over repeats."""

    auroc: float
    spread: float
    precision: float
    off: float
    right: float
    missed: float


def means(rated: Sequence[Rated], who: Literal["said", "simple"]) -> Marks:
    """Mark a model."""
    pairs = [(getattr(r, who), r.truth) for r in rated]
    areas = [_scores.auroc(*pair) for pair in pairs]
    return Marks(
        float(np.mean(areas)), float(np.std(areas)),
        float(np.mean([_scores.average_precision(*pair) for pair in pairs])),
        float(np.mean([_scores.miscalibration(*pair) for pair in pairs])),
        float(np.mean([np.mean((p >= 0.5) == (t == 1)) for p, t in pairs])),
        float(np.mean([np.mean(p[t == 1] < 0.5) for p, t in pairs])),
    )  # fmt: skip


MODELS: tuple[tuple[Literal["said", "simple"], Both, str, bool], ...] = (
    ("said", Both("rede (MLP)", "network (MLP)"), "error", False),
    ("simple", Both("regressão logística", "logistic regression"), "input", True),
)


def _unit(sheet: Sheet, box: Box, x: str, y: str, lang: Lang) -> Axes:
    return axes(
        sheet, (box.left + 84, box.top + 44), (box.width - 96, box.height - 136), (0, 1), (0, 1), Labels(x, y, lang)
    )


def _roc(sheet: Sheet, box: Box, rated: Sequence[Rated], lang: Lang) -> None:
    made = _unit(
        sheet, box, Both("alarmes falsos", "false alarms")[lang], Both("casos achados", "cases found")[lang], lang
    )
    made.line([0, 1], [0, 1], "faint", 3, dashed=True)
    for who, _, role, dashed in MODELS:
        grid = np.linspace(0, 1, 101)
        found = [np.interp(grid, *_scores.roc(getattr(r, who), r.truth)) for r in rated]
        made.line([0, *grid], [0, *np.mean(found, 0)], role, dashed=dashed)


def _precision(sheet: Sheet, box: Box, rated: Sequence[Rated], lang: Lang) -> None:
    made = _unit(
        sheet,
        box,
        Both("casos achados", "cases found")[lang],
        Both("alarmes certos", "alarms that were right")[lang],
        lang,
    )
    everyone = float(rated[0].truth.mean())
    made.rule(everyone)
    at = made.place([1], [everyone])[0]
    sheet.text((at[0] - 6, at[1] + 22), Both("alarme para todos", "warning everyone")[lang], 26, "muted", align="right")
    for who, _, role, dashed in MODELS:
        grid = np.linspace(0.05, 1, 60)
        found = [_at(grid, *_scores.precision_recall(getattr(r, who), r.truth)) for r in rated]
        made.line(grid, np.mean(found, 0), role, dashed=dashed)


def _at(grid: Floats, recall: Floats, precision: Floats) -> Floats:
    """Give the precision at which this much is recalled."""
    return precision[np.minimum(np.searchsorted(recall, grid - 1e-9), len(recall) - 1)]


def _calibration(sheet: Sheet, box: Box, rated: Sequence[Rated], lang: Lang) -> None:
    made = _unit(
        sheet, box, Both("risco dito", "stated risk")[lang], Both("quantos tiveram", "how many had it")[lang], lang
    )
    made.line([0, 1], [0, 1], "faint", 3, dashed=True)
    for who, _, role, dashed in MODELS:
        said, was = np.mean([_scores.calibration(getattr(r, who), r.truth) for r in rated], 0)
        made.line(said, was, role, dashed=dashed)
        made.scatter(said, was, role, "triangle" if dashed else "circle", 11)


def _bars(sheet: Sheet, box: Box, rated: Sequence[Rated], lang: Lang) -> None:
    marks = [(words, role, means(rated, who)) for who, words, role, _ in MODELS]
    rows = [Bar(words[lang], m.auroc, role, m.spread, baseline=role == "input") for words, role, m in marks]
    panels.bars(
        sheet, box, [*rows, Bar(Both("moeda", "coin")[lang], 0.5, "ink", baseline=True)], lang, percent=False, digits=3
    )


def _legend(sheet: Sheet, y: float, lang: Lang) -> None:
    sheet.legend([Entry(words[lang], role, dashed=dashed) for _, words, role, dashed in MODELS], y)


def _said(rated: Sequence[Rated]) -> Both:
    net, simple = means(rated, "said"), means(rated, "simple")
    pairs = [
        lettering.number(v, lang, 2) for lang in ("pt", "en") for v in (net.auroc, simple.auroc, net.off, simple.off)
    ]
    return Both(
        f"AUROC {pairs[0]} da rede e {pairs[1]} da regressão logística; erro de calibração {pairs[2]} e {pairs[3]}.",
        f"AUROC {pairs[4]} for the network and {pairs[5]} for logistic regression; calibration error {pairs[6]} and "
        f"{pairs[7]}.",
    )


def live(rated: Sequence[Rated], lang: Lang) -> Picture:
    """Draw both ROC curves so far."""
    said = _said(rated)
    return draw.picture(
        partial(_live, rated=rated, said=said[lang], lang=lang),
        Both(f"Curvas ROC. {said.pt}", f"ROC curves. {said.en}"),
    )


def _live(sheet: Sheet, rated: Sequence[Rated], said: str, lang: Lang) -> None:
    sheet.title(Both("Quem separa melhor os pacientes?", "Which sorts the patients better?")[lang])
    _legend(sheet, 140, lang)
    _roc(sheet, Box(190, 176, 700, 516), rated, lang)
    sheet.caption(said)


def early(frame: Frame, seen: bool, lang: Lang) -> Picture:
    """Draw the first patients' risks."""
    alt = Both(
        "Os riscos que a rede dá: em cima os pacientes a quem aconteceu, embaixo os outros.",
        "The risks that the network states: above the patients to whom it happened, below the others.",
    )
    return draw.picture(partial(_strip, frame=frame, seen=seen, lang=lang), alt, height=660)


def _strip(sheet: Sheet, frame: Frame, seen: bool, lang: Lang) -> None:
    epoch, said, truth = frame
    new = Both("Riscos ditos a quem ela nunca viu", "Risks told to whom it has never seen")
    sheet.title((Both("Riscos ditos a quem ela já viu", "Risks told to whom it has seen") if seen else new)[lang])
    made = axes(
        sheet, (MARGIN + 20, 190), (1080 - 2 * MARGIN - 40, 330), (0, 1), (0, 1), Labels("", "", lang, ticks=False)
    )
    rows = (
        (1, Both("aconteceu", "it happened"), "error", "circle", 0.72),
        (0, Both("não aconteceu", "it didn't"), "input", "triangle", 0.24),
    )
    for outcome, words, role, mark, middle in rows:
        mine = np.sort(said[truth == outcome])
        lift = 0.045 * (np.arange(len(mine)) % 5 - 2)
        made.scatter(mine, middle + lift, role, mark, 13)  # type: ignore[arg-type]  # mypy widens the literals of the loop
        sheet.text(made.place([0.01], [middle + 0.2])[0], words[lang], 32, role, align="left", bold=True)
    for x in (0, 0.5, 1):
        at = made.place([x], [0])[0]
        sheet.text((at[0], at[1] + 34), lettering.percent(x, lang, 0), 30, "muted")
    made.line([0.5, 0.5], [0, 1], "faint", 3, dashed=True)
    sheet.text((540, 600), Both(f"época {epoch}", f"epoch {epoch}")[lang], 36, bold=True)


def film(rated: Rated, seen: bool, lang: Lang) -> Picture:
    """Show the risks move apart, the wrong ones with the right ones."""
    wrong = int(((rated.frames[-1][1] >= 0.5) != (rated.frames[-1][2] == 1)).sum())
    alt = Both(f"Filme: os riscos dos pacientes se espalham entre 0 e 100 % a cada época; no fim, {wrong} estão do "
        "lado errado de 50 %.",
               f"Film: the patients' risks spread between 0 and 100% epoch by epoch; at the end {wrong} are on the "
               "wrong side of 50%.")  # fmt: skip
    return draw.gif(
        [partial(_strip, frame=frame, seen=seen, lang=lang) for frame in rated.frames], alt, height=660, millis=240
    )


def _headline(rated: Sequence[Rated], cheat: str) -> Both:
    if cheat != "no":
        return Both("Bom demais: o teste foi visto antes", "Too good: the test was seen before")
    gap = means(rated, "said").auroc - means(rated, "simple").auroc
    if gap > 0.02:
        return Both("Desta vez, a rede ganhou por pouco", "This time the network won, narrowly")
    return Both("A rede não ganha da regressão simples", "The network doesn't beat simple regression")


def final(rated: Sequence[Rated], cheat: str, lang: Lang) -> Picture:
    """Draw the three trials and the marks."""
    said = _said(rated)
    alt = Both(f"Quatro quadros: curva ROC, precisão e revocação, calibração e barras de AUROC. {said.pt} Não é "
        "diagnóstico.",
               f"Four panels: ROC curve, precision and recall, calibration, and bars of AUROC. {said.en} Not a "
               "diagnosis.")  # fmt: skip
    return draw.picture(partial(_summary, rated=rated, cheat=cheat, lang=lang), alt, "summary", final=True, height=1200)


def _summary(sheet: Sheet, rated: Sequence[Rated], cheat: str, lang: Lang) -> None:
    sheet.title(_headline(rated, cheat)[lang])
    _legend(sheet, 138, lang)
    drawn = (
        (_roc, Both("Separa os pacientes? (ROC)", "Does it sort patients? (ROC)"), 48.0, 176.0),
        (_precision, Both("Acha sem alarme falso?", "Finds without false alarms?"), 564.0, 176.0),
        (_calibration, Both("O risco vale o que diz?", "Do risks mean what they say?"), 48.0, 666.0),
        (_bars, Both("AUROC", "AUROC"), 564.0, 666.0),
    )
    for panel, words, left, top in drawn:
        panel(sheet, panels.heading(sheet, Box(left, top, 468, 470), words[lang], 32), rated, lang)
    sheet.text((800, 1100), WARNING[lang], 34, "error", bold=True)
