"""The one place where parts meet: builds the tutor, and owns its tasks and its end."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.config import Settings
from bot.dispatcher import Dispatcher
from bot.finder import BatchingFinder
from bot.platforms.base import Platform, Ties
from bot.storage.database import open_database
from bot.storage.learners import StoredConversations, StoredLearners
from bot.storage.ties import StoredDeliveries, StoredPolls, StoredThreads
from bot.texts import Catalogues
from handlers.ports import Tools
from knowledge import loader
from knowledge.tutor import Knowledge
from knowledge.vectors import Encoder
from models.embedder import Embedder

LoadModel = Callable[[], Encoder]


@dataclass
class App:
    """The tutor, put together."""

    tools: Tools
    finder: BatchingFinder
    dispatcher: Dispatcher
    ties: Ties
    _close: Callable[[], Awaitable[None]]

    async def serve(self, platform: Platform) -> None:
        """Warm up in the background and run a platform to its end."""
        self.finder.start()
        await platform.run(self.dispatcher.run)

    async def close(self) -> None:
        """End every task and the database."""
        await self.finder.close()
        await self._close()


def cache_folder(settings: Settings) -> Path:
    """Where what can be made anew is kept."""
    return settings.data_dir / "cache"


def model_loader(settings: Settings) -> LoadModel | None:
    """Give what loads the configured model, or None for search by words alone."""
    if settings.knowledge.model == "none":
        return None
    return partial(Embedder, settings.knowledge.model, cache_folder(settings) / "models")


def load_knowledge(settings: Settings) -> Knowledge:
    """Read the knowledge base. Raises KnowledgeError."""
    return Knowledge.load(Path(settings.knowledge.folder) if settings.knowledge.folder else loader.LECTURE)


async def bootstrap(
    settings: Settings,
    *,
    load_model: LoadModel | None = None,
    knowledge: Knowledge | None = None,
    database: Path | None = None,
) -> App:
    """Build the tutor. Raises KnowledgeError and StorageError; starts nothing."""
    knowledge = knowledge or load_knowledge(settings)
    engine = await open_database(database or settings.data_dir / "sinapse.db")
    finder = BatchingFinder(
        knowledge,
        load_model or model_loader(settings),
        cache_folder(settings),
        batch=settings.knowledge.batch,
        patience=settings.bot.ready_wait,
    )
    tools = Tools(
        knowledge, finder, Catalogues(), StoredConversations(engine), StoredLearners(engine), settings.bot.language
    )
    ties = Ties(tools, StoredDeliveries(engine), StoredPolls(engine), StoredThreads(engine), settings.data_dir)
    return App(tools, finder, Dispatcher(tools, settings.bot.busy_wait, ties.deliveries), ties, engine.dispose)
