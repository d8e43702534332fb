"""Days in a row, with freezes, and the week. Pure: days are ISO dates of the learner's own calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.study import Day

MOST_FREEZES = 2  # kept at a time


@dataclass(frozen=True, slots=True)
class Streak:
    """Days in a row on which something was answered, up to today or yesterday."""

    days: int
    freezes: int  # missed days that the streak would still survive


@dataclass(frozen=True, slots=True)
class Week:
    """What was done since Monday."""

    answers: int
    correct: int
    minutes: int


def streak(days: Iterable[Day], today: str, goal: int) -> Streak:
    """Count the days in a row. Each week that reaches the goal earns a freeze; each missed day uses one up."""
    done = {date.fromisoformat(day.day): day.answers for day in days if day.answers}
    now = date.fromisoformat(today)
    if not done:
        return Streak(0, 0)
    count, freezes, week = 0, 0, 0
    day = min(done)
    while day <= now:
        week = (0 if day.weekday() == 0 else week) + done.get(day, 0)
        if day in done:
            count += 1
            if week >= goal > week - done[day]:
                freezes = min(freezes + 1, MOST_FREEZES)
        elif day < now and freezes:
            freezes -= 1
        elif day < now:
            count = 0
        day += timedelta(days=1)
    return Streak(count, freezes)


def week(days: Iterable[Day], today: str) -> Week:
    """Sum up the days since Monday."""
    now = date.fromisoformat(today)
    monday = now - timedelta(days=now.weekday())
    these = [day for day in days if monday <= date.fromisoformat(day.day) <= now]
    minutes = round(sum(day.ms for day in these) / 60_000)
    return Week(sum(day.answers for day in these), sum(day.correct for day in these), minutes)
