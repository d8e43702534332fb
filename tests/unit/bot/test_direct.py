"""The statements that every message makes: one trip each, and what SQLAlchemy's connections would give."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import direct
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


async def test_statements_that_come_meanwhile_share_a_trip(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lane(engine).read(_ALL, {})
    trips: list[int] = []
    executed = direct._executed

    def counted(database: sqlite3.Connection, asked: Sequence[tuple[str, Sequence[object]]]) -> object:
        trips.append(len(asked))
        return executed(database, asked)

    monkeypatch.setattr(direct, "_executed", counted)
    await asyncio.gather(*(lane(engine).read(_OF, {"learner": f"x:{n}"}) for n in range(20)))
    assert sum(trips) == 20 and len(trips) <= 2


async def test_one_that_fails_leaves_the_others_their_rows(engine: AsyncEngine) -> None:
    await lane(engine).change(_ADD, ONE)
    no_row, refused, row = await asyncio.gather(
        lane(engine).read(_OF, {"learner": "x:ana"}),
        lane(engine).read(_ADD, ONE),
        lane(engine).read(_ALL, {}),
        return_exceptions=True,
    )
    assert no_row == [] and isinstance(refused, StorageError)
    assert isinstance(row, list) and len(row) == 1


async def test_what_sqlite_cannot_hold_is_told_to_who_asked(engine: AsyncEngine) -> None:
    too_large, fine = await asyncio.gather(
        lane(engine).read(_OF, {"learner": 2**80}), lane(engine).read(_ALL, {}), return_exceptions=True
    )
    assert isinstance(too_large, OverflowError) and fine == []


async def test_who_gives_up_waiting_holds_nobody_up(engine: AsyncEngine) -> None:
    tasks = [asyncio.create_task(lane(engine).read(_ALL, {})) for _ in range(3)]
    await asyncio.sleep(0)
    tasks[1].cancel()
    assert [await tasks[0], await tasks[2]] == [[], []]
    assert await lane(engine).read(_ALL, {}) == []


async def test_a_database_that_cannot_be_opened_is_an_error_for_each(tmp_path: Path) -> None:
    lost = direct.Lane(tmp_path / "no" / "folder" / "s.db", asyncio.Lock())
    told = await asyncio.gather(*(lost.read(_ALL, {}) for _ in range(3)), return_exceptions=True)
    assert all(isinstance(one, StorageError) for one in told)


async def test_the_programs_end_tells_who_waits(engine: AsyncEngine) -> None:
    await lane(engine).read(_ALL, {})
    waiting = asyncio.create_task(lane(engine).read(_ALL, {}))
    await asyncio.sleep(0)
    going = lane(engine)._going
    assert going is not None
    await asyncio.sleep(0)
    going.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert await lane(engine).read(_ALL, {}) == []  # and the next ones are answered
