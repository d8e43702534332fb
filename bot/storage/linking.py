"""Join the accounts of one learner by a code: two histories become one, without loss or doubling."""

import hashlib
import secrets
import time
from collections.abc import Callable

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.learning import schedule
from bot.learning.schedule import Memory
from bot.storage.database import writing
from bot.storage.people import ensured
from bot.storage.sqlite import upsert
from bot.storage.study import from_memory, to_memory
from bot.storage.tables import accounts, answers, appeals, codes, days, guesses, memories, people, quizzes, reminders
from handlers.study import Joined

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that look alike
LENGTH = 8  # letters of a code: a trillion codes, of which a handful are valid at a time
VALID = 600.0  # seconds
HOUR = 3600.0
CODES, GUESSES = 5, 5  # an hour: codes made by a person, codes typed on an account


class StoredLinks:
    """Implements `handlers.study.Linking`."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.time) -> None:
        """Use an open database."""
        self._engine, self._clock = engine, clock

    async def code(self, learner: str) -> str | None:
        """Make a code; only its hash is kept."""
        code, now = "".join(secrets.choice(LETTERS) for _ in range(LENGTH)), self._clock()
        async with writing(self._engine) as connection:
            person = await ensured(connection, learner, now)
            lately = (codes.c.person == person) & (codes.c.at > now - HOUR)
            if (await connection.scalar(sa.select(sa.func.count()).select_from(codes).where(lately)) or 0) >= CODES:
                return None
            await connection.execute(sa.insert(codes).values(code=hashed(code), person=person, at=now, used=False))
        return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"

    async def join(self, learner: str, code: str) -> Joined:
        """Join the account to the code's."""
        now = self._clock()
        async with writing(self._engine) as connection:
            lately = (guesses.c.learner == learner) & (guesses.c.at > now - HOUR)
            if (await connection.scalar(sa.select(sa.func.count()).select_from(guesses).where(lately)) or 0) >= GUESSES:
                return "too-often"
            await connection.execute(sa.insert(guesses).values(learner=learner, at=now))
            valid = (codes.c.code == hashed(code)) & sa.not_(codes.c.used) & (codes.c.at > now - VALID)
            into = await connection.scalar(sa.select(codes.c.person).where(valid))
            person = await ensured(connection, learner, now)
            if into is None or into == person:
                return "unknown" if into is None else "same"
            await connection.execute(sa.update(codes).where(valid).values(used=True))
            await merge(connection, person, into)
            return "joined"


def hashed(code: str) -> str:
    """Hash a code as typed: in any case, with or without its hyphen."""
    letters = "".join(letter for letter in code.upper() if letter.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()


async def merge(connection: AsyncConnection, old: int, into: int) -> None:
    """Give all that one person has to another, and delete the first. The other's settings stay."""
    await _merge_memories(connection, old, into)
    for row in (await connection.execute(sa.select(days).where(days.c.person == old))).mappings():
        counted = {name: days.c[name] + row[name] for name in ("answers", "correct", "ms")}
        await connection.execute(upsert(days, ["person", "day"], {**row, "person": into}, counted))
    reminded = sa.select(reminders.c.day).where(reminders.c.person == into)
    fresh = (reminders.c.person == old) & reminders.c.day.not_in(reminded)
    await connection.execute(sa.update(reminders).where(fresh).values(person=into))
    for table in (answers, appeals, quizzes, accounts):
        await connection.execute(sa.update(table).where(table.c.person == old).values(person=into))
    await connection.execute(sa.delete(people).where(people.c.id == old))


async def _merge_memories(connection: AsyncConnection, old: int, into: int) -> None:
    """Put memories together: what both have is worked out anew from both logs."""
    theirs, mine = await _memories(connection, old), await _memories(connection, into)
    for item in theirs.keys() & mine.keys():
        both = await _worked_out(connection, item, theirs[item], mine[item], (old, into))
        await connection.execute(upsert(memories, ["person", "item"], from_memory(into, item, both)))
    alone = (memories.c.person == old) & memories.c.item.in_(theirs.keys() - mine.keys())
    await connection.execute(sa.update(memories).where(alone).values(person=into))


async def _memories(connection: AsyncConnection, person: int) -> dict[str, Memory]:
    rows = (await connection.execute(sa.select(memories).where(memories.c.person == person))).mappings()
    return {row["item"]: to_memory(row) for row in rows}


async def _worked_out(connection: AsyncConnection, item: str, one: Memory, two: Memory, who: tuple[int, int]) -> Memory:
    """Replay the reviews of both; where the log isn't whole any more, the later memory counts."""
    of_both = answers.c.person.in_(who) & (answers.c.item == item) & (answers.c.kind == "schedule")
    rows = (await connection.execute(sa.select(answers.c.at, answers.c.rating).where(of_both))).all()
    replayed = schedule.replay([(row.at, row.rating) for row in rows])
    if replayed and replayed.reps == one.reps + two.reps:
        return replayed
    return max(one, two, key=lambda memory: memory.last)
