"""Asks for typed text: a modal with one input, whose custom_id says which choice it is for.

Its title is the button's label, and above the input stands what the choice asks for.
"""

from typing import Any

import discord

from bot.platforms.discord import custom_ids, limits, marks
from bot.platforms.discord.custom_ids import Pressed
from bot.platforms.discord.parts import Button
from handlers.ports import Texts
from knowledge.passages import Lang

LONGEST = 1000  # characters of an answer
Interaction = discord.Interaction[Any]


def modal(pressed: Pressed, label: str, texts: Texts, lang: Lang) -> discord.ui.Modal:
    """Make a choice's modal. The desk reads what is submitted, not this object: a restart forgets it."""
    answer = texts(lang, "discord.modal.title")
    made = discord.ui.Modal(
        title=marks.line(label or answer, limits.MODAL_TITLE),
        custom_id=custom_ids.of_button(Button(pressed.id, label, "ask")),
        timeout=limits.TOKEN_SECONDS,
    )
    box: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text", style=discord.TextStyle.paragraph, max_length=LONGEST
    )
    made.add_item(discord.ui.Label(text=marks.line(pressed.prompt or answer, limits.INPUT_LABEL), component=box))
    return made


def label_of(interaction: Interaction, pressed: Pressed) -> str:
    """Read the label of what was pressed off its message; "" where it doesn't stand there."""
    rows = interaction.message.components if interaction.message else []
    items = [child for row in rows if isinstance(row, discord.ActionRow) for child in row.children]
    labels = {item.custom_id: item.label for item in items if isinstance(item, discord.Button)}
    for item in items:
        if isinstance(item, discord.SelectMenu):
            labels |= {option.value: option.label for option in item.options}
    return next((label or "" for id_, label in labels.items() if custom_ids.pressed(id_ or "") == pressed), "")
