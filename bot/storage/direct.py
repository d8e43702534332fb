"""The few statements that every message makes, in few trips to SQLite's thread.

SQLAlchemy puts them together, once; its connections take ten times as long to execute one (a greenlet, a pool, a
result), which a class that asks at once feels.
"""

import asyncio
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A statement that waits for its trip."""

    statement: Statement
    values: list[Any]
    rows: "asyncio.Future[list[Any]]"


class Lane:
    """A connection of our own beside an engine's; closed with the engine.

    Statements that come while a trip is under way go together on the next one: a class at once takes few.
    """

    def __init__(self, path: Path, writers: asyncio.Lock) -> None:
        """Open nothing yet."""
        self._path, self._writers = path, writers
        self._connection: Connection | None = None
        self._waiting: list[_Asked] = []
        self._going: asyncio.Task[None] | None = None

    async def change(self, made: sa.Executable, values: Row) -> list[Row]:
        """Execute one statement and keep its change, when it is its turn; gives its rows. Raises StorageError."""
        async with self._writers:
            return await self.read(made, values)

    async def read(self, made: sa.Executable, values: Row) -> list[Row]:
        """Execute one statement and give its rows. Raises StorageError."""
        statement = _ready(made)
        try:
            asked = _Asked(statement, statement.bound(values), asyncio.get_running_loop().create_future())
            self._waiting.append(asked)
            if self._going is None:
                self._going = asyncio.create_task(self._go())
            rows = await asked.rows
        except (sqlite3.Error, ValueError) as error:
            raise StorageError(str(error)) from error
        return [statement.named(row) for row in rows]

    async def _go(self) -> None:
        """Make trips until nobody waits."""
        try:
            while self._waiting:
                some, self._waiting = self._waiting, []
                await self._trip(some)
        finally:
            self._going = None

    async def _trip(self, some: Sequence[_Asked]) -> None:
        try:
            connection = await self._open()
            outcomes = await connection.trip(_executed, [(one.statement.text, one.values) for one in some])
        except asyncio.CancelledError:
            for one in some:
                one.rows.cancel()
            raise
        except (sqlite3.Error, ValueError) as error:  # not opened, or closed meanwhile
            outcomes = [error] * len(some)
        for one, outcome in zip(some, outcomes, strict=True):
            if one.rows.done():  # who asked was cancelled
                continue
            if isinstance(outcome, Exception):
                one.rows.set_exception(outcome)
            else:
                one.rows.set_result(outcome)

    async def _open(self) -> Connection:
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


def _executed(database: sqlite3.Connection, asked: Sequence[tuple[str, Sequence[Any]]]) -> list[list[Any] | Exception]:
    """Execute each and commit it, in SQLite's thread; one that fails doesn't keep the others from theirs."""
    outcomes: list[list[Any] | Exception] = []
    for text, values in asked:
        try:
            with database:
                outcomes.append(database.execute(text, values).fetchall())
        except Exception as error:  # noqa: BLE001  # whatever it is, it is told to the one who asked
            outcomes.append(error)
    return outcomes


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
