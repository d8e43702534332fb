"""What the demos' handlers ask of the world. `bot/` implements it."""

from collections.abc import AsyncIterable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Literal, Protocol

from handlers.messages import Figure
from knowledge.passages import Lang
from models.engine.protocol import DemoSpec, Event, Job, Picture, Value, Waiting

Status = Literal["asked", "running", "done", "stopped", "failed", "cut"]


class DemoRunner(Protocol):
    """Runs demos, here or on another machine."""

    @property
    def specs(self) -> Mapping[str, DemoSpec]:
        """Give every demo's spec, by name."""
        ...

    def code(self, demo: str, params: Mapping[str, Value], seed: int) -> str:
        """Give the lines that a run with these values runs; "" where a demo shows none."""
        ...

    def start(self, job: Job) -> AbstractAsyncContextManager[AsyncIterable[Event | Waiting]]:
        """Give a run: entering it claims a place (raises QueueFull), leaving it stops it, iterating runs it.

        The last event is a Result, a Turn where the job is a move, or Failed.
        """
        ...


@dataclass(frozen=True, slots=True)
class Run:
    """One run as it is remembered: what is pressed under it works after a restart."""

    id: str  # short: it is part of choices' ids
    learner: str
    chat: str
    demo: str
    params: Mapping[str, Value]
    seed: int
    lang: Lang
    status: Status = "asked"
    guess: str = ""  # what the learner expects: an option of the spec's question
    memory: str = ""  # of the last Turn
    spot: str = ""  # where its message stands, in its platform's own words


class Runs(Protocol):
    """The runs that were asked for; survives a restart."""

    async def add(self, learner: str, chat: str, demo: str, params: Mapping[str, Value], seed: int, lang: Lang) -> Run:
        """Keep a new run, and give it its id."""
        ...

    async def get(self, run: str) -> Run | None:
        """Give a run."""
        ...

    async def begin(self, run: str, guess: str) -> bool:
        """Note that it runs, unless it did already; tells which."""
        ...

    async def stand(self, run: str, spot: str) -> None:
        """Note where its message stands."""
        ...

    async def end(self, run: str, status: Status) -> None:
        """Note how it ended."""
        ...

    async def keep(self, run: str, memory: str, state: bytes | None = None) -> None:
        """Keep what the next move needs; None leaves the trained network as it is."""
        ...

    async def state(self, run: str) -> bytes:
        """Give the trained network; b"" where there is none (any more)."""
        ...

    async def latest(self, learner: str, chat: str) -> Run | None:
        """Give a learner's last finished run in a chat."""
        ...

    async def began_today(self, learner: str) -> int:
        """Count a learner's runs of the last 24 hours."""
        ...


class Pictures(Protocol):
    """Where a run's pictures lie."""

    async def keep(self, run: str, picture: Picture, lang: Lang) -> Figure:
        """Write a picture down and show it in a reply."""
        ...


@dataclass(frozen=True, slots=True)
class Training:
    """All that the demos' handlers are given beside the other tools."""

    runner: DemoRunner
    runs: Runs
    pictures: Pictures
    per_day: int = 0  # runs a learner may begin in 24 hours; 0: any number
    upload: int = 8  # MB of a learner's file
