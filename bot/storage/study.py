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
from bot.storage import parameters
from bot.storage.database import reading, writing
from bot.storage.direct import lane
from bot.storage.people import ensured, person_of
from bot.storage.sqlite import adding, replacing, upsert
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
_MINE = accounts.c.learner == sa.bindparam("learner")
_MEMORIES = sa.select(memories).join(accounts, accounts.c.person == memories.c.person).where(_MINE)
_OWN = sa.select(people.c.parameters).join(accounts, accounts.c.person == people.c.id).where(_MINE)
MOVING = ("mode", "topic", "length", "done", "score", "asked", "item", "seed", "lang", "open", "tries", "hints",
          "picked", "skipped", "at")  # fmt: skip  # what changes of a quiz
_SAME = [quizzes.c[name] == sa.bindparam(f"old_{name}") for name in ("asked", "tries", "hints", "picked")]
_MOVE = (
    sa.update(quizzes)
    .where(quizzes.c.open, *_SAME)
    .values({quizzes.c[name]: sa.bindparam(f"new_{name}") for name in MOVING})
    .returning(quizzes.c.person)
)
_REMEMBERED = [memories.c[name] for name in Memory.__dataclass_fields__]
_STATE = (
    sa.select(people.c.zone, people.c.remind_hour, people.c.parameters, *_REMEMBERED)
    .select_from(
        people.outerjoin(memories, (memories.c.person == people.c.id) & (memories.c.item == sa.bindparam("item")))
    )
    .where(people.c.id == sa.bindparam("who"))
)
_LOG = sa.insert(answers)
_REMEMBER = replacing(memories, ["person", "item"])
_DAY = adding(days, ["person", "day"], ["answers", "correct", "ms"])
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
        rows = await lane(self._engine).read(statement, values)
        return _to_quiz(rows[0]) if rows else None

    async def ask(self, quiz: Quiz) -> None:
        """Keep a quiz with a new question."""
        async with writing(self._engine) as connection:
            person = await ensured(connection, quiz.learner, self._clock())
            await connection.execute(upsert(quizzes, ["learner", "chat"], {**_to_row(quiz), "person": person}))

    async def change(self, before: Quiz, after: Quiz) -> bool:
        """Keep a change, if the question is as it was."""
        async with writing(self._engine) as connection:
            return await _moved(connection, before, after) is not None

    # Answers

    async def record(self, before: Quiz, after: Quiz, outcome: Outcome) -> Kept | None:
        """Keep an answer, its effect on the schedule and the quiz: all or nothing, and once."""
        async with writing(self._engine) as connection:
            person = await _moved(connection, before, after)
            if person is None:
                return None
            now = self._clock()
            rated = schedule.rating(outcome.correct, outcome.score, before.tries + 1, before.hints, outcome.sure)
            state = (await connection.execute(_STATE, {"who": person, "item": before.item})).mappings().one()
            kept = await _review(connection, person, before.item, state, rated, now)
            kind = "schedule" if kept.scheduled else "practice"
            row = _answer(before, outcome, person, now) | {"rating": int(rated), "kind": kind}
            await connection.execute(_LOG, row)
            day = calendar.day(now, state["zone"] or self._zone)
            await connection.execute(_DAY, _day(row, day))
            if state["remind_hour"] is not None:  # the next reminder comes in its time again
                await connection.execute(sa.update(people).where(people.c.id == person).values(remind_at=now))
            return kept

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
        found, own = await self._memories(learner)
        plan = schedule.scheduler(own)
        return {
            item: Known(m.due, m.last, schedule.recall(m, now, plan), m.reps, m.lapses) for item, m in found.items()
        }

    async def forecast(self, learner: str, days: int) -> tuple[float, ...]:
        """Predict the mean recall, today and on each of the next days."""
        found, own = await self._memories(learner)
        return schedule.forecast(tuple(found.values()), self._clock(), days, own)

    async def _memories(self, learner: str) -> tuple[dict[str, Memory], list[float] | None]:
        """Give what a learner remembers, and the weights of their own."""
        async with reading(self._engine) as connection:
            rows = (await connection.execute(_MEMORIES, {"learner": learner})).mappings().all()
            own = await connection.scalar(_OWN, {"learner": learner}) if rows else None
        return {row["item"]: to_memory(row) for row in rows}, parameters.weights(own)

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


async def _moved(connection: AsyncConnection, before: Quiz, after: Quiz) -> int | None:
    """Change a question's state, if it is as it was, and give its person: two presses at once can't both."""
    same = {f"old_{name}": getattr(before, name) for name in ("asked", "tries", "hints")}
    row = {f"new_{name}": value for name, value in _to_row(after).items() if name in MOVING}
    try:
        person: int | None = await connection.scalar(_MOVE, {**same, **row, "old_picked": _picked(before)})
    except IntegrityError:  # a name given twice
        return None
    return person


async def _review(
    connection: AsyncConnection, person: int, item: str, state: Mapping[Any, Any], rated: Rating, at: float
) -> Kept:
    """Move an item's schedule, if its time has come."""
    memory = to_memory(state) if state["reps"] else None
    if memory is not None and not schedule.is_due(memory, at):
        return Kept(scheduled=False, due=memory.due)
    after = schedule.review(memory, rated, at, parameters.weights(state["parameters"]))
    await connection.execute(_REMEMBER, from_memory(person, item, after))
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


def _day(row: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Count an answer on its day."""
    return {"person": row["person"], "day": day, "answers": 1, "correct": int(row["correct"]), "ms": row["ms"]}


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
