"""The bot's side: a fresh child process for each run, its events without blocking the event loop, and its sure end.

Children are forked from one server that has everything imported and computes nothing: the first step comes at once.
"""

import asyncio
import logging
import multiprocessing
import os
import signal
import socket
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any

from models.demos import Found
from models.engine import child, wire
from models.engine.codec import BadEvent, from_json
from models.engine.events import Event, Failed, Picture, Result, Turn
from models.engine.jobs import Job, Limits, Waiting
from models.engine.listing import listing
from models.engine.params import Value
from models.engine.queue import Places, Ticket
from models.engine.spec import DemoSpec

ASKED, TERMINATED = 0.3, 2.0  # seconds until a child that was asked to stop is terminated, and then killed
MB = 1024 * 1024
LARGEST_FRAME = 16 * MB
MAGIC = {"image/png": b"\x89PNG\r\n\x1a\n", "image/gif": b"GIF8"}
PRELOAD = ("models.engine.preload",)
log = logging.getLogger(__name__)


class Runner:
    """Runs demos here, in child processes. Implements the handlers' DemoRunner."""

    def __init__(
        self,
        found: Mapping[str, Found],
        limits: Limits,
        at_once: int = 0,
        waiting: int = 8,
        preload: Sequence[str] = PRELOAD,
    ) -> None:
        """Start nothing. `at_once` 0: as many as there are cores."""
        self._found, self.limits = found, limits
        self._specs = {name: found.spec for name, found in found.items()}
        self._places = Places(at_once or os.cpu_count() or 1, waiting)
        self._ends: set[asyncio.Task[None]] = set()
        self._context: Any = _context(preload)
        self._starting = asyncio.Lock()
        self._served = False

    @property
    def specs(self) -> Mapping[str, DemoSpec]:
        """Give every demo's spec, by name."""
        return self._specs

    def code(self, demo: str, params: Mapping[str, Value], seed: int) -> str:
        """Give the lines that a run with these values runs."""
        found = self._found[demo]
        return listing(found.source, found.spec, params, seed)

    async def warm(self) -> None:
        """Start the process that children are forked from; it goes on importing by itself."""
        if self._context.get_start_method() == "forkserver":
            from multiprocessing import forkserver

            self._served = True
            await asyncio.to_thread(forkserver.ensure_running)

    def start(self, job: Job) -> "Run":
        """Give a run: `async with runner.start(job) as run: async for event in run`. Entering it raises QueueFull."""
        return Run(self, job)

    async def close(self, *, server: bool = True) -> None:
        """Wait until every child is gone, and end the process that they were forked from."""
        while self._ends:
            await asyncio.wait(self._ends)
        if server and self._served:
            _end_server()

    def claim(self) -> Ticket:
        """Claim a place. Raises QueueFull."""
        return self._places.take()

    def process(self, job: Job, line: socket.socket) -> BaseProcess:
        """Make a child that isn't started yet."""
        made: BaseProcess = self._context.Process(
            target=child.main,
            args=(line, self._found[job.demo].path, job.to_json(), self.limits),
            name=f"demo {job.demo}",
            daemon=True,
        )
        return made

    async def launch(self, process: BaseProcess) -> None:
        """Start a child, one at a time; to its end even when cancelled, for half a start can't be taken back."""
        async with self._starting:
            self._served = True
            started = asyncio.create_task(asyncio.to_thread(process.start))
            try:
                await asyncio.shield(started)
            except asyncio.CancelledError:
                await asyncio.wait([started])
                raise

    def finish(self, process: BaseProcess | None, ticket: Ticket) -> "asyncio.Task[None]":
        """See a child to its end, and then give its place to the next; goes on when who waits for it is cancelled."""
        task = asyncio.create_task(self._finish(process, ticket))
        self._ends.add(task)
        task.add_done_callback(self._ends.discard)
        return task

    async def _finish(self, process: BaseProcess | None, ticket: Ticket) -> None:
        try:
            if process is not None:
                await asyncio.to_thread(_end, process)
        finally:
            self._places.give_back(ticket)


