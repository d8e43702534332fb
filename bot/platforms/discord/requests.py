"""What happened on Discord -> Request. Pure: it asks Discord for nothing."""

import re
from typing import Any

import discord

from handlers.messages import Request

NAME = "discord"
SPOKEN = (discord.MessageType.default, discord.MessageType.reply)  # others are notices: joins, pins, new threads
_MENTION = re.compile(r"<(@!?|@&|#)(\d+)>")
_EMOJI = re.compile(r"<a?(:\w+:)\d+>")
Interaction = discord.Interaction[Any]


def of_message(message: discord.Message, me: discord.abc.User, *, opened: bool = False) -> Request | None:
    """Read a message that is for the bot: in private, with its mention, in reply to it, or in a thread it `opened`."""
    if not is_spoken(message) or not (_is_addressed(message, me) or (opened and not _is_for_another(message, me))):
        return None
    return Request(
        id=str(message.id),
        user=str(message.author.id),
        platform=NAME,
        text=_text(message, me),
        chat="" if is_private(message) else str(message.channel.id),
        name=message.author.display_name,
        delivery=str(message.id),
    )


def of_interaction(interaction: Interaction, text: str = "", press: str = "") -> Request:
    """Read a slash command, a pressed choice or a filled-in modal."""
    return Request(
        id=str(interaction.id),
        user=str(interaction.user.id),
        platform=NAME,
        text=text,
        press=press,
        chat=str(interaction.channel_id) if interaction.guild_id else "",
        name=interaction.user.display_name,
        locale=str(interaction.locale.value),
        delivery=str(interaction.id),
    )


def is_spoken(message: discord.Message) -> bool:
    """Tell whether a person wrote it."""
    return message.type in SPOKEN and not message.author.bot and message.webhook_id is None


def is_private(message: discord.Message) -> bool:
    """Tell a direct message; one of a server that isn't known yet has no `guild` either."""
    return isinstance(message.channel, discord.DMChannel)


def is_reply_to(message: discord.Message, me: discord.abc.User) -> bool:
    """Tell whether it answers one of the bot's messages."""
    replied = message.reference.resolved if message.reference else None
    return isinstance(replied, discord.Message) and replied.author.id == me.id


def is_unreadable(message: discord.Message, me: discord.abc.User) -> bool:
    """Tell whether Discord kept the text to itself, as it does where the bot isn't mentioned and lacks the intent."""
    shown = message.content or message.attachments or message.stickers
    return not is_private(message) and not shown and not any(user.id == me.id for user in message.mentions)


def typed(data: object) -> str:
    """Find what was typed into a modal's only input."""
    if isinstance(data, dict):
        if isinstance(data.get("value"), str):
            return str(data["value"])
        return typed(data.get("components")) or typed(data.get("component"))
    return next((text for part in data if (text := typed(part))), "") if isinstance(data, list) else ""


def _is_addressed(message: discord.Message, me: discord.abc.User) -> bool:
    if is_private(message) or is_reply_to(message, me):
        return True
    return any(user.id == me.id for user in message.mentions) or bool(_own_roles(message, me))


def _own_roles(message: discord.Message, me: discord.abc.User) -> set[int]:
    """Find the role that Discord made for the bot among those mentioned: people pick it for the bot itself."""
    return {role.id for role in message.role_mentions if role.tags and role.tags.bot_id == me.id}


def _is_for_another(message: discord.Message, me: discord.abc.User) -> bool:
    replied = message.reference.resolved if message.reference else None
    to_other = isinstance(replied, discord.Message) and replied.author.id != me.id
    return to_other or bool(message.mentions or message.role_mentions)


def _text(message: discord.Message, me: discord.abc.User) -> str:
    """Give the text with the bot's mention taken away and other mentions as names."""
    names = {("@", user.id): f"@{user.display_name}" for user in message.mentions}
    names |= {("@&", role.id): f"@{role.name}" for role in message.role_mentions}
    names |= {("#", channel.id): f"#{channel.name}" for channel in message.channel_mentions}
    names |= {("@", me.id): ""} | {("@&", role): "" for role in _own_roles(message, me)}
    text = _MENTION.sub(lambda m: names.get((m[1].rstrip("!"), int(m[2])), m[0]), message.content)
    return _EMOJI.sub(r"\1", text).strip()
