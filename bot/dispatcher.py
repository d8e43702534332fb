"""Request -> handler -> replies: one lock a learner, /stop, and the one broad `except`."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import cast
from weakref import WeakValueDictionary

from bot.platforms.base import Surface
from handlers import commands, languages
from handlers.ask import ask
from handlers.commands import Handler
from handlers.errors import Busy, TutorError, UnknownCommand
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from handlers.press import press

log = logging.getLogger(__name__)


class Dispatcher:
    """Runs requests, one at a time for each learner."""

    def __init__(self, tools: Tools, busy_wait: float) -> None:
        """Keep the tools; `busy_wait` is how many seconds a learner's next message waits for the last answer."""
        self._tools, self._busy_wait = tools, busy_wait
        self._commands = commands.index()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # gone with the last user
        self._running: dict[str, asyncio.Task[None]] = {}

    async def run(self, request: Request, surface: Surface) -> None:
        """Handle one request to its end. Only cancellation of the caller comes out."""
        started = time.perf_counter()
        outcome = "ok"
        try:
            parsed = commands.parse(request.text)
            if parsed and parsed[0] in commands.STOP:
                await self._stop(request, surface)
            else:
                await self._one_at_a_time(request, surface)
        except TutorError as error:
            outcome = error.key
            await self._tell(request, surface, error.key, True, **error.values)
        except asyncio.CancelledError:
            outcome = "stopped"
            current = asyncio.current_task()
            if current is None or current.cancelling():
                raise
        except Exception as error:
            code = secrets.token_hex(3)
            outcome = f"error {code}"
            log.exception("request failed (%s): %s", code, type(error).__name__)
            await self._tell(request, surface, "error.internal", True, id=code)
        finally:
            await surface.done()
            millis = (time.perf_counter() - started) * 1000
            log.info("%s %s %.0f ms %s", request.platform, self._name(request), millis, outcome)

    def _name(self, request: Request) -> str:
        parsed = commands.parse(request.text)
        if request.press:
            return "press"
        return parsed[0] if parsed and parsed[0] in self._commands else "ask"

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
        handles: dict[str, object] = {}
        async with aclosing(self._handle(request)) as replies:
            async for reply in replies:
                if reply.key in handles:
                    await surface.edit(handles[reply.key], reply)
                else:
                    handles[reply.key] = await surface.send(reply)

    def _handle(self, request: Request) -> AsyncGenerator[Reply]:
        handler, request = self._route(request)
        return cast("AsyncGenerator[Reply]", handler(request, self._tools))

    def _route(self, request: Request) -> tuple[Handler, Request]:
        if request.press:
            return press, request
        parsed = commands.parse(request.text)
        if parsed is None:
            return ask, request
        if parsed[0] not in self._commands:
            raise UnknownCommand(name=parsed[0][:40])
        return self._commands[parsed[0]], replace(request, text=parsed[1])

    async def _stop(self, request: Request, surface: Surface) -> None:
        task = self._running.get(request.learner)
        if task:
            task.cancel()
        await self._tell(request, surface, "stop.done" if task else "stop.nothing", False)

    async def _tell(self, request: Request, surface: Surface, key: str, refused: bool, /, **values: str) -> None:
        lang = await languages.setting(request, self._tools)
        text = Text(self._tools.texts(lang, key, **values))
        await surface.send(Reply(f"{request.id}.note", lang, (text,), refused=refused))
