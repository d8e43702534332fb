"""A learner's own clock and calendar. Pure."""

from datetime import datetime

from handlers.study import zone


def local(at: float, name: str) -> datetime:
    """Give a time on a zone's clock."""
    return datetime.fromtimestamp(at, zone(name))


def day(at: float, name: str) -> str:
    """Give a day of a zone's calendar, "2026-11-29"."""
    return local(at, name).date().isoformat()
