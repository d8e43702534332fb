"""Reminders from the database to the platform."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.learning import reminders as module
from bot.learning.assembly import Teller
from bot.learning.reminders import Reminders
from bot.outbox import Outbox
from bot.platforms.base import Gone
from bot.storage.errors import StorageError
from handlers.messages import Reply
from knowledge.tutor import Knowledge
from tests import learning
from tests.learning import DAY, Desk, said

HOUR = 3600.0


class Place:
    """A platform that can be written to."""

    name = "shell"

    def __init__(self) -> None:
        self.pushed: list[tuple[str, Reply]] = []
        self.gone = False

    async def push(self, user: str, reply: Reply) -> None:
        if self.gone:
            raise Gone("blocked")
        self.pushed.append((user, reply))


@pytest.fixture
async def desk(small_knowledge: Knowledge, tmp_path: Path) -> AsyncIterator[Desk]:
    """Give a tutor whose learner answered a question three days ago and wants to be reminded at 19 h; it is noon."""
    async with learning.desk(small_knowledge, tmp_path) as desk:
        await desk.right(await desk.ask("/quiz perceptron 1"))
        await desk.ask("/config lembrete 19")
        desk.clock.now += 3 * DAY
        yield desk


def reminders(desk: Desk, place: Place) -> Reminders:
    outbox = Outbox()
    outbox._pushes["shell"] = place.push
    return Reminders(desk.engine, Teller(desk.tools, outbox), "America/Sao_Paulo", desk.clock)


async def test_what_is_due_is_told_at_the_learners_hour_once(desk: Desk) -> None:
    place = Place()
    task = reminders(desk, place)
    assert await task.sweep() == 0  # it is noon
    desk.clock.now += 7 * HOUR
    assert [await task.sweep() for _ in range(3)] == [1, 0, 0]
    [(user, reply)] = place.pushed
    assert user == "ana" and "na hora de ser revista" in said(reply) and reply.data == {"due": 1}


async def test_after_a_restart_none_is_sent_again(desk: Desk) -> None:
    place = Place()
    desk.clock.now += 7 * HOUR
    await reminders(desk, place).sweep()
    await desk.tools.learning.people.prefer(  # even where everything was set anew
        "shell:ana", replace(await desk.tools.learning.people.preferences("shell:ana"), goal=9)
    )
    assert await reminders(desk, place).sweep() == 0 and len(place.pushed) == 1


async def test_it_is_claimed_before_it_is_sent(desk: Desk) -> None:
    place = Place()
    place.gone = True
    desk.clock.now += 7 * HOUR
    task = reminders(desk, place)
    assert await task.sweep() == 0
    place.gone = False
    assert await task.sweep() == 0  # lost, but never doubled
    desk.clock.now += DAY
    assert await task.sweep() == 1


async def test_two_programs_at_once_send_one(desk: Desk) -> None:
    place = Place()
    desk.clock.now += 7 * HOUR
    assert sum(await asyncio.gather(*(reminders(desk, place).sweep() for _ in range(2)))) == 1


async def test_ignored_ones_become_rare_and_an_answer_brings_them_back(desk: Desk) -> None:
    place = Place()
    task = reminders(desk, place)
    desk.clock.now += 7 * HOUR
    days = []
    for day in range(40):
        if await task.sweep():
            days.append(day)
        desk.clock.now += DAY
    assert days == [0, 1, 3, 7, 15]
    desk.clock.now -= 7 * HOUR
    await desk.right(await desk.ask("/revisar"))
    desk.clock.now += 60 * DAY + 7 * HOUR
    assert await task.sweep() == 1


async def test_with_nothing_due_nothing_is_sent(desk: Desk) -> None:
    await desk.right(await desk.ask("/revisar"))
    desk.clock.now += 7 * HOUR
    place = Place()
    assert await reminders(desk, place).sweep() == 0 and place.pushed == []
    desk.clock.now += 30 * DAY
    assert await reminders(desk, place).sweep() == 1


async def test_switched_off_it_is_silent(desk: Desk) -> None:
    await desk.ask(press="o:pt:remind.off")
    desk.clock.now += 7 * HOUR
    assert await reminders(desk, Place()).sweep() == 0


async def test_a_platform_that_is_away_is_waited_for(desk: Desk) -> None:
    desk.clock.now += 7 * HOUR
    away = Reminders(desk.engine, Teller(desk.tools, Outbox()), "UTC", desk.clock)
    assert await away.sweep() == 0
    assert await reminders(desk, Place()).sweep() == 1


async def test_the_task_goes_on_after_trouble_with_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    task, sweeps = reminders(desk, Place()), asyncio.Event()

    async def failing() -> int:
        if caplog.records:
            sweeps.set()
        raise StorageError("locked")

    monkeypatch.setattr(task, "sweep", failing)
    monkeypatch.setattr(module, "EVERY", 0.0)
    running = asyncio.create_task(task.run())
    async with asyncio.timeout(10):
        await sweeps.wait()
    running.cancel()
    assert "locked" in caplog.text


async def test_a_platform_is_written_to_only_while_it_runs() -> None:
    outbox, place = Outbox(), Place()
    with outbox.serving(place):
        assert outbox.reaches("shell:ana")
        await outbox.push("shell:ana", Reply("k", "pt", ()))
    assert not outbox.reaches("shell:ana") and place.pushed[0][0] == "ana"
    with outbox.serving(object()):
        assert not outbox.reaches(":")


async def test_the_house_is_kept_in_the_background(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    await desk.ask("/privacidade exportar")
    desk.house.start(desk.tools, Outbox())
    desk.house.start(desk.tools, Outbox())
    assert len(desk.house._tasks) == 2
    await desk.house.tidy()
    await desk.house.close()
    assert all(task.done() for task in desk.house._tasks)


async def test_the_house_goes_on_after_trouble_with_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.learning import assembly

    twice = asyncio.Event()

    async def failing() -> None:
        if "wasn't removed" in caplog.text:
            twice.set()
        raise StorageError("locked")

    monkeypatch.setattr(desk.house, "tidy", failing)
    monkeypatch.setattr(assembly, "HOUR", 0.0)
    running = asyncio.create_task(desk.house._keep_house())
    async with asyncio.timeout(10):
        await twice.wait()
    running.cancel()


def test_questions_names_and_seeds_are_drawn_by_chance() -> None:
    from bot.learning.assembly import SEEDS, Dice

    dice = Dice()
    assert len({dice.name() for _ in range(100)}) == 100 and "." not in "".join(dice.name() for _ in range(100))
    assert all(0 <= dice.seed() < SEEDS for _ in range(100))


def test_another_lecture_brings_its_own_questions(small_knowledge: Knowledge, tmp_path: Path) -> None:
    import shutil

    from bot.config import KnowledgeSettings, Settings
    from bot.learning.assembly import load_chooser

    settings = Settings(knowledge=KnowledgeSettings(folder=str(tmp_path / "lecture")))  # type: ignore[call-arg]
    assert load_chooser(settings, small_knowledge.lecture).bank.items == {}
    shutil.copytree(learning.BANK, tmp_path / "quiz")
    assert len(load_chooser(settings, small_knowledge.lecture).bank.items) == 5
    (tmp_path / "quiz" / "prerequisites.yaml").write_text("gan: [perceptron]\n")
    assert load_chooser(settings, small_knowledge.lecture).prerequisites["gan"] == {"perceptron"}
