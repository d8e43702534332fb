"""Quizzes, answers and memories: every answer is one transaction."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from fsrs import Rating
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.learning import calendar, schedule
from bot.learning.schedule import Memory
from bot.storage.database import reading, writing
from bot.storage.people import ensured, person_of
from bot.storage.sqlite import upsert
from bot.storage.tables import accounts, answers, appeals, days, memories, people, quizzes
from handlers.study import Answered, Day, Kept, Known, Outcome, Quiz

LONGEST_ANSWER = 180_000  # milliseconds that count: who comes back the next day didn't think all night
SAID = 2000  # characters of a typed answer that are kept
JSON = ("picked", "pending", "skipped")  # of a quiz
Clock = Callable[[], float]
# Made once: putting a statement together takes longer than SQLite needs to execute it.
_CURRENT = sa.select(quizzes).where(
    quizzes.c.learner == sa.bindparam("learner"), quizzes.c.chat == sa.bindparam("chat")
)
_ASKED = sa.select(quizzes).where(quizzes.c.asked == sa.bindparam("asked"))


class StoredStudy:
    """Implements `handlers.study.Study`."""

    def __init__(self, engine: AsyncEngine, zone: str = "UTC", clock: Clock = time.time) -> None:
        """Use an open database; `zone` is the calendar of learners who set none."""
        self._engine, self._zone, self._clock = engine, zone, clock

    # Quizzes

    async def current(self, learner: str, chat: str) -> Quiz | None:
        """Give the learner's quiz in this chat."""
        return await self._quiz(_CURRENT, learner=learner, chat=chat)

    async def of(self, asked: str) -> Quiz | None:
        """Give the quiz whose last question has this name."""
        return await self._quiz(_ASKED, asked=asked)

    async def _quiz(self, statement: sa.Select[Any], **values: str) -> Quiz | None:
        async with reading(self._engine) as connection:
            row = (await connection.execute(statement, values)).mappings().first()
        return _to_quiz(row) if row else None

    async def ask(self, quiz: Quiz) -> None:
        """Keep a quiz with a new question."""
        async with writing(self._engine) as connection:
            person = await ensured(connection, quiz.learner, self._clock())
            await connection.execute(upsert(quizzes, ["learner", "chat"], {**_to_row(quiz), "person": person}))

    async def change(self, before: Quiz, after: Quiz) -> bool:
        """Keep a change, if the question is as it was."""
        async with writing(self._engine) as connection:
            return await _moved(connection, before, after)

    # Answers

    async def record(self, before: Quiz, after: Quiz, outcome: Outcome) -> Kept | None:
        """Keep an answer, its effect on the schedule and the quiz: all or nothing, and once."""
        async with writing(self._engine) as connection:
            if not await _moved(connection, before, after):
                return None
            person, now = await ensured(connection, before.learner, self._clock()), self._clock()
            rated = schedule.rating(
                outcome.correct, outcome.score, before.tries + 1, before.hints, outcome.sure
            )  # fmt: skip
            kept = await _review(connection, person, before.item, int(rated), now)
            row = _answer(before, outcome, person, now) | {
                "rating": int(rated), "kind": "schedule" if kept.scheduled else "practice",
            }  # fmt: skip
            await connection.execute(sa.insert(answers).values(**row))
            await self._count(connection, row)
            return kept

    async def _count(self, connection: AsyncConnection, row: Mapping[str, Any]) -> None:
        """Count an answer on its day; a learner who has reminders gets the next one in its time again."""
        who = people.c.id == row["person"]
        person = (await connection.execute(sa.select(people.c.zone, people.c.remind_hour).where(who))).one()
        await connection.execute(_day(row, calendar.day(row["at"], person.zone or self._zone)))
        if person.remind_hour is not None:
            await connection.execute(sa.update(people).where(who).values(remind_at=row["at"]))

    async def appeal(self, learner: str, asked: str) -> bool:
        """Note that the learner contests their last answer to a question."""
        async with writing(self._engine) as connection:
            person = await person_of(connection, learner)
            mine = (answers.c.person == person) & answers.c.delivery.startswith(f"{asked}.", autoescape=True)
            answer = await connection.scalar(sa.select(answers.c.id).where(mine).order_by(answers.c.at.desc()).limit(1))
            if answer is None:
                return False
            row = {"person": person, "answer": answer, "at": self._clock()}
            await connection.execute(upsert(appeals, ["answer"], row))
            return True

    # What is known

    async def known(self, learner: str) -> Mapping[str, Known]:
        """Give what the learner remembers, by item."""
        now = self._clock()
        return {
            item: Known(m.due, m.last, schedule.recall(m, now), m.reps, m.lapses)
            for item, m in (await self._memories(learner)).items()
        }

    async def forecast(self, learner: str, days: int) -> tuple[float, ...]:
        """Predict the mean recall, today and on each of the next days."""
        found = await self._memories(learner)
        return schedule.forecast(tuple(found.values()), self._clock(), days)

    async def _memories(self, learner: str) -> dict[str, Memory]:
        mine = sa.select(memories).join(accounts, accounts.c.person == memories.c.person)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(mine.where(accounts.c.learner == learner))).mappings()
            return {row["item"]: to_memory(row) for row in rows}

    async def recent(self, learner: str, most: int) -> tuple[Answered, ...]:
        """Give the last answers, the newest first."""
        found = sa.select(answers).join(accounts, accounts.c.person == answers.c.person)
        found = found.where(accounts.c.learner == learner).order_by(answers.c.at.desc(), answers.c.id.desc())
        async with reading(self._engine) as connection:
            rows = (await connection.execute(found.limit(most))).all()
        return tuple(Answered(row.item, row.seed, row.correct, row.score, row.at) for row in rows)

    async def total(self, learner: str) -> int:
        """Count the answers: by their days, for the log is kept for a time only."""
        found = sa.select(sa.func.sum(days.c.answers)).join(accounts, accounts.c.person == days.c.person)
        async with reading(self._engine) as connection:
            return int(await connection.scalar(found.where(accounts.c.learner == learner)) or 0)

    async def days(self, learner: str) -> tuple[Day, ...]:
        """Give the days on which something was answered."""
        found = sa.select(days).join(accounts, accounts.c.person == days.c.person)
        async with reading(self._engine) as connection:
            rows = (await connection.execute(found.where(accounts.c.learner == learner).order_by(days.c.day))).all()
        return tuple(Day(row.day, row.answers, row.correct, row.ms) for row in rows)


