"""What the chat platforms remember, in a real database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import ties
from bot.storage.database import StorageError, open_database
from bot.storage.learners import StoredLearners
from bot.storage.tables import deliveries
from bot.storage.ties import StoredDeliveries, StoredPolls, StoredThreads
from tests.fakes import FakeClock


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "sinapse.db")
    yield engine
    await engine.dispose()


async def test_an_update_is_new_once(engine: AsyncEngine) -> None:
    store = StoredDeliveries(engine)
    assert [await store.first("telegram", "7") for _ in range(3)] == [True, False, False]


async def test_updates_of_two_platforms_may_have_one_id(engine: AsyncEngine) -> None:
    store = StoredDeliveries(engine)
    assert await store.first("telegram", "7") and await store.first("discord", "7")


async def test_a_handled_update_stays_known_after_a_restart(engine: AsyncEngine) -> None:
    before = StoredDeliveries(engine)
    await before.first("telegram", "7")
    await before.finish("telegram", "7")
    assert not await StoredDeliveries(engine).first("telegram", "7")


async def test_an_update_that_a_crash_cut_off_is_new_once_more(engine: AsyncEngine) -> None:
    await StoredDeliveries(engine).first("telegram", "7")
    again = StoredDeliveries(engine)
    assert [await again.first("telegram", "7") for _ in range(2)] == [True, False]


async def test_old_updates_are_forgotten(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FakeClock()
    monkeypatch.setattr(ties, "PRUNE_EVERY", 2)
    store = StoredDeliveries(engine, clock)
    for delivery in ("1", "2", "3"):
        await store.first("telegram", delivery)
        clock.now += ties.KEPT * 0.6
    async with engine.connect() as connection:
        assert list(await connection.scalars(sa.select(deliveries.c.delivery))) == ["2", "3"]


async def test_a_polls_choices_are_kept_in_order_with_its_chat(engine: AsyncEngine) -> None:
    await StoredPolls(engine).keep("telegram", "p1", ["q:pt:b", "q:pt:a"], "-100:7")
    assert await StoredPolls(engine).choices("telegram", "p1") == (("q:pt:b", "q:pt:a"), "-100:7")


async def test_a_poll_kept_again_has_its_new_choices(engine: AsyncEngine) -> None:
    polls = StoredPolls(engine)
    await polls.keep("telegram", "p1", ["a"], "x")
    await polls.keep("telegram", "p1", ["b", "c"], "y")
    assert await polls.choices("telegram", "p1") == (("b", "c"), "y")


async def test_a_poll_of_somebody_else_has_no_choices(engine: AsyncEngine) -> None:
    await StoredPolls(engine).keep("telegram", "p1", ["a"], "")
    assert await StoredPolls(engine).choices("telegram", "p2") is None
    assert await StoredPolls(engine).choices("discord", "p1") is None


async def test_a_thread_is_known_once_it_was_opened(engine: AsyncEngine) -> None:
    threads = StoredThreads(engine)
    await threads.open("discord", "9", "discord:ana")
    await threads.open("discord", "9", "discord:bia")
    assert (await threads.opened("discord", "9"), await threads.opened("discord", "8")) == (True, False)


async def test_a_database_that_is_gone_is_said_without_the_learners_words(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(sa.text("DROP TABLE learners"))
    with pytest.raises(StorageError, match="no such table") as reading:
        await StoredLearners(engine).language("shell:ana")
    with pytest.raises(StorageError) as writing:
        await StoredLearners(engine).choose_language("shell:ana", "en")
    assert "ana" not in f"{reading.value}{writing.value}"
