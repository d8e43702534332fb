"""Pictures of self-play: losing lines over time, what the network would play, and boards to play on."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from models.demos._tictactoe import LINES, Tally
from models.engine.protocol import Both, Lang, Picture
from models.kit import draw, lettering, panels
from models.kit.axes import Labels
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.sheet import MARGIN, WIDTH, Point, Sheet

NEVER = 0.5  # where 0 is drawn on a logarithmic scale
OPENINGS = np.array(
    [[0] * 9, [-1] + [0] * 8, [0] * 4 + [-1] + [0] * 4], np.int8
)  # empty; the other took a corner; the centre


@dataclass(frozen=True, slots=True)
class Round:
    """What was known after a round of self-play."""

    games: int  # played so far; 0 before the training
    loss: float
    alone: Tally
    both: Tally
    hunches: NDArray[Any]  # [3, 9]: how likely the network finds each move on OPENINGS


def stones(
    sheet: Sheet, corner: Point, side: float, cells: NDArray[Any], *, heat: Sequence[float] = (), numbers: bool = False
) -> None:
    """Draw a board of X (1) and O (-1); `heat` [9] of 0..1 fills the empty squares, with percentages or numbers."""
    cell = side / 3
    for i in range(9):
        x, y = corner[0] + i % 3 * cell, corner[1] + i // 3 * cell
        middle = (x + cell / 2, y + cell / 2)
        if heat and cells[i] == 0:
            sheet.rectangle((x + 3, y + 3), (cell - 6, cell - 6), "output", fill=0.06 + 0.6 * heat[i])
            if heat[i] >= 0.01:
                sheet.text(middle, f"{100 * heat[i]:.0f}", max(0.26 * cell, 26), bold=heat[i] >= 0.3)
        elif numbers and cells[i] == 0:
            sheet.text(middle, str(i + 1), max(0.3 * cell, 26), "muted")
        _stone(sheet, middle, cell, int(cells[i]))
    for k in (1, 2):
        sheet.line([(corner[0] + k * cell, corner[1]), (corner[0] + k * cell, corner[1] + side)], "muted", 4)
        sheet.line([(corner[0], corner[1] + k * cell), (corner[0] + side, corner[1] + k * cell)], "muted", 4)
    _struck(sheet, corner, cell, cells)


def _stone(sheet: Sheet, at: Point, cell: float, who: int) -> None:
    r = 0.27 * cell
    if who == 1:
        for dx in (-1, 1):
            sheet.line([(at[0] - dx * r, at[1] - r), (at[0] + dx * r, at[1] + r)], "input", 0.09 * cell)
    elif who == -1:
        turn = np.linspace(0, 2 * np.pi, 49)
        sheet.line([(at[0] + r * np.cos(t), at[1] + r * np.sin(t)) for t in turn], "error", 0.09 * cell)


def _struck(sheet: Sheet, corner: Point, cell: float, cells: NDArray[Any]) -> None:
    for line in LINES:
        if abs(int(cells[line].sum())) == 3:
            ends = [(corner[0] + (i % 3 + 0.5) * cell, corner[1] + (i // 3 + 0.5) * cell) for i in (line[0], line[2])]
            sheet.line(ends, "ink", 8)


def _games(count: int, lang: Lang) -> str:
    return f"{count} partidas contra si mesma" if lang == "pt" else f"{count} games against itself"


def _losses(count: int, lang: Lang) -> str:
    if lang == "pt":
        return "nenhuma derrota" if count == 0 else f"{count} derrotas" if count > 1 else "1 derrota"
    return "no defeat" if count == 0 else f"{count} defeats" if count > 1 else "1 defeat"


TITLES = Both("Jogo da velha: a rede joga contra si mesma", "Tic-tac-toe: the network plays itself")
BOARDS = (
    Both("tabuleiro vazio", "empty board"),
    Both("o rival no canto", "rival in a corner"),
    Both("o rival no centro", "rival in the centre"),
)


def _openings(sheet: Sheet, now: Round, lang: Lang, top: float, side: float) -> None:
    gap = (WIDTH - 2 * MARGIN - 3 * side) / 2
    for i, (cells, name) in enumerate(zip(OPENINGS, BOARDS, strict=True)):
        left = MARGIN + i * (side + gap)
        sheet.text((left + side / 2, top + 16), name[lang], 30)
        stones(sheet, (left, top + 46), side, cells, heat=[float(h) for h in now.hunches[i]])


def _chart(sheet: Sheet, box: Box, seen: Sequence[Round], rule: float, lang: Lang) -> None:
    games = [float(r.games) for r in seen]
    alone = Curve(Both("só a rede", "network alone")[lang], [max(r.alone.lost, NEVER) for r in seen], "input", xs=games)
    both = Curve(
        Both("rede + busca", "network + search")[lang],
        [max(r.both.lost, NEVER) for r in seen],
        "output",
        dashed=True,
        xs=games,
    )
    labels = Labels(Both("partidas jogadas", "games played")[lang], "", lang)
    words = Both("jogador ao acaso", "random player")[lang]
    made = panels.curves(sheet, box, [alone, both], labels, ylim=(NEVER * 0.8, 1000), rules=[(words, rule)], log=True)
    made.rule(NEVER, Both("0: nenhuma", "0: none")[lang], left=True)


def _now(sheet: Sheet, seen: Sequence[Round], rule: float, lang: Lang) -> None:
    now = seen[-1]
    sheet.title(TITLES[lang])
    _openings(sheet, now, lang, 124, 210)
    if len(seen) == 1:
        words = Both(f"Antes de treinar: a rede perde {now.alone.lost} partidas,\ncom busca {now.both.lost}; um "
                     f"jogador ao acaso, {rule:.0f}.",
                     f"Before training: the network loses {now.alone.lost} games,\nwith search {now.both.lost}; a "
                     f"random player, {rule:.0f}.")  # fmt: skip
        sheet.text((540, 590), words[lang], 40)
        return
    sheet.text(
        (MARGIN, 408),
        Both("derrotas, contra todas as respostas possíveis", "defeats, against every possible reply")[lang],
        30,
        align="left",
        bold=True,
    )
    _chart(sheet, Box(MARGIN, 436, 984, 356), seen, rule, lang)


def live(seen: Sequence[Round], rule: float, lang: Lang) -> Picture:
    """Draw what is known so far."""
    now = seen[-1]
    alt = Both(
        f"Três tabuleiros com a chance que a rede dá a cada casa; embaixo, derrotas após {now.games} partidas: "
        f"{now.alone.lost} só a rede, {now.both.lost} com busca.",
        f"Three boards with the chance that the network gives each square; below, defeats after {now.games} games: "
        f"{now.alone.lost} network alone, {now.both.lost} with search.",
    )
    return draw.picture(lambda sheet: _now(sheet, seen, rule, lang), alt)


def _frame(sheet: Sheet, now: Round, lang: Lang) -> None:
    sheet.title(Both("O que a rede quer jogar (%)", "What the network wants to play (%)")[lang])
    _openings(sheet, now, lang, 130, 290)
    sheet.text((540, 530), _games(now.games, lang), 44, bold=True)
    role = "output" if now.alone.lost == 0 else "error"
    sheet.text((540, 600), f"{Both('só a rede', 'network alone')[lang]}: {_losses(now.alone.lost, lang)}", 42, role)


def film(seen: Sequence[Round], lang: Lang) -> Picture:
    """Show the openings becoming clear, round by round."""
    frames = [partial(_frame, now=r, lang=lang) for r in seen[:: max(len(seen) // 16, 1)]]
    alt = Both(
        "Filme: três tabuleiros cujas casas ganham ou perdem chance a cada rodada, até a rede não perder mais. Contra "
        "o centro ela aprende a jogar no canto, e contra o canto, no centro.",
        "Film: three boards whose squares gain or lose chance round by round, until the network loses no more. Against "
        "the centre it learns a corner, against a corner the centre.",
    )
    if seen[-1].alone.lost:
        alt = Both(
            "Filme: três tabuleiros com a chance que a rede dá a cada casa, rodada a rodada.",
            "Film: three boards with the chance that the network gives each square, round by round.",
        )
    return draw.gif([*frames, partial(_frame, now=seen[-1], lang=lang)], alt, height=660, millis=300)


def _summary(sheet: Sheet, seen: Sequence[Round], before: tuple[Tally, Tally], rule: Tally, lang: Lang) -> None:
    now = seen[-1]
    sheet.title(_headline(now, before)[lang])
    box = panels.heading(
        sheet,
        Box(MARGIN, 130, 600, 560),
        Both("Derrotas contra todas as respostas", "Defeats against every reply")[lang],
    )
    _chart(sheet, box, seen, rule.lost, lang)
    right = panels.heading(sheet, Box(690, 130, 342, 560), Both("Que parte perde", "What share it loses")[lang])
    rows = [
        Bar(Both("ao acaso", "random")[lang], share(rule), "ink", baseline=True),
        Bar(Both("rede sem treino", "untrained network")[lang], share(before[0]), "ink", baseline=True),
        Bar(Both("sem treino + busca", "untrained + search")[lang], share(before[1]), "ink", baseline=True),
        Bar(Both("só a rede, treinada", "trained network")[lang], share(now.alone), "input"),
        Bar(Both("treinada + busca", "trained + search")[lang], share(now.both), "output"),
    ]
    panels.bars(sheet, right, rows, lang)
    sheet.caption(_caption(now)[lang])


def share(tally: Tally) -> float:
    """Give the share of defeats."""
    return tally.lost / max(tally.games, 1)


def _headline(now: Round, before: tuple[Tally, Tally]) -> Both:
    if now.alone.lost >= before[0].lost:
        return Both("Ficou pior do que antes de treinar", "It got worse than before training")
    if now.both.lost == 0 and now.alone.lost == 0:
        return Both("Aprendeu sozinha, e não perde mais", "Self-taught, and it no longer loses")
    if now.both.lost == 0:
        return Both("Com busca, não perde; sozinha, ainda", "With search it never loses; alone it does")
    return Both("Ainda perde: faltou aprender", "It still loses: not learned yet")


def _caption(now: Round) -> Both:
    return Both(
        f"Rede + busca contra as {now.both.games} partidas possíveis: {now.both.won} vitórias, {now.both.drawn} "
        f"empates, {now.both.lost} derrotas.",
        f"Network + search against all {now.both.games} possible games: {now.both.won} won, {now.both.drawn} drawn, "
        f"{now.both.lost} lost.",
    )


def final(seen: Sequence[Round], before: tuple[Tally, Tally], rule: Tally, lang: Lang) -> Picture:
    """Draw the summary: the losses over time, and training against search."""
    now = seen[-1]
    pairs = [
        (words, lettering.percent(share(t), "pt"), lettering.percent(share(t), "en"))
        for words, t in (("acaso", rule), ("antes", before[0]), ("depois", now.alone), ("busca", now.both))
    ]
    alt = Both(
        f"Curva de derrotas caindo até {now.alone.lost} (só a rede) e {now.both.lost} (com busca) em "
        f"{now.games} partidas. Barras: ao acaso perde {pairs[0][1]}, rede sem treino {pairs[1][1]}, treinada "
        f"{pairs[2][1]}, com busca {pairs[3][1]}.",
        f"Curve of defeats falling to {now.alone.lost} (network alone) and {now.both.lost} (with search) in "
        f"{now.games} games. Bars: random loses {pairs[0][2]}, untrained network {pairs[1][2]}, trained {pairs[2][2]}, "
        f"with search {pairs[3][2]}.",
    )
    return draw.picture(lambda sheet: _summary(sheet, seen, before, rule, lang), alt, "summary", final=True)


@dataclass(frozen=True, slots=True)
class Thought:
    """What was considered for a move: the board before it (X is 1), each move's share of the visits and its worth."""

    cells: NDArray[Any]
    visits: NDArray[Any]
    worth: NDArray[Any]


