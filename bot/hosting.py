"""`python -m bot run`: every chat platform that has a token, in one event loop, until SIGTERM.

A platform that can't go on (a bad token) is said in one line; the others go on, and the exit code is 1 in the end.
When none is left the program ends by itself: a supervisor sees it.
"""

import asyncio
import logging
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib import import_module
from typing import cast

from bot import app, health
from bot.config import Settings
from bot.platforms.base import Platform, PlatformError, Ties

GRACE = 6.0  # seconds for what runs to finish; then it is cancelled and its learners are told
END = 9.5  # seconds until the platforms' connections are closed, whatever they wait for: containers are killed at 10
CLASSES = {"discord": "DiscordPlatform", "telegram": "TelegramPlatform"}
Make = Callable[[str, Settings, str, Ties], Platform]
log = logging.getLogger(__name__)


def make(name: str, settings: Settings, token: str, ties: Ties) -> Platform:
    """Import a platform, only now, and build it. Raises PlatformError where its library isn't installed."""
    try:
        module = import_module(f"bot.platforms.{name}")
    except ImportError as error:
        raise PlatformError(f"{error}; run `make install`") from error
    return cast("Platform", getattr(module, CLASSES[name])(getattr(settings, name), token, ties))


async def host(settings: Settings, tokens: Mapping[str, str], make: Make = make) -> int:
    """Run the platforms of these tokens until a signal; gives the exit code. Raises what `bootstrap` raises."""
    stop = asyncio.Event()
    _on_signals(stop)
    tutor = await app.bootstrap(settings)
    try:
        lecture = tutor.tools.knowledge.lecture
        log.info("knowledge: %d concepts, %d passages", len(lecture.concepts), len(lecture.passages))
        log.info("%d demos loaded", len(tutor.tools.training.runner.specs))
        hosting = Hosting(tutor, settings, make)
        async with health.signs(settings.health, lambda: hosting.states):
            await hosting.run(tokens, stop)
    finally:
        await tutor.close()
    log.info("goodbye · até logo")
    return 1 if hosting.failed else 0


class Hosting:
    """Platforms side by side. `states` says of each that it runs, or why it doesn't."""

    def __init__(self, tutor: app.App, settings: Settings, make: Make) -> None:
        """Keep the parts; nothing runs yet."""
        self._tutor, self._settings, self._make = tutor, settings, make
        self.states: dict[str, str] = {}
        self.failed = False

    async def run(self, tokens: Mapping[str, str], stop: asyncio.Event) -> None:
        """Run every platform until `stop` is set or none is left."""
        tasks = {asyncio.create_task(self._platform(name, tokens[name]), name=name) for name in tokens}
        self.states = dict.fromkeys(tokens, health.RUNNING)
        stopping = asyncio.create_task(stop.wait())
        while tasks and not stop.is_set():
            done, _ = await asyncio.wait({*tasks, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks & done:
                self._ended(task)
            tasks -= done
        stopping.cancel()
        if tasks:
            await self._stop(tasks)

    async def _platform(self, name: str, token: str) -> None:
        await self._tutor.serve(self._make(name, self._settings, token, self._tutor.ties))

    def _ended(self, task: "asyncio.Task[None]") -> None:
        """Note a platform that ended by itself: it should not have."""
        name, error = task.get_name(), task.exception()
        self.failed = True
        self.states[name] = str(error) if isinstance(error, PlatformError) else type(error).__name__
        if error is None or isinstance(error, PlatformError):
            log.error("%s: ended: %s", name, error or "by itself")
        else:
            log.error("%s: ended: %s", name, type(error).__name__, exc_info=error)

    async def _stop(self, tasks: "set[asyncio.Task[None]]") -> None:
        """Let the platforms take nothing more, what runs finish, and the connections be closed."""
        log.info("stopping: %s", ", ".join(sorted(task.get_name() for task in tasks)))
        end = time.monotonic() + END
        for task in tasks:
            task.cancel()
        await self._tutor.dispatcher.drain(GRACE)
        done, late = await asyncio.wait(tasks, timeout=max(0.0, end - time.monotonic()))
        for task in done:
            if not task.cancelled() and task.exception():
                self._ended(task)
        for task in late:
            log.warning("%s: its connection didn't close in time", task.get_name())


def _on_signals(stop: asyncio.Event) -> None:
    """Set `stop` at the first SIGTERM or SIGINT; a second one ends the program at once."""
    loop = asyncio.get_running_loop()

    def first() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    with suppress(NotImplementedError, RuntimeError, ValueError):  # Windows, or not in the main thread
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, first)
