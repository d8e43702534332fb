"""Request -> handler -> replies: once a delivery, one lock a learner, /stop, the end, and the one broad `except`."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace
from typing import cast
from weakref import WeakValueDictionary

from bot.platforms.base import Deliveries, Surface, SurfaceError
from bot.routes import Routes
from bot.spots import Spots
from bot.storage.database import StorageError
from handlers import languages
from handlers.errors import Busy, TutorError
from handlers.messages import Choices, Progress, Reply, Request, Text, Tone
from handlers.ports import Tools

LAST_WORDS = 1.5  # seconds for telling a learner that the tutor stops
log = logging.getLogger(__name__)


class Dispatcher:
    """Runs requests, one at a time for each learner."""

    def __init__(
        self, tools: Tools, busy_wait: float, deliveries: Deliveries | None = None, routes: Routes | None = None
    ) -> None:
        """Keep the tools; `busy_wait` is how many seconds a learner's next message waits for the last answer."""
        self._tools, self._busy_wait, self._deliveries = tools, busy_wait, deliveries
        self._routes = routes or Routes()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # gone with the last user
        self._running: dict[str, asyncio.Task[None]] = {}
        self._door = asyncio.Lock()
        self._open: set[asyncio.Task[object]] = set()
        self._closing = False

    async def run(self, request: Request, surface: Surface) -> None:
        """Handle one request to its end. Only cancellation of the caller comes out."""
        started, outcome, current = time.perf_counter(), "cancelled", _current()
        self._open.add(current)
        try:
            async with self._door:  # one a turn of the loop: a class that asks at once must not hold up the rest
                await asyncio.sleep(0)
            outcome = await self._guarded(request, surface)
        except SurfaceError as error:
            outcome = f"not delivered: {error}"
        finally:
            self._open.discard(current)
            outcome = await _end(surface, outcome)
            self._log(request, (time.perf_counter() - started) * 1000, outcome)

    async def drain(self, grace: float) -> None:
        """Take nothing more; let what runs finish within `grace` seconds, then cancel it and tell its learners."""
        self._closing = True
        running = self._open - {_current()}
        if running:
            _, late = await asyncio.wait(running, timeout=grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    def _log(self, request: Request, millis: float, outcome: str) -> None:
        level = logging.WARNING if outcome.startswith("not delivered") else logging.INFO
        log.log(level, "%s %s %.0f ms %s", request.platform, self._routes.name(request), millis, outcome)

    async def _guarded(self, request: Request, surface: Surface) -> str:
        """Handle a request; what goes wrong in the tutor is told to the learner. Gives the outcome for the log."""
        try:
            return await self._once(request, surface)
        except TutorError as error:
            await self._tell(request, surface, error.key, "error", **error.values)
            return error.key
        except asyncio.CancelledError:
            if not _cancelled_from_outside():
                return "stopped"
            await self._last_words(request, surface)
            raise
        except SurfaceError:
            raise
        except Exception as error:
            code = secrets.token_hex(3)
            log.exception("request failed (%s): %s", code, type(error).__name__)
            await self._tell(request, surface, "error.internal", "error", id=code)
            return f"error {code}"

    async def _once(self, request: Request, surface: Surface) -> str:
        """Handle a request, unless its delivery was taken before. One that is cut off may be delivered again."""
        if self._closing:
            return "not taken"
        deliveries = self._deliveries if request.delivery else None
        if deliveries and not await deliveries.first(request.platform, request.delivery):
            return "repeated"
        try:
            await (self._stop if self._stops(request) else self._one_at_a_time)(request, surface)
        finally:
            if deliveries and not _cancelled_from_outside():
                await deliveries.finish(request.platform, request.delivery)
        return "ok"

    def _stops(self, request: Request) -> bool:
        """Tell a wish to stop; a stop button under something that runs no more is a press like any other."""
        return self._routes.stops(request) and (not request.press or request.learner in self._running)

    async def _one_at_a_time(self, request: Request, surface: Surface) -> None:
        lock = self._locks.get(request.learner) or asyncio.Lock()
        self._locks[request.learner] = lock
        try:
            async with asyncio.timeout(self._busy_wait if surface.impatient else None):
                await lock.acquire()
        except TimeoutError:
            raise Busy from None
        try:
            task = asyncio.create_task(self._deliver(request, surface))
            self._running[request.learner] = task
            await task
        finally:
            self._running.pop(request.learner, None)
            lock.release()

    async def _deliver(self, request: Request, surface: Surface) -> None:
        """Pass the handler's replies on; a reply with an earlier one's key edits it."""
        await surface.working()
        handler, request = self._routes.route(request)
        spots = Spots(surface, self._tools.training.runs)
        handles: dict[str, object] = {}
        last: Reply | None = None
        try:
            async with aclosing(cast("AsyncGenerator[Reply]", handler(request, self._tools))) as replies:
                async for reply in replies:
                    last = reply
                    if reply.key in handles:
                        await surface.edit(handles[reply.key], reply)
                    else:
                        handles[reply.key] = await surface.send(reply)
                    await spots.note(handles[reply.key], reply)
        except asyncio.CancelledError:
            if last and last.of(Progress) and last.key in handles:
                await self._halt(surface, handles[last.key], last)
            raise

    async def _halt(self, surface: Surface, handle: object, reply: Reply) -> None:
        """Let a message that shows progress say that it was cut off, and offer what it names."""
        text = self._tools.texts(reply.lang, "error.restarting" if self._closing else "stop.progress")
        again = [b.again for b in reply.of(Progress) if b.again]
        kept = [b for b in reply.blocks if not isinstance(b, Progress | Choices)]
        blocks = (*kept, Text(text), *((Choices(tuple(again)),) if again else ()))
        with suppress(SurfaceError, TimeoutError):
            async with asyncio.timeout(LAST_WORDS):
                await surface.edit(handle, replace(reply, blocks=blocks, data={**reply.data, "running": False}))

    async def _stop(self, request: Request, surface: Surface) -> None:
        task = self._running.get(request.learner)
        if task:
            task.cancel()
        await self._tell(request, surface, "stop.done" if task else "stop.nothing", "settings")

    async def _last_words(self, request: Request, surface: Surface) -> None:
        """Tell a learner that the program's end cuts the answer off."""
        if self._closing:
            with suppress(SurfaceError, TimeoutError):
                async with asyncio.timeout(LAST_WORDS):
                    await self._tell(request, surface, "error.restarting", "error")

    async def _tell(self, request: Request, surface: Surface, key: str, tone: Tone, /, **values: str) -> None:
        try:
            lang = await languages.setting(request, self._tools)
        except StorageError:  # what is told may be just that
            lang = languages.of_client(request, self._tools)
        text = Text(self._tools.texts(lang, key, **values))
        reply = Reply(f"{request.id}.note", lang, (text,), refused=tone == "error", tone=tone, private=True)
        await surface.send(reply)


async def _end(surface: Surface, outcome: str) -> str:
    """Say that nothing more comes; gives the outcome, another one where the last edits don't arrive."""
    try:
        await surface.done()
    except SurfaceError as error:
        return f"not delivered: {error}"
    return outcome


def _current() -> "asyncio.Task[object]":
    """Give the task that runs this. Dispatching happens in tasks only."""
    return cast("asyncio.Task[object]", asyncio.current_task())


def _cancelled_from_outside() -> bool:
    """Tell whether the caller was cancelled, not just the answer inside (a /stop)."""
    return _current().cancelling() > 0
