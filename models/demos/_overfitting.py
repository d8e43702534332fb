"""Pictures of overfitting: the curves that part, the remedies, the mistakes that were learned by heart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from numpy.typing import NDArray

from models.engine.protocol import Both, Lang, Picture
from models.kit import charts, draw, lettering, panels
from models.kit.axes import Axes, Labels
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.sheet import MARGIN, WIDTH, Sheet

FRAMES = 16
SHOWN = 7  # memorized mistakes
Row = tuple[int, float, float, float, float]  # epoch, loss, shares right in training, validation and test


RIGHT = Both("acerto", "accuracy")


@dataclass(frozen=True, slots=True)
class Course:
    """How one training went."""

    rows: Sequence[Row]

    @property
    def train(self) -> float:
        """Give the share right in training at the end."""
        return self.rows[-1][2]

    @property
    def test(self) -> float:
        """Give the share right in the test at the end."""
        return self.rows[-1][4]

    @property
    def early_epoch(self) -> int:
        """Give the first epoch with most right in validation."""
        return max(self.rows, key=lambda row: row[3])[0]

    @property
    def early(self) -> float:
        """Give the share right in the test at that epoch."""
        return self.rows[self.early_epoch - 1][4]


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong label that was learned by heart."""

    pixels: NDArray[Any]  # [8, 8] of 0..1
    truth: int
    said: int


def _pair(course: Course) -> list[list[float]]:
    return [[row[2] for row in course.rows], [row[4] for row in course.rows]]


def _lines(course: Course, lang: Lang) -> list[Curve]:
    seen, new = _pair(course)
    return [
        Curve(Both("treino", "training")[lang], seen, "input"),
        Curve(Both("teste", "test")[lang], new, "error", dashed=True),
    ]


def live(course: Course, epochs: int, lang: Lang, treated: tuple[Both, Course] | None = None) -> Picture:
    """Draw both curves so far; a treated course is drawn over them."""
    lines = _lines(course, lang)
    if treated is not None:
        words, other = treated
        step = epochs / len(other.rows)  # so that as many steps lie under each other
        xs = [row[0] * step for row in other.rows]
        lines.append(
            Curve(
                Both(f"teste {words.pt}", f"test {words.en}")[lang], _pair(other)[1], "output", xs=xs, mark="triangle"
            )
        )
    look = charts.Look(
        Both("Treino sobe, teste fica para trás", "Training rises, the test lags behind")[lang],
        lang,
        Both("época", "epoch")[lang],
        RIGHT[lang],
    )
    alt = Both(
        f"Curvas de acerto até a época {len(course.rows)}: treino {lettering.percent(course.train, 'pt', 0)}, teste "
        f"{lettering.percent(course.test, 'pt', 0)}.",
        f"Accuracy curves up to epoch {len(course.rows)}: training {lettering.percent(course.train, 'en', 0)}, test "
        f"{lettering.percent(course.test, 'en', 0)}.",
    )
    return draw.picture(lambda sheet: charts.curves(sheet, look, lines, xlim=(1, max(epochs, 2)), ylim=(0, 1.04)), alt)


def film(course: Course, epochs: int, lang: Lang) -> Picture:
    """Show the curves part."""
    frames = []
    for i in range(1, FRAMES + 1):
        last = max(2, round(len(course.rows) * i / FRAMES))
        frames.append(partial(_frame, course=Course(course.rows[:last]), epochs=epochs, lang=lang))
    alt = Both(
        "Filme: as curvas de treino e teste sobem juntas; depois a do treino vai a 100 % e a do teste para, ou cai.",
        "Film: the training and test curves rise together; then training goes to 100% and the test stops, or falls.",
    )
    return draw.gif(frames, alt, "curves", millis=250)


def _frame(sheet: Sheet, course: Course, epochs: int, lang: Lang) -> None:
    gap = lettering.number(100 * (course.train - course.test), lang, 0)
    look = charts.Look(
        Both(f"Treino e teste: {gap} pontos de distância", f"Training and test: {gap} points apart")[lang],
        lang,
        Both("época", "epoch")[lang],
        RIGHT[lang],
    )
    charts.curves(sheet, look, _lines(course, lang), xlim=(1, epochs), ylim=(0, 1.04))


