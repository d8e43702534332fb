"""Who a learner is across platforms, and what they set."""

import time
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.database import reading, writing
from bot.storage.direct import lane
from bot.storage.tables import accounts, people
from handlers.study import Preferences

FRESH = Preferences()
_TOLD = (  # made once: every message asks it
    sa.select(people.c.told)
    .join(accounts, accounts.c.person == people.c.id)
    .where(accounts.c.learner == sa.bindparam("learner"))
)


async def person_of(connection: AsyncConnection, learner: str) -> int | None:
    """Give the person that an account belongs to."""
    found: int | None = await connection.scalar(sa.select(accounts.c.person).where(accounts.c.learner == learner))
    return found


async def ensured(connection: AsyncConnection, learner: str, at: float) -> int:
    """Give the person of an account; a new one for a new account."""
    found = await person_of(connection, learner)
    if found is not None:
        return found
    values = {"since": at, **to_row(FRESH)}
    made = (await connection.execute(sa.insert(people).values(**values))).inserted_primary_key
    person = int(made[0]) if made else 0
    await connection.execute(sa.insert(accounts).values(learner=learner, person=person, since=at))
    return person


async def preferences_of(connection: AsyncConnection, person: int | None) -> Preferences:
    """Give what a person set."""
    row = (await connection.execute(sa.select(people).where(people.c.id == person))).first()
    if row is None:
        return FRESH
    return Preferences(
        zone=row.zone or "",
        confidence=row.confidence,
        ladder=row.ladder,
        goal=row.goal,
        remind_hour=row.remind_hour,
        quiet_from=row.quiet_from,
        quiet_to=row.quiet_to,
    )


def to_row(preferences: Preferences) -> dict[str, Any]:
    """Write what a person set as columns."""
    return {
        "zone": preferences.zone or None,
        "confidence": preferences.confidence,
        "ladder": preferences.ladder,
        "goal": preferences.goal,
        "remind_hour": preferences.remind_hour,
        "quiet_from": preferences.quiet_from,
        "quiet_to": preferences.quiet_to,
    }


class StoredPeople:
    """Implements `handlers.study.People`."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.time) -> None:
        """Use an open database."""
        self._engine, self._clock = engine, clock

    async def greet(self, learner: str) -> bool:
        """Note that the learner is told what is kept; True at the first contact."""
        if any(row["told"] is not None for row in await lane(self._engine).read(_TOLD, {"learner": learner})):
            return False
        now = self._clock()
        async with writing(self._engine) as connection:
            mine = (people.c.id == await ensured(connection, learner, now)) & people.c.told.is_(None)
            return (await connection.execute(sa.update(people).where(mine).values(told=now))).rowcount == 1

    async def preferences(self, learner: str) -> Preferences:
        """Give what the learner set."""
        async with reading(self._engine) as connection:
            return await preferences_of(connection, await person_of(connection, learner))

    async def prefer(self, learner: str, preferences: Preferences) -> None:
        """Keep it. Reminders go to this account, and are looked for soon."""
        now = self._clock()
        reminded = preferences.remind_hour is not None
        more = {"remind_to": learner if reminded else None, "remind_at": now if reminded else None}
        async with writing(self._engine) as connection:
            mine = people.c.id == await ensured(connection, learner, now)
            await connection.execute(sa.update(people).where(mine).values(**to_row(preferences), **more))