class Run:
    """One run: its events, and its end when the `async with` is left, however that is."""

    def __init__(self, runner: Runner, job: Job) -> None:
        """Keep what is needed; nothing runs before it is iterated over."""
        self._runner, self._job = runner, job
        self._ticket = Ticket()
        self._process: BaseProcess | None = None
        self._line: socket.socket | None = None
        self._said = 0  # bytes
        self._writer: asyncio.StreamWriter | None = None

    @property
    def pid(self) -> int:
        """Give the child's process id, once it runs; 0 before."""
        return (self._process.pid or 0) if self._process else 0

    async def __aenter__(self) -> "Run":
        """Claim a place. Raises QueueFull."""
        self._ticket = self._runner.claim()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop the child, and see that it is gone."""
        with suppress(OSError, RuntimeError):
            if self._writer is not None:
                self._writer.write(wire.STOP)
        end = self._runner.finish(self._process, self._ticket)
        try:
            await asyncio.shield(end)
        finally:
            if self._writer is not None:
                self._writer.close()
            elif self._line is not None:
                self._line.close()

    async def __aiter__(self) -> AsyncIterator[Event | Waiting]:
        """Give places in the line, then the run's events; the last one is a Result, a Turn or Failed."""
        while self._ticket.position:
            yield Waiting(self._ticket.position)
            await self._ticket.moved()
        reader = await self._begin()
        deadline = asyncio.get_running_loop().time() + self._runner.limits.seconds
        ended = False
        while not ended:
            try:
                async with asyncio.timeout_at(deadline):
                    event = await self._next(reader)
            except TimeoutError:
                event = Failed("time", log="out of time")
            ended = isinstance(event, Result | Failed) or (self._job.move is not None and isinstance(event, Turn))
            yield self._log(event) if isinstance(event, Failed) else event

    async def _begin(self) -> asyncio.StreamReader:
        """Start the child, and open our end of the line."""
        self._line, theirs = socket.socketpair()
        process = self._runner.process(self._job, theirs)
        try:
            await self._runner.launch(process)
        finally:
            theirs.close()
            self._process = process if process.pid else None
        reader, self._writer = await asyncio.open_connection(sock=self._line, limit=LARGEST_FRAME)
        return reader

    async def _next(self, reader: asyncio.StreamReader) -> Event:
        """Read one event; the child's end without a last word is one too."""
        try:
            (size,) = wire.HEADER.unpack(await reader.readexactly(wire.HEADER.size))
            self._said += size
            if size > LARGEST_FRAME or self._said > self._runner.limits.output * MB:
                return Failed("output", log="too much was said")
            return _checked(from_json(await reader.readexactly(size)))
        except (asyncio.IncompleteReadError, ConnectionError):
            return await self._lost()
        except BadEvent as error:
            return Failed("crashed", log=str(error))

    async def _lost(self) -> Failed:
        """Say why the child ended without a word."""
        process = self._process
        if process is None:
            return Failed("lost", log="never started")
        await asyncio.to_thread(process.join, TERMINATED)
        code = -(process.exitcode or 0)
        if code == getattr(signal, "SIGXCPU", None):
            return Failed("time", log="out of CPU seconds")
        if code in (getattr(signal, "SIGKILL", None), signal.SIGABRT):
            return Failed("memory", log=f"killed by signal {code}")
        return Failed("lost", log=f"exit code {process.exitcode}")

    def _log(self, event: Failed) -> Failed:
        log.warning("demo %s: %s: %s", self._job.demo, event.why, event.log)
        return event


def _checked(event: Event) -> Event:
    """Give an event that a chat may show. Raises BadEvent for a picture that isn't one."""
    if isinstance(event, Picture) and not all(p.startswith(MAGIC[event.mime]) for p in (event.light, event.dark)):
        raise BadEvent(f"a picture that is no {event.mime}")
    return event


def _context(preload: Sequence[str]) -> Any:
    """Choose how children start: forked from a server; where there is none, anew."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


def _end(process: BaseProcess) -> None:
    """See a child to its end: wait a moment, terminate, kill; and what it may have started with it."""
    process.join(ASKED)
    if process.is_alive():
        process.terminate()
        process.join(TERMINATED)
    if process.is_alive():
        process.kill()
        process.join()
    with suppress(ProcessLookupError, PermissionError, AttributeError):
        if process.pid:
            os.killpg(process.pid, signal.SIGKILL)
    process.close()


def _end_server() -> None:
    """End the process that children are forked from: at once, it may still be importing."""
    from multiprocessing import forkserver

    pid = getattr(forkserver._forkserver, "_forkserver_pid", None)  # nothing public ends it
    if pid:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        forkserver._forkserver._stop()  # type: ignore[attr-defined]
