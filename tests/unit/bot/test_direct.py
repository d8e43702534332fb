"""The statements that every message makes: one trip each, and what SQLAlchemy's connections would give."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import open_database, writing
from bot.storage.direct import lane
from bot.storage.errors import StorageError
from bot.storage.sqlite import insert
from bot.storage.tables import deliveries, learners

ONE = {"platform": "x", "delivery": "7", "at": 1.5, "run": "r", "done": True}
_ADD = insert(deliveries)
_ALL = sa.select(deliveries)
_OF = sa.select(learners.c.language).where(learners.c.learner == sa.bindparam("learner"))


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "s.db")
    yield engine
    await engine.dispose()


async def test_a_row_is_read_as_sqlalchemy_reads_it(engine: AsyncEngine) -> None:
    await lane(engine).change(_ADD, ONE)
    async with engine.connect() as connection:
        expected = (await connection.execute(_ALL)).mappings().one()
    [found] = await lane(engine).read(_ALL, {})
    assert found == dict(expected)
    assert found["done"] is True


async def test_a_change_gives_what_it_returns(engine: AsyncEngine) -> None:
    claim = insert(deliveries).on_conflict_do_nothing().returning(deliveries.c.delivery)
    assert await lane(engine).change(claim, ONE) == [{"delivery": "7"}]
    assert await lane(engine).change(claim, ONE) == []


async def test_it_sees_what_another_connection_wrote(engine: AsyncEngine) -> None:
    assert await lane(engine).read(_OF, {"learner": "x:ana"}) == []
    async with writing(engine) as connection:
        await connection.execute(sa.insert(learners).values(learner="x:ana", language="en"))
    assert await lane(engine).read(_OF, {"learner": "x:ana"}) == [{"language": "en"}]


async def test_a_refused_change_is_an_error_and_leaves_the_database_free(engine: AsyncEngine) -> None:
    await lane(engine).change(_ADD, ONE)
    with pytest.raises(StorageError, match="UNIQUE"):
        await lane(engine).change(_ADD, ONE)
    async with writing(engine) as connection:
        await connection.execute(sa.delete(deliveries))
    assert await lane(engine).read(_ALL, {}) == []


async def test_a_change_waits_for_the_writer_before_it(engine: AsyncEngine) -> None:
    async with writing(engine) as connection:
        await connection.execute(sa.insert(learners).values(learner="x:ana", language="en"))
        change = asyncio.create_task(lane(engine).change(_ADD, ONE))
        await lane(engine).read(_ALL, {})
        assert not change.done()
    assert await change == []


async def test_many_at_once_open_one_connection(engine: AsyncEngine) -> None:
    rows = await asyncio.gather(*(lane(engine).read(_OF, {"learner": f"x:{n}"}) for n in range(20)))
    assert rows == [[]] * 20
    assert lane(engine) is lane(engine)
