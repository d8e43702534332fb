"""The few statements that every message makes, each in one trip to SQLite's thread.

SQLAlchemy puts them together, once; its connections take ten times as long to execute one (a greenlet, a pool, a
result), which a class that asks at once feels.
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import sqlite
from bot.storage.connection import Connection, connect
from bot.storage.errors import StorageError

Row = Mapping[str, Any]
_DIALECT: Dialect = dialect(paramstyle="qmark")
# SQLite takes one writer: a class at once waits here, in turn, and not in the database until it gives up as locked.
_WRITER: WeakKeyDictionary[AsyncEngine, asyncio.Lock] = WeakKeyDictionary()
_LANES: WeakKeyDictionary[AsyncEngine, "Lane"] = WeakKeyDictionary()


class Statement:
    """A statement made ready: its text, the order of its parameters, and how its columns are read."""

    def __init__(self, made: sa.Executable) -> None:
        """Compile it."""
        compiled = made.compile(dialect=_DIALECT)  # type: ignore[attr-defined]  # every executable of ours has it
        self.text = str(compiled)
        self._compiled = compiled
        columns = getattr(made, "selected_columns", None) or getattr(made, "exported_columns", None) or ()
        self._columns = [(c.key, c.type.result_processor(_DIALECT, None)) for c in columns]

    def bound(self, values: Row) -> list[Any]:
        """Put the parameters in order."""
        given = self._compiled.construct_params(values)
        return [given[name] for name in self._compiled.positiontup]

    def named(self, row: Sequence[Any]) -> Row:
        """Give a row by its columns' names."""
        return {
            key: value if read is None else read(value) for (key, read), value in zip(self._columns, row, strict=True)
        }


@lru_cache(maxsize=256)
def _ready(made: sa.Executable) -> Statement:
    return Statement(made)


class Lane:
    """A connection of our own beside an engine's; closed with the engine."""

    def __init__(self, path: Path, writers: asyncio.Lock) -> None:
        """Open nothing yet."""
        self._path, self._writers = path, writers
        self._connection: Connection | None = None
        self._opening = asyncio.Lock()

    async def change(self, made: sa.Executable, values: Row) -> list[Row]:
        """Execute one statement and keep its change, when it is its turn; gives its rows. Raises StorageError."""
        async with self._writers:
            return await self.read(made, values)

    async def read(self, made: sa.Executable, values: Row) -> list[Row]:
        """Execute one statement and give its rows. Raises StorageError."""
        statement = _ready(made)
        try:
            rows = await (await self._open()).trip(_kept, statement.text, statement.bound(values))
        except (sqlite3.Error, ValueError) as error:
            raise StorageError(str(error)) from error
        return [statement.named(row) for row in rows]

    async def _open(self) -> Connection:
        async with self._opening:
            if self._connection is None:
                opened = connect(self._path)
                await opened
                await opened.trip(sqlite.prepare, None)
                self._connection = opened
            return self._connection

    def close(self, _: Any) -> None:
        """Close it, when what is queued is done."""
        if self._connection is not None:
            self._connection.end()
            self._connection = None


def _kept(database: sqlite3.Connection, text: str, values: Sequence[Any]) -> list[Any]:
    """Execute and commit, in SQLite's thread."""
    with database:
        return database.execute(text, values).fetchall()


def writers(engine: AsyncEngine) -> asyncio.Lock:
    """Give what one writer at a time holds."""
    return _WRITER.setdefault(engine, asyncio.Lock())


def lane(engine: AsyncEngine) -> Lane:
    """Give the engine's own lane."""
    found = _LANES.get(engine)
    if found is None:
        found = _LANES[engine] = Lane(Path(str(engine.url.database)), writers(engine))
        event.listen(engine.sync_engine, "engine_disposed", found.close)
    return found
