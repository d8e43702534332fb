"""When an item is asked again."""

import pytest
from fsrs import Rating

from bot.learning import schedule
from bot.learning.schedule import SOON

NOW = 1_796_000_000.0
DAY = schedule.DAY


@pytest.mark.parametrize(
    ("how", "rated"),
    [
        ({"correct": False, "score": 0.9, "confidence": "know"}, Rating.Again),
        ({"correct": True}, Rating.Good),
        ({"correct": True, "confidence": "think"}, Rating.Good),
        ({"correct": True, "confidence": "know"}, Rating.Easy),
        ({"correct": True, "confidence": "guess"}, Rating.Hard),
        ({"correct": True, "confidence": "know", "hints": 1}, Rating.Hard),
        ({"correct": True, "attempts": 2}, Rating.Hard),
        ({"correct": True, "score": 0.8}, Rating.Hard),
    ],
)
def test_how_an_answer_came_about_makes_its_rating(how: dict[str, object], rated: Rating) -> None:
    assert schedule.rating(**how) is rated  # type: ignore[arg-type]


def test_what_was_right_at_once_comes_back_after_two_days() -> None:
    memory = schedule.review(None, Rating.Good, NOW)
    assert memory.due == NOW + 2 * DAY and (memory.reps, memory.lapses) == (1, 0)
    assert memory.stability == pytest.approx(2.3065)  # FSRS's default for a first "good"


def test_what_was_wrong_comes_back_within_the_session() -> None:
    memory = schedule.review(None, Rating.Again, NOW)
    assert memory.due == NOW + SOON.total_seconds() and memory.lapses == 1


def test_each_recall_lengthens_the_interval() -> None:
    memory, gaps = None, []
    at = NOW
    for _ in range(4):
        memory = schedule.review(memory, Rating.Good, at)
        gaps.append(memory.due - at)
        at = memory.due
    assert gaps == sorted(gaps) and gaps[-1] > 10 * gaps[0]


def test_the_same_review_gives_the_same_memory() -> None:
    assert schedule.review(None, Rating.Easy, NOW) == schedule.review(None, Rating.Easy, NOW)


def test_recall_falls_to_ninety_percent_when_an_item_is_due() -> None:
    memory = schedule.review(None, Rating.Easy, NOW)
    assert schedule.recall(memory, NOW) == 1.0
    assert schedule.recall(memory, memory.due) == pytest.approx(0.9, abs=0.01)
    assert schedule.recall(memory, memory.due + 30 * DAY) < 0.85


def test_what_was_not_recalled_counts_as_not_known() -> None:
    assert schedule.recall(schedule.review(None, Rating.Again, NOW), NOW) == 0.0


def test_the_forecast_falls_day_by_day_and_begins_with_today() -> None:
    memories = [schedule.review(None, Rating.Good, NOW), schedule.review(None, Rating.Again, NOW)]
    found = schedule.forecast(memories, NOW, 30)
    assert len(found) == 31 and found[0] == 0.5 and list(found) == sorted(found, reverse=True)
    assert schedule.forecast([], NOW, 30) == ()


def test_a_replay_in_any_order_is_the_history_itself() -> None:
    first = schedule.review(None, Rating.Again, NOW)
    second = schedule.review(first, Rating.Good, NOW + DAY)
    assert schedule.replay([(NOW + DAY, 3), (NOW, 1)]) == second
    assert schedule.replay([]) is None


def test_parameters_of_ones_own_change_the_schedule() -> None:
    own = [*schedule.DEFAULT_PARAMETERS]
    own[2] = 20.0
    assert schedule.review(None, Rating.Good, NOW, own).stability == pytest.approx(20.0)


def test_an_item_is_due_when_it_is_new_or_its_time_has_come() -> None:
    memory = schedule.review(None, Rating.Good, NOW)
    assert schedule.is_due(None, NOW) and not schedule.is_due(memory, NOW) and schedule.is_due(memory, memory.due)
