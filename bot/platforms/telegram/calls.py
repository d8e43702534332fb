"""Calls within Telegram's rates, tried again where that helps."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

from telegram import error as telegram

from bot import throttle
from bot.platforms.base import Unreachable
from bot.platforms.telegram import faults
from bot.platforms.telegram.turns import ChatTurns, Turns
from bot.throttle import Clock, Rate, Sleep

# https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
EVERYWHERE = Rate(30, 1.0)  # messages and edits, over all chats
GROUP = Rate(20, 60.0)  # in one group
PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, *[30.0] * 16)  # seconds between tries: nine minutes without a network
QUICK_TRIES = 3  # of a call that is worth nothing later
T = TypeVar("T")
Call = Callable[[int], Awaitable[T]]  # makes the call, to a chat's present id


async def unknown(_: int) -> None:
    """Say that nothing tells whether a call without an answer did arrive."""


class Calls:
    """Makes calls of the Bot API: each waits for its turn, is tried again, and follows a group that moved."""

    def __init__(self, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        """Begin with every rate free."""
        self.clock, self.sleep = clock, sleep
        self._everywhere, self._groups = Turns(EVERYWHERE, clock, sleep), ChatTurns(GROUP, clock, sleep)
        self._moved: dict[int, int] = {}  # a group that became a supergroup has a new id

    def now(self, chat: int) -> int:
        """Give a chat's present id."""
        return self._moved.get(chat, chat)

    def move(self, chat: int, to: int) -> None:
        """Note that a group became a supergroup."""
        self._moved[chat] = to

    async def message(
        self, chat: int, call: Call[T], *, cost: int = 1, patient: bool = True, arrived: Call[T | None] = unknown
    ) -> T:
        """Send or edit. Raises SurfaceError; and throttle.RetryAfter where the caller isn't patient.

        After a call whose answer got lost, `arrived` looks for what it may have left.
        """
        last: telegram.TelegramError | None = None
        for pause in PAUSES:
            try:
                return await self._when_allowed(chat, call, cost, patient)
            except telegram.TelegramError as error:
                if not faults.is_passing(error):
                    raise faults.translated(error) from error
                last = error
            await self.sleep(pause)
            if faults.may_have_arrived(last) and (found := await arrived(self.now(chat))):
                return found
        raise Unreachable(f"telegram: {last}") from last

    async def quick(self, call: Callable[[], Awaitable[object]], *, patient: bool = False) -> None:
        """Make a call that is no message and worth little later: unpaced, and given up soon.

        A patient one waits where Telegram asks for it.
        """
        for pause in PAUSES[:QUICK_TRIES]:
            try:
                await call()
            except telegram.TelegramError as error:
                if patient and isinstance(error, telegram.RetryAfter):
                    await self.sleep(faults.pause_of(error))
                elif faults.is_passing(error):
                    await self.sleep(pause)
                else:
                    return
            else:
                return

    async def _when_allowed(self, chat: int, call: Call[T], cost: int, patient: bool) -> T:
        """Wait for a turn, and once more as long as Telegram asks for patience."""
        while True:
            present = self.now(chat)
            try:
                async with self.turn(present, cost):
                    return await call(present)
            except telegram.ChatMigrated as moved:
                if moved.new_chat_id == present:
                    raise
                self.move(chat, moved.new_chat_id)
            except telegram.RetryAfter as wish:
                seconds = faults.pause_of(wish)
                if not patient:
                    raise throttle.RetryAfter(seconds) from wish
                await self.sleep(seconds)

    @asynccontextmanager
    async def turn(self, chat: int, cost: int = 1) -> AsyncIterator[None]:
        """Hold places within the rates during a call. A group's own comes first: who waits there holds nobody up."""
        if chat > 0:  # a private chat
            async with self._everywhere.hold(cost):
                yield
        else:
            async with self._groups.of(chat).hold(cost), self._everywhere.hold(cost):
                yield
