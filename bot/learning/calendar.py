"""A learner's own clock and calendar. Pure."""

from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Give a time zone; UTC for a name that isn't one (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(at: float, name: str) -> datetime:
    """Give a time on a zone's clock."""
    return datetime.fromtimestamp(at, zone(name))


def day(at: float, name: str) -> str:
    """Give a day of a zone's calendar, "2026-11-29"."""
    return local(at, name).date().isoformat()
