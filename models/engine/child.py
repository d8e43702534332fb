"""The child's side: runs one demo, and tells its events. It ends when it is told to, and when the bot is gone."""

import os
import random
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from models.demos import Found, read_spec
from models.engine import cage, wire
from models.engine.codec import to_json
from models.engine.events import Event, Failed, Result, Step, Turn
from models.engine.jobs import Job, Limits
from models.engine.words import Both, DemoError

EVERY = 0.3  # seconds between two steps passed on
EARLY = 0.02  # of the run: before it, nothing can be said of the time left
LONGEST_LOG = 300  # characters
MB = 1024 * 1024
TOO_BIG = Both("Esse arquivo é grande demais.", "That file is too big.")


class Stopped(BaseException):
    """The bot wants no more."""


class Mouth:
    """Tells events, steps not too often, within bounds; hears when to stop."""

    def __init__(self, connection: socket.socket, limits: Limits) -> None:
        """Begin the clock, and listen."""
        self._connection, self._room = connection, limits.output * MB
        self._began, self._last = time.monotonic(), float("-inf")
        self._stop = threading.Event()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Wait for the word to stop; end at once when the bot is gone."""
        try:
            told = self._connection.recv(len(wire.STOP))
        except OSError:
            told = b""
        if not told:
            os._exit(1)
        self._stop.set()

    def tell(self, event: Event) -> None:
        """Send an event. Raises Stopped, ValueError for a NaN, OverflowError when too much was said."""
        if self._stop.is_set():
            raise Stopped
        if isinstance(event, Step):
            now = time.monotonic()
            data = to_json(self._timed(event, now))
            if now - self._last < EVERY and 0 < event.fraction < 1:
                return
            self._last = now
        else:
            data = to_json(event)
        self._room -= len(data)
        if self._room < 0 and not isinstance(event, Failed):
            raise OverflowError("too much was said")
        wire.send(self._connection, data)

    def _timed(self, step: Step, now: float) -> Step:
        left = None
        if step.fraction > EARLY:
            left = (now - self._began) * (1 - step.fraction) / step.fraction
        return Step(step.fraction, step.stage, step.metrics, left)


def main(connection: socket.socket, path: Path, job: bytes, limits: Limits) -> None:
    """Run a job to its end."""
    cage.lower_priority()
    connection.setblocking(True)
    mouth = Mouth(connection, limits)  # its thread starts before the cage shuts
    cage.shut(limits)
    with suppress(Stopped, OSError):
        _run(Found(read_spec(path), path), Job.from_json(job), mouth, limits)
    os._exit(0)  # nothing of a demo's is cleaned up: it holds nothing


def _run(found: Found, job: Job, mouth: Mouth, limits: Limits) -> None:
    try:
        for event in _events(found, job, limits):
            mouth.tell(event)
            if isinstance(event, Result) or (job.move is not None and isinstance(event, Turn)):
                return
        mouth.tell(Failed("crashed", log="ended without a result"))
    except (Stopped, BrokenPipeError, ConnectionError):
        raise
    except BaseException as error:  # noqa: BLE001  # whatever a demo does wrong is told, and harms nobody
        mouth.tell(failed(error))


def _events(found: Found, job: Job, limits: Limits) -> Iterator[Event]:
    files: dict[str, bytes] = {kind: _bytes(path, limits.upload * MB) for kind, path in job.files.items()}
    params = found.spec.ready(job.params, job.lang, files)
    module: Any = found.module()
    _seed(job.seed)
    events = module.run(params, job.seed) if job.move is None else module.play(job.state, job.memory, params, job.move)
    yield from events


def _bytes(path: Path, limit: int) -> bytes:
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise DemoError(TOO_BIG)
    return data


def _seed(seed: int) -> None:
    """Seed the generators that a demo may forget."""
    import numpy as np

    random.seed(seed)
    np.random.seed(seed)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(seed)


def failed(error: BaseException) -> Failed:
    """Say what kind of failure an exception is."""
    log = f"{type(error).__name__}: {error}"[:LONGEST_LOG]
    if isinstance(error, DemoError):
        return Failed("refused", error.reason, log)
    if isinstance(error, MemoryError) or "can't allocate memory" in str(error) or "bad_alloc" in str(error):
        return Failed("memory", log=log)
    if isinstance(error, OverflowError):
        return Failed("output", log=log)
    if isinstance(error, ValueError) and "JSON compliant" in str(error):
        return Failed("nan", log=log)
    return Failed("crashed", log=log)
