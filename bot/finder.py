"""Search off the event loop: one worker thread; questions that wait are encoded together."""

import asyncio
import gc
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from handlers.errors import NotReady
from knowledge.questions import Question
from knowledge.tutor import Found, Knowledge
from knowledge.vectors import Encoder

REMEMBERED = 2000  # vectors of questions kept: classes ask the same things
THREAD = "finder"
log = logging.getLogger(__name__)
Waiting = tuple[tuple[Question, ...], asyncio.Future[Found]]


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
    ) -> None:
        """Keep what is needed; nothing is loaded yet. `load_model` None: words alone."""
        self._knowledge, self._load_model, self._cache = knowledge, load_model, cache
        self._batch, self._patience = batch, patience
        self._encoder: Encoder | None = None
        self._vectors: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._pool = ThreadPoolExecutor(1, THREAD)
        self._queue: asyncio.Queue[Waiting] = asyncio.Queue()
        self._ready = asyncio.Event()
        self._worker: asyncio.Task[None] | None = None
        self.problem = ""  # why the model isn't there

    def start(self) -> None:
        """Begin to warm up, in the background."""
        if self._worker is None:
            self._worker = asyncio.create_task(self._serve(), name="finder")

    async def wait_ready(self) -> None:
        """Wait until questions can be answered. Raises NotReady after the configured patience."""
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
        future: asyncio.Future[Found] = asyncio.get_running_loop().create_future()
        await self._queue.put((readings, future))
        return await future

    async def close(self) -> None:
        """End the worker; whoever still waits is told."""
        if self._worker:
            self._worker.cancel()
            await asyncio.gather(self._worker, return_exceptions=True)
        while not self._queue.empty():
            self._queue.get_nowait()[1].cancel()
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _serve(self) -> None:
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._pool, self._warm_up)
        gc.freeze()  # what is loaded stays: a full collection would walk through it, the loop held for half a second
        self._ready.set()
        log.info("ready to answer")
        while True:
            waiting = [await self._queue.get()]
            while len(waiting) < self._batch and not self._queue.empty():
                waiting.append(self._queue.get_nowait())
            await self._answer(loop, waiting)

    async def _answer(self, loop: asyncio.AbstractEventLoop, waiting: Sequence[Waiting]) -> None:
        try:
            found = await loop.run_in_executor(self._pool, self._search, [q for q, _ in waiting])
        except asyncio.CancelledError:
            for _, future in waiting:
                future.cancel()
            raise
        except Exception as error:  # noqa: BLE001  # one bad batch must not end the worker: each asker gets the error
            for _, future in waiting:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), one in zip(waiting, found, strict=True):
            if not future.done():
                future.set_result(one)
                await asyncio.sleep(0)  # one asker a turn of the loop: a whole batch at once would hold up the rest

    def _warm_up(self) -> None:
        self._knowledge.prepare()
        if self._load_model:
            try:
                encoder = self._load_model()
                self._knowledge.use_model(encoder, self._cache)
            except Exception as error:  # noqa: BLE001  # whatever it is, words alone still answer
                self.problem = f"{type(error).__name__}: {error}".splitlines()[0][:200]
                log.warning("no embedding model, searching by words alone: %s", self.problem)
            else:
                self._encoder = encoder
                return
        self._knowledge.use_letters(self._cache)

    def _search(self, waiting: Sequence[tuple[Question, ...]]) -> list[Found]:
        self._encode([q.text for readings in waiting for q in readings])
        return [
            self._knowledge.choose([self._knowledge.find(q, self._encode([q.text])[0]) for q in readings])
            for readings in waiting
        ]

    def _encode(self, texts: Sequence[str]) -> list[NDArray[np.float32] | None]:
        if self._encoder is None:
            return [None] * len(texts)
        missing = [t for t in dict.fromkeys(texts) if t not in self._vectors]
        if missing:
            self._vectors.update(zip(missing, self._encoder.queries(missing), strict=True))
        rows: list[NDArray[np.float32] | None] = [self._vectors[t] for t in texts]
        for text in texts:
            self._vectors.move_to_end(text)
        while len(self._vectors) > REMEMBERED:
            self._vectors.popitem(last=False)
        return rows
