"""When a learner is reminded."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.learning import reminding
from bot.learning.reminding import Past, is_quiet, later, next_at
from handlers.study import Preferences

ZONE = "America/Sao_Paulo"
AT_19 = Preferences(remind_hour=19)


def at(day: int, hour: int, minute: int = 0, zone: str = ZONE) -> float:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo(zone)).timestamp()


def test_who_asked_for_none_is_never_reminded() -> None:
    assert next_at(Preferences(), ZONE, Past(), at(10, 19)) is None


def test_it_is_at_their_hour_in_their_time_zone() -> None:
    assert next_at(AT_19, ZONE, Past(), at(10, 8)) == at(10, 19)
    assert next_at(AT_19, "Europe/Lisbon", Past(), at(10, 8)) == at(10, 19, zone="Europe/Lisbon")


def test_when_their_hour_has_come_it_is_now() -> None:
    assert next_at(AT_19, ZONE, Past(), at(10, 19, 5)) == at(10, 19, 5)


def test_long_after_their_hour_it_waits_for_the_next_day() -> None:
    assert next_at(AT_19, ZONE, Past(), at(10, 21, 30)) == at(11, 19)


def test_there_is_one_a_day() -> None:
    past = Past((at(10, 19),), answered=at(10, 20))
    assert next_at(AT_19, ZONE, past, at(10, 20, 30)) == at(11, 19)


@pytest.mark.parametrize(("ignored", "days"), [(1, 1), (2, 2), (3, 4), (4, 8)])
def test_each_ignored_one_doubles_the_wait(ignored: int, days: int) -> None:
    past = Past(tuple(at(day, 19) for day in range(1, ignored + 1)))
    assert next_at(AT_19, ZONE, past, at(ignored, 20)) == at(ignored + days, 19)


def test_after_five_ignored_ones_there_is_silence_until_an_answer() -> None:
    sent = tuple(at(day, 19) for day in (1, 2, 4, 8, 16))
    assert next_at(AT_19, ZONE, Past(sent), at(20, 19)) is None
    assert next_at(AT_19, ZONE, Past(sent, answered=at(19, 10)), at(20, 10)) == at(20, 19)


def test_quiet_hours_are_kept() -> None:
    early = Preferences(remind_hour=6, quiet_from=22, quiet_to=8)
    assert next_at(early, ZONE, Past(), at(10, 1)) == at(10, 8)
    evening = Preferences(remind_hour=21, quiet_from=22, quiet_to=8)
    assert next_at(evening, ZONE, Past(), at(10, 22, 30)) == at(11, 21)


def test_quiet_hours_may_go_over_midnight_or_not() -> None:
    assert [is_quiet(hour, 22, 8) for hour in (21, 22, 3, 8)] == [False, True, True, False]
    assert [is_quiet(hour, 12, 14) for hour in (11, 12, 14)] == [False, True, False]


def test_with_nothing_due_it_looks_again_the_next_day() -> None:
    assert later(AT_19, ZONE, Past(), at(10, 19, 5)) == at(11, 19)


def test_a_day_of_nothing_but_quiet_hours_has_no_reminder() -> None:
    always = Preferences(remind_hour=19, quiet_from=0, quiet_to=24)
    assert next_at(always, ZONE, Past(), at(10, 8)) is None
    assert reminding.DAYS_AHEAD >= 2
