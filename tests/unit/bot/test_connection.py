"""SQLite's connection: one trip a statement, and nothing left open behind."""

import asyncio
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.connection import Connection
from bot.storage.database import open_database
from bot.storage.tables import learners

ANA = {"learner": "x:ana", "language": "pt"}


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "s.db")
    yield engine
    await engine.dispose()


async def driver(connection: AsyncConnection) -> Connection:
    found = (await connection.get_raw_connection()).driver_connection
    assert isinstance(found, Connection)
    return found


async def test_a_statement_gives_its_rows_its_count_and_its_names(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        added = await connection.execute(sa.insert(learners), [ANA, {"learner": "x:bia", "language": "en"}])
        assert added.rowcount == 2
        rows = (await connection.execute(sa.select(learners).order_by(learners.c.learner))).mappings().all()
    assert [dict(row) for row in rows] == [ANA, {"learner": "x:bia", "language": "en"}]


async def test_reading_leaves_no_transaction_open(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        await connection.execute(sa.select(learners))
        assert not (await driver(connection)).in_transaction


async def test_what_was_changed_before_an_error_is_dropped(engine: AsyncEngine) -> None:
    with pytest.raises(IntegrityError):
        async with engine.begin() as connection:
            await connection.execute(sa.insert(learners).values(ANA))
            await connection.execute(sa.insert(learners).values(ANA))
    async with engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(learners)) == 0


async def test_a_writer_who_is_cancelled_midway_leaves_the_database_free(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        go = threading.Event()
        waiting = asyncio.create_task((await driver(connection)).trip(lambda _: go.wait()))  # SQLite's thread is busy …
        writing = asyncio.create_task(connection.execute(sa.insert(learners).values(ANA)))
        await asyncio.sleep(0)
        writing.cancel()  # … so this is cancelled while it waits for its turn
        go.set()
        await asyncio.gather(waiting, writing, return_exceptions=True)
    async with engine.begin() as connection:
        await connection.execute(sa.insert(learners).values(ANA))
