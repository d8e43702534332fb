"""A thread for one learner's further questions: there nobody needs to mention the bot."""

import logging
from typing import Any, Literal

import discord

from bot.platforms.base import Ties
from bot.platforms.discord import faults, marks, requests
from bot.platforms.discord.limits import THREAD_NAME
from handlers.messages import Request
from knowledge.passages import Lang

log = logging.getLogger(__name__)
ARCHIVE: Literal[1440] = 1440  # minutes of silence after which Discord folds the thread away; a message brings it back
Interaction = discord.Interaction[Any]


class Threads:
    """Opens threads and knows the opened ones."""

    def __init__(self, ties: Ties, reads_all: bool) -> None:
        """Keep where they are remembered; `reads_all`: the bot may read messages that don't mention it."""
        self._ties, self._reads_all = ties, reads_all

    async def is_own(self, channel: object, me: discord.abc.User) -> bool:
        """Tell whether a channel is a thread that the bot opened for a learner."""
        if not isinstance(channel, discord.Thread) or channel.owner_id != me.id:
            return False
        return await self._ties.threads.opened(requests.NAME, str(channel.id))

    async def open(self, interaction: Interaction, lang: Lang) -> None:
        """Open a thread under the message whose button was pressed, and tell the learner where it is."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = await self._opened(interaction, lang)
        await interaction.edit_original_response(content=text, allowed_mentions=discord.AllowedMentions.none())

    async def _opened(self, interaction: Interaction, lang: Lang) -> str:
        source, channel = interaction.message, interaction.channel
        if source is None or not isinstance(channel, discord.TextChannel):
            return self._text(lang, "discord.thread.nowhere")
        try:
            name = self._name(source, lang)
            thread = await channel.create_thread(name=name, message=source, auto_archive_duration=ARCHIVE)
        except discord.HTTPException as error:
            if error.code == faults.THREAD_EXISTS:  # a message has one thread at most, with the message's id
                return self._text(lang, "discord.thread.exists", thread=f"<#{source.id}>")
            log.warning("discord: no thread in channel %s: %s", channel.id, faults.said(error))
            return self._text(lang, "discord.thread.forbidden")
        await self._welcome(interaction, thread, lang)
        return self._text(lang, "discord.thread.opened", thread=thread.mention)

    async def _welcome(self, interaction: Interaction, thread: discord.Thread, lang: Lang) -> None:
        """Take the conversation along, and say how to go on."""
        request = requests.of_interaction(interaction)
        await self._ties.threads.open(requests.NAME, str(thread.id), request.learner)
        await self._bring_along(request, str(thread.id))
        me = interaction.client.user
        key = "discord.thread.welcome" if self._reads_all else "discord.thread.welcome_mention"
        text = self._text(lang, key, me=me.mention if me else "")
        await thread.send(text, allowed_mentions=discord.AllowedMentions.none(), nonce=str(interaction.id))

    async def _bring_along(self, request: Request, thread: str) -> None:
        conversations = self._ties.tools.conversations
        context = await conversations.context(request.learner, request.chat)
        await conversations.remember(request.learner, thread, context)

    def _name(self, source: discord.Message, lang: Lang) -> str:
        title = next((embed.title for embed in source.embeds if embed.title), "")
        return marks.line(title or self._text(lang, "discord.thread.name"), THREAD_NAME)

    def _text(self, lang: Lang, key: str, **values: str) -> str:
        return self._ties.tools.texts(lang, key, **values)