@dataclass(frozen=True, slots=True)
class Appeal:
    """A contested answer."""

    at: float
    item: str
    version: int
    score: float
    said: str


async def contested(engine: AsyncEngine) -> list[Appeal]:
    """Give the contested answers, the newest first."""
    columns = (appeals.c.at, answers.c.item, answers.c.version, answers.c.score, answers.c.said)
    found = sa.select(*columns).join(answers, answers.c.id == appeals.c.answer).order_by(appeals.c.at.desc())
    async with reading(engine) as connection:
        rows = (await connection.execute(found)).all()
    return [Appeal(row.at, row.item, row.version, row.score, row.said or "") for row in rows]


async def _moved(connection: AsyncConnection, before: Quiz, after: Quiz) -> bool:
    """Change a question's state, if it is as it was: two presses at once can't both."""
    same = (quizzes.c.asked == before.asked) & quizzes.c.open & (quizzes.c.tries == before.tries)
    same &= (quizzes.c.hints == before.hints) & (quizzes.c.picked == _picked(before))
    row = {name: value for name, value in _to_row(after).items() if name not in ("learner", "chat")}
    try:
        return (await connection.execute(sa.update(quizzes).where(same).values(**row))).rowcount == 1
    except IntegrityError:  # a name given twice
        return False


async def _review(connection: AsyncConnection, person: int, item: str, rated: int, at: float) -> Kept:
    """Move an item's schedule, if its time has come."""
    mine = (memories.c.person == person) & (memories.c.item == item)
    row = (await connection.execute(sa.select(memories).where(mine))).mappings().first()
    memory = to_memory(row) if row else None
    if memory is not None and not schedule.is_due(memory, at):
        return Kept(scheduled=False, due=memory.due)
    own = await connection.scalar(sa.select(people.c.parameters).where(people.c.id == person))
    after = schedule.review(memory, Rating(rated), at, json.loads(own) if own else None)
    await connection.execute(upsert(memories, ["person", "item"], from_memory(person, item, after)))
    return Kept(scheduled=True, due=after.due)


def _answer(quiz: Quiz, outcome: Outcome, person: int, at: float) -> dict[str, Any]:
    return {
        "person": person,
        "item": quiz.item,
        "version": outcome.version,
        "seed": quiz.seed,
        "score": outcome.score,
        "correct": outcome.correct,
        "confidence": outcome.sure,
        "hints": quiz.hints,
        "attempts": quiz.tries + 1,
        "ms": max(0, min(round((at - quiz.at) * 1000), LONGEST_ANSWER)),
        "at": at,
        "delivery": f"{quiz.asked}.{quiz.tries + 1}",
        "said": outcome.said[:SAID] or None,
    }


def _day(row: Mapping[str, Any], day: str) -> sa.Insert:
    """Count an answer on its day."""
    values = {"person": row["person"], "day": day, "answers": 1, "correct": int(row["correct"]), "ms": row["ms"]}
    counted = ("answers", "correct", "ms")
    return upsert(days, ["person", "day"], values, {name: days.c[name] + values[name] for name in counted})


def to_memory(row: Mapping[Any, Any]) -> Memory:
    """Read a memory."""
    return Memory(**{name: row[name] for name in Memory.__dataclass_fields__})


def from_memory(person: int, item: str, memory: Memory) -> dict[str, Any]:
    """Write a memory."""
    return {"person": person, "item": item} | {name: getattr(memory, name) for name in Memory.__dataclass_fields__}


def _picked(quiz: Quiz) -> str:
    return json.dumps([quiz.picked, quiz.pending], ensure_ascii=False)


def _to_row(quiz: Quiz) -> dict[str, Any]:
    plain = {name: getattr(quiz, name) for name in Quiz.__dataclass_fields__ if name not in JSON}
    return plain | {"picked": _picked(quiz), "skipped": json.dumps(quiz.skipped)}


def _to_quiz(row: Mapping[Any, Any]) -> Quiz:
    picked, pending = json.loads(row["picked"])
    values = {name: row[name] for name in Quiz.__dataclass_fields__ if name not in JSON}
    pending = tuple(pending) if isinstance(pending, list) else pending
    return Quiz(**values, picked=tuple(picked), pending=pending, skipped=tuple(json.loads(row["skipped"])))
