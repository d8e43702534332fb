"""Native polls: what fits into one, and what stands beside or instead of it. Pure."""

from bot.platforms.telegram.html import plain, render
from bot.platforms.telegram.parts import BREAKS, EXPLANATION, OPTION, OPTIONS, QUESTION, Vote, cut
from handlers.messages import Poll


def fits(poll: Poll) -> bool:
    """Tell whether Telegram takes it as a poll; else it is text and buttons."""
    return OPTIONS[0] <= len(poll.options) <= OPTIONS[1]


def vote(poll: Poll) -> Vote:
    """Make a native poll; what is too long is cut, and stands whole in the message before it."""
    right = poll.correct if poll.correct is not None and 0 <= poll.correct < len(poll.options) else None
    return Vote(
        cut(_line(poll.question), QUESTION),
        tuple(cut(_line(option.label), OPTION) for option in poll.options),
        tuple(option.id for option in poll.options),
        right,
        _explanation(poll.explanation) if right is not None else "",
    )


def in_full(poll: Poll) -> str:
    """Write the question and its options as Markdown where a native poll doesn't show them whole; else ""."""
    shown = vote(poll)
    whole = (_line(poll.question), *(_line(option.label) for option in poll.options))
    if fits(poll) and whole == (shown.question, *shown.options):
        return ""
    options = (f"{number}. {option.label}" for number, option in enumerate(poll.options, 1))
    return "\n\n".join([poll.question, "\n".join(options)])


def _line(markdown: str) -> str:
    return " ".join(plain(render(markdown)).split()) or "…"


def _explanation(markdown: str) -> str:
    """Keep the line feeds that are allowed, and what has room."""
    lines = [line.strip() for line in plain(render(markdown)).splitlines() if line.strip()]
    text = "\n".join([*lines[:BREAKS], *([" ".join(lines[BREAKS:])] if lines[BREAKS:] else [])])
    return cut(text, EXPLANATION)
