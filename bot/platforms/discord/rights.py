"""What the bot may do where it answers, and how an answer then looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import discord

from bot.platforms.discord import looks
from bot.platforms.discord.parts import Message
from handlers.messages import Reply
from handlers.ports import Texts

Interaction = discord.Interaction[Any]


@dataclass(frozen=True, slots=True)
class Rights:
    """In one channel."""

    cards: bool = True  # embeds, with pictures in them
    threads: bool = False  # opening one

    def look(self, texts: Texts, reply: Reply) -> Sequence[Message]:
        """Draw a reply with what is allowed."""
        thread = texts(reply.lang, "discord.thread.button") if self.threads else ""
        if self.cards:
            return looks.messages(reply, thread)
        return looks.plain(reply, texts(reply.lang, "discord.figure"), thread)


def for_message(message: discord.Message) -> Rights:
    """Look up what the bot may do where a message stands."""
    return for_channel(message.channel)


def for_channel(channel: object) -> Rights:
    """Look up what the bot may do in a channel; where that isn't known, what it mostly may."""
    if not isinstance(channel, discord.abc.GuildChannel | discord.Thread) or channel.guild.me is None:
        return Rights()
    try:
        return _rights(channel, channel.permissions_for(channel.guild.me))
    except discord.ClientException:  # a thread whose channel isn't known
        return Rights()


def for_interaction(interaction: Interaction) -> Rights:
    """Read what the bot may do there: Discord says it with every interaction."""
    if interaction.guild_id is None:
        return Rights()
    return _rights(interaction.channel, interaction.app_permissions)


def may_write(interaction: Interaction) -> bool:
    """Tell whether the bot may send ordinary messages there."""
    if interaction.guild_id is None:
        return interaction.context.dm_channel  # its own, not one between others
    allowed, thread = interaction.app_permissions, isinstance(interaction.channel, discord.Thread)
    return allowed.view_channel and (allowed.send_messages_in_threads if thread else allowed.send_messages)


def _rights(channel: object, allowed: discord.Permissions) -> Rights:
    threads = allowed.create_public_threads and allowed.send_messages_in_threads
    return Rights(
        cards=allowed.embed_links and allowed.attach_files,
        threads=threads and isinstance(channel, discord.TextChannel) and not channel.is_news(),
    )
