"""What a Discord message is made of, without Discord: frozen, and within its limits."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Kind = Literal["press", "ask", "thread"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A file shown inside a card."""

    path: Path
    alt: str
    mime: str = "image/png"
    number: int = 1  # tells the files of a message apart

    @property
    def name(self) -> str:
        """Name the attachment; its card points to it."""
        return f"sinapse-{self.number}.{'gif' if self.mime == 'image/gif' else 'png'}"


@dataclass(frozen=True, slots=True)
class Field:
    """A titled part of a card; inline ones stand side by side where there is room."""

    name: str
    value: str
    inline: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """An embed."""

    colour: int
    text: str = ""
    title: str = ""
    fields: tuple[Field, ...] = ()
    picture: Picture | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press."""

    id: str  # the choice's
    label: str
    kind: Kind = "press"
    main: bool = False  # stands out
    prompt: str = ""  # what pressing it asks for


@dataclass(frozen=True, slots=True)
class Menu:
    """A select: pressing an option of it is pressing a button."""

    placeholder: str
    options: tuple[Button, ...]


Row = tuple[Button, ...] | Menu


@dataclass(frozen=True, slots=True)
class Document:
    """A file to keep, beside the cards."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Message:
    """One message: cards, or plain content where cards aren't allowed; files beside them; rows under them."""

    cards: tuple[Card, ...] = ()
    content: str = ""
    rows: tuple[Row, ...] = ()
    documents: tuple[Document, ...] = ()

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """List the files to attach."""
        return tuple(card.picture for card in self.cards if card.picture)
