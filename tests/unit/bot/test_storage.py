"""The database: made from nothing, brought up to date, and never harmed."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import database, tables
from bot.storage.database import StorageError, open_database
from bot.storage.learners import StoredConversations, StoredLearners, from_json
from bot.storage.runs import StoredRuns
from knowledge.questions import Context

FULL = Context(("cnn", "rnn"), "o que é uma “CNN”?", "define", "cnn.definition", ("cnn.definition", "cnn.how"))
VERSIONS = sorted((database.MIGRATIONS / "versions").glob("[0-9]*.py"))


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "new" / "sinapse.db")
    yield engine
    await engine.dispose()


def upgrade(connection: sa.Connection, revision: str) -> None:
    """Bring a database to a version, as the Sinapse of that time did."""
    config = Config()
    config.set_main_option("script_location", str(database.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def differences(connection: sa.Connection) -> list[object]:
    """List how the tables differ from those that the code describes."""
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, tables.metadata))


async def test_the_newest_migration_is_the_one_that_the_code_names() -> None:
    assert VERSIONS[-1].name.split("_")[0] == database.HEAD


async def test_a_database_is_made_with_its_folder_and_is_up_to_date(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT version_num FROM alembic_version")) == database.HEAD


async def test_the_migrations_make_the_tables_that_the_code_describes(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


@pytest.mark.parametrize("revision", [path.name.split("_")[0] for path in VERSIONS])
async def test_a_database_of_any_earlier_version_is_brought_up_to_date_with_what_is_in_it(
    revision: str, tmp_path: Path
) -> None:
    made = sa.create_engine(f"sqlite:///{tmp_path / 's.db'}")
    with made.begin() as connection:
        upgrade(connection, revision)
        connection.execute(sa.text("INSERT INTO learners (learner, language) VALUES ('a', 'en')"))
    made.dispose()
    engine = await open_database(tmp_path / "s.db")
    assert await StoredLearners(engine).language("a") == "en"
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_a_run_of_the_version_before_its_place_was_kept_is_told_without_one(tmp_path: Path) -> None:
    made = sa.create_engine(f"sqlite:///{tmp_path / 's.db'}")
    with made.begin() as connection:
        upgrade(connection, "0004")
        row = "'r', 'discord:ana', '', 'gan', '{}', 1, 'pt', 'running', '', '', 1.0, 'before'"
        columns = "id, learner, chat, demo, params, seed, language, status, guess, memory, at, process"
        connection.execute(sa.text(f"INSERT INTO runs ({columns}) VALUES ({row})"))
    made.dispose()
    engine = await open_database(tmp_path / "s.db")
    assert [(run.id, run.spot) for run in await StoredRuns(engine).cut_off(["discord"])] == [("r", "")]
    await engine.dispose()


async def test_opening_again_changes_nothing(engine: AsyncEngine) -> None:
    await StoredLearners(engine).choose_language("a", "en")
    again = await open_database(Path(str(engine.url.database)))
    assert await StoredLearners(again).language("a") == "en"
    await again.dispose()


async def test_a_waiting_writer_is_given_time(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        pragmas = [await connection.scalar(sa.text(f"PRAGMA {p}")) for p in ("journal_mode", "busy_timeout")]
    assert pragmas == ["wal", 5000]


async def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "s.db") as connection:
        connection.execute("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
    connection.close()
    with pytest.raises(StorageError, match=r"made by a newer Sinapse \(revision 9999.*update first"):
        await open_database(tmp_path / "s.db")


async def test_a_file_that_is_no_database_is_refused_and_left_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    path.write_text("shopping list\n" * 100)
    before = path.read_bytes()
    with pytest.raises(StorageError, match="can't be used as a database"):
        await open_database(path)
    assert path.read_bytes() == before and path.stat().st_size == len(before)


async def test_a_file_in_the_folders_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("")
    with pytest.raises(StorageError, match="can't be used"):
        await open_database(tmp_path / "data" / "s.db")


async def test_an_upgrade_that_another_program_finished_is_not_done_twice(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.run_sync(database._upgrade)


async def test_many_writers_of_two_programs_all_get_their_turn(engine: AsyncEngine) -> None:
    other = await open_database(Path(str(engine.url.database)))
    keepers = [StoredConversations(e, keep_questions=True) for e in (engine, other)]
    await asyncio.gather(*(keepers[n % 2].remember(f"l{n}", "", FULL) for n in range(40)))
    assert [await keepers[0].context(f"l{n}", "") for n in range(40)] == [FULL] * 40
    await other.dispose()


async def test_a_learner_who_chose_nothing_has_no_language(engine: AsyncEngine) -> None:
    assert await StoredLearners(engine).language("a") is None


async def test_the_last_choice_of_language_counts(engine: AsyncEngine) -> None:
    learners = StoredLearners(engine)
    await learners.choose_language("a", "en")
    await learners.choose_language("a", "pt")
    assert await learners.language("a") == "pt"


async def test_a_language_that_is_not_spoken_any_more_counts_as_none(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        await connection.execute(sa.insert(tables.learners).values(learner="a", language="fr"))
    assert await StoredLearners(engine).language("a") is None


async def test_a_new_conversation_is_about_nothing(engine: AsyncEngine) -> None:
    assert await StoredConversations(engine).context("a", "") == Context()


async def test_a_context_comes_back_as_it_was_kept(engine: AsyncEngine) -> None:
    conversations = StoredConversations(engine, keep_questions=True)
    await conversations.remember("a", "", Context(("gan",)))
    await conversations.remember("a", "", FULL)
    assert await StoredConversations(engine).context("a", "") == FULL


async def test_what_was_asked_is_in_memory_alone_unless_the_host_wants_it_kept(engine: AsyncEngine) -> None:
    conversations = StoredConversations(engine)
    await conversations.remember("a", "", FULL)
    assert await conversations.context("a", "") == FULL
    assert await StoredConversations(engine).context("a", "") == replace(FULL, question="")


async def test_what_a_learner_asked_can_be_forgotten(engine: AsyncEngine) -> None:
    conversations = StoredConversations(engine)
    await conversations.remember("a", "", FULL)
    conversations.forget("a")
    assert (await conversations.context("a", "")).question == ""


async def test_the_question_that_was_asked_longest_ago_is_forgotten_first(
    engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.learners.REMEMBERED", 1)
    conversations = StoredConversations(engine)
    for learner in ("a", "b"):
        await conversations.remember(learner, "", FULL)
    assert [(await conversations.context(learner, "")).question for learner in ("a", "b")] == ["", FULL.question]


async def test_each_chat_of_a_learner_has_its_own_context(engine: AsyncEngine) -> None:
    conversations = StoredConversations(engine)
    await conversations.remember("a", "group", FULL)
    assert await conversations.context("a", "") == Context()


def test_fields_of_another_version_are_left_out() -> None:
    assert from_json('{"concepts": ["cnn"], "mood": "fine"}') == Context(("cnn",))
