"""Puts quizzes, review and progress together, and keeps house: reminders, old things removed."""

import asyncio
import logging
import secrets
import time
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.charts.drawer import Drawer
from bot.config import Settings
from bot.learning.export import Exports
from bot.learning.personal import Personal
from bot.learning.reminders import Reminders
from bot.outbox import Outbox
from bot.storage import privacy
from bot.storage.errors import StorageError
from bot.storage.learners import StoredConversations
from bot.storage.linking import StoredLinks
from bot.storage.people import StoredPeople
from bot.storage.study import StoredStudy
from handlers.ports import Texts, Tools
from handlers.review import reminder
from handlers.study import Clock, Learning
from knowledge.passages import Lecture
from knowledge.quiz import kinds, patterns, prerequisites
from knowledge.quiz.bank import Bank
from knowledge.quiz.choosing import Chooser

HOUR = 3600.0  # seconds between two rounds of the house
SEEDS = 2**31  # seeds of a question
log = logging.getLogger(__name__)


class Dice:
    """Implements `handlers.study.Chance`."""

    def name(self) -> str:
        """Make a question's name: no learner can guess another's."""
        return secrets.token_urlsafe(9)

    def seed(self) -> int:
        """Make a question's seed."""
        return secrets.randbelow(SEEDS)


def load_chooser(settings: Settings, lecture: Lecture) -> Chooser:
    """Read the questions and what builds on what: the lecture's own, or `quiz/` beside another lecture's folder.

    Raises KnowledgeError.
    """
    if not settings.knowledge.folder:
        return Chooser(Bank.load(lecture), prerequisites.load(lecture))
    folder = Path(settings.knowledge.folder).parent / "quiz"
    needs = folder / "prerequisites.yaml"
    return Chooser(Bank.load(lecture, folder), prerequisites.load(lecture, needs) if needs.is_file() else {})


def no_questions() -> Chooser:
    """Choose from a bank without questions."""
    return Chooser(Bank({}, kinds.discover()), {})


@dataclass
class House:
    """What quizzes need, and the tasks that nobody waits for."""

    learning: Learning
    engine: AsyncEngine
    settings: Settings
    exports: Exports
    drawer: Drawer
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def start(self, tools: Tools, outbox: Outbox) -> None:
        """Begin to remind and to tidy."""
        if not self._tasks:
            zone, clock = self.learning.zone, self.learning.clock
            reminders = Reminders(self.engine, Teller(tools, outbox), zone, clock)
            self._tasks = [asyncio.create_task(reminders.run()), asyncio.create_task(self._keep_house())]
            if self.settings.learning.personal:
                personal = Personal(self.engine, self.settings.learning.personal_from)
                self._tasks.append(asyncio.create_task(personal.run()))

    async def close(self) -> None:
        """End the tasks."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep_house(self) -> None:
        while True:
            try:
                await self.tidy()
            except StorageError as error:
                log.warning("old data wasn't removed: %s", error)
            await asyncio.sleep(HOUR)

    async def tidy(self) -> None:
        """Remove what is older than its period."""
        kept = self.settings.privacy
        periods = privacy.Periods(kept.conversations_days, kept.answers_days, kept.inactive_days)
        await privacy.prune(self.engine, periods, self.learning.clock)
        await asyncio.to_thread(self.exports.remove_old, kept.exports_hours * HOUR)
        await asyncio.to_thread(self.drawer.remove_old)


class Teller:
    """Implements `bot.learning.reminders.Teller`: puts reminders into the learner's words, and into the outbox."""

    def __init__(self, tools: Tools, outbox: Outbox) -> None:
        """Keep the parts."""
        self._tools, self._outbox = tools, outbox

    def reaches(self, learner: str) -> bool:
        """Tell whether the learner's platform is connected."""
        return self._outbox.reaches(learner)

    async def remind(self, learner: str, due: int) -> None:
        """Tell a learner how many items are due. Raises SurfaceError."""
        lang = await self._tools.learners.language(learner) or self._tools.language
        await self._outbox.push(learner, reminder(due, lang, self._tools))


def build(
    settings: Settings,
    engine: AsyncEngine,
    chooser: Chooser,
    texts: Texts,
    conversations: StoredConversations,
    clock: Clock = time.time,
) -> House:
    """Put it together; starts nothing."""
    zone, data = settings.learning.timezone, settings.data_dir
    exports = Exports(engine, chooser.bank, texts, data / "exports", conversations.forget)
    drawer = Drawer(texts, data / "cache" / "progress")
    study, people, links = StoredStudy(engine, zone, clock), StoredPeople(engine, clock), StoredLinks(engine, clock)
    learning = Learning(chooser, patterns.load_synonyms(), study, people, links, exports, drawer, clock, Dice(), zone)
    return House(learning, engine, settings, exports, drawer)
