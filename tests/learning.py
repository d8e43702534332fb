"""Tools over a real SQLite file and a small real question bank, with a time and a chance of the test's own."""

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.config import Settings
from bot.learning import assembly
from bot.learning.assembly import House
from bot.routes import Routes
from bot.storage.database import open_database
from bot.storage.learners import StoredConversations, StoredLearners
from handlers.messages import Choice, Choices, Poll, Reply, Request, Text
from handlers.ports import Tools
from knowledge.quiz.bank import Bank
from knowledge.quiz.choosing import Chooser
from knowledge.quiz.model import Answer
from knowledge.tutor import Knowledge
from tests.fakes import tools_for

NOON = 1_796_050_800.0  # Monday, 30 November 2026, noon in São Paulo
DAY = 24 * 3600.0
BANK = Path(__file__).parent / "bank"  # five items on the small lecture of conftest.py


class Time:
    """A clock that a test sets."""

    def __init__(self, now: float = NOON) -> None:
        """Begin at noon."""
        self.now = now

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


class Counted:
    """Implements `handlers.study.Chance` by counting."""

    def __init__(self, start: int = 1) -> None:
        """Count from here."""
        self._count = itertools.count(start)

    def name(self) -> str:
        """Give the next name."""
        return f"q{next(self._count)}"

    def seed(self) -> int:
        """Give the next seed."""
        return next(self._count)


@dataclass
class Desk:
    """Asks the tutor as the dispatcher does; `last` are the replies to the last request."""

    tools: Tools
    house: House
    engine: AsyncEngine
    clock: Time
    routes: Routes = field(default_factory=Routes)
    last: list[Reply] = field(default_factory=list)

    async def ask(
        self, text: str = "", press: str = "", user: str = "ana", platform: str = "shell", chat: str = ""
    ) -> Reply:
        """Send a request; gives the last reply."""
        handler, request = self.routes.route(Request("1", user, platform, text, press, chat, locale="pt"))
        self.last = [reply async for reply in handler(request, self.tools)]
        return self.last[-1]

    async def press(self, reply: Reply, label: str, **who: str) -> Reply:
        """Press what is labelled so."""
        [choice] = [c for c in offered(reply) if c.label == label]
        return await self.ask(press=choice.id, **who)  # type: ignore[arg-type]

    async def right(self, reply: Reply, user: str = "ana", right: bool = True) -> Reply:
        """Answer an open question right, or wrong."""
        quiz = await self.tools.learning.study.current(f"shell:{user}", "")
        assert quiz and quiz.open and reply.data["item"] == quiz.item
        key = self.tools.learning.bank.key(quiz.item, quiz.lang, quiz.seed)
        return await self._answer(quiz.asked, key if right else self._wrong(quiz.item, key), user)

    def _wrong(self, item: str, key: Answer) -> Answer:
        if isinstance(key, tuple):
            return key[1:] + key[:1]
        return "zebra" if isinstance(key, str) else 1 - min(key, 1)

    async def _answer(self, asked: str, answer: Answer, user: str) -> Reply:
        if isinstance(answer, str):
            return await self.ask(answer, user=user)
        for option in answer if isinstance(answer, tuple) else (answer,):
            reply = await self.ask(press=f"a:pt:{asked}.o{option}", user=user)
        return reply


def offered(reply: Reply) -> list[Choice]:
    """List what can be pressed."""
    found = [choice for block in reply.of(Choices) for choice in block.items]
    return [*(option for poll in reply.of(Poll) for option in poll.options), *found]


def said(reply: Reply) -> str:
    """Give the texts of a reply."""
    return "\n".join(block.markdown for block in reply.of(Text))


@asynccontextmanager
async def desk(knowledge: Knowledge, folder: Path, clock: Time | None = None, start: int = 1) -> AsyncIterator[Desk]:
    """Give a tutor with the small lecture and the items above, over the database in `folder`."""
    clock = clock or Time()
    engine = await open_database(folder / "sinapse.db")
    bank = Bank.load(knowledge.lecture, BANK)
    plain = tools_for(knowledge)
    conversations = StoredConversations(engine)
    house = assembly.build(Settings(data_dir=folder), engine, Chooser(bank, {}), plain.texts, conversations, clock)
    learning = replace(house.learning, chance=Counted(start))
    house.learning = learning
    tools = replace(plain, learners=StoredLearners(engine), conversations=conversations, learning=learning)
    try:
        yield Desk(tools, house, engine, clock)
    finally:
        await house.close()
        await engine.dispose()
