"""Discord's attachments -> what can be written down."""

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

import discord

from bot.platforms.discord import faults
from bot.uploads import Attached


def attached(attachments: Sequence[discord.Attachment]) -> list[Attached]:
    """Describe a message's files."""
    return [Attached(one.size, partial(_save, one)) for one in attachments]


async def _save(attachment: discord.Attachment, path: Path) -> None:
    """Write a file down; one that Discord doesn't give isn't there."""
    with suppress(OSError, *faults.FAILURES):
        await attachment.save(path)
