"""Pictures of forecasts: real values, what was foretold, and how wrong each guess was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine.protocol import Both, Lang, Picture
from models.kit import charts, draw, lettering, panels
from models.kit.axes import Labels, limits
from models.kit.charts import Bar, Curve, Look
from models.kit.panels import Box
from models.kit.sheet import MARGIN, Sheet

Floats = NDArray[Any]
SHOWN = 60  # steps of the test that a picture shows
FRAMES = 14
NAMES = {"sunspots": Both("Manchas solares", "Sunspots"), "el-nino": Both("El Niño", "El Niño")}
UNITS = {"sunspots": Both("manchas", "spots"), "el-nino": Both("°C", "°C")}
STEPS = {
    "sunspots": Both("anos do teste", "years of the test"),
    "el-nino": Both("meses do teste", "months of the test"),
}
COPIES = {
    "sunspots": Both("ano que vem = este ano", "next year = this year"),
    "el-nino": Both("mês que vem = este mês", "next month = this month"),
}


@dataclass(frozen=True, slots=True)
class Trial:
    """A series' test: what was, what was foretold by each seed, and what simpler guesses say."""

    name: str
    how: str
    today: Floats
    tomorrow: Floats
    regression: Floats
    forecasts: Sequence[Floats] = ()
    frames: Sequence[Floats] = ()  # the first seed's forecasts while it trained

    def with_forecasts(self, said: Sequence[Floats], frames: Sequence[Floats]) -> "Trial":
        """Add what the networks said."""
        return replace(self, forecasts=said, frames=[*frames, said[0]])

    @property
    def priced(self) -> bool:
        """Tell prices from the series with a rhythm."""
        return self.name not in NAMES

    @property
    def title(self) -> Both:
        """Name the series."""
        return NAMES.get(self.name, Both(f"Bolsa ({self.name})", f"Stocks ({self.name})"))

    @property
    def steps(self) -> Both:
        """Name the time axis."""
        return STEPS.get(self.name, Both("dias do teste", "days of the test"))

    @property
    def copy(self) -> Both:
        """Name the guess that nothing changes."""
        return COPIES.get(self.name, Both("amanhã = hoje", "tomorrow = today"))

    @property
    def unit(self) -> Both:
        """Name what is counted."""
        return UNITS.get(self.name, Both("pontos", "points"))

    def said(self, value: float) -> Both:
        """Write a value with its unit."""
        unit, digits = self.unit, 1 if value >= 3 else 2
        return Both(
            f"{lettering.number(value, 'pt', digits)} {unit.pt}", f"{lettering.number(value, 'en', digits)} {unit.en}"
        )

    def error(self, guess: Floats) -> float:
        """Give the root of the mean squared error."""
        return float(np.sqrt(np.mean((guess - self.tomorrow) ** 2)))

    @property
    def errors(self) -> list[float]:
        """Give the networks' errors, seed by seed."""
        return [self.error(f) for f in self.forecasts]

    @property
    def net(self) -> float:
        """Give the networks' mean error."""
        return float(np.mean(self.errors))

    @property
    def spread(self) -> float:
        """Give its standard deviation over seeds."""
        return float(np.std(self.errors))

    @property
    def naive(self) -> float:
        """Give the error of "tomorrow = today"."""
        return self.error(self.today)

    @property
    def straight(self) -> float:
        """Give the error of the linear regression."""
        return self.error(self.regression)

    @property
    def direction(self) -> float:
        """Give the share of steps whose direction was right, over seeds."""
        return float(np.mean([(f > self.today) == (self.tomorrow > self.today) for f in self.forecasts]))

    @property
    def always_up(self) -> float:
        """Give the share of steps that go up."""
        return float(np.mean(self.tomorrow > self.today))

    @property
    def moves(self) -> float:
        """Give by how much a step changes the value, as a share, on average."""
        return float(np.mean(np.abs(self.tomorrow / self.today - 1)))

    @property
    def dares(self) -> float:
        """Give by how much the network says that it will."""
        return float(np.mean([np.abs(f / self.today - 1) for f in self.forecasts]))


def _curves(trial: Trial, guess: Floats, lang: Lang) -> list[Curve]:
    words = Both("real", "real"), Both("rede", "network")
    xs = list(range(len(trial.tomorrow) - len(trial.tomorrow[-SHOWN:]), len(trial.tomorrow)))
    return [
        Curve(words[0][lang], trial.tomorrow[-SHOWN:].tolist(), "ink", xs=xs),
        Curve(words[1][lang], guess[-SHOWN:].tolist(), "error", dashed=True, xs=xs),
    ]


