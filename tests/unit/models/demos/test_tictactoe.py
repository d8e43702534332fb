"""Self-play: the certificate against plain recursion, searches that anyone can judge, and the game in the chat."""

import json

import numpy as np
import pytest
import torch

from models.demos import alphago
from models.demos._tictactoe import LINES, Boards, Floats, Tally, at_random, certificate, outcome
from models.engine.protocol import DemoError, Picture, Turn
from models.kit import arrays

EMPTY = np.zeros((1, 9), np.int8)
PARAMS = alphago.SPEC.ready({"depth": 40})


def first_free(boards: Boards) -> Floats:
    return (boards == 0).argmax(1)


def by_hand(cells: list[int], mine: bool) -> list[int]:
    """Play every line against `first_free`, one game at a time; gives each game's end, seen by `first_free`."""
    for line in LINES:
        if abs(sum(cells[i] for i in line)) == 3:
            return [cells[line[0]]]
    free = [i for i in range(9) if cells[i] == 0]
    if not free:
        return [0]
    moves = free[:1] if mine else free
    return [end for i in moves for end in by_hand([*cells[:i], 1 if mine else -1, *cells[i + 1 :]], not mine)]


def test_the_certificate_counts_what_plain_recursion_counts() -> None:
    ends = by_hand([0] * 9, True) + by_hand([0] * 9, False)
    assert certificate(first_free) == Tally(ends.count(-1), ends.count(0), ends.count(1))


def perfect(cells: tuple[int, ...], known: dict[tuple[int, ...], int]) -> int:
    """Give what a position is worth to the mover."""
    if cells not in known:
        value = outcome(np.array([cells], np.int8))[0]
        worth = [-perfect(_after(cells, i), known) for i in range(9) if cells[i] == 0] if np.isnan(value) else [value]
        known[cells] = int(max(worth))
    return known[cells]


def _after(cells: tuple[int, ...], move: int) -> tuple[int, ...]:
    return tuple(-1 if i == move else -c for i, c in enumerate(cells))


def test_a_perfect_player_loses_no_line_and_a_random_one_loses_hundreds() -> None:
    known: dict[tuple[int, ...], int] = {}

    def best(boards: Boards) -> Floats:
        rows = [tuple(map(int, row)) for row in boards]
        worth = [[-perfect(_after(r, i), known) if r[i] == 0 else -9 for i in range(9)] for r in rows]
        return np.argmax(worth, axis=1)

    assert certificate(best).lost == 0
    assert certificate(at_random(0)).lost > 300


def test_turning_the_rule_turns_the_outcome() -> None:
    lined = np.array([[-1, -1, -1, 1, 1, 0, 0, 0, 0]], np.int8)
    assert outcome(lined)[0] == -1 and outcome(lined, -1.0)[0] == 1
    assert np.isnan(outcome(EMPTY)[0])


def clueless(boards: Boards) -> tuple[Floats, Floats]:
    return np.full((len(boards), 9), 1 / 9), np.zeros(len(boards))


def test_the_search_takes_a_win_and_stops_a_threat_without_any_network() -> None:
    boards = np.array([[1, 1, 0, -1, -1, 0, 0, 0, 0], [-1, -1, 0, 1, 0, 0, 0, 0, 1]], np.int8)
    visits, worth = alphago.search(clueless, boards, 120)
    assert visits.argmax(1).tolist() == [2, 2]
    assert worth[0, 2] == 1
    assert visits.sum(1).tolist() == [120, 120]


def test_a_few_rounds_of_self_play_lose_far_fewer_lines() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    net = alphago.Net()
    before, _ = alphago.certified(net, 10, 1.0)
    assert [games for games, _ in alphago.train(net, alphago.Plan(rounds=3, games=48, simulations=25), 0.003, 0)][
        -1
    ] == 144
    after, searching = alphago.certified(net, 60, 1.0)
    assert after.lost < before.lost / 2
    assert searching.lost <= after.lost


@pytest.fixture(scope="module")
def state() -> bytes:
    torch.manual_seed(0)
    return arrays.pack(alphago.Net().state_dict())


def played(state: bytes, cells: list[int], move: str) -> Turn:
    *pictures, turn = alphago.play(state, json.dumps(cells), PARAMS, move)
    assert all(isinstance(p, Picture) for p in pictures) and isinstance(turn, Turn)
    return turn


def test_the_network_answers_a_move_and_says_what_it_considered(state: bytes) -> None:
    turn = played(state, [0] * 9, "s5")
    cells = json.loads(turn.memory)
    assert cells[4] == 1 and cells.count(-1) == 1
    assert len(turn.moves) == 7 and "%" in turn.text.en


def test_a_taken_square_or_nonsense_is_refused_kindly(state: bytes) -> None:
    for move in ("s1", "s10", "xyz"):
        with pytest.raises(DemoError):
            played(state, [1, 0, 0, 0, -1, 0, 0, 0, 0], move)


@pytest.mark.parametrize(
    ("cells", "move", "said"),
    [
        ([1, 1, 0, -1, -1, 0, 0, 0, 0], "s3", "You won"),
        ([1, 0, 0, -1, -1, 0, 1, 0, 0], "s9", "The network won"),
        ([1, -1, 1, 1, -1, -1, -1, 1, 0], "s9", "A draw"),
    ],
)
def test_a_game_ends_in_words_and_another_can_begin(state: bytes, cells: list[int], move: str, said: str) -> None:
    turn = played(state, cells, move)
    assert said in turn.text.en
    assert [m.id for m in turn.moves] == ["new", "net"]


def test_a_new_game_starts_empty_and_the_network_may_begin(state: bytes) -> None:
    assert json.loads(played(state, [1] * 9, "new").memory) == [0] * 9
    assert json.loads(played(state, [1] * 9, "net").memory).count(-1) == 1
    misere = alphago.SPEC.ready({"rule": "misere", "depth": 10})
    *_, turn = alphago.play(state, json.dumps([0] * 9), misere, "new")
    assert isinstance(turn, Turn) and "LOSES" in turn.text.en