def table(cells: NDArray[Any], thought: Thought | None, lang: Lang, size: int) -> Picture:
    """Draw the board to play on, and beside it what the network considered."""
    return draw.picture(
        lambda sheet: _table(sheet, cells, thought, lang), _seen(cells, thought), "board", final=True, height=size
    )


def _table(sheet: Sheet, cells: NDArray[Any], thought: Thought | None, lang: Lang) -> None:
    side = 460.0 if thought else 520.0
    left = MARGIN if thought else (1080 - side) / 2
    sheet.text((left + side / 2, 44), Both("o tabuleiro", "the board")[lang], 34, bold=True)
    stones(sheet, (left, 84), side, cells, numbers=True)
    if thought:
        right = 1080 - MARGIN - side
        sheet.text(
            (right + side / 2, 44), Both("o que ela considerou (%)", "what it considered (%)")[lang], 34, bold=True
        )
        stones(sheet, (right, 84), side, thought.cells, heat=[float(v) for v in thought.visits])


def _seen(cells: NDArray[Any], thought: Thought | None) -> Both:
    rows = " / ".join("".join({1: "X", -1: "O", 0: "·"}[int(c)] for c in cells[i : i + 3]) for i in (0, 3, 6))
    if thought is None:
        return Both(f"Tabuleiro: {rows}.", f"Board: {rows}.")
    best = int(thought.visits.argmax())
    part = round(100 * float(thought.visits[best]))
    return Both(
        f"Tabuleiro: {rows}. A rede gastou {part} % da busca na casa {best + 1}.",
        f"Board: {rows}. The network spent {part}% of its search on square {best + 1}.",
    )
