"""All that is kept of a learner: shown, given away, deleted; and what is old, pruned."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.storage.database import reading, writing
from bot.storage.people import person_of
from bot.storage.tables import (
    accounts,
    answers,
    appeals,
    codes,
    conversations,
    days,
    guesses,
    learners,
    memories,
    people,
    polls,
    quizzes,
    reminders,
    runs,
    threads,
)
from handlers.study import Keeping

PERSONAL = (people, accounts, memories, answers, days, quizzes, appeals, reminders)  # hang on a person
NAMED = (learners, conversations, threads, guesses, runs)  # name an account
DAY = 24 * 3600.0  # seconds


@dataclass(frozen=True, slots=True)
class Periods:
    """For how many days things are kept; 0: until they are deleted."""

    conversations: int
    answers: int
    inactive: int


async def keeping(engine: AsyncEngine, learner: str) -> Keeping | None:
    """Say what is kept of a learner."""
    async with reading(engine) as connection:
        person = await person_of(connection, learner)
        row = (await connection.execute(sa.select(people.c.since).where(people.c.id == person))).first()
        if row is None:
            return None
        mine = sa.select(accounts.c.learner).where(accounts.c.person == person).order_by(accounts.c.since)
        total = sa.select(sa.func.sum(days.c.answers)).where(days.c.person == person)
        items = sa.select(sa.func.count()).select_from(memories).where(memories.c.person == person)
        names = tuple((await connection.scalars(mine)).all())
        answered, known = [int(await connection.scalar(count) or 0) for count in (total, items)]
        return Keeping(names, answered, known, row.since)


async def everything(engine: AsyncEngine, learner: str) -> dict[str, list[dict[str, Any]]]:
    """Give every row that is kept of a learner, by table."""
    async with reading(engine) as connection:
        found = {}
        for table, which in await _of(connection, learner):
            readable = [column for column in table.c if not isinstance(column.type, sa.LargeBinary)]
            rows = (await connection.execute(sa.select(*readable).where(which))).mappings().all()
            found[table.name] = [dict(row) for row in rows]
        return found


async def delete(engine: AsyncEngine, learner: str) -> tuple[str, ...]:
    """Delete every row of a learner and of their other accounts; gives the accounts."""
    async with writing(engine) as connection:
        which = await _of(connection, learner)
        names = await _accounts(connection, learner)
        for table, rows in reversed(which):
            await connection.execute(sa.delete(table).where(rows))
        return names


async def _of(connection: AsyncConnection, learner: str) -> list[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """Say which rows are a learner's; a row comes after those that it hangs on."""
    person, names = await person_of(connection, learner), await _accounts(connection, learner)
    which: list[tuple[sa.Table, sa.ColumnElement[bool]]] = [(people, people.c.id == person)]
    which += [(table, table.c.person == person) for table in (*PERSONAL[1:], codes)]
    which += [(table, table.c.learner.in_(names)) for table in NAMED]
    return [*which, (polls, sa.or_(*(_own_poll(name) for name in names)))]


def _own_poll(learner: str) -> sa.ColumnElement[bool]:
    """Find the polls of a private chat: there the chat is named like the user."""
    platform, _, user = learner.partition(":")
    return (polls.c.platform == platform) & polls.c.chat.startswith(f"{user}:", autoescape=True)


async def _accounts(connection: AsyncConnection, learner: str) -> tuple[str, ...]:
    person = await person_of(connection, learner)
    mine = sa.select(accounts.c.learner).where(accounts.c.person == person)
    return tuple(dict.fromkeys((learner, *(await connection.scalars(mine)).all())))


async def prune(engine: AsyncEngine, periods: Periods, clock: Callable[[], float] = time.time) -> None:
    """Delete what is older than its period, and people who haven't been seen for theirs."""
    now = clock()
    async with writing(engine) as connection:
        await connection.execute(sa.delete(codes).where(codes.c.at < now - DAY))
        await connection.execute(sa.delete(guesses).where(guesses.c.at < now - DAY))
        if periods.conversations:
            old = conversations.c.at < now - periods.conversations * DAY
            await connection.execute(sa.delete(conversations).where(old))
            await connection.execute(sa.delete(polls).where(polls.c.at < now - periods.conversations * DAY))
        if periods.answers:
            await connection.execute(sa.delete(answers).where(answers.c.at < now - periods.answers * DAY))
    if periods.inactive:
        for learner in await _absent(engine, now - periods.inactive * DAY):
            await delete(engine, learner)


async def _absent(engine: AsyncEngine, since: float) -> list[str]:
    """Find an account of each person who hasn't answered, asked or come since."""
    answered = sa.exists().where((answers.c.person == people.c.id) & (answers.c.at >= since))
    reviewed = sa.exists().where((memories.c.person == people.c.id) & (memories.c.last >= since))
    talked = sa.exists().where(
        (accounts.c.person == people.c.id)
        & (conversations.c.learner == accounts.c.learner)
        & (conversations.c.at >= since)
    )
    gone = (people.c.since < since) & sa.not_(answered) & sa.not_(reviewed) & sa.not_(talked)
    found = sa.select(sa.func.min(accounts.c.learner)).join(people, people.c.id == accounts.c.person)
    async with reading(engine) as connection:
        return list((await connection.scalars(found.where(gone).group_by(people.c.id))).all())
