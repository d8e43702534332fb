"""Answers in the database: once each, whole or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import study as module
from bot.storage.database import StorageError, open_database
from bot.storage.study import StoredStudy
from bot.storage.tables import answers, memories, people
from handlers.study import Outcome, Quiz
from tests.learning import DAY, NOON, Time

ASKED = Quiz("shell:ana", "", "quiz", "", 3, "abc", "perceptron.reta", 7, "pt", NOON)
AFTER = replace(ASKED, open=False, tries=1, done=1, score=1.0)
RIGHT = Outcome(2, correct=True, score=1.0, said="os pesos")


@pytest.fixture
async def engine(tmp_path: Path) -> AsyncIterator[AsyncEngine]:
    engine = await open_database(tmp_path / "sinapse.db")
    yield engine
    await engine.dispose()


@pytest.fixture
def clock() -> Time:
    return Time(NOON + 30)


@pytest.fixture
async def study(engine: AsyncEngine, clock: Time) -> StoredStudy:
    study = StoredStudy(engine, "America/Sao_Paulo", clock)
    await study.ask(ASKED)
    return study


async def count(engine: AsyncEngine, table: sa.Table) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


async def test_a_question_comes_back_as_it_was_asked(study: StoredStudy) -> None:
    for pending in (None, 2, (1, 0), "os pesos"):
        quiz = replace(ASKED, picked=(0, 2), pending=pending, hints=1, skipped=("a", "b"))
        await study.ask(quiz)
        assert await study.current("shell:ana", "") == quiz and await study.of("abc") == quiz


async def test_an_answer_is_logged_scheduled_and_counted(study: StoredStudy, engine: AsyncEngine) -> None:
    kept = await study.record(ASKED, AFTER, RIGHT)
    assert kept and kept.scheduled and kept.due == NOON + 30 + 2 * DAY
    async with engine.connect() as connection:
        row = (await connection.execute(sa.select(answers))).mappings().one()
    wanted = {
        "item": "perceptron.reta", "version": 2, "seed": 7, "kind": "schedule", "score": 1.0, "correct": True,
        "rating": 3, "confidence": None, "hints": 0, "attempts": 1, "ms": 30_000, "delivery": "abc.1",
        "said": "os pesos",
    }  # fmt: skip
    assert wanted.items() <= dict(row).items()
    assert [(d.day, d.answers, d.correct, d.ms) for d in await study.days("shell:ana")] == [
        ("2026-11-30", 1, 1, 30_000)
    ]


async def test_the_same_answer_counts_once_however_often_it_comes(study: StoredStudy, engine: AsyncEngine) -> None:
    found = await asyncio.gather(*(study.record(ASKED, AFTER, RIGHT) for _ in range(5)))
    assert sum(kept is not None for kept in found) == 1
    assert await count(engine, answers) == 1 and await study.total("shell:ana") == 1


async def test_what_fails_halfway_leaves_nothing(
    study: StoredStudy, engine: AsyncEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_DAY", sa.text("INSERT INTO nowhere VALUES (1)"))
    with pytest.raises(StorageError):
        await study.record(ASKED, AFTER, RIGHT)
    assert [await count(engine, table) for table in (answers, memories)] == [0, 0]
    assert (await study.current("shell:ana", "")) == ASKED


async def test_a_name_given_twice_is_refused(study: StoredStudy) -> None:
    await study.ask(replace(ASKED, learner="shell:bia", asked="other"))
    assert not await study.change(ASKED, replace(ASKED, asked="other"))


async def test_a_question_that_changed_meanwhile_is_not_answered(study: StoredStudy) -> None:
    assert await study.change(ASKED, replace(ASKED, hints=1))
    assert await study.record(ASKED, AFTER, RIGHT) is None


async def test_thinking_over_night_does_not_count_as_hours(study: StoredStudy, clock: Time) -> None:
    clock.now = NOON + DAY
    await study.record(ASKED, AFTER, RIGHT)
    assert [day.ms for day in await study.days("shell:ana")] == [module.LONGEST_ANSWER]


async def test_a_day_is_of_the_learners_own_calendar(study: StoredStudy, engine: AsyncEngine, clock: Time) -> None:
    async with engine.begin() as connection:
        await connection.execute(sa.update(people).values(zone="Asia/Tokyo"))
    clock.now = NOON + 3600
    await study.record(ASKED, AFTER, RIGHT)
    assert [day.day for day in await study.days("shell:ana")] == ["2026-12-01"]


async def test_parameters_of_a_learners_own_are_used(study: StoredStudy, engine: AsyncEngine) -> None:
    from bot.learning.schedule import DEFAULT_PARAMETERS

    own = [*DEFAULT_PARAMETERS]
    own[2] = 50.0
    async with engine.begin() as connection:
        await connection.execute(sa.update(people).values(parameters=json.dumps({"reviews": 400, "weights": own})))
    kept = await study.record(ASKED, AFTER, RIGHT)
    assert kept and kept.due == NOON + 30 + 50 * DAY


async def test_of_a_stranger_nothing_is_known(study: StoredStudy) -> None:
    assert await study.known("shell:x") == {} and await study.forecast("shell:x", 30) == ()
    assert await study.recent("shell:x", 5) == () and await study.total("shell:x") == 0
    assert not await study.appeal("shell:x", "abc")
