"""Open the database, bring it up to date, and refuse one that can't be used."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.storage import sqlite
from bot.storage.connection import connect
from bot.storage.direct import writers
from bot.storage.errors import StorageError as StorageError  # noqa: PLC0414  # known by this name

HEAD = "0005"  # the newest migration; a test holds it against the folder
TRIES, PAUSE = 25, 0.2  # looks at another process's upgrade, and seconds between them
MIGRATIONS = Path(__file__).parent / "migrations"


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Give a connection to read with. Raises StorageError."""
    try:
        async with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StorageError(_reason(error)) from error


@asynccontextmanager
async def writing(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """Give a connection whose changes are kept together, or not at all; one at a time. Raises StorageError."""
    try:
        async with writers(engine), engine.begin() as connection:
            yield connection
    except SQLAlchemyError as error:
        raise StorageError(_reason(error)) from error


def _reason(error: SQLAlchemyError) -> str:
    """Say what the database said: without the statement, which may hold a learner's words."""
    return str(getattr(error, "orig", None) or type(error).__name__)


async def open_database(path: Path) -> AsyncEngine:
    """Open (and make) the SQLite database at `path`. Raises StorageError."""
    engine = create_async_engine(sqlite.url(path), async_creator=lambda: connect(path))
    event.listen(engine.sync_engine, "connect", sqlite.prepare)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        await _bring_up_to_date(engine, path)
    except StorageError:
        await engine.dispose()
        raise
    except (DatabaseError, OSError) as error:
        await engine.dispose()
        reason = error.orig if isinstance(error, DatabaseError) else error
        raise StorageError(f"{path}: can't be used as a database ({reason}); it was left as it is") from error
    return engine


async def _bring_up_to_date(engine: AsyncEngine, path: Path) -> None:
    async with engine.connect() as connection:
        revision = await connection.run_sync(_revision)
    if revision == HEAD:
        return
    if revision is not None and revision > HEAD:
        raise StorageError(
            f"{path}: made by a newer Sinapse (revision {revision}, this one knows {HEAD}); update first"
        )
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except OperationalError:  # another process may have been making the same tables
        await _wait_for_another(engine)


async def _wait_for_another(engine: AsyncEngine) -> None:
    """Wait until another process's upgrade is there. Raises OperationalError when it doesn't come."""
    for _ in range(TRIES):
        async with engine.connect() as connection:
            if await connection.run_sync(_revision) == HEAD:
                return
        await asyncio.sleep(PAUSE)
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def _revision(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(connection: sa.Connection) -> None:
    from alembic import command
    from alembic.config import Config

    if _revision(connection) == HEAD:  # another process was faster
        return
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
