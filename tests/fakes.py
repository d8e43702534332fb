"""Small stand-ins for what is slow or outside: each implements the seam that production code offers."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.texts import Catalogues
from handlers.demos.ports import Run, Status, Training
from handlers.messages import Figure, Reply, Text
from handlers.ports import Tools
from handlers.study import Learning, Preferences
from knowledge.passages import Lang
from knowledge.questions import Context, Question
from knowledge.quiz.bank import Bank
from knowledge.quiz.choosing import Chooser
from knowledge.quiz.patterns import Synonyms
from knowledge.text import words
from knowledge.tutor import Found, Knowledge, Verdict
from models.engine.protocol import DemoSpec, Event, Job, Picture, QueueFull, Value, Waiting
from tests.demos import found

DIMENSIONS = 64


class HashingEncoder:
    """Implements `knowledge.vectors.Encoder`: bags of words, hashed into unit vectors; counts what it encodes."""

    def __init__(self, fingerprint: str = "hashing") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[tuple[str, str]] = []  # (role, text), in order

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode("query", texts)

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode("passage", texts)

    def _encode(self, role: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += [(role, text) for text in texts]
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text) or [""]:
                row[crc32(word.encode()) % DIMENSIONS] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class BatchedEncoder(HashingEncoder):
    """Writes down which questions were encoded together."""

    def __init__(self) -> None:
        super().__init__()
        self.batches: list[list[str]] = []

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        self.batches.append(list(texts))
        return super().queries(texts)


class DirectFinder:
    """Searches at once, by words alone."""

    problem, ready = "", True

    def __init__(self, knowledge: Knowledge) -> None:
        """Search this knowledge base."""
        self._knowledge = knowledge

    async def find(self, *readings: Question) -> Found:
        """Search, and choose a reading."""
        return self._knowledge.choose([self._knowledge.find(q, None) for q in readings])


class ScriptedFinder:
    """Gives the outcomes that a test wrote down, in order."""

    def __init__(self, *outcomes: Callable[[Question], Found]) -> None:
        """Keep them."""
        self._outcomes = list(outcomes)

    async def find(self, *readings: Question) -> Found:
        """Give the next one."""
        return self._outcomes.pop(0)(readings[0])


class MemoryConversations:
    """Contexts in a dict."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[tuple[str, str], Context] = {}

    async def context(self, learner: str, chat: str) -> Context:
        """Give the context."""
        return self.kept.get((learner, chat), Context())

    async def remember(self, learner: str, chat: str, context: Context) -> None:
        """Keep the context."""
        self.kept[learner, chat] = context


