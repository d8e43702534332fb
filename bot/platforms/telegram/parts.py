"""What one reply is made of on Telegram: messages, as data. Pure."""

from dataclasses import dataclass
from pathlib import Path

from bot import rendering
from bot.platforms.telegram.html import units

# https://core.telegram.org/bots/api and https://limits.tginfo.me
TEXT, CAPTION = 4096, 1024  # UTF-16 units after the markup is read
DATA = 64  # bytes of a button's data
BUTTONS = 100  # of a message
ALBUM = 10  # pictures of one
QUESTION, OPTION, EXPLANATION, BREAKS = 300, 100, 200, 2  # of a poll; the last: line feeds of an explanation
OPTIONS = (2, 12)  # fewest and most options of a poll
HINT = 64  # of a text field's hint
LABEL = 60  # of a button: more is cut off on a phone anyway


@dataclass(frozen=True, slots=True)
class Button:
    """A button of an inline keyboard."""

    id: str
    label: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text message."""

    html: str
    rows: Rows = ()
    bare: bool = False  # send it without markup: Telegram refused it


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo, or an animation."""

    path: Path
    caption: str = ""
    moving: bool = False
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Album:
    """Photos shown together; an album can't have buttons."""

    pictures: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class Vote:
    """A native poll, or quiz."""

    question: str
    options: tuple[str, ...]
    choices: tuple[str, ...]  # what voting for each option presses
    correct: int | None = None
    explanation: str = ""
    rows: Rows = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep."""

    path: Path
    name: str


Part = Words | Picture | Album | Vote | Document


def cut(text: str, most: int) -> str:
    """Shorten a text to `most` UTF-16 units."""
    return rendering.cut(text, most, units)
