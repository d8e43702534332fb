"""What Telegram's errors mean for a reply. Pure."""

from datetime import timedelta

import httpx
from telegram import error as telegram

from bot.platforms.base import Forbidden, Gone, SurfaceError, Unreachable

# Parts of the descriptions that the Bot API gives with a 400; there is no list of them, these were seen.
_GONE = (
    "not found", "can't be edited", "can't be deleted", "peer_id_invalid", "topic_deleted", "topic_id_invalid",
    "message_id_invalid", "deactivated",
)  # fmt: skip
_FORBIDDEN = (
    "rights", "forbidden", "chat_restricted", "admin_required", "topic_closed", "not a member", "kicked",
)  # fmt: skip
_UNCHANGED = "message is not modified"
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Refused(SurfaceError):
    """Telegram doesn't take the content itself: its markup, its picture."""


def translated(error: telegram.TelegramError) -> SurfaceError:
    """Give the tutor's error for one of Telegram's."""
    line = f"telegram: {error.message}"
    if isinstance(error, telegram.Forbidden):
        return Forbidden(line)
    if not isinstance(error, telegram.BadRequest):
        return Unreachable(line)
    said = error.message.lower()
    if any(part in said for part in _FORBIDDEN):
        return Forbidden(line)
    return Gone(line) if any(part in said for part in _GONE) else Refused(line)


def is_unchanged(error: telegram.TelegramError) -> bool:
    """Tell whether an edit found everything as it wanted it."""
    return _UNCHANGED in error.message.lower()


def is_passing(error: telegram.TelegramError) -> bool:
    """Tell whether the same call may succeed a little later: the network, a 5xx, a timeout."""
    return isinstance(error, telegram.NetworkError) and not isinstance(error, telegram.BadRequest)


def may_have_arrived(error: telegram.TelegramError) -> bool:
    """Tell whether Telegram may have done what was asked although no answer came back."""
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, _UNSENT)


def pause_of(error: telegram.RetryAfter) -> float:
    """Give the seconds that Telegram wants to be left alone."""
    wish = error.retry_after
    return wish.total_seconds() if isinstance(wish, timedelta) else float(wish)
