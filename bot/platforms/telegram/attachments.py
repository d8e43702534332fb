"""Telegram's photos and documents -> what can be written down."""

from contextlib import suppress
from functools import partial
from pathlib import Path

from telegram import Document, Message, PhotoSize
from telegram.error import TelegramError

from bot.uploads import Attached


def attached(message: Message) -> list[Attached]:
    """Describe a message's picture, in its largest size, or its document."""
    found = message.photo[-1] if message.photo else message.document
    return [Attached(found.file_size or 0, partial(_save, found))] if found else []


async def _save(file: PhotoSize | Document, path: Path) -> None:
    """Write a file down; one that Telegram doesn't give isn't there."""
    with suppress(OSError, TelegramError):
        await (await file.get_file()).download_to_drive(path)
