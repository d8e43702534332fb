"""When to remind a learner of what is due. Pure.

Only who asked for it, at their hour of their day, outside their quiet hours, at most once a day. Each reminder that
wasn't followed by an answer doubles the days until the next one; after the fifth there are no more until they answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.learning import calendar
from handlers.study import Preferences

MOST_IGNORED = 5  # reminders in a row without an answer; then silence
DAYS_AHEAD = 3  # looked at: today's hour may be over, tomorrow's may not exist
LATE = timedelta(hours=2)  # after their hour it is still sent, if the bot was away; later, the next day's turn


@dataclass(frozen=True, slots=True)
class Past:
    """What happened so far; times are seconds since the epoch."""

    reminders: Sequence[float] = ()  # in order
    answered: float = 0.0  # the last answer

    @property
    def ignored(self) -> int:
        """Count the latest reminders that weren't followed by an answer."""
        return sum(1 for at in self.reminders if at > self.answered)


def next_at(preferences: Preferences, zone: str, past: Past, now: float) -> float | None:
    """Give when to remind next: `now` or later; None: not any more, until they answer or set it anew."""
    if preferences.remind_hour is None or past.ignored >= MOST_IGNORED:
        return None
    here = calendar.local(now, zone)
    first = max(here.date(), _welcome(past, zone, here.date()))
    for days in range(DAYS_AHEAD):
        hour = _at_hour(first + timedelta(days=days), preferences, here)
        at = max(hour, here)
        if at < hour + LATE and not is_quiet(at.hour, preferences.quiet_from, preferences.quiet_to):
            return now if at == here else at.timestamp()
    return None


def later(preferences: Preferences, zone: str, past: Past, now: float) -> float | None:
    """Give when to look next where nothing is due today."""
    return next_at(preferences, zone, past, now + LATE.total_seconds())


def _welcome(past: Past, zone: str, today: date) -> date:
    """Give the first day on which a reminder is welcome: one, two, four… days after the last."""
    if not past.reminders:
        return today
    return calendar.local(past.reminders[-1], zone).date() + timedelta(days=2 ** max(0, past.ignored - 1))


def _at_hour(day: date, preferences: Preferences, here: datetime) -> datetime:
    """Give their hour of a day; an hour inside the quiet ones waits for their end."""
    hour = preferences.remind_hour or 0
    if is_quiet(hour, preferences.quiet_from, preferences.quiet_to):
        hour = preferences.quiet_to
    return datetime(day.year, day.month, day.day, hour % 24, tzinfo=here.tzinfo)


def is_quiet(hour: int, start: int, end: int) -> bool:
    """Tell whether an hour lies in the quiet ones, which may go over midnight."""
    return start <= hour < end if start <= end else hour >= start or hour < end
