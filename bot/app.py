"""The one place where parts meet: builds the tutor, and owns its tasks and its end."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot import cutoffs
from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.finder import BatchingFinder
from bot.gallery import KeptPictures
from bot.learning import assembly
from bot.learning.assembly import House
from bot.outbox import Outbox
from bot.platforms.base import Platform, Ties
from bot.storage.database import open_database
from bot.storage.learners import StoredConversations, StoredLearners
from bot.storage.runs import StoredRuns
from bot.storage.ties import StoredDeliveries, StoredPolls, StoredThreads
from bot.texts import Catalogues
from handlers.demos.ports import Training
from handlers.errors import NotReady
from handlers.ports import Tools
from knowledge import loader
from knowledge.quiz.choosing import Chooser
from knowledge.tutor import Knowledge
from knowledge.vectors import Encoder
from models import demos
from models.encoding import EncoderProcess
from models.engine.protocol import Limits
from models.engine.runner import Runner

LoadModel = Callable[[], Encoder]


@dataclass
class App:
    """The tutor, put together."""

    tools: Tools
    finder: BatchingFinder
    dispatcher: Dispatcher
    ties: Ties
    house: House
    demos: Runner
    runs: StoredRuns
    _close: Callable[[], Awaitable[None]]
    warm: bool = False  # fork demos' first process with the bot, not at the first demo
    outbox: Outbox = field(default_factory=Outbox)
    _tasks: "list[asyncio.Task[None]]" = field(default_factory=list)

    def start(self) -> None:
        """Begin what runs in the background: the warm-up, demos' first process, reminders, tidying."""
        self.finder.start()
        self.house.start(self.tools, self.outbox)
        if not self._tasks:
            self._tasks.append(asyncio.create_task(cutoffs.tell(self.runs, self.tools, self.outbox)))
            if self.warm:
                self._tasks.append(asyncio.create_task(self._warm()))

    async def _warm(self) -> None:
        with suppress(NotReady):
            await self.finder.wait_ready()  # what learners wait for comes first
        await self.demos.warm()

    async def serve(self, platform: Platform) -> None:
        """Run a platform to its end."""
        self.start()
        with self.outbox.serving(platform):
            await platform.run(self.dispatcher.run)

    async def close(self) -> None:
        """End every task and the database."""
        await self.house.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.finder.close()
        await self.demos.close()
        await self._close()


def cache_folder(settings: Settings) -> Path:
    """Where what can be made anew is kept."""
    return settings.data_dir / "cache"


def model_loader(settings: Settings) -> LoadModel | None:
    """Give what starts the configured model in a process of its own, or None for search by words alone."""
    if settings.knowledge.model == "none":
        return None
    return partial(EncoderProcess, settings.knowledge.model, settings.knowledge.fast)


def demo_runner(settings: Settings) -> Runner:
    """Give what runs the demos; it starts nothing. Raises DemoFault."""
    table = settings.demos
    limits = Limits(table.seconds, table.cpu_seconds, table.memory, upload=table.upload)
    return Runner(demos.discover(), limits, settings.demos.at_once, settings.demos.queue)


def load_knowledge(settings: Settings) -> Knowledge:
    """Read the knowledge base. Raises KnowledgeError."""
    return Knowledge.load(Path(settings.knowledge.folder) if settings.knowledge.folder else loader.LECTURE)


async def bootstrap(
    settings: Settings,
    *,
    load_model: LoadModel | None = None,
    knowledge: Knowledge | None = None,
    database: Path | None = None,
    chooser: Chooser | None = None,
) -> App:
    """Build the tutor; starts nothing. A given lecture has no questions. Raises KnowledgeError, StorageError."""
    if knowledge is None:
        knowledge = await asyncio.to_thread(load_knowledge, settings)
        chooser = chooser or await asyncio.to_thread(assembly.load_chooser, settings, knowledge.lecture)
    engine = await open_database(database or settings.data_dir / "sinapse.db")
    finder = BatchingFinder(
        knowledge,
        load_model or model_loader(settings),
        cache_folder(settings),
        batch=settings.knowledge.batch,
        patience=settings.bot.ready_wait,
    )
    texts, conversations = Catalogues(), StoredConversations(engine, settings.privacy.keep_questions)
    house = assembly.build(settings, engine, chooser or assembly.no_questions(), texts, conversations)
    runner = demo_runner(settings)
    runs, pictures = StoredRuns(engine), KeptPictures(cache_folder(settings) / "runs")
    tools = Tools(
        knowledge, finder, texts, conversations, StoredLearners(engine), settings.bot.language,
        learning=house.learning,
        training=Training(runner, runs, pictures, settings.demos.per_day, settings.demos.upload),
    )  # fmt: skip
    ties = Ties(tools, StoredDeliveries(engine), StoredPolls(engine), StoredThreads(engine), settings.data_dir)
    dispatcher = Dispatcher(tools, settings.bot.busy_wait, ties.deliveries)
    return App(tools, finder, dispatcher, ties, house, runner, runs, engine.dispose, settings.demos.warm)
