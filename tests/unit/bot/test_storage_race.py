"""A first start while another process makes the same tables."""

from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage import database


async def test_an_upgrade_that_came_from_another_process_is_enough(tmp_path: Path) -> None:
    engine = await database.open_database(tmp_path / "s.db")
    await database._wait_for_another(engine)
    await engine.dispose()


async def test_an_upgrade_that_never_comes_is_done_after_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "TRIES", 1)
    monkeypatch.setattr(database, "PAUSE", 0)
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 's.db'}")
    await database._wait_for_another(engine)
    async with engine.connect() as connection:
        assert await connection.run_sync(database._revision) == database.HEAD
    await engine.dispose()


async def test_tables_that_stand_in_the_way_are_reported_and_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "TRIES", 1)
    monkeypatch.setattr(database, "PAUSE", 0)
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 's.db'}")
    async with engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE learners (mine TEXT)"))
        await connection.execute(sa.text("INSERT INTO learners VALUES ('kept')"))
    await engine.dispose()
    with pytest.raises(database.StorageError, match="learners already exists"):
        await database.open_database(tmp_path / "s.db")
    async with engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT mine FROM learners")) == "kept"
    await engine.dispose()
