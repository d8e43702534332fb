"""Which learners wait for a reminder, and which had one."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.learning.reminding import MOST_IGNORED, Past
from bot.storage.database import reading, writing
from bot.storage.people import preferences_of
from bot.storage.sqlite import add_new
from bot.storage.tables import answers, memories, people, reminders
from handlers.study import Preferences

TOGETHER = 500  # learners looked at in one sweep; the rest in the next


@dataclass(frozen=True, slots=True)
class Waiting:
    """A learner whose time has come."""

    person: int
    learner: str  # the account that gets it
    preferences: Preferences
    past: Past
    due: int  # items


async def waiting(engine: AsyncEngine, now: float) -> list[Waiting]:
    """Find the learners whose time has come."""
    found = sa.select(people.c.id, people.c.remind_to).where(
        (people.c.remind_at <= now) & people.c.remind_to.is_not(None)
    )
    async with reading(engine) as connection:
        rows = (await connection.execute(found.order_by(people.c.remind_at).limit(TOGETHER))).all()
        return [await _waiting(connection, row.id, row.remind_to, now) for row in rows]


async def _waiting(connection: AsyncConnection, person: int, learner: str, now: float) -> Waiting:
    sent = sa.select(reminders.c.at).where(reminders.c.person == person).order_by(reminders.c.at.desc())
    at: Sequence[float] = (await connection.scalars(sent.limit(MOST_IGNORED))).all()
    last = sa.select(sa.func.max(answers.c.at)).where(answers.c.person == person)
    due = sa.select(sa.func.count()).select_from(memories)
    due = due.where((memories.c.person == person) & (memories.c.due <= now))
    return Waiting(
        person,
        learner,
        await preferences_of(connection, person),
        Past(tuple(reversed(at)), float(await connection.scalar(last) or 0)),
        int(await connection.scalar(due) or 0),
    )


async def claim(engine: AsyncEngine, one: Waiting, day: str, now: float, again: float | None) -> bool:
    """Note, before it is sent, that a learner is reminded on this day; False if they were. Then look `again`."""
    row = {"person": one.person, "day": day, "at": now, "due": one.due}
    async with writing(engine) as connection:
        fresh = (await connection.execute(add_new(reminders, row))).rowcount == 1
        await _look_again(connection, one.person, again)
        return fresh


async def postpone(engine: AsyncEngine, person: int, again: float | None) -> None:
    """Keep when to look next; None: not until they answer."""
    async with writing(engine) as connection:
        await _look_again(connection, person, again)


async def _look_again(connection: AsyncConnection, person: int, again: float | None) -> None:
    await connection.execute(sa.update(people).where(people.c.id == person).values(remind_at=again))