def final(courses: Mapping[str, Course], slips: Sequence[Slip], linear: float, lang: Lang) -> Picture:
    """Draw the summary: the curves with the place to stop, the remedies, the memorized mistakes."""
    plain = courses["plain"]
    said = [Both(lettering.percent(v, "pt", 0), lettering.percent(v, "en", 0)) for v in (plain.train, plain.test)]
    alt = Both(
        f"Curvas de treino (no fim {said[0].pt}) e teste (no fim {said[1].pt}), com um traço vertical onde a validação "
        f"manda parar; barras dos remédios; e "
        f"dígitos com etiqueta errada que a rede decorou.",
        f"Training (at the end {said[0].en}) and test curves (at the end {said[1].en}), with a vertical line where "
        f"validation says to stop; bars of the remedies; and digits with a wrong label that the network memorized.",
    )
    drawn = partial(_summary, courses=courses, slips=slips, linear=linear, lang=lang)
    return draw.picture(drawn, alt, "summary", final=True, height=1330 if slips else 1130)


def _summary(sheet: Sheet, courses: Mapping[str, Course], slips: Sequence[Slip], linear: float, lang: Lang) -> None:
    sheet.title(Both("Decorou o treino, piorou no teste", "Memorized the training, did worse in the test")[lang]
                if courses["plain"].train > 0.95 else Both("Treino e teste", "Training and test")[lang])  # fmt: skip
    plain = courses["plain"]
    labels = Labels(Both("época", "epoch")[lang], "", lang)
    made = panels.curves(sheet, Box(MARGIN, 128, WIDTH - 2 * MARGIN, 480), _lines(plain, lang), labels, ylim=(0, 1.04))
    _stop(sheet, made, plain, lang)
    below = panels.heading(
        sheet,
        Box(MARGIN, 630, WIDTH - 2 * MARGIN, 480),
        Both("acerto no teste (esta semente)", "test accuracy (this seed)")[lang],
    )
    names = {
        "plain": Both("sem remédio", "no remedy"),
        "early": Both("parar cedo", "stop early"),
        "dropout": Both("dropout", "dropout"),
        "decay": Both("weight decay", "weight decay"),
        "more": Both("4× mais dados", "4× the data"),
        "linear": Both("regressão logística", "logistic regression"),
    }
    values = {name: course.test for name, course in courses.items()} | {"early": plain.early, "linear": linear}
    rows = [
        Bar(words[lang], values[name], "error" if name == "plain" else "input" if name == "linear" else "output",
            baseline=name == "linear")
        for name, words in names.items()
    ]  # fmt: skip
    half = (WIDTH - 2 * MARGIN - 40) / 2
    panels.bars(sheet, Box(MARGIN, below.top, half, 400), rows[:3], lang)
    panels.bars(sheet, Box(MARGIN + half + 40, below.top, half, 400), rows[3:], lang)
    if slips:
        words = Both("erros do gabarito que ela decorou", "mistakes in the labels that it memorized")[lang]
        below = panels.heading(sheet, Box(MARGIN, 1020, WIDTH - 2 * MARGIN, 300), words)
        shown = slips[:SHOWN]
        marked = [Both(f"é {s.truth}, diz {s.said}", f"is {s.truth}, says {s.said}")[lang] for s in shown]
        width = (WIDTH - 2 * MARGIN) * len(shown) / SHOWN
        sheet.images((MARGIN, below.top), width, [s.pixels for s in shown], len(shown), labels=marked)


def _stop(sheet: Sheet, made: Axes, course: Course, lang: Lang) -> None:
    """Mark the epoch at which validation says to stop, and say so away from the curves."""
    epoch, ends = course.early_epoch, (course.train, course.test)
    level = max((0.15, 0.4, 0.65), key=lambda y: min(abs(y - end) for end in ends))
    top, foot = made.place([epoch, epoch], [made.ylim[1], made.ylim[0]])
    sheet.line([top, foot], "hidden", 4, dashed=True)
    late = epoch > 0.75 * made.xlim[1]
    x, words = top[0] + (-14 if late else 14), Both("parar aqui", "stop here")[lang]
    sheet.text(
        (x, foot[1] + level * (top[1] - foot[1])), words, 28, "hidden", align="right" if late else "left", bold=True
    )
