"""Simpler forms of what Telegram didn't take: an answer is never lost for its looks. Pure."""

from dataclasses import replace

from bot.platforms.telegram.html import quote
from bot.platforms.telegram.keyboards import keyboard
from bot.platforms.telegram.parts import Album, Document, Part, Picture, Vote, Words
from handlers.messages import Choice


def simpler(part: Part) -> Words | None:
    """Give the next simpler form of a part; None where there is none."""
    match part:
        case Words():
            return None if part.bare else replace(part, bare=True)
        case Picture():
            return Words(part.caption or "…", part.rows)
        case Album():
            return Words("\n\n".join(picture.caption for picture in part.pictures) or "…")
        case Vote():
            return _listed(part)
        case Document():
            return None


def _listed(vote: Vote) -> Words:
    """Write a poll as text and buttons."""
    lines = (f"{number}. {quote(option)}" for number, option in enumerate(vote.options, 1))
    choices = [Choice(id, label) for id, label in zip(vote.choices, vote.options, strict=True)]
    return Words("\n".join([f"<b>{quote(vote.question)}</b>", *lines]), keyboard(choices) + vote.rows)
