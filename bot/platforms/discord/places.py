"""Where an answer goes: under a message in a channel. (`responses.py`: as the response to an interaction.)"""

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

import discord

from bot.platforms.discord import faults, limits, payloads
from bot.platforms.discord.parts import Message
from bot.throttle import Rate, Smoother

PATIENCE = 0.5  # seconds that an answer may take before "typing…" or "thinking…" is shown; well below a second


class Place(Protocol):
    """Takes the messages of one answer. Its methods raise what discord.py raises."""

    async def working(self) -> None:
        """Show, soon, that the tutor is at it."""
        ...

    async def post(self, message: Message, private: bool) -> discord.Message:
        """Send a message."""
        ...

    async def turn(self, message: Message) -> discord.Message | None:
        """Turn the message whose button was pressed into this one; None where there is none to turn."""
        ...

    async def done(self) -> None:
        """Stop showing that the tutor is at it."""
        ...


@dataclass(frozen=True, slots=True)
class Pace:
    """Keeps all messages together within the bot's rate, however many learners ask at once."""

    sends: Smoother = field(default_factory=lambda: Smoother(Rate(limits.SENDS, limits.REQUEST_SECONDS)))
    hints: Smoother = field(default_factory=lambda: Smoother(Rate(limits.HINTS, limits.REQUEST_SECONDS)))


class ChannelPlace:
    """Answers a message: the first reply refers to it."""

    def __init__(self, source: discord.Message, pace: Pace) -> None:
        """Answer this message."""
        self._source, self._pace, self._posted = source, pace, 0
        self._typing: asyncio.Task[None] | None = None

    async def working(self) -> None:
        """Type, if it takes more than a moment."""
        self._typing = self._typing or asyncio.create_task(self._type())

    async def _type(self) -> None:
        await asyncio.sleep(PATIENCE)
        with suppress(*faults.FAILURES):
            while True:
                async with self._pace.hints.slot():
                    await self._source.channel.typing()
                await asyncio.sleep(limits.TYPING_SECONDS - PATIENCE)

    async def post(self, message: Message, private: bool) -> discord.Message:
        """Send a message. The nonce keeps a repeated try from sending it twice."""
        self._stop_typing()
        self._posted += 1
        nonce = f"{self._source.id}.{self._posted}"
        first = self._posted == 1
        try:
            return await faults.tried(lambda: self._send(message, nonce, first))
        except discord.HTTPException as error:
            if not first or error.code != faults.NO_HISTORY:
                raise
            return await faults.tried(lambda: self._send(message, nonce, False))

    async def turn(self, message: Message) -> None:
        """Turn nothing: what is answered is a learner's own message."""

    async def _send(self, message: Message, nonce: str, first: bool) -> discord.Message:
        reference = self._source.to_reference(fail_if_not_exists=False) if first else None
        values = payloads.sending(message) | ({"reference": reference} if reference else {})
        async with self._pace.sends.slot():
            return await self._source.channel.send(**values, nonce=nonce)

    async def done(self) -> None:
        """Stop typing."""
        self._stop_typing()
        if self._typing:
            await asyncio.wait([self._typing])

    def _stop_typing(self) -> None:
        if self._typing:
            self._typing.cancel()
