"""Pictures of attention, and of a text that gets better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Labels
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.sheet import MARGIN, WIDTH, Point, Sheet

Floats = NDArray[Any]
KEYS = 12
LEFT, PITCH = 78.0, 92.0  # of the line of symbols
SHOWN = 0.04  # attention below isn't drawn
BEND = 84  # px that an arc below hangs down at most: the words come after it


@dataclass(frozen=True, slots=True)
class Recall:
    """How the memory task went: one question with its attention over the training, [step, layers × to × from]."""

    line: NDArray[Any]
    answer: int
    course: Sequence[tuple[int, float]]  # step, share right
    frames: Sequence[tuple[int, Floats]]
    counted: float  # share right of the best n-gram
    shallow: float  # of a network with one layer
    weight: float  # of the attention that falls on the answer

    @property
    def right(self) -> float:
        """Give the share right at the end."""
        return self.course[-1][1]

    @property
    def steps(self) -> int:
        """Give the steps that it took."""
        return self.course[-1][0]


@dataclass(frozen=True, slots=True)
class Letters:
    """How the writing went: bits per letter over the steps, of n-grams by order, and a sample."""

    course: Sequence[tuple[int, float]]
    grams: Mapping[int, float]
    sample: str
    together: float = 0.0
    size: int = 0

    @property
    def net(self) -> float:
        """Give the bits per letter at the end."""
        return self.course[-1][1]


def symbol(token: int) -> str:
    """Write a symbol of the task: A to L, 1 to 12."""
    return "ABCDEFGHIJKL"[token] if token < KEYS else str(token - KEYS + 1)


def _spelt(line: NDArray[Any]) -> str:
    pairs = [f"{symbol(k)}{symbol(v)}" for k, v in zip(line[:-1:2], line[1::2], strict=True)]
    return " ".join([*pairs, f"{symbol(line[-1])}→?"])


def _tokens(sheet: Sheet, line: NDArray[Any], y: float, answer: int) -> list[Point]:
    places = [(LEFT + PITCH * i, y) for i in range(len(line))]
    for place, token in zip(places, line, strict=True):
        role = "input" if token < KEYS else "output" if token == answer else "hidden"
        sheet.box(place, (74, 74), symbol(int(token)), role, 36)
    return places


def _arc(sheet: Sheet, start: Point, end: Point, weight: float, role: str, up: float) -> None:
    t = np.linspace(0, 1, 40)
    xs = start[0] + (end[0] - start[0]) * t
    bend = min(0.22 * abs(end[0] - start[0]), BEND) if up < 0 else 0.22 * abs(end[0] - start[0])
    ys = start[1] - up * (44 + bend * 4 * t * (1 - t))
    ys[0], ys[-1] = start[1] - up * 40, end[1] - up * 40
    sheet.line([(float(x), float(y)) for x, y in zip(xs, ys, strict=True)], role, 2 + 12 * weight)


def _arcs(sheet: Sheet, places: Sequence[Point], seen: Floats, answer: int, line: NDArray[Any]) -> None:
    """Draw where the question looks in the last layer (above), and where each number looks in the first (below)."""
    last = len(line) - 1
    order = np.argsort(seen[-1][last][:last])  # the strongest is drawn last
    for i in map(int, order):
        weight = float(seen[-1][last][i])
        if weight >= SHOWN:
            _arc(sheet, places[last], places[i], weight, "output" if line[i] == answer else "muted", 1)
    if len(seen) > 1:
        for to in range(1, last, 2):
            for i in range(to):
                if seen[0][to][i] >= 4 * SHOWN:
                    _arc(sheet, places[to], places[i], float(seen[0][to][i]), "input" if i == to - 1 else "faint", -1)


def puzzle(line: NDArray[Any], answer: int, lang: Lang) -> Picture:
    """Show what is asked, before anything is trained."""

    def page(sheet: Sheet) -> None:
        sheet.title(Both("Que número estava ao lado da letra?", "Which number stood beside the letter?")[lang])
        _tokens(sheet, line, 300, -1)
        sheet.text((540, 420), Both(f"resposta certa: {symbol(answer)}", f"right answer: {symbol(answer)}")[lang], 40)
        words = Both(
            "Ele ainda não sabe nada. Carregando a biblioteca e treinando…",
            "It knows nothing yet. Loading the library and training…",
        )
        sheet.caption(words[lang])

    alt = Both(
        f"A pergunta: {_spelt(line)}. A resposta certa é {symbol(answer)}.",
        f"The question: {_spelt(line)}. The right answer is {symbol(answer)}.",
    )
    return draw.picture(page, alt, height=600)


def _look(sheet: Sheet, step: int, seen: Floats, right: float, told: Recall, lang: Lang) -> None:
    sheet.title(Both("Para onde ele olha ao responder", "Where it looks to answer")[lang])
    sheet.text(
        (MARGIN, 146),
        Both("última camada: a pergunta olha para…", "last layer: the question looks at…")[lang],
        30,
        "muted",
        align="left",
    )
    places = _tokens(sheet, told.line, 420, told.answer)
    _arcs(sheet, places, seen, told.answer, told.line)
    if len(seen) > 1:
        sheet.text(
            (MARGIN, 580),
            Both(
                "1ª camada: para onde cada número olha",
                "layer 1: where each number looks",
            )[lang],
            30,
            "muted",
            align="left",
        )
    words = Both(
        f"passo {step}: {lettering.percent(right, 'pt', 0)} certas",
        f"step {step}: {lettering.percent(right, 'en', 0)} right",
    )
    sheet.text((540, 640), words[lang], 40, "output" if right > 0.9 else "ink", bold=True)


def attention(told: Recall, lang: Lang) -> Picture:
    """Draw the trained attention on one question."""
    step, seen = told.frames[-1]
    best = int(np.argmax(seen[-1][-1][:-1]))
    share = lettering.percent(float(seen[-1][-1][best]), "pt", 0), lettering.percent(float(seen[-1][-1][best]), "en", 0)
    alt = Both(
        f"A linha {_spelt(told.line)} com arcos de atenção: a pergunta olha para {symbol(told.line[best])} "
        f"({share[0]}); a resposta certa é {symbol(told.answer)}.",
        f"The line {_spelt(told.line)} with arcs of attention: the question looks at {symbol(told.line[best])} "
        f"({share[1]}); the right answer is {symbol(told.answer)}.",
    )
    return draw.picture(
        partial(_look, step=step, seen=seen, right=told.right, told=told, lang=lang), alt, "attention", height=700
    )


def film(told: Recall, lang: Lang) -> Picture:
    """Show the attention finding its place."""
    rights = dict(told.course)
    every = max(len(told.frames) // 16, 1)
    chosen = [*told.frames[:-1][::every], told.frames[-1]]
    frames = [partial(_look, step=step, seen=seen, right=rights[step], told=told, lang=lang) for step, seen in chosen]
    alt = Both(
        "Filme: arcos de atenção, no começo espalhados por toda a linha, mudam com o treino; no fim "
        f"{lettering.percent(told.weight, 'pt', 0)} da atenção cai na resposta.",
        "Film: arcs of attention, at first spread over the whole line, change with training; at the end "
        f"{lettering.percent(told.weight, 'en', 0)} of the attention falls on the answer.",
    )
    return draw.gif(frames, alt, height=700, millis=320)


def _plain(sample: str) -> str:
    return " ".join(sample.split())


def _lines(sample: str, size: float, width: float, most: int) -> str:
    return "\n".join(lettering.wrap(_plain(sample), size, width)[:most])


def _writing(sheet: Sheet, box: Box, written: Letters, lang: Lang, rules: Sequence[int]) -> None:
    named = [(Both(f"{n}-gramas", f"{n}-grams")[lang], written.grams[n]) for n in rules]
    xs = [float(step) for step, _ in written.course]
    line = Curve(
        Both("bits por letra, em texto novo", "bits per letter, on new text")[lang],
        [b for _, b in written.course],
        "error",
        xs=xs,
    )
    panels.curves(sheet, box, [line], Labels(Both("passos", "steps")[lang], "", lang), rules=named)


def live(written: Letters, steps: int, lang: Lang) -> Picture:
    """Draw the sample of now and the bits so far."""
    step = written.course[-1][0]
    pt, en = lettering.number(written.net, "pt"), lettering.number(written.net, "en")

    def page(sheet: Sheet) -> None:
        sheet.title(Both("Escrevendo letra por letra", "Writing letter by letter")[lang])
        sheet.rectangle((MARGIN, 124), (WIDTH - 2 * MARGIN, 196), "input", fill=0.1)
        sheet.text((MARGIN + 24, 222), _lines(written.sample, 36, WIDTH - 2 * MARGIN - 60, 3), 36, align="left")
        _writing(sheet, Box(MARGIN, 344, WIDTH - 2 * MARGIN, 440), written, lang, (3, 5))

    alt = Both(
        f"No passo {step} de {steps}, {pt} bits por letra; ele escreve: {_plain(written.sample)[:80]}…",
        f"At step {step} of {steps}, {en} bits per letter; it writes: {_plain(written.sample)[:80]}…",
    )
    return draw.picture(page, alt)


def page(text: str, lang: Lang) -> Picture:
    """Draw what was typed and how it went on."""

    def sheet_of(sheet: Sheet) -> None:
        sheet.title(Both("O mini-GPT continua", "The mini GPT goes on")[lang])
        sheet.text((MARGIN, 300), _lines(text, 38, WIDTH - 2 * MARGIN, 6), 38, align="left")

    return draw.picture(sheet_of, Both(f"O texto: {text}", f"The text: {text}"), "page", final=True, height=480)


def final(told: Recall, written: Letters, lang: Lang) -> Picture:
    """Draw both results beside their baselines, and a sample."""
    numbers = {
        lang: (
            lettering.percent(told.right, lang, 0),
            lettering.percent(told.counted, lang, 0),
            *(lettering.number(v, lang) for v in (written.net, written.grams[4], written.grams[5])),
        )
        for lang in ("pt", "en")
    }
    pt, en = numbers["pt"], numbers["en"]
    alt = Both(
        f"Barras. Memória: Transformer {pt[0]}, n-gramas {pt[1]}. Bits por letra (menos é melhor): mini-GPT {pt[2]}, "
        f"4-gramas {pt[3]}, 5-gramas {pt[4]}. Amostra: {_plain(written.sample)[:90]}…",
        f"Bars. Memory: transformer {en[0]}, n-grams {en[1]}. Bits per letter (less is better): mini GPT {en[2]}, "
        f"4-grams {en[3]}, 5-grams {en[4]}. Sample: {_plain(written.sample)[:90]}…",
    )
    return draw.picture(
        partial(_summary, told=told, written=written, lang=lang), alt, "summary", final=True, height=1130
    )


def _headline(told: Recall, written: Letters) -> Both:
    if told.right < 0.9:
        return (
            Both("Sem a segunda camada, sem memória", "Without the second layer, no memory")
            if told.shallow == told.right
            else Both("A memória não se formou", "Memory didn't form")
        )
    if written.net > written.grams[5]:
        return Both("Memória perfeita; na escrita, contar ganha", "Perfect memory; in writing, counting wins")
    return Both("Memória perfeita, e escrita melhor que contar", "Perfect memory, and writes better than counting")


def _summary(sheet: Sheet, told: Recall, written: Letters, lang: Lang) -> None:
    sheet.title(_headline(told, written)[lang])
    left = panels.heading(
        sheet, Box(MARGIN, 126, 460, 520), Both("Memória: acertos", "Memory: right answers")[lang], 32
    )
    rows = [
        Bar(Both("Transformer", "transformer")[lang], told.right, "output"),
        Bar(Both("uma camada", "one layer")[lang], told.shallow, "ink", baseline=True),
        Bar(Both("n-gramas (o melhor)", "n-grams (the best)")[lang], told.counted, "ink", baseline=True),
        Bar(Both("acaso", "chance")[lang], 1 / KEYS, "ink", baseline=True),
    ]
    panels.bars(sheet, left, rows, lang)
    right = panels.heading(
        sheet,
        Box(556, 126, 476, 520),
        Both("Escrita: bits (menos é melhor)", "Writing: bits (less is better)")[lang],
        32,
    )
    bits = [
        Bar("mini-GPT", written.net, "error"),
        *(Bar(Both(f"{n}-gramas", f"{n}-grams")[lang], written.grams[n], "ink", baseline=True) for n in (3, 4, 5, 6)),
        Bar(Both("GPT + 5-gramas", "GPT + 5-grams")[lang], written.together, "output"),
    ]
    panels.bars(sheet, right, bits[:6], lang, percent=False)
    sheet.text((MARGIN, 786), Both("Ele escreve:", "It writes (in Portuguese):")[lang], 32, align="left", bold=True)
    sheet.rectangle((MARGIN, 816), (WIDTH - 2 * MARGIN, 284), "input", fill=0.1)
    sheet.text((MARGIN + 24, 958), _lines(written.sample, 36, WIDTH - 2 * MARGIN - 60, 5), 36, align="left")
