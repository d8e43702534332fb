"""Messages without Discord -> what discord.py sends."""

from typing import Any

import discord

from bot.platforms.discord import items
from bot.platforms.discord.parts import Card, Menu, Message, Picture

THREAD = "🧵"


def sending(message: Message) -> dict[str, Any]:
    """Give the arguments of a send. Files are read from disk here: call it anew for each try."""
    values: dict[str, Any] = {"allowed_mentions": discord.AllowedMentions.none()}
    if message.content:
        values["content"] = message.content
    if message.cards:
        values["embeds"] = [embed(card) for card in message.cards]
    if message.pictures or message.documents:
        values["files"] = _files(message)
    if message.rows:
        values["view"] = view(message)
    return values


def editing(message: Message) -> dict[str, Any]:
    """Give the arguments of an edit: everything that was there is replaced."""
    return {
        "content": message.content or None,
        "embeds": [embed(card) for card in message.cards],
        "attachments": _files(message),
        "view": view(message) if message.rows else None,
        "allowed_mentions": discord.AllowedMentions.none(),
    }


def embed(card: Card) -> discord.Embed:
    """Make an embed of a card."""
    made = discord.Embed(colour=card.colour, title=card.title or None, description=card.text or None)
    for field in card.fields:
        made.add_field(name=field.name, value=field.value, inline=field.inline)
    if card.picture:
        made.set_image(url=f"attachment://{card.picture.name}")
    if card.footer:
        made.set_footer(text=card.footer)
    return made


def file(picture: Picture) -> discord.File:
    """Attach a picture with its words for who can't see it."""
    return discord.File(picture.path, filename=picture.name, description=picture.alt)


def _files(message: Message) -> list[discord.File]:
    documents = (discord.File(document.path, filename=document.name) for document in message.documents)
    return [*(file(picture) for picture in message.pictures), *documents]


def view(message: Message) -> discord.ui.View:
    """Make the buttons and selects. They have no state: what is pressed is read from its custom_id."""
    made = discord.ui.View(timeout=None)
    for at, row in enumerate(message.rows):
        if isinstance(row, Menu):
            made.add_item(items.Select.of(row, at))
        else:
            for button in row:
                made.add_item(items.Press.of(button, at))
    return made
