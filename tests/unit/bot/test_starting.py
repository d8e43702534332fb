"""A tutor that platforms may talk to before it is there."""

import asyncio
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest

from bot.config import Settings
from bot.oneshot import CollectingSurface
from bot.outbox import Outbox
from bot.platforms.base import Dispatch
from bot.starting import Make, Starting
from handlers.messages import Request
from knowledge.errors import KnowledgeError

REQUEST = Request("1", "ana", "test", "oi")
WRONG = KnowledgeError("gan.md", 1, "no front matter")  # type: ignore[arg-type]


@dataclass
class Tutor:
    """Stands in for an App: writes down what happens to it."""

    seen: list[str] = field(default_factory=list)
    allowed: asyncio.Event = field(default_factory=asyncio.Event)
    problem: str = ""

    def __post_init__(self) -> None:
        self.finder = SimpleNamespace(ready=True, problem="no torch")
        self.outbox = Outbox()
        self.dispatcher = self

    async def make(self, _: Settings) -> "Tutor":
        await self.allowed.wait()
        return self

    def start(self) -> None:
        self.seen.append("warm up")

    async def run(self, request: Request, _: object) -> None:
        self.seen.append(request.text)

    async def close(self) -> None:
        self.seen.append("close")


class WorkingSurface(CollectingSurface):
    worked = False

    async def working(self) -> None:
        self.worked = True


@dataclass
class Asking:
    """A platform on which one thing is asked; then it ends, or stays."""

    stays: bool = False
    name: str = "asking"
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    surface: WorkingSurface = field(default_factory=WorkingSurface)

    async def run(self, dispatch: Dispatch) -> None:
        self.asked.set()
        await dispatch(REQUEST, self.surface)
        if self.stays:
            await asyncio.Event().wait()


async def failing(_: Settings) -> None:
    raise WRONG


def starting(make: object) -> Starting:
    return Starting(Settings(), make)  # type: ignore[arg-type]


async def test_a_platform_listens_before_the_tutor_is_there() -> None:
    tutor, platform = Tutor(), Asking()
    start = starting(tutor.make)
    serving = asyncio.create_task(start.serve(platform))
    await platform.asked.wait()
    assert (start.ready, start.problem, tutor.seen) == (False, "", [])
    tutor.allowed.set()
    await serving
    assert (start.ready, start.problem, tutor.seen) == (True, "no torch", ["warm up", "oi"])


async def test_who_asks_early_sees_that_it_is_worked_on() -> None:
    tutor, platform = Tutor(), Asking()
    serving = asyncio.create_task(starting(tutor.make).serve(platform))
    await platform.asked.wait()
    await asyncio.sleep(0)
    assert platform.surface.worked
    tutor.allowed.set()
    await serving


async def test_a_start_that_fails_ends_the_platform() -> None:
    with pytest.raises(KnowledgeError):
        await starting(failing).serve(Asking(stays=True))


async def test_a_platform_that_ends_first_still_hears_of_a_failed_start() -> None:
    class Gone(Asking):
        async def run(self, dispatch: Dispatch) -> None:
            """Nobody is there."""

    with pytest.raises(KnowledgeError):
        await starting(failing).serve(Gone())


async def test_a_platform_that_fails_raises_its_own_error() -> None:
    class Broken(Asking):
        async def run(self, dispatch: Dispatch) -> None:
            raise OSError("no terminal")

    tutor = Tutor()
    tutor.allowed.set()
    with pytest.raises(OSError, match="no terminal"):
        await starting(tutor.make).serve(Broken())


async def test_closing_closes_what_was_made() -> None:
    tutor = Tutor()
    tutor.allowed.set()
    start = starting(tutor.make)
    await start.serve(Asking())
    await start.close()
    assert tutor.seen[-1] == "close"


@pytest.mark.parametrize("make", [failing, Tutor().make])
async def test_closing_what_is_not_there_does_nothing(make: Make) -> None:
    start = starting(make)
    await start.close()
    assert not start.ready


async def test_an_interrupted_request_does_not_end_the_start() -> None:
    tutor = Tutor()
    start = starting(tutor.make)
    asking = asyncio.create_task(start.dispatch(REQUEST, CollectingSurface()))
    await asyncio.sleep(0)
    asking.cancel()
    tutor.allowed.set()
    await start.serve(Asking())
    assert tutor.seen == ["warm up", "oi"]
