"""The connection to Discord: its events go to the desk."""

import logging
import sys
from typing import Any

import discord
from discord import app_commands

from bot.config import Discord as Settings
from bot.platforms.base import Dispatch, Ties
from bot.platforms.discord import faults, items, tree
from bot.platforms.discord.custom_ids import Pressed
from bot.platforms.discord.desk import Desk

log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]


def intents(settings: Settings) -> discord.Intents:
    """Ask for no more than is needed: where messages are, and the messages that are for the bot."""
    wanted = discord.Intents.none()
    wanted.guilds = wanted.guild_messages = wanted.dm_messages = True
    wanted.message_content = settings.message_content
    return wanted


class Client(discord.Client):
    """One connection."""

    def __init__(self, settings: Settings, ties: Ties, dispatch: Dispatch) -> None:
        """Prepare; nothing is connected yet."""
        super().__init__(
            intents=intents(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.was_ready = False
        self.desk = Desk(settings, ties, dispatch)
        self.tree: app_commands.CommandTree[Any] = app_commands.CommandTree(self)
        tree.add_commands(self.tree, ties.tools.texts, self.desk.command, self.desk.propose)
        self.tree.error(self._command_failed)
        self.add_dynamic_items(items.Press, items.Select)

    async def setup_hook(self) -> None:
        """Tell Discord of the commands. Without them mentions still work."""
        await self.tree.set_translator(tree.English())
        try:
            await faults.tried(self.tree.sync)
        except faults.FAILURES as error:
            log.error("discord: the slash commands couldn't be registered: %s", faults.said(error))

    async def on_ready(self) -> None:
        """Say that requests arrive now."""
        self.was_ready = True
        log.info("discord: connected as %s; servers: %d", self.user, len(self.guilds))

    async def on_resumed(self) -> None:
        """Say that the connection is back."""
        log.info("discord: connection resumed")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot was put out."""
        log.warning("discord: removed from server %s", guild.id)

    async def on_message(self, message: discord.Message) -> None:
        """Answer a message that is for the bot."""
        if self.user:
            await self.desk.message(message, self.user)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Take a filled-in modal. Commands and buttons come by other ways."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.desk.submitted(interaction)

    async def pressed(self, interaction: Interaction, pressed: Pressed) -> None:
        """Take a pressed button or a chosen option."""
        try:
            await self.desk.pressed(interaction, pressed)
        except Exception as error:  # noqa: BLE001  # discord.py would log it in its own way
            self._failed("a button", error)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what failed."""
        self._failed(event_method, sys.exc_info()[1])

    async def _command_failed(self, interaction: Interaction, error: app_commands.AppCommandError) -> None:
        self._failed("a slash command", error.__cause__ or error)

    def _failed(self, what: str, error: BaseException | None) -> None:
        """Log a failure of Discord's in one line, one of ours with where it happened."""
        ours = None if isinstance(error, faults.FAILURES) else error
        log.error("discord: %s failed: %s", what, faults.said(error) if error else "", exc_info=ours)