def live(trial: Trial, guess: Floats, stage: Both, lang: Lang) -> Picture:
    """Draw the end of the test with the forecast of now."""
    error, naive = trial.said(trial.error(guess)), trial.said(trial.naive)
    caption = Both(
        f"{stage.pt}. Erro no teste: {error.pt}; “{trial.copy.pt}”: {naive.pt}.",
        f"{stage.en}. Error in the test: {error.en}; “{trial.copy.en}”: {naive.en}.",
    )
    look = Look(trial.title[lang], lang, x=trial.steps[lang], y=trial.unit[lang], caption=caption[lang])
    alt = Both(
        f"Curva real e prevista, {trial.title.pt}. {caption.pt}",
        f"Real and predicted curve, {trial.title.en}. {caption.en}",
    )
    return draw.picture(lambda sheet: charts.curves(sheet, look, _curves(trial, guess, lang)), alt)


def film(trial: Trial, lang: Lang) -> Picture:
    """Show the forecast finding the rhythm."""
    ylim = limits(trial.tomorrow[-SHOWN:].tolist(), floor=0.0 if trial.name == "sunspots" else None)
    frames = [partial(_frame, trial=trial, guess=guess, lang=lang, ylim=ylim) for guess in trial.frames]
    end = trial.said(trial.error(trial.frames[-1]))
    alt = Both(
        f"Filme: a curva prevista vai entrando no ritmo da real; no fim o erro é {end.pt}.",
        f"Film: the predicted curve falls in with the real one's rhythm; at the end the error is {end.en}.",
    )
    return draw.gif(frames, alt, millis=260)


def _frame(sheet: Sheet, trial: Trial, guess: Floats, lang: Lang, ylim: tuple[float, float]) -> None:
    error = trial.said(trial.error(guess))
    look = Look(
        trial.title[lang],
        lang,
        x=trial.steps[lang],
        y=trial.unit[lang],
        caption=Both(f"erro no teste: {error.pt}", f"error in the test: {error.en}")[lang],
    )
    charts.curves(sheet, look, _curves(trial, guess, lang), ylim=ylim)


def _rows(trial: Trial, lang: Lang) -> list[Bar]:
    return [
        Bar(trial.copy[lang], trial.naive, "ink", baseline=True),
        Bar(Both("regressão linear", "linear regression")[lang], trial.straight, "ink", baseline=True),
        Bar(Both("rede recorrente", "recurrent network")[lang], trial.net, "error", trial.spread),
    ]


def _half(sheet: Sheet, top: float, trial: Trial, lang: Lang) -> None:
    box = panels.heading(sheet, Box(MARGIN, top, 640, 440), trial.title[lang], 34)
    panels.curves(
        sheet, box, _curves(trial, trial.forecasts[0], lang), Labels(trial.steps[lang], trial.unit[lang], lang)
    )
    right = panels.heading(
        sheet, Box(724, top, 316, 440), Both("erro (menor é melhor)", "error (lower is better)")[lang]
    )
    panels.bars(sheet, right, _rows(trial, lang), lang, percent=False, digits=1 if trial.net > 3 else 2)


def _headline(stocks: Trial, other: Trial) -> Both:
    if stocks.how == "smoothed":
        return Both("Bom demais: os dados continham o futuro", "Too good: the data held the future")
    if stocks.net > 1.1 * stocks.naive:
        return Both("Na bolsa, ela perde de “amanhã = hoje”", "On stocks it loses to “tomorrow = today”")
    if other.net < 0.9 * other.naive:
        return Both("Na bolsa, empate; onde há ritmo, ela prevê", "On stocks a tie; with a rhythm, it predicts")
    return Both("Nem na bolsa, nem no ritmo: faltou treino", "Neither stocks nor rhythm: too little training")


def final(stocks: Trial, other: Trial, lang: Lang) -> Picture:
    """Draw both series and everyone's errors."""
    pt, en = (
        "; ".join(
            f"{t.title[x]}: {'rede' if x == 'pt' else 'network'} {t.said(t.net)[x]}, "
            f"{t.copy[x]} {t.said(t.naive)[x]}, "
            f"{'regressão linear' if x == 'pt' else 'linear regression'} {t.said(t.straight)[x]}"
            for t in (stocks, other)
        )
        for x in ("pt", "en")
    )
    alt = Both(
        f"Duas curvas, real e prevista, e barras de erro. {pt}.",
        f"Two curves, real and predicted, and bars of error. {en}.",
    )
    return draw.picture(lambda sheet: _summary(sheet, stocks, other, lang), alt, "summary", final=True, height=1090)


def _summary(sheet: Sheet, stocks: Trial, other: Trial, lang: Lang) -> None:
    sheet.title(_headline(stocks, other)[lang])
    _half(sheet, 130, stocks, lang)
    _half(sheet, 610, other, lang)