class MemoryLearners:
    """Languages in a dict."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, Lang] = {}

    async def language(self, learner: str) -> Lang | None:
        """Give the choice."""
        return self.kept.get(learner)

    async def choose_language(self, learner: str, lang: Lang) -> None:
        """Keep the choice."""
        self.kept[learner] = lang


class RecordingSurface:
    """Writes down what was shown, in order."""

    def __init__(self, impatient: bool = False) -> None:
        """Begin with nothing shown."""
        self.impatient = impatient
        self.log: list[str] = []
        self.sent: list[Reply] = []
        self.edits: list[tuple[object, Reply]] = []

    async def working(self) -> None:
        """Note it."""
        self.log.append("working")

    async def send(self, reply: Reply) -> object:
        """Keep a reply; its handle is its position."""
        self.log.append("send")
        self.sent.append(reply)
        return len(self.sent) - 1

    async def edit(self, handle: object, reply: Reply) -> None:
        """Keep an edit."""
        self.log.append("edit")
        self.edits.append((handle, reply))

    async def done(self) -> None:
        """Note it."""
        self.log.append("done")

    def spot(self, handle: object) -> str:
        """Write the position down."""
        return f"#{handle}"

    @property
    def texts(self) -> list[str]:
        """Give the texts sent."""
        return [block.markdown for reply in self.sent for block in reply.of(Text)]


class FakeKnowledge:
    """Stands in for the knowledge base behind the finder: says how it was used, and may be held up or fail."""

    def __init__(self) -> None:
        """Begin unprepared."""
        self.calls: list[str] = []
        self.vectors: list[NDArray[np.float32] | None] = []
        self.searched: list[list[str]] = []  # texts, search by search
        self.fails_on = ""
        self.finding = threading.Event()  # set once a search began
        self.hold, self.hold_find = threading.Event(), threading.Event()  # clear one to hold up the warm-up or searches
        self.hold.set()
        self.hold_find.set()

    def prepare(self) -> None:
        """Note it, and wait where a test holds it up."""
        self.hold.wait(10)
        self.calls.append("prepare")

    def use_model(self, encoder: object, cache: object) -> None:
        """Note it."""
        self.calls.append("use_model")

    def use_letters(self, cache: object) -> None:
        """Note it."""
        self.calls.append("use_letters")

    def forget_learners(self) -> None:
        """Note it."""
        self.calls.append("forget_learners")

    def find_all(self, questions: Sequence[Question], vectors: NDArray[np.float32] | None) -> list[Found]:
        """Find nothing; fail on the text that a test named."""
        self.finding.set()
        self.hold_find.wait(10)
        for question in questions:
            if question.text == self.fails_on:
                raise ArithmeticError(question.text)
        self.searched.append([question.text for question in questions])
        self.vectors += [None] * len(questions) if vectors is None else list(vectors)
        return [Found(question, Verdict.DECLINE) for question in questions]

    def choose(self, found: Sequence[Found]) -> Found:
        """Take the first."""
        return found[0]


class LineBuffer:
    """Bytes to be read line by line, as `sys.stdin.buffer` gives them."""

    def __init__(self, *lines: bytes) -> None:
        """Keep the lines."""
        self.buffer = self
        self._bytes = b"".join(lines)

    def readline(self, size: int = -1) -> bytes:
        """Give the next line, or as much of it as `size` allows."""
        end = self._bytes.find(b"\n") + 1 or len(self._bytes)
        end = min(end, size) if size >= 0 else end
        line, self._bytes = self._bytes[:end], self._bytes[end:]
        return line


class NothingLearned:
    """Stands in for what `handlers.study` asks of the database: nothing was asked, and everyone was greeted."""

    async def current(self, learner: str, chat: str) -> None:
        """Find no quiz."""

    async def of(self, asked: str) -> None:
        """Find no question."""

    async def greet(self, learner: str) -> bool:
        """Know everyone."""
        return False

    async def preferences(self, learner: str) -> Preferences:
        """Give what everyone has."""
        return Preferences()


def no_learning() -> Learning:
    """Give a learning without questions, for tests of what isn't a quiz."""
    nothing: Any = NothingLearned()
    chooser = Chooser(Bank({}, {}), {})
    return Learning(chooser, Synonyms({}, {}), nothing, nothing, nothing, nothing, nothing, lambda: 0.0, nothing)


