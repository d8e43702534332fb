"""What a button's custom_id says: all that a restarted bot needs to know. Pure."""

import re
from dataclasses import dataclass

from bot.platforms.discord.parts import Button, Kind

_PREFIXES: dict[Kind, str] = {"press": "c:", "ask": "a:", "thread": "t:"}
_KINDS = {prefix: kind for kind, prefix in _PREFIXES.items()}
BUTTON = re.compile(r"(?P<kind>[cat]:)(?P<id>(?s:.+))")
MENU = re.compile(r"m:(?P<at>\d+)")


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice's id, and what pressing it does: press it, ask for text first, open a thread."""

    id: str
    kind: Kind


def of_button(button: Button) -> str:
    """Write a button's custom_id, or an option's value, or a modal's custom_id."""
    return f"{_PREFIXES[button.kind]}{button.id}"


def of_menu(at: int) -> str:
    """Name a select; its place in the message makes it unique there."""
    return f"m:{at}"


def pressed(custom_id: str) -> Pressed | None:
    """Read a custom_id; None where it isn't ours."""
    match = BUTTON.fullmatch(custom_id)
    return Pressed(match["id"], _KINDS[match["kind"]]) if match else None
