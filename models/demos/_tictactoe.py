"""Tic-tac-toe for who learns it: many boards at once, and the proof that a player never loses.

A board is [9] of int8, always seen by who moves next: 1 my stones, -1 the other's, 0 empty.
`prize` is what a line of three is worth to who completes it: 1, or -1 where the rule is turned around.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Boards = NDArray[np.int8]  # [N, 9]
Floats = NDArray[Any]
Player = Callable[[Boards], NDArray[Any]]  # boards [N, 9], none over -> moves [N]

LINES = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8], [0, 3, 6], [1, 4, 7], [2, 5, 8], [0, 4, 8], [2, 4, 6]])
GRID = np.arange(9).reshape(3, 3)
SYMMETRIES = np.array([np.rot90(grid, k).ravel() for grid in (GRID, GRID.T) for k in range(4)])  # [8, 9]


def played(boards: Boards, moves: NDArray[Any]) -> Boards:
    """Give the boards after a move each, seen by the other player."""
    after = -boards
    after[np.arange(len(after)), moves] = -1
    return after


def outcome(boards: Boards, prize: float = 1.0) -> Floats:
    """Give what finished games are worth to who would move next; NaN where the game goes on."""
    lined = (boards[:, LINES].sum(2) == -3).any(1)
    return np.where(lined, -prize, np.where((boards != 0).all(1), 0.0, np.nan))


@dataclass(frozen=True, slots=True)
class Tally:
    """Games that were lost, drawn and won."""

    lost: int = 0
    drawn: int = 0
    won: int = 0

    @property
    def games(self) -> int:
        """Count them all."""
        return self.lost + self.drawn + self.won

    def plus(self, values: Floats, lines: NDArray[Any]) -> "Tally":
        """Add the finished ones among games, each worth as many lines."""
        lost, drawn, won = (int(lines[values == v].sum()) for v in (-1, 0, 1))
        return Tally(self.lost + lost, self.drawn + drawn, self.won + won)


def certificate(player: Player, prize: float = 1.0) -> Tally:
    """Play a player against every possible line of replies, in both colours."""
    tally = Tally()
    empty, one = np.zeros((1, 9), np.int8), np.ones(1, np.int64)
    for boards, lines in ((empty, one), _replies(empty, one)):
        while len(boards):
            boards = played(boards, player(boards))  # noqa: PLW2901  # the next ply of the same games
            value = -outcome(boards, prize)
            tally, on = tally.plus(value, lines), np.isnan(value)
            boards, lines = _replies(boards[on], lines[on])  # noqa: PLW2901
            value = outcome(boards, prize)
            tally, on = tally.plus(value, lines), np.isnan(value)
            boards, lines = _merged(boards[on], lines[on])  # noqa: PLW2901
    return tally


def _replies(boards: Boards, lines: NDArray[Any]) -> tuple[Boards, NDArray[Any]]:
    """Give the boards after every possible move."""
    which, moves = np.nonzero(boards == 0)
    return played(boards[which], moves), lines[which]


def _merged(boards: Boards, lines: NDArray[Any]) -> tuple[Boards, NDArray[Any]]:
    """Give each position once, with the number of ways to it."""
    if not len(boards):
        return boards, lines
    different, where = np.unique(boards, axis=0, return_inverse=True)
    return different, np.bincount(where.ravel(), lines).astype(np.int64)


def at_random(seed: int) -> Player:
    """Give a player that moves anywhere."""
    dice = np.random.default_rng(seed)
    return lambda boards: (dice.random(boards.shape) * (boards == 0)).argmax(1)
