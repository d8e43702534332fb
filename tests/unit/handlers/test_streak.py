"""Days in a row, freezes, and the week."""

from datetime import date, timedelta

from handlers.streak import Streak, streak, week
from handlers.study import Day

MONDAY = date(2026, 11, 23)


def days(*offsets: int, answers: int = 5) -> list[Day]:
    return [Day((MONDAY + timedelta(days=n)).isoformat(), answers, answers - 1, 60_000) for n in offsets]


def on(offset: int) -> str:
    return (MONDAY + timedelta(days=offset)).isoformat()


def test_nothing_done_is_no_streak() -> None:
    assert streak([], on(0), 20) == Streak(0, 0)


def test_days_in_a_row_are_counted_up_to_today() -> None:
    assert streak(days(0, 1, 2), on(2), 100).days == 3


def test_today_may_still_come() -> None:
    assert streak(days(0, 1, 2), on(3), 100).days == 3


def test_a_missed_day_ends_it() -> None:
    assert streak(days(0, 1, 3), on(3), 100).days == 1


def test_a_week_that_reached_its_goal_lets_a_missed_day_pass() -> None:
    found = streak(days(0, 1, 2, 3, 5), on(5), 20)
    assert found == Streak(5, 0)


def test_one_freeze_saves_one_day_alone() -> None:
    assert streak(days(0, 1, 2, 3, 6), on(6), 20).days == 1


def test_no_more_than_two_freezes_are_kept() -> None:
    done = days(*range(28), answers=5)
    assert streak(done, on(27), 20) == Streak(28, 2)


def test_the_week_begins_on_monday() -> None:
    found = week(days(-1, 0, 2), on(3))
    assert (found.answers, found.correct, found.minutes) == (10, 8, 2)
