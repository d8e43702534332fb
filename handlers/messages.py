"""What goes into the tutor and what comes out: platform-free, frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar

from knowledge.passages import Lang

Theme = Literal["light", "dark"]
Tone = Literal["answer", "refusal", "error", "quiz", "right", "wrong", "demo", "progress", "settings"]
B = TypeVar("B")


@dataclass(frozen=True, slots=True)
class Request:
    """One message, or one press of a choice, of one learner."""

    id: str
    user: str  # stable on its platform
    platform: str
    text: str = ""
    press: str = ""  # id of a pressed choice; then `text` is empty, or what was typed where the choice asks for text
    chat: str = ""  # a group's id, with its thread or topic; "" for a private chat
    name: str = ""
    locale: str = ""  # the client's, "pt-BR"
    files: tuple[Path, ...] = ()
    delivery: str = ""  # the platform's id of this update; one that was taken before is not handled again
    scripted: bool = False  # nobody presses anything before it ends: what would be asked first is said beside

    @property
    def learner(self) -> str:
        """Name the learner across chats."""
        return f"{self.platform}:{self.user}"


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown: paragraphs, lists, **bold**, `code`, links."""

    markdown: str


@dataclass(frozen=True, slots=True)
class Code:
    """A listing."""

    source: str
    language: str = "python"
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A small table; cells are Markdown."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in light and dark."""

    light: Path
    dark: Path
    alt: str
    mime: str = "image/png"

    def path(self, theme: Theme) -> Path:
        """Pick the file for a theme."""
        return self.dark if theme == "dark" else self.light


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula: readable plain text, what the symbols mean, and its picture."""

    plain: str
    legend: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Note:
    """The tutor's correction or update of the lecture."""

    markdown: str
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where an answer comes from."""

    id: str  # the passage
    title: str  # for people: slide or reference


@dataclass(frozen=True, slots=True)
class Sources:
    """The footer of an answer."""

    label: str
    items: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to press; its id says all that is needed, so it works after a restart."""

    id: str  # at most 64 bytes of UTF-8: Telegram's callback_data
    label: str
    prompt: str = ""  # what to ask for: the press then brings typed text too (a modal, a forced reply)


@dataclass(frozen=True, slots=True)
class Choices:
    """Things to press under a reply."""

    items: tuple[Choice, ...]
    menu: str = ""  # a menu's placeholder: shown as one select where the platform has them


@dataclass(frozen=True, slots=True)
class Poll:
    """A question with options, asked natively where the platform can; else text and choices."""

    question: str
    options: tuple[Choice, ...]  # voting for one is pressing it
    correct: int | None = None  # the right option's position: makes it a quiz
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep: sent as a document where the platform can."""

    path: Path
    name: str
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is, 0..1."""

    fraction: float
    label: str = ""
    again: Choice | None = None  # what may be pressed once it was cut off
    run: str = ""  # the run that it shows, for finding the message after a restart


Block = Text | Code | Table | Figure | Formula | Note | Sources | Choices | Poll | Progress | File


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of the tutor. A later reply with the same `key` replaces an earlier one."""

    key: str
    lang: Lang
    blocks: tuple[Block, ...]
    refused: bool = False  # the tutor says that it can't answer that
    data: Mapping[str, Any] = field(default_factory=dict)  # figures for machines
    tone: Tone = "answer"  # how it is dressed: a colour
    title: str = ""  # a heading where the platform shows one; the text stands without it
    private: bool = False  # for this learner's eyes only, where the platform can
    in_place: bool = False  # turns the message whose choice was pressed into this one, where the platform can

    def of(self, kind: type[B]) -> tuple[B, ...]:
        """Give the blocks of one kind."""
        return tuple(b for b in self.blocks if isinstance(b, kind))
