"""What a button's custom_id says: all that a restarted bot needs to know. Pure."""

import re
from dataclasses import dataclass

from bot import rendering
from bot.platforms.discord import limits, marks
from bot.platforms.discord.parts import Button, Kind

_PREFIXES: dict[Kind, str] = {"press": "c:", "ask": "a:", "thread": "t:"}
_KINDS = {prefix: kind for kind, prefix in _PREFIXES.items()}
BUTTON = re.compile(r"(?P<kind>[cat]:)(?P<id>(?s:.+))")
APART = "¦"  # between a choice's id and what it asks for; no id has it
MENU = re.compile(r"m:(?P<at>\d+)")
SHORTEST = 12  # characters of a prompt that still say something


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice's id, and what pressing it does: press it, ask for text first (saying `prompt`), open a thread."""

    id: str
    kind: Kind
    prompt: str = ""


def of_button(button: Button) -> str:
    """Write a button's custom_id, or an option's value, or a modal's custom_id; a long prompt loses its end."""
    written = f"{_PREFIXES[button.kind]}{button.id}"
    room = min(limits.CUSTOM_ID - marks.size(written) - len(APART), limits.INPUT_LABEL)
    asked = rendering.cut(button.prompt, room, marks.size) if button.prompt and room >= SHORTEST else ""
    return f"{written}{APART}{asked}" if asked else written


def of_menu(at: int) -> str:
    """Name a select; its place in the message makes it unique there."""
    return f"m:{at}"


def pressed(custom_id: str) -> Pressed | None:
    """Read a custom_id; None where it isn't ours."""
    match = BUTTON.fullmatch(custom_id)
    if match is None:
        return None
    choice, _, prompt = match["id"].partition(APART)
    return Pressed(choice, _KINDS[match["kind"]], prompt)
