"""Turns within a rate, several at once for what counts as several messages."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bot.throttle import Clock, Rate, Sleep, Smoother

KEPT = 1000  # chats whose rate is remembered


class Turns:
    """Gives places within one rate."""

    def __init__(self, rate: Rate, clock: Clock, sleep: Sleep) -> None:
        """Begin with the whole rate free."""
        self._smoother = Smoother(rate, clock, sleep)
        self._door = asyncio.Lock()  # one at a time collects its places: two half-served ones would wait for ever

    @asynccontextmanager
    async def hold(self, places: int) -> AsyncIterator[None]:
        """Hold places during a call; they are free again when the rate's seconds have passed after its end."""
        async with AsyncExitStack() as held:
            async with self._door:
                for _ in range(places):
                    await held.enter_async_context(self._smoother.slot())
            yield


class ChatTurns:
    """Gives places within a rate that each chat has for itself."""

    def __init__(self, rate: Rate, clock: Clock, sleep: Sleep) -> None:
        """Begin with no chat."""
        self._rate, self._clock, self._sleep = rate, clock, sleep
        self._chats: dict[int, Turns] = {}  # the last used one last

    def of(self, chat: int) -> Turns:
        """Give a chat's turns; the chat that rested longest is forgotten."""
        turns = self._chats.pop(chat, None) or Turns(self._rate, self._clock, self._sleep)
        self._chats[chat] = turns
        if len(self._chats) > KEPT:
            del self._chats[next(iter(self._chats))]
        return turns
