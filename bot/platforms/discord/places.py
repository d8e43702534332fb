"""Where an answer goes: under a message in a channel. (`responses.py`: as the response to an interaction.)"""

import asyncio
from contextlib import suppress
from typing import Protocol

import discord

from bot.platforms.discord import faults, payloads
from bot.platforms.discord.parts import Message

PATIENCE = 0.5  # seconds that an answer may take before "typing…" or "thinking…" is shown; well below a second


class Place(Protocol):
    """Takes the messages of one answer. Its methods raise what discord.py raises."""

    async def working(self) -> None:
        """Show, soon, that the tutor is at it."""
        ...

    async def post(self, message: Message, private: bool) -> discord.Message:
        """Send a message."""
        ...

    async def done(self) -> None:
        """Stop showing that the tutor is at it."""
        ...


class ChannelPlace:
    """Answers a message: the first reply refers to it."""

    def __init__(self, source: discord.Message) -> None:
        """Answer this message."""
        self._source, self._posted = source, 0
        self._typing: asyncio.Task[None] | None = None

    async def working(self) -> None:
        """Type, if it takes more than a moment."""
        self._typing = self._typing or asyncio.create_task(self._type())

    async def _type(self) -> None:
        await asyncio.sleep(PATIENCE)
        with suppress(*faults.FAILURES):
            async with self._source.channel.typing():
                await asyncio.Event().wait()

    async def post(self, message: Message, private: bool) -> discord.Message:
        """Send a message. The nonce keeps a repeated try from sending it twice."""
        self._posted += 1
        nonce = f"{self._source.id}.{self._posted}"
        first = self._posted == 1
        try:
            return await faults.tried(lambda: self._send(message, nonce, first))
        except discord.HTTPException as error:
            if not first or error.code != faults.NO_HISTORY:
                raise
            return await faults.tried(lambda: self._send(message, nonce, False))

    async def _send(self, message: Message, nonce: str, first: bool) -> discord.Message:
        reference = self._source.to_reference(fail_if_not_exists=False) if first else None
        values = payloads.sending(message) | ({"reference": reference} if reference else {})
        return await self._source.channel.send(**values, nonce=nonce)

    async def done(self) -> None:
        """Stop typing."""
        if self._typing:
            self._typing.cancel()
            await asyncio.wait([self._typing])
