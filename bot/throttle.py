"""Keep within a platform's rates: edits where only the newest state counts, sends that wait their turn."""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass

FORGET = 3600.0  # seconds after which an idle chat's smoother is dropped; longer than any platform's window
Act = Callable[[], Awaitable[None]]
Clock = Callable[[], float]
Sleep = Callable[[float], Awaitable[None]]
Group = Callable[[Hashable], Hashable]


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `calls` in any `seconds`."""

    calls: int
    seconds: float


class RetryAfter(Exception):
    """The platform wants a pause before the same call."""

    def __init__(self, seconds: float) -> None:
        """Keep how long."""
        self.seconds = seconds
        super().__init__(f"again in {seconds:g} s")


class Smoother:
    """Lets at most `rate.calls` pass in any window of `rate.seconds`, first come, first served."""

    def __init__(self, rate: Rate, clock: Clock = time.monotonic, sleep: Sleep = asyncio.sleep) -> None:
        """Begin with the whole rate free."""
        self._rate, self._clock, self._sleep = rate, clock, sleep
        self._free = deque([float("-inf")] * rate.calls)  # when each free place may be taken, soonest first
        self._places = asyncio.Semaphore(rate.calls)
        self._door = asyncio.Lock()  # fair: who waits longest goes first

    async def turn(self) -> None:
        """Wait until one more call fits. It counts from now: for calls that arrive as soon as they are made."""
        async with self.slot():
            pass

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Hold a place during a call. It counts from the call's end: slow calls don't bunch at the platform."""
        async with self._door:
            await self._places.acquire()
            try:
                while (pause := self._free[0] - self._clock()) > 0:
                    await self._sleep(pause)
            except BaseException:
                self._places.release()
                raise
            self._free.popleft()
        try:
            yield
        finally:
            self._free.append(self._clock() + self._rate.seconds)
            self._places.release()


class Throttle:
    """Edits, latest wins: while one of a message waits for its turn, a newer one takes its place.

    Each key has the rate for itself. Where a chat's messages share a rate, `group` gives a key's chat.
    """

    def __init__(
        self,
        rate: Rate,
        clock: Clock = time.monotonic,
        sleep: Sleep = asyncio.sleep,
        group: Group = lambda key: key,
    ) -> None:
        """Begin with nothing waiting."""
        self._rate, self._clock, self._sleep, self._group = rate, clock, sleep, group
        self._newest: dict[Hashable, Act] = {}
        self._workers: dict[Hashable, asyncio.Task[None]] = {}
        self._smoothers: dict[Hashable, tuple[Smoother, float]] = {}  # with when it was last asked for

    async def edit(self, key: Hashable, act: Act) -> None:
        """Schedule `act` for `key`, instead of one that still waits; returns at once."""
        self._newest[key] = act
        worker = self._workers.get(key)
        if worker is None or worker.done():
            self._workers[key] = asyncio.create_task(self._deliver(key))

    async def flush(self, key: Hashable) -> None:
        """Wait until the newest state is delivered. Raises what the last `act` raised."""
        while worker := self._workers.get(key):
            try:
                await asyncio.shield(worker)
            finally:
                if worker.done() and self._workers.get(key) is worker:
                    del self._workers[key]

    async def _deliver(self, key: Hashable) -> None:
        smoother = self._smoother(self._group(key))
        while key in self._newest:
            pause = 0.0
            async with smoother.slot():
                act = self._newest.pop(key)
                try:
                    await act()
                except RetryAfter as wish:
                    self._newest.setdefault(key, act)  # unless a newer one came meanwhile
                    pause = wish.seconds
            if pause > 0:
                await self._sleep(pause)

    def _smoother(self, group: Hashable) -> Smoother:
        """Give a group's smoother, and forget those whose rate is whole again."""
        now = self._clock()
        for other in [g for g, (_, at) in self._smoothers.items() if at + FORGET < now]:
            del self._smoothers[other]
        smoother = self._smoothers[group][0] if group in self._smoothers else self._new()
        self._smoothers[group] = (smoother, now)
        return smoother

    def _new(self) -> Smoother:
        return Smoother(self._rate, self._clock, self._sleep)
