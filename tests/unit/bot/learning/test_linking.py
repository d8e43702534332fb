"""Two histories become one."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from fsrs import Rating
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.learning import schedule
from bot.storage.database import open_database
from bot.storage.linking import StoredLinks
from bot.storage.study import StoredStudy
from bot.storage.tables import answers, reminders
from handlers.study import Outcome, Quiz
from tests.learning import DAY, NOON, Time


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "sinapse.db")
    yield engine
    await engine.dispose()


async def answer(engine: AsyncEngine, learner: str, item: str, at: float, correct: bool) -> None:
    study = StoredStudy(engine, "UTC", Time(at))
    quiz = Quiz(learner, "", "quiz", "", 5, f"{learner}{at}", item, 1, "pt", at - 10)
    await study.ask(quiz)
    after = replace(quiz, open=False, tries=1, done=1)
    assert await study.record(quiz, after, Outcome(1, correct, float(correct)))


async def joined(engine: AsyncEngine) -> dict[str, object]:
    """Join Telegram's account to Discord's; gives what is then remembered."""
    links = StoredLinks(engine, Time(NOON + 9 * DAY))
    code = await links.code("discord:ana")
    assert code and await links.join("telegram:ana", code) == "joined"
    memories, _ = await StoredStudy(engine, "UTC", Time(NOON))._memories("telegram:ana")
    return dict(memories)


async def test_what_both_have_is_worked_out_from_both_logs(engine: AsyncEngine) -> None:
    await answer(engine, "discord:ana", "both", NOON, correct=False)
    await answer(engine, "telegram:ana", "both", NOON + DAY, correct=True)
    await answer(engine, "telegram:ana", "mine", NOON, correct=True)
    found = await joined(engine)
    wanted = schedule.review(schedule.review(None, Rating.Again, NOON), Rating.Good, NOON + DAY)
    assert found == {"both": wanted, "mine": schedule.review(None, Rating.Good, NOON)}
    days = await StoredStudy(engine, "UTC", Time(NOON)).days("discord:ana")
    assert [(day.answers, day.correct) for day in days] == [(2, 1), (1, 1)]


async def test_where_the_log_is_not_whole_any_more_the_later_memory_counts(engine: AsyncEngine) -> None:
    await answer(engine, "discord:ana", "both", NOON, correct=False)
    await answer(engine, "telegram:ana", "both", NOON + DAY, correct=True)
    async with engine.begin() as connection:
        await connection.execute(sa.delete(answers))
    assert await joined(engine) == {"both": schedule.review(None, Rating.Good, NOON + DAY)}


async def test_reminders_of_a_day_that_both_had_are_one(engine: AsyncEngine) -> None:
    for learner in ("discord:ana", "telegram:ana"):
        await answer(engine, learner, "both", NOON, correct=True)
    rows = [{"person": who, "day": day, "at": NOON, "due": 1} for who, day in ((1, "a"), (2, "a"), (2, "b"))]
    async with engine.begin() as connection:
        await connection.execute(sa.insert(reminders), rows)
    await joined(engine)
    async with engine.connect() as connection:
        kept = (await connection.execute(sa.select(reminders.c.person, reminders.c.day))).all()
    assert sorted(map(tuple, kept)) == [(1, "a"), (1, "b")]
