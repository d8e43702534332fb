"""One run, live: one message from the first step to the result, and the moves after it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from handlers.demos.cards import Cards
from handlers.demos.ports import Run, Training
from handlers.errors import BadFile, DemoQuota, DemosFull
from handlers.messages import Choices, Figure, Reply, Request
from handlers.ports import Tools
from knowledge.passages import Lang
from models.engine.protocol import (
    DemoSpec,
    Event,
    Failed,
    FileKind,
    Job,
    Picture,
    QueueFull,
    Result,
    Step,
    Turn,
    Waiting,
)

MB = 1024 * 1024
KINDS: tuple[FileKind, ...] = ("image", "csv")
# How a file of a kind begins, and how long its head may be: by content, not by name.
HEADS: tuple[tuple[FileKind, tuple[bytes, ...]], ...] = (
    ("image", (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"BM")),
)
TEXT_HEAD = 4096  # bytes looked at to tell text from what isn't


def cards_for(tools: Tools, lang: Lang) -> Cards:
    """Give what composes the replies."""
    return Cards(tools.texts, lang, tools.knowledge.lecture)


def run_key(request: Request) -> str:
    """Name the one message of the run that a request begins."""
    return f"{request.id}.run"


async def play_out(request: Request, tools: Tools, run: Run, *, guess: str = "") -> AsyncIterator[Reply]:
    """Run a demo to its end in one message. Raises DemoQuota, DemosFull and BadFile before anything starts."""
    training = tools.training
    spec, cards, key = training.runner.specs[run.demo], cards_for(tools, run.lang), run_key(request)
    job = Job(run.demo, run.params, run.seed, run.lang, files_for(request, spec.files, training.upload))
    await _within_quota(training, run)
    if not await training.runs.begin(run.id, guess):
        return
    run = replace(run, guess=guess)
    telling = Telling(training, cards, spec, run, key, request.scripted)
    try:
        async with training.runner.start(job) as running:
            yield cards.live(key, spec, run, None, None)
            async for event in running:
                async for reply in telling.tell(event):
                    yield reply
    except QueueFull:
        await training.runs.end(run.id, "failed")
        raise DemosFull from None
    except asyncio.CancelledError:
        await asyncio.shield(training.runs.end(run.id, "stopped"))
        raise


class Telling:
    """Turns one run's events into replies; remembers the newest step and pictures."""

    def __init__(self, training: Training, cards: Cards, spec: DemoSpec, run: Run, key: str, in_one: bool) -> None:
        """Begin with nothing told. `in_one`: what can be done next is part of the result."""
        self._training, self._cards, self._spec, self._run, self._key = training, cards, spec, run, key
        self._in_one = in_one
        self._step: Step | None = None
        self._newest: Figure | None = None
        self._final: list[Figure] = []

    async def tell(self, event: Event | Waiting) -> AsyncIterator[Reply]:
        """Give the replies to one event."""
        match event:
            case Waiting():
                yield self._cards.waiting(self._key, self._spec, self._run, event.position)
            case Step():
                self._step = event
                yield self._live()
            case Picture():
                await self._keep(event)
                yield self._live()
            case Result():
                async for reply in self._ended(event):
                    yield reply
            case Failed():
                await self._training.runs.end(self._run.id, "failed")
                yield self._cards.failed(self._key, self._spec, self._run, event)

    def _live(self) -> Reply:
        return self._cards.live(self._key, self._spec, self._run, self._step, self._newest)

    async def _keep(self, picture: Picture) -> None:
        figure = await self._training.pictures.keep(self._run.id, picture, self._run.lang)
        if picture.final:
            self._final.append(figure)
        self._newest = figure

    async def _ended(self, result: Result) -> AsyncIterator[Reply]:
        if result.turn:
            await self._training.runs.keep(self._run.id, result.turn.memory, result.state)
        await self._training.runs.end(self._run.id, "done")
        done = self._step.fraction if self._step else 0.0
        if done < 1:
            self._step = Step(1.0, self._step.stage if self._step else self._spec.title)
            yield self._live()
        code = bool(self._training.runner.code(self._run.demo, self._run.params, self._run.seed))
        figures = self._final or ([self._newest] if self._newest else [])
        told = self._cards.result(self._key, self._spec, self._run, result, figures, code)
        turn = self._cards.turn(f"{self._key}.turn", self._spec, self._run, result.turn) if result.turn else None
        if self._in_one:
            yield self._cards.whole(told, turn)
        else:
            yield told
            if turn:
                yield turn


async def move(request: Request, tools: Tools, run: Run, chosen: str) -> AsyncIterator[Reply]:
    """Do one move with a finished run's network. Raises DemosFull and BadFile."""
    training = tools.training
    spec, cards, key = training.runner.specs[run.demo], cards_for(tools, run.lang), f"{request.id}.turn"
    state = await training.runs.state(run.id)
    files = files_for(request, played(spec), training.upload)
    job = Job(run.demo, run.params, run.seed, run.lang, files, chosen, run.memory, state)
    figures: list[Figure] = []
    try:
        async with training.runner.start(job) as running:
            async for event in running:
                if isinstance(event, Picture):
                    figures.append(await training.pictures.keep(run.id, event, run.lang))
                elif isinstance(event, Turn):
                    await training.runs.keep(run.id, event.memory)
                    yield cards.turn(key, spec, run, event, figures)
                elif isinstance(event, Failed):
                    reply = cards.failed(key, spec, run, event)
                    yield replace(reply, blocks=tuple(b for b in reply.blocks if not isinstance(b, Choices)))
    except QueueFull:
        raise DemosFull from None


async def _within_quota(training: Training, run: Run) -> None:
    if training.per_day and await training.runs.began_today(run.learner) >= training.per_day:
        raise DemoQuota(n=str(training.per_day))


def played(spec: DemoSpec) -> tuple[FileKind, ...]:
    """Give the kinds of files that can be sent to a demo's trained network."""
    return tuple(kind for kind in KINDS if kind in spec.plays)


def files_for(request: Request, kinds: Collection[FileKind], most: int) -> Mapping[FileKind, Path]:
    """Give the files of a request by kind, of at most `most` MB. Raises BadFile for one of no kind that is taken."""
    found = {kind: path for path in request.files if (kind := kind_of(path, most * MB))}
    if len(found) < len(request.files) or not set(found) <= set(kinds):
        raise BadFile(mb=str(most))
    return found


def kind_of(path: Path, most: int) -> FileKind | None:
    """Tell an image from a table by how it begins; None for anything else, or for too much of it."""
    try:
        if not path.is_file() or path.stat().st_size > most:
            return None
        with path.open("rb") as file:
            head = file.read(TEXT_HEAD)
    except OSError:
        return None
    for kind, marks in HEADS:
        if head.startswith(marks):
            return kind
    return "csv" if head.strip() and b"\0" not in head and any(s in head for s in b",;") else None
