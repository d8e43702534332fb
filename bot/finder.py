"""Search off the event loop: while one batch of questions is searched for, those that wait are encoded together."""

import asyncio
import gc
import logging
import os
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from bot.starting import THREAD
from handlers.errors import NotReady
from knowledge.questions import Question
from knowledge.tutor import Found, Knowledge
from knowledge.vectors import Encoder
from models import memory

REMEMBERED = 2000  # questions whose vectors, and whose outcomes, are kept: classes ask the same things
MOST_WORKERS = 4  # more would only wait for one another: Python's own part is one at a time
log = logging.getLogger(__name__)
Readings = tuple[Question, ...]
Waiting = tuple[Readings, asyncio.Future[Found]]
Vector = NDArray[np.float32]
K = TypeVar("K")
V = TypeVar("V")


class Recent(OrderedDict[K, V]):
    """The latest so many entries; reading one makes it the newest."""

    def __getitem__(self, key: K) -> V:
        """Read an entry."""
        self.move_to_end(key)
        return super().__getitem__(key)

    def __setitem__(self, key: K, value: V) -> None:
        """Keep an entry; the oldest goes."""
        super().__setitem__(key, value)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


@runtime_checkable
class Process(Protocol):
    """A model that runs in a process of its own."""

    def close(self) -> None:
        """End it."""
        ...


class BatchingFinder:
    """Implements `handlers.ports.Finder`; `start` warms up, `close` ends the worker."""

    def __init__(
        self,
        knowledge: Knowledge,
        load_model: Callable[[], Encoder] | None,
        cache: Path,
        *,
        batch: int,
        patience: float,
        workers: int | None = None,
    ) -> None:
        """Keep what is needed; nothing is loaded yet. `load_model` None: words alone. `workers`: one for each core."""
        self._knowledge, self._load_model, self._cache = knowledge, load_model, cache
        self._batch, self._patience = batch, patience
        self._encoder: Encoder | None = None
        self._loading: object = None  # the model, from its start on: it may have to be ended
        self._vectors: Recent[str, Vector] = Recent()
        self._found: Recent[Readings, Found] = Recent()
        self._workers = workers or min(MOST_WORKERS, cores())
        self._pool = ThreadPoolExecutor(self._workers, THREAD)
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._encoding = asyncio.Lock()  # one batch at a time: the model has one process
        self._ready = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self.problem = ""  # why the model isn't there

    def start(self) -> None:
        """Begin to warm up, in the background."""
        if self._worker is None:
            memory.share()
            self._worker = asyncio.create_task(self._serve(), name="finder")

    async def wait_ready(self) -> None:
        """Wait until questions can be answered. Raises NotReady after the configured patience."""
        if self._ready.is_set():
            return
        self.start()
        try:
            async with asyncio.timeout(self._patience):
                await self._ready.wait()
        except TimeoutError:
            raise NotReady from None

    @property
    def ready(self) -> bool:
        """Tell whether questions are answered at once."""
        return self._ready.is_set()

    @property
    def encoder(self) -> Encoder | None:
        """Give the model once it is there."""
        return self._encoder

    async def find(self, *readings: Question) -> Found:
        """Search for one question in all its readings, and choose one. Raises NotReady."""
        await self.wait_ready()
        if readings in self._found:
            return self._found[readings]
        future: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        await self._queue.put((readings, future))
        return await future

    async def close(self) -> None:
        """End the worker and the model; whoever still waits is told."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        await asyncio.to_thread(self._end_model)
        while not self._queue.empty():
            self._queue.get_nowait()[1].cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._warm_up)
        await loop.run_in_executor(self._pool, memory.give_back)
        gc.freeze()  # what is loaded stays: a full collection would walk through it, the loop held for half a second
        self._ready.set()
        log.info("ready to answer")
        await asyncio.gather(*(self._work(loop) for _ in range(self._workers)))

    async def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            async with self._encoding:  # whoever asks meanwhile is encoded next, all of them together
                waiting = [await self._queue.get()]
                while len(waiting) < self._batch and not self._queue.empty():
                    waiting.append(self._queue.get_nowait())
                vectors: dict[str, Vector] = {}
                with _telling(waiting):
                    vectors = await self._encoded(loop, waiting)
            asked = [one for one in waiting if not one[1].done()]
            with _telling(asked):
                await self._answer(loop, asked, vectors)

    async def _encoded(self, loop: asyncio.AbstractEventLoop, waiting: Sequence[Waiting]) -> dict[str, Vector]:
        """Give each text's vector, encoding those that are new; none without a model."""
        if self._encoder is None:
            return {}
        texts = dict.fromkeys(q.text for readings, _ in waiting for q in readings)
        vectors = {text: self._vectors[text] for text in texts if text in self._vectors}
        if missing := [text for text in texts if text not in vectors]:
            new = await loop.run_in_executor(self._pool, self._encoder.queries, missing)
            vectors.update(zip(missing, new, strict=True))
            self._vectors.update(vectors)
        return vectors

    async def _answer(
        self, loop: asyncio.AbstractEventLoop, asked: Sequence[Waiting], vectors: dict[str, Vector]
    ) -> None:
        if not asked:
            return
        found = await loop.run_in_executor(self._pool, self._search, [readings for readings, _ in asked], vectors)
        for (readings, future), one in zip(asked, found, strict=True):
            self._found[readings] = one
            if not future.done():
                future.set_result(one)
                await asyncio.sleep(0)  # one asker a turn of the loop: a whole batch at once would hold up the rest

    def _warm_up(self) -> None:
        self._make_ready()
        self._knowledge.forget_learners()

    def _make_ready(self) -> None:
        encoder = self._begin_loading()
        self._knowledge.prepare()  # while the model loads
        if encoder:
            try:
                self._knowledge.use_model(encoder, self._cache)
            except Exception as error:  # noqa: BLE001  # whatever it is, words alone still answer
                self._give_up(error)
            else:
                self._encoder = encoder
                return
        self._knowledge.use_letters(self._cache)

    def _begin_loading(self) -> Encoder | None:
        if self._load_model is None:
            return None
        try:
            encoder = self._load_model()
        except Exception as error:  # noqa: BLE001  # the same
            self._give_up(error)
            return None
        self._loading = encoder
        return encoder

    def _give_up(self, error: Exception) -> None:
        """Do without the model."""
        self._end_model()
        self.problem = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        log.warning("no embedding model, searching by words alone: %s", self.problem)

    def _end_model(self) -> None:
        if isinstance(self._loading, Process):
            self._loading.close()

    def _search(self, asked: Sequence[Readings], vectors: dict[str, Vector]) -> list[Found]:
        """Search for several questions."""
        questions = [q for readings in asked for q in readings]
        stacked = np.stack([vectors[q.text] for q in questions]) if vectors else None
        found = iter(self._knowledge.find_all(questions, stacked))
        return [self._knowledge.choose([next(found) for _ in readings]) for readings in asked]


@contextmanager
def _telling(waiting: Sequence[Waiting]) -> Iterator[None]:
    """Tell each of a batch when it fails; the worker goes on with the next one."""
    try:
        yield
    except asyncio.CancelledError:
        for _, future in waiting:
            future.cancel()
        raise
    except Exception as error:  # noqa: BLE001  # one bad batch must not end the worker: each asker gets the error
        for _, future in waiting:
            if not future.done():
                future.set_exception(error)


def cores() -> int:
    """Count the cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
