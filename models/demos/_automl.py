"""Pictures of the search: where the trials went, what mattered, who found the best network."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from statistics import fmean, median, pstdev

from models.engine.protocol import Both, Event, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Axes, Labels, axes
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.said import share
from models.kit.sheet import MARGIN, WIDTH, Entry, Mark, Sheet

FRAMES = 14
LOOKS: dict[str, tuple[str, Mark]] = {"optuna": ("error", "triangle"), "random": ("input", "circle")}
NAMES = {
    "optuna": Both("Optuna", "Optuna"),
    "random": Both("busca ao acaso", "random search"),
    "default": Both("palpite padrão", "default guess"),
    "linear": Both("regressão logística", "logistic regression"),
}
SHORT = {
    "layers": Both("camadas", "layers"),
    "units": Both("neurônios", "neurons"),
    "activation": Both("ativação", "activation"),
    "lr": Both("taxa", "rate"),
    "dropout": Both("dropout", "dropout"),
    "batch": Both("lote", "batch"),
}
Choice = dict[str, int | float | str]
Events = Iterator[Event]  # what a run gives


@dataclass(frozen=True, slots=True)
class Hunt:
    """One search: its choices, what validation said of each, and what the test says, unseen by the search."""

    choices: Sequence[Choice]
    seen: Sequence[float]
    unseen: Sequence[float]

    def more(self, choice: Choice, seen: float, unseen: float) -> "Hunt":
        """Add a trial."""
        return Hunt([*self.choices, choice], [*self.seen, seen], [*self.unseen, unseen])

    def first(self, count: int) -> "Hunt":
        """Give only the first trials."""
        return Hunt(self.choices[:count], self.seen[:count], self.unseen[:count])

    @property
    def median(self) -> float:
        """Give the test accuracy of the trial in the middle."""
        return median(self.unseen)

    @property
    def best(self) -> Choice:
        """Give the choice that did best in validation."""
        return self.choices[max(range(len(self.seen)), key=lambda i: self.seen[i])]


@dataclass(frozen=True, slots=True)
class Scores:
    """One network's results from several starts."""

    values: Sequence[float]

    @property
    def mean(self) -> float:
        """Average over the starts."""
        return fmean(self.values)

    @property
    def spread(self) -> float:
        """Give the standard deviation over the starts."""
        return pstdev(self.values)


def live(hunts: Mapping[str, Hunt], trials: int, lang: Lang) -> Picture:
    """Draw the best found so far."""
    done = len(hunts["optuna"].seen)
    best = lettering.percent(max(hunts["optuna"].seen), lang, 0)

    def drawn(sheet: Sheet) -> None:
        sheet.title(
            Both(f"Tentativa {done} de {trials}: melhor {best}", f"Trial {done} of {trials}: best {best}")[lang]
        )
        _trials(sheet, Box(MARGIN, 130, WIDTH - 2 * MARGIN, 660), hunts, trials, lang)

    alt = Both(
        f"Depois de {_tries(done).pt}: pontos com o acerto de cada uma na validação e degraus com o melhor até ali, "
        f"do Optuna e da busca ao acaso.",
        f"After {_tries(done).en}: points with the validation accuracy of each, and steps with the best so far, of "
        f"Optuna and random search.",
    )
    return draw.picture(drawn, alt)


def _tries(count: int) -> Both:
    """Count trials."""
    return Both("1 tentativa", "1 trial") if count == 1 else Both(f"{count} tentativas", f"{count} trials")


def _trials(sheet: Sheet, box: Box, hunts: Mapping[str, Hunt], trials: int, lang: Lang) -> None:
    """Draw each trial as a point and the best so far as a line."""
    lines = []
    for name, hunt in hunts.items():
        best = list(accumulate(hunt.seen, max))
        lines.append(Curve(NAMES[name][lang], best, LOOKS[name][0], name == "random", list(range(1, len(best) + 1))))
    labels = Labels(Both("tentativa", "trial")[lang], Both("acerto na validação", "validation accuracy")[lang], lang)
    made = panels.curves(
        sheet, box, [Curve("", [0.0, 0.0], "paper", xs=[1, max(trials, 2)]), *lines], labels, ylim=(0, 1.04)
    )
    for name, hunt in hunts.items():
        made.scatter(list(range(1, len(hunt.seen) + 1)), hunt.seen, *LOOKS[name], 9)


def film(hunts: Mapping[str, Hunt], lang: Lang) -> Picture:
    """Show the trials gather where the rate is good."""
    count = len(hunts["optuna"].seen)
    steps = sorted({max(1, round(count * (i + 1) / FRAMES)) for i in range(FRAMES)})
    frames = [partial(_moment, hunts=hunts, count=step, lang=lang) for step in steps]
    alt = Both(
        "Filme: cada ponto é uma rede tentada, na sua taxa de aprendizado. Os triângulos do Optuna se juntam onde o "
        "acerto é alto; os círculos do acaso "
        "continuam espalhados.",
        "Film: each point is a network tried, at its learning rate. Optuna's triangles gather where accuracy is "
        "high; the circles of chance stay scattered.",
    )
    return draw.gif(frames, alt, "search", millis=380)


