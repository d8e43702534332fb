"""Backups and appeals, beside the running bot."""

import asyncio
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot import upkeep
from bot.config import Settings
from bot.storage import sqlite
from bot.storage.errors import StorageError
from knowledge.tutor import Knowledge
from tests import learning


def count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return int(connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0])


async def test_a_backup_taken_while_learners_answer_is_whole(small_knowledge: Knowledge, tmp_path: Path) -> None:
    async with learning.desk(small_knowledge, tmp_path) as desk:
        reply = await desk.ask("/quiz perceptron 20")
        copying = asyncio.create_task(
            asyncio.to_thread(upkeep.backup, Settings(data_dir=tmp_path), tmp_path / "copies" / "c.db", io.StringIO())
        )
        done = 0
        while not copying.done() or done < 3:
            reply = await desk.press(await desk.right(reply), "próxima")
            done += 1
        assert await copying == 0
    assert 0 <= count(tmp_path / "copies" / "c.db", "answers") <= done


def test_a_backup_never_overwrites_and_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no database yet"):
        sqlite.copy(tmp_path / "none.db", tmp_path / "copy.db")
    (tmp_path / "one.db").write_text("not a database")
    with pytest.raises(StorageError, match="never overwrites"):
        sqlite.copy(tmp_path / "one.db", tmp_path / "one.db")
    with pytest.raises(StorageError, match="failed"):
        sqlite.copy(tmp_path / "one.db", tmp_path / "two.db")


async def test_contested_answers_are_listed_without_names(small_knowledge: Knowledge, tmp_path: Path) -> None:
    async with learning.desk(small_knowledge, tmp_path) as desk:
        reply = await desk.ask("/quiz gan 9")
        while reply.data["kind"] != "cloze":
            reply = await desk.ask("pular")
        await desk.press(await desk.right(reply, right=False), "contestar")
    out = io.StringIO()
    await upkeep.appeals(Settings(data_dir=tmp_path), out)
    assert "gan.lacuna (v1)  0%  'zebra'" in out.getvalue() and "ana" not in out.getvalue()
