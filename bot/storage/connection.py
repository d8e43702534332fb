"""SQLite in one trip a statement.

aiosqlite goes to its thread and back for each step of a statement, five times a query; beside threads that compute,
each trip costs the event loop a fight for the interpreter. Here a statement brings its rows along.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Self

import aiosqlite
from aiosqlite.core import _STOP_RUNNING_SENTINEL

Rows = Sequence[tuple[Any, ...]]


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, as far as SQLAlchemy uses it."""

    def cursor(self) -> "Cursor":  # type: ignore[override]  # what SQLAlchemy asks of a cursor, and no more
        """Give a cursor, without a trip."""
        return Cursor(self)

    async def trip(self, act: Callable[..., Any], *arguments: Any) -> Any:
        """Run `act` with SQLite's own connection in its thread."""
        return await self._execute(act, self._conn, *arguments)  # type: ignore[no-untyped-call]  # aiosqlite's own

    def end(self) -> None:
        """Close when what is queued is done, without waiting: the event loop may be at its end, too."""
        self._running = False
        self._tx.put_nowait((None, self._closed))

    def stop(self) -> None:
        """End, as aiosqlite does where a database can't be opened: no future, which the loop might not live to see."""
        self.end()

    def _closed(self) -> object:
        if self._connection is not None:
            self._connection.close()
            self._connection = None
        return _STOP_RUNNING_SENTINEL

    async def rollback(self) -> None:
        """Drop what was changed; no trip where nothing was. (Whoever is cancelled midway loses the connection.)"""
        if self.in_transaction:
            await super().rollback()


class Cursor:
    """One statement and all that came of it."""

    def __init__(self, connection: Connection) -> None:
        """Begin with nothing executed."""
        self._connection = connection
        self._rows: Rows = ()
        self.description: Any = None
        self.rowcount, self.lastrowid, self.arraysize = -1, 0, 1

    async def __aenter__(self) -> Self:
        """Be ready."""
        return self

    async def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement and fetch its rows."""
        await self._run(sqlite3.Cursor.execute, statement, parameters)

    async def executemany(self, statement: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute a statement with each of the parameters."""
        await self._run(sqlite3.Cursor.executemany, statement, parameters)

    async def fetchall(self) -> Rows:
        """Give the rows."""
        return self._rows

    async def close(self) -> None:
        """Need nothing: SQLite's cursor is closed already."""

    async def _run(self, how: Callable[..., Any], statement: str, parameters: Sequence[Any]) -> None:
        self.description, self.rowcount, self.lastrowid, self._rows = await self._connection.trip(
            _executed, how, statement, parameters
        )


def _executed(database: sqlite3.Connection, how: Callable[..., Any], statement: str, parameters: Sequence[Any]) -> Any:
    """Execute and fetch, in SQLite's thread."""
    cursor = database.cursor()
    try:
        how(cursor, statement, parameters)
        rows = cursor.fetchall() if cursor.description else []
        return cursor.description, cursor.rowcount, cursor.lastrowid, rows
    finally:
        cursor.close()


def connect(path: Path) -> Connection:
    """Prepare a connection; awaiting it opens the database."""
    made = Connection(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=0)
    made._thread.daemon = True  # as SQLAlchemy has it: an end that forgets a connection must not hang
    return made
