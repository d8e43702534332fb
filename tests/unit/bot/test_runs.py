"""Runs in a real database: what is pressed under them works after a restart."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import runs as stored
from bot.storage.database import open_database
from bot.storage.runs import DAY, KEPT, StoredRuns
from bot.storage.tables import runs
from handlers.demos.ports import Run
from tests.fakes import FakeClock


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "sinapse.db")
    yield engine
    await engine.dispose()


async def a_run(store: StoredRuns, learner: str = "discord:ana") -> Run:
    return await store.add(learner, "", "gan", {"lr": 0.1, "prompt": "é", "on": True}, 7, "en")


async def test_a_run_is_the_same_after_a_restart(engine: AsyncEngine) -> None:
    run = await a_run(StoredRuns(engine))
    after = StoredRuns(engine)
    assert await after.get(run.id) == run and len(run.id) <= 12
    assert await after.get("none") is None


async def test_a_run_begins_once(engine: AsyncEngine) -> None:
    store = StoredRuns(engine)
    run = await a_run(store)
    assert [await store.begin(run.id, "yes"), await store.begin(run.id, "no")] == [True, False]
    assert await store.get(run.id) == replace(run, status="running", guess="yes")


async def test_where_a_run_s_message_stands_is_kept(engine: AsyncEngine) -> None:
    store = StoredRuns(engine)
    run = await a_run(store)
    await store.stand(run.id, "1:2")
    assert await StoredRuns(engine).get(run.id) == replace(run, spot="1:2")


async def test_what_the_next_move_needs_is_kept(engine: AsyncEngine) -> None:
    store = StoredRuns(engine)
    run = await a_run(store)
    assert await store.state(run.id) == b""
    await store.keep(run.id, "[0]", b"npz")
    await store.keep(run.id, "[1]")
    kept = await store.get(run.id)
    assert kept and kept.memory == "[1]" and await store.state(run.id) == b"npz"


async def test_a_network_too_large_is_not_kept(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "LARGEST_STATE", 2)
    store = StoredRuns(engine)
    run = await a_run(store)
    await store.keep(run.id, "", b"npz")
    assert await store.state(run.id) == b""


async def test_the_latest_finished_run_of_a_chat_is_found(engine: AsyncEngine) -> None:
    clock = FakeClock()
    store = StoredRuns(engine, clock)
    first, second, open_ = [await a_run(store) for _ in range(3) if (await clock.sleep(1)) is None]
    for run in (second, first):
        await store.end(run.id, "done")
    latest = await store.latest("discord:ana", "")
    assert latest and latest.id == second.id != open_.id
    assert await store.latest("discord:ana", "group") is None


async def test_the_runs_of_a_day_are_counted(engine: AsyncEngine) -> None:
    clock = FakeClock()
    store = StoredRuns(engine, clock)
    for _ in range(2):
        await clock.sleep(DAY / 2 + 1)
        run = await a_run(store)
        await store.begin(run.id, "")
        await a_run(store)  # only asked for
    assert await store.began_today("discord:ana") == 2
    await clock.sleep(DAY / 2)
    assert await store.began_today("discord:ana") == 1
    assert await store.began_today("discord:bia") == 0


async def test_a_run_that_a_crash_cut_off_is_told_once(engine: AsyncEngine) -> None:
    before = StoredRuns(engine)
    cut, other, asked = [await a_run(before, learner) for learner in ("discord:ana", "shell:bia", "discord:ana")]
    for run in (cut, other):
        await before.begin(run.id, "")
    after = StoredRuns(engine)
    mine = await a_run(after)
    await after.begin(mine.id, "")
    assert [run.id for run in await after.cut_off(["discord", "telegram"])] == [cut.id]
    assert await after.cut_off(["discord"]) == []
    kept = await after.get(cut.id)
    assert kept and kept.status == "cut" and asked.status == "asked"


async def test_old_runs_are_forgotten(engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PRUNE_EVERY", 1)
    clock = FakeClock()
    store = StoredRuns(engine, clock)
    await a_run(store)
    await clock.sleep(KEPT + 1)
    await a_run(store)
    async with engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(runs)) == 1
