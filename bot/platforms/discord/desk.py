"""What is done with what happens on Discord: translate it, hand it on, and send back what comes."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import discord

from bot import uploads
from bot.config import Discord as Settings
from bot.platforms.base import Dispatch, SurfaceError, Ties
from bot.platforms.discord import attachments, custom_ids, faults, limits, modals, requests, rights, tree
from bot.platforms.discord.custom_ids import Pressed
from bot.platforms.discord.places import ChannelPlace, Pace, Place
from bot.platforms.discord.responses import ResponsePlace
from bot.platforms.discord.rights import Rights
from bot.platforms.discord.suggest import Suggestion
from bot.platforms.discord.surface import DiscordSurface, channel_of
from bot.platforms.discord.threads import Threads
from bot.throttle import Rate, Throttle
from handlers import languages
from handlers.commands import Command, Kind
from handlers.messages import Reply, Request, Text
from knowledge.passages import Lang

log = logging.getLogger(__name__)
Interaction = discord.Interaction[Any]


class Desk:
    """Works for one connection; what must outlive it is in the database or in a custom_id."""

    def __init__(self, settings: Settings, ties: Ties, dispatch: Dispatch) -> None:
        """Keep the parts."""
        self._settings, self._tools, self._dispatch = settings, ties.tools, dispatch
        self._threads = Threads(ties, settings.message_content)
        self._throttle = Throttle(Rate(limits.EDITS, limits.EDIT_SECONDS), group=channel_of)
        self._pace = Pace()
        self._proposals = tree.Proposals(ties.tools.knowledge.lecture, ties.tools.training.runner.specs)
        self._taken: set[asyncio.Task[Any]] = set()
        self._closing = False

    async def drain(self) -> None:
        """Take nothing more, and wait until what was taken has ended."""
        self._closing = True
        if self._taken:
            await asyncio.wait(self._taken)

    async def message(self, message: discord.Message, me: discord.abc.User) -> None:
        """Answer a message, if it is for the bot."""
        if not requests.is_spoken(message):
            return
        opened = self._settings.threads and await self._threads.is_own(message.channel, me)
        request = requests.of_message(message, me, opened=opened)
        if request is None:
            return
        if not self._settings.message_content and requests.is_unreadable(message, me):
            await self._explain(request, message, me)
        else:
            place = ChannelPlace(message, self._pace)
            await self._answer(request, place, rights.for_message(message), message.attachments)

    async def command(
        self, interaction: Interaction, command: Command, text: str, files: Sequence[discord.Attachment] = ()
    ) -> None:
        """Answer a slash command."""
        request = requests.of_interaction(interaction, text)
        place = ResponsePlace(interaction, self._pace, command.private)
        await self._answer(request, place, rights.for_interaction(interaction), files)

    async def pressed(self, interaction: Interaction, pressed: Pressed) -> None:
        """Do what a button or an option says."""
        if pressed.kind == "thread":
            async with self._taking():
                await self._threads.open(interaction, "en" if pressed.id == "en" else "pt")
        elif pressed.kind == "ask":
            await self._ask(interaction, pressed)
        else:
            await self._press(interaction, pressed)

    async def submitted(self, interaction: Interaction) -> None:
        """Take a filled-in modal, one opened before a restart too."""
        data: Any = interaction.data or {}
        pressed = custom_ids.pressed(str(data.get("custom_id", "")))
        if pressed and pressed.kind == "ask":
            await self._press(interaction, pressed, requests.typed(data))

    async def propose(self, kind: Kind, interaction: Interaction, typed: str) -> list[Suggestion]:
        """Propose what a learner may be about to type."""
        lang = await self._lang(interaction)
        if kind == "settings":
            return self._proposals.settings(str(getattr(interaction.namespace, "demo", "") or ""), lang, typed)
        return self._proposals.matching(kind, lang, typed)

    async def _press(self, interaction: Interaction, pressed: Pressed, text: str = "") -> None:
        request = requests.of_interaction(interaction, text, pressed.id)
        await self._answer(request, ResponsePlace(interaction, self._pace), rights.for_interaction(interaction))

    async def _ask(self, interaction: Interaction, pressed: Pressed) -> None:
        """Ask for the text that a choice needs."""
        label = modals.label_of(interaction, pressed)
        modal = modals.modal(pressed, label, self._tools.texts, await self._lang(interaction))
        async with self._taking():
            await interaction.response.send_modal(modal)

    async def _answer(
        self, request: Request, place: Place, allowed: Rights, files: Sequence[discord.Attachment] = ()
    ) -> None:
        surface = DiscordSurface(place, partial(allowed.look, self._tools.texts), self._throttle)
        sent, most = attachments.attached(files), self._tools.training.upload
        async with self._taking(), uploads.taken(request, sent, most) as with_files:
            await self._dispatch(with_files, surface)

    async def _explain(self, request: Request, message: discord.Message, me: discord.abc.User) -> None:
        """Say why a reply to the bot can't be read, unless it merely stands in a thread of the bot's."""
        if not requests.is_reply_to(message, me):
            return
        lang = await languages.setting(request, self._tools)
        reply = Reply(request.id, lang, (Text(self._tools.texts(lang, "discord.unreadable")),), tone="settings")
        look = partial(rights.for_message(message).look, self._tools.texts)
        async with self._taking():
            await DiscordSurface(ChannelPlace(message, self._pace), look, self._throttle).send(reply)

    async def _lang(self, interaction: Interaction) -> Lang:
        return await languages.setting(requests.of_interaction(interaction), self._tools)

    @asynccontextmanager
    async def _taking(self) -> AsyncGenerator[None]:
        """Count the current task among those that `drain` waits for; what Discord refuses is one line in the log."""
        task = asyncio.current_task()
        if self._closing or task is None:
            raise asyncio.CancelledError
        self._taken.add(task)
        try:
            yield
        except (SurfaceError, *faults.FAILURES) as error:
            log.warning("%s", error if isinstance(error, SurfaceError) else f"discord: {faults.said(error)}")
        finally:
            self._taken.discard(task)
