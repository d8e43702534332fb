"""What every platform's driver offers, so that one scripted conversation runs on all of them.

A module `tests/platforms/<name>.py` has `def driver(folder: Path) -> Driver`; nothing else is registered anywhere.
A driver runs the real platform class in this process against that place's simulated server (or stream), which refuses
what the real one would: too long texts, bad markup, unknown message ids. Learners are named by plain names ("ana");
the driver makes the platform's ids out of them. Every learner talks in private.

A driver may also have `close()`, called at the very end; `repeats = False` where nothing is ever delivered twice (then
it needs no `repeat`); `lasting = False` where a choice can be pressed only until the next answer.
"""

import asyncio
import importlib
import pkgutil
from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from bot.platforms.base import Dispatch, Surface, Ties
from handlers.messages import Request

PATIENCE = 30  # seconds after which a driver gives up waiting: something hangs
HELPERS = {"driver", "tutor"}  # modules beside the drivers


@dataclass(frozen=True, slots=True)
class Shown:
    """A message of the tutor as a learner sees it now."""

    id: str  # the platform's; an edit keeps it (where a place can't edit: what stands for it there)
    text: str  # all that can be read, as shown: characters unescaped; signs of markup may remain
    choices: tuple[str, ...] = ()  # labels of what can be pressed, a native poll's options too
    pictures: tuple[str, ...] = ()  # alternative text or caption of each


class Driver(Protocol):
    """Talks to the tutor on one platform."""

    name: str

    async def start(self, tutor: "Tutor") -> None:
        """Start the platform with `tutor.dispatch` and `tutor.ties`; returns once it takes messages."""
        ...

    async def stop(self) -> None:
        """Stop the platform as SIGTERM does. What learners see stays; `start` may follow, with a new tutor."""
        ...

    async def say(self, user: str, text: str) -> Sequence[Shown]:
        """Send a message, wait until it is answered; give the messages that are new or changed, in order."""
        ...

    async def press(self, user: str, message: Shown, label: str) -> Sequence[Shown]:
        """Press a choice under a message (or vote), wait until it is answered; give what is new or changed."""
        ...

    async def repeat(self) -> Sequence[Shown]:
        """Deliver the last update once more, with the same id; give what is new or changed: nothing, one hopes."""
        ...


@dataclass
class Tutor:
    """What a driver starts its platform with. `done` tells when a learner's request has been handled."""

    handle: Dispatch
    ties: Ties
    patience: float = PATIENCE
    _ended: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    _changed: dict[str, asyncio.Condition] = field(default_factory=lambda: defaultdict(asyncio.Condition))

    async def dispatch(self, request: Request, surface: Surface) -> None:
        """Handle a request and say that it is handled."""
        try:
            await self.handle(request, surface)
        finally:
            async with self._changed[request.user]:
                self._ended[request.user] += 1
                self._changed[request.user].notify_all()

    @asynccontextmanager
    async def done(self, user: str) -> AsyncGenerator[None]:
        """Make the block wait at its end until one more request of `user` (the platform's id) has been handled."""
        goal = self._ended[user] + 1
        yield
        async with asyncio.timeout(self.patience), self._changed[user]:
            await self._changed[user].wait_for(lambda: self._ended[user] >= goal)


def names() -> list[str]:
    """List the platforms that have a driver."""
    return sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if m.name not in HELPERS)


def load(name: str, folder: Path) -> Driver:
    """Make a platform's driver."""
    driver: Driver = importlib.import_module(f"tests.platforms.{name}").driver(folder)
    return driver


async def close(driver: Driver) -> None:
    """Close a driver at the very end, where it has something to close."""
    if hasattr(driver, "close"):
        await driver.close()