def _moment(sheet: Sheet, hunts: Mapping[str, Hunt], count: int, lang: Lang) -> None:
    tries = _tries(count)
    sheet.title(Both(f"Onde procuram: {tries.pt} de cada", f"Where they look: {tries.en} each")[lang])
    shown = {name: hunt.first(count) for name, hunt in hunts.items()}
    _rates(sheet, Box(MARGIN, 130, WIDTH - 2 * MARGIN, 660), shown, lang)


def _rates(sheet: Sheet, box: Box, hunts: Mapping[str, Hunt], lang: Lang) -> Axes:
    """Draw the trials by their learning rate."""
    sheet.legend([Entry(NAMES[n][lang], *LOOKS[n]) for n in hunts], box.top + 14, 28, box.left)
    words = Labels(Both("taxa de aprendizado", "learning rate")[lang],
                   Both("acerto na validação", "validation accuracy")[lang], lang, tens=True)  # fmt: skip
    corner, size = (box.left + 84, box.top + 90), (box.width - 92, box.height - 190)
    made = axes(sheet, corner, size, (-4.1, 0.1), (0, 1.04), words)
    for name, hunt in hunts.items():
        made.scatter([math.log10(float(c["lr"])) for c in hunt.choices], hunt.seen, *LOOKS[name], 12)
    return made


def final(hunts: Mapping[str, Hunt], means: Mapping[str, float], mattered: Mapping[str, float], lang: Lang) -> Picture:
    """Draw the summary: where the trials went, what mattered, the test."""
    said = {name: share(value) for name, value in means.items()}
    alt = Both(
        f"Em cima, cada rede tentada pela sua taxa de aprendizado e acerto. Embaixo, o que importou e o acerto no "
        f"teste: Optuna {said['optuna'].pt}, acaso "
        f"{said['random'].pt}, padrão {said['default'].pt}.",
        f"Above, each network tried, by its learning rate and accuracy. Below, what mattered and the test accuracy: "
        f"Optuna {said['optuna'].en}, chance "
        f"{said['random'].en}, default {said['default'].en}.",
    )
    drawn = partial(_summary, hunts=hunts, means=means, mattered=mattered, lang=lang)
    return draw.picture(drawn, alt, "summary", final=True, height=1180)


def _summary(
    sheet: Sheet, hunts: Mapping[str, Hunt], means: Mapping[str, float], mattered: Mapping[str, float], lang: Lang
) -> None:
    sheet.title(Both("Quem achou a melhor rede?", "Which found the best network?")[lang])
    _rates(sheet, Box(MARGIN, 126, WIDTH - 2 * MARGIN, 560), hunts, lang)
    best = hunts["optuna"].best
    below = panels.heading(
        sheet, Box(MARGIN, 704, 470, 420), Both("o que importou (Optuna)", "what mattered (Optuna)")[lang]
    )
    if not mattered:
        words = Both("são poucas tentativas\npara dizer", "too few trials to tell")
        sheet.text((below.left, below.top + 40), words[lang], 28, "muted", align="left")
    for i, (name, part) in enumerate(mattered.items()):
        y = below.top + 22 + i * 54
        sheet.text((below.left, y), SHORT[name][lang], 28, "muted", align="left")
        sheet.rectangle((below.left + 160, y - 17), (max(200 * part, 3), 34), "hidden", fill=0.95)
        sheet.text((below.left + 172 + 200 * part, y), lettering.percent(part, lang, 0), 28, align="left")
    below = panels.heading(sheet, Box(560, 704, 472, 420), Both("acerto no teste", "test accuracy")[lang])
    rows = [Bar(words[lang], means[name], "output" if name == "optuna" else "input", baseline=name != "optuna")
            for name, words in NAMES.items()]  # fmt: skip
    _close_bars(sheet, below, rows, lang)
    shape = _shape(best, lang)
    rate = lettering.number(float(best["lr"]), lang, 4)
    sheet.caption(Both(f"A do Optuna: {shape}, taxa {rate}", f"Optuna's: {shape}, rate {rate}")[lang])


def _shape(best: Mapping[str, object], lang: Lang) -> str:
    """Write a network's layers down."""
    if not best["layers"]:
        return Both("sem camada oculta", "no hidden layer")[lang]
    return f"{best['layers']} × {best['units']} {str(best['activation']).replace('relu', 'ReLU')}"


def _close_bars(sheet: Sheet, box: Box, rows: Sequence[Bar], lang: Lang) -> None:
    """Draw bars from 0 whose numbers have a decimal: they lie close together."""
    for i, row in enumerate(rows):
        top = box.top + i * 86
        sheet.text((box.left, top + 15), row.label, lettering.SMALLEST, "muted", align="left")
        length = (box.width - 150) * row.value
        sheet.rectangle((box.left, top + 36), (length, 36), row.role, fill=0.4 if row.baseline else 0.95)
        sheet.text(
            (box.left + length + 12, top + 54),
            lettering.percent(row.value, lang),
            30,
            align="left",
            bold=not row.baseline,
        )
