"""Buttons and selects that work for ever: a pressed one is known by its custom_id alone, after a restart too."""

import re
from typing import Any, Protocol, Self, cast

import discord

from bot.platforms.discord import custom_ids
from bot.platforms.discord.custom_ids import Pressed
from bot.platforms.discord.parts import Button, Menu

THREAD = "🧵"
Interaction = discord.Interaction[Any]


class Presses(Protocol):
    """A client that is told what was pressed."""

    async def pressed(self, interaction: Interaction, pressed: Pressed) -> None:
        """Do what a button or an option says."""
        ...


class Press(discord.ui.DynamicItem[discord.ui.Button[Any]], template=custom_ids.BUTTON):
    """A choice as a button."""

    @classmethod
    def of(cls, button: Button, row: int) -> Self:
        """Make one to send."""
        style = discord.ButtonStyle.primary if button.main else discord.ButtonStyle.secondary
        emoji = THREAD if button.kind == "thread" else None
        made: discord.ui.Button[Any] = discord.ui.Button(
            style=style, label=button.label, emoji=emoji, custom_id=custom_ids.of_button(button), row=row
        )
        return cls(made)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]) -> Self:
        """Make the one that was pressed."""
        return cls(cast("discord.ui.Button[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        """Tell the client."""
        await _tell(interaction, self.custom_id)


class Select(discord.ui.DynamicItem[discord.ui.Select[Any]], template=custom_ids.MENU):
    """Choices as a select."""

    @classmethod
    def of(cls, menu: Menu, row: int) -> Self:
        """Make one to send."""
        options = [discord.SelectOption(label=o.label, value=custom_ids.of_button(o)) for o in menu.options]
        made: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=custom_ids.of_menu(row), placeholder=menu.placeholder, options=options, row=row
        )
        return cls(made)

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: discord.ui.Item[Any], match: re.Match[str]) -> Self:
        """Make the one that was chosen from."""
        return cls(cast("discord.ui.Select[Any]", item))

    async def callback(self, interaction: Interaction) -> None:
        """Tell the client which option it was."""
        for value in self.item.values[:1]:
            await _tell(interaction, value)


async def _tell(interaction: Interaction, custom_id: str) -> None:
    pressed = custom_ids.pressed(custom_id)
    if pressed:
        await cast("Presses", interaction.client).pressed(interaction, pressed)
