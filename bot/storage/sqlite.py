"""All that only SQLite understands. Another database gets a twin of this file; the rest of the folder is plain SQL."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import Insert
from sqlalchemy.dialects.sqlite import insert as insert  # noqa: PLC0414  # with ON CONFLICT, for statements made once
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.errors import StorageError

# Deleted rows are overwritten: what a learner deletes is gone from the file, not only from the tables.
PRAGMAS = (
    "journal_mode = WAL",
    "foreign_keys = ON",
    "busy_timeout = 5000",
    "synchronous = NORMAL",
    "secure_delete = ON",
)
EMPTY = "PRAGMA wal_checkpoint(TRUNCATE)"
BACKUP_PAGES = 1000  # copied between two turns of the writers


def url(path: Path) -> str:
    """Name the database at a path."""
    return f"sqlite+aiosqlite:///{path}"


def prepare(connection: Any, _: Any) -> None:
    """Set a new connection up."""
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def upsert(
    table: sa.Table,
    keys: Sequence[str],
    values: Mapping[str, Any],
    change: Mapping[str, Any] | None = None,
    where: sa.ColumnElement[bool] | None = None,
) -> Insert:
    """Insert a row; where one with these keys is there, `change` it (by default to the values), if it is `where`."""
    statement = insert(table).values(**values)
    changed = {name: value for name, value in values.items() if name not in keys} if change is None else dict(change)
    return statement.on_conflict_do_update(list(keys), set_=changed, where=where)


def replacing(table: sa.Table, keys: Sequence[str]) -> Insert:
    """Make, once, the statement that inserts a row, or replaces the one with these keys."""
    statement = insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.c if column.name not in keys}
    return statement.on_conflict_do_update(list(keys), set_=changed)


def adding(table: sa.Table, keys: Sequence[str], counts: Sequence[str]) -> Insert:
    """Make, once, the statement that inserts a row, or adds its counts to the one with these keys."""
    statement = insert(table)
    changed = {name: table.c[name] + statement.excluded[name] for name in counts}
    return statement.on_conflict_do_update(list(keys), set_=changed)


def add_new(table: sa.Table, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> Insert:
    """Insert rows; those whose keys are there already are left as they are."""
    return insert(table).values(values).on_conflict_do_nothing()


def copy(source: Path, target: Path) -> None:
    """Copy a database consistently while others write to it. Raises StorageError; never overwrites."""
    if not source.is_file():
        raise StorageError(f"{source}: there is no database yet")
    if target.exists():
        raise StorageError(f"{target}: is there already; a backup never overwrites")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new, pages=BACKUP_PAGES, sleep=0.01)
            problem = new.execute("PRAGMA integrity_check").fetchone()[0]
    except (sqlite3.Error, OSError) as error:
        raise StorageError(f"{target}: the backup failed ({error})") from error
    if problem != "ok":
        raise StorageError(f"{target}: the copy isn't sound ({problem}); is the database?")


async def empty_journal(engine: AsyncEngine) -> None:
    """Write the journal into the database and empty it: what was deleted is left in no file."""
    await _outside(engine, EMPTY)


async def shrink(engine: AsyncEngine) -> None:
    """Give the space of deleted rows back, too; takes as long as copying the database."""
    await _outside(engine, "VACUUM", EMPTY)


async def _outside(engine: AsyncEngine, *statements: str) -> None:
    """Do what can't be done in a transaction."""
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        for statement in statements:
            await outside.execute(sa.text(statement))