class MemoryRuns:
    """Implements `handlers.demos.ports.Runs` in dicts."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, Run] = {}
        self.states: dict[str, bytes] = {}

    async def add(self, learner: str, chat: str, demo: str, params: Mapping[str, Value], seed: int, lang: Lang) -> Run:
        """Keep it."""
        run = Run(f"run{len(self.kept)}", learner, chat, demo, params, seed, lang)
        self.kept[run.id] = run
        return run

    async def get(self, run: str) -> Run | None:
        """Give it."""
        return self.kept.get(run)

    async def begin(self, run: str, guess: str) -> bool:
        """Note it, once."""
        fresh = self.kept[run].status == "asked"
        if fresh:
            self.kept[run] = replace(self.kept[run], status="running", guess=guess)
        return fresh

    async def stand(self, run: str, spot: str) -> None:
        """Note it."""
        self.kept[run] = replace(self.kept[run], spot=spot)

    async def end(self, run: str, status: Status) -> None:
        """Note it."""
        self.kept[run] = replace(self.kept[run], status=status)

    async def keep(self, run: str, memory: str, state: bytes | None = None) -> None:
        """Keep them."""
        self.kept[run] = replace(self.kept[run], memory=memory)
        if state is not None:
            self.states[run] = state

    async def state(self, run: str) -> bytes:
        """Give it."""
        return self.states.get(run, b"")

    async def latest(self, learner: str, chat: str) -> Run | None:
        """Look from the end."""
        mine = [r for r in self.kept.values() if (r.learner, r.chat, r.status) == (learner, chat, "done")]
        return mine[-1] if mine else None

    async def began_today(self, learner: str) -> int:
        """Count them all."""
        return sum(r.learner == learner and r.status != "asked" for r in self.kept.values())


class NamedPictures:
    """Implements `handlers.demos.ports.Pictures`: figures of files that aren't there."""

    def __init__(self) -> None:
        """Begin with none."""
        self.kept: list[Picture] = []

    async def keep(self, run: str, picture: Picture, lang: Lang) -> Figure:
        """Keep the picture, and name its files."""
        self.kept.append(picture)
        path = Path(f"{run}-{picture.name}-{len(self.kept)}")
        return Figure(path, path, picture.alt[lang], picture.mime)


class ScriptedRunner:
    """Implements `handlers.demos.ports.DemoRunner`: says the events that a test wrote down; keeps the jobs."""

    def __init__(self, *events: Event | Waiting, specs: Mapping[str, DemoSpec] | None = None) -> None:
        """Keep them; the specs are those of the tests' demos."""
        self.specs = specs if specs is not None else {name: one.spec for name, one in found().items()}
        self.events, self.jobs, self.left = events, [], 0
        self.full = False
        self.hold: asyncio.Event | None = None  # waited for before the last event
        self.holding = asyncio.Event()

    def code(self, demo: str, params: Mapping[str, Value], seed: int) -> str:
        """Give one line."""
        return f"train({dict(params)}, {seed})" if self.specs[demo].call else ""

    @asynccontextmanager
    async def start(self, job: Job) -> AsyncIterator[AsyncIterator[Event | Waiting]]:
        """Run."""
        if self.full:
            raise QueueFull
        self.jobs.append(job)
        try:
            yield self._run()
        finally:
            self.left += 1

    async def _run(self) -> AsyncIterator[Event | Waiting]:
        for i, event in enumerate(self.events, 1):
            if i == len(self.events) and self.hold:
                self.holding.set()
                await self.hold.wait()
            yield event


def tools_for(
    knowledge: Knowledge, finder: object = None, language: Lang = "pt", runner: ScriptedRunner | None = None
) -> Tools:
    """Give a handler's tools, all in memory."""
    finder = finder or DirectFinder(knowledge)
    training = Training(runner or ScriptedRunner(), MemoryRuns(), NamedPictures())
    return Tools(
        knowledge, finder, Catalogues(), MemoryConversations(), MemoryLearners(), language, training=training,  # type: ignore[arg-type]
        learning=no_learning(),
    )  # fmt: skip


class FakeClock:
    """A time that passes only where something sleeps."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.now = 0.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Let the time pass at once, and others run."""
        self.now += seconds
        await asyncio.sleep(0)


class MemoryDeliveries:
    """Implements `bot.platforms.base.Deliveries` in a set."""

    def __init__(self) -> None:
        """Begin empty."""
        self.taken: set[tuple[str, str]] = set()
        self.finished: set[tuple[str, str]] = set()

    async def first(self, platform: str, delivery: str) -> bool:
        """Tell whether it is new."""
        new = (platform, delivery) not in self.taken
        self.taken.add((platform, delivery))
        return new

    async def finish(self, platform: str, delivery: str) -> None:
        """Note it."""
        self.finished.add((platform, delivery))
