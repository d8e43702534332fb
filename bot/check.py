"""`python -m bot check`: is everything in place? One readable line each; the exit code says it too."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TextIO

from bot import tokens
from bot.app import LoadModel, cache_folder, load_knowledge, model_loader
from bot.config import Settings
from bot.finder import Process
from bot.storage.database import StorageError, open_database
from bot.whoami import Rejected, Unreachable, whoami
from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS
from knowledge.vectors import VectorStore
from models import demos
from models.engine.words import DemoFault

Check = Callable[[Settings], Awaitable[str]]


class Wrong(Exception):
    """A check's finding."""


class Untold(Exception):
    """What can't be checked here and now; no failure."""


async def check(settings: Settings, out: TextIO) -> int:
    """Run every check; 0 when all is well, 1 otherwise."""
    failures, hidden = 0, tokens.secrets()

    def tell(line: str) -> None:
        out.write(tokens.redact(line, hidden))

    for name, run in CHECKS.items():
        try:
            tell(f"ok    {name}: {await run(settings)}\n")
        except (Wrong, KnowledgeError, StorageError, DemoFault) as error:
            failures += 1
            tell(f"WRONG {name}: {error}\n")
        except Untold as note:
            tell(f"note  {name}: {note}\n")
        out.flush()
    return 1 if failures else 0


async def _settings(settings: Settings) -> str:
    return f"data in {settings.data_dir}"


async def _knowledge(settings: Settings) -> str:
    lecture = (await asyncio.to_thread(load_knowledge, settings)).lecture
    questions = sum(len(p.twins[lang].questions) for p in lecture.passages.values() for lang in LANGS)
    return f"{len(lecture.concepts)} concepts, {len(lecture.passages)} passages, {questions} sample questions"


async def _database(settings: Settings) -> str:
    engine = await open_database(settings.data_dir / "sinapse.db")
    await engine.dispose()
    return "readable, up to date"


async def _model(settings: Settings) -> str:
    load = model_loader(settings)
    if load is None:
        return 'none, as configured (knowledge.model = "none"): search by words alone'
    try:
        return await asyncio.to_thread(_tried, load, cache_folder(settings))
    except ImportError as error:
        raise Wrong(f"{error}; run `make install` (until then: search by words alone)") from error
    except (OSError, ValueError, RuntimeError) as error:
        raise Wrong(
            f"{settings.knowledge.model} can't be loaded ({(str(error) or type(error).__name__).splitlines()[0]})"
        ) from error


def _tried(load: LoadModel, cache: Path) -> str:
    """Load the model and encode with it."""
    encoder = load()
    try:
        vectors = VectorStore(encoder, cache).get("query", ["o que é uma rede neural?"])
        return f"{encoder.fingerprint}, {vectors.shape[1]} dimensions"
    finally:
        if isinstance(encoder, Process):
            encoder.close()


async def _demos(settings: Settings) -> str:
    found = await asyncio.to_thread(demos.discover)
    if find_spec("torch") is None:
        raise Untold(f"{len(found)}, but torch isn't installed and they need it; run `make install`")
    return f"{len(found)}, at most {settings.demos.cpu_seconds:g} CPU seconds each"


async def _token(name: str, settings: Settings) -> str:
    variable, token = tokens.VARIABLES[name], tokens.read().get(name)
    if token is None:
        raise Untold(f"no token ({variable})")
    try:
        return f"the token is @{await whoami(name, token, settings)}'s"
    except Rejected:
        raise Wrong(f"the token isn't valid; get one at {tokens.WHERE[name]} and set {variable}") from None
    except Unreachable as error:
        raise Untold(f"the token wasn't checked: {error}") from None


CHECKS: dict[str, Check] = {
    "settings": _settings,
    "knowledge": _knowledge,
    "database": _database,
    "model": _model,
    "demos": _demos,
    **{name: partial(_token, name) for name in tokens.VARIABLES},
}
