"""Runs in child processes: their events, their end, and what becomes of demos that misbehave."""

import asyncio
import os
import select
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from models.engine import wire
from models.engine.protocol import Event, Failed, Job, Picture, QueueFull, Result, Step, Turn, Waiting
from models.engine.runner import Limits, Runner
from tests.demos import found

LIGHT = ("models.engine.child", "models.kit.charts")  # no torch
ROOT = Path(__file__).parents[4]


@pytest.fixture
async def runner() -> AsyncIterator[Runner]:
    made = Runner(found(), Limits(seconds=20, memory=256, output=4), at_once=1, waiting=1, preload=LIGHT)
    yield made
    await made.close(server=False)


def bad(how: str) -> Job:
    return Job("malcriada", {"how": how}, 0)


async def events(runner: Runner, job: Job) -> list[Event | Waiting]:
    async with runner.start(job) as run:
        return [event async for event in run]


def gone(pid: float) -> bool:
    """Tell whether a process ends, by itself, within a while."""
    try:
        file = os.pidfd_open(int(pid))
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([file], [], [], 10)[0])
    finally:
        os.close(file)


async def test_a_run_tells_its_events_in_order(runner: Runner) -> None:
    told = await events(runner, Job("reta", {"steps": 3}, 1))
    assert [type(event) for event in told if not isinstance(event, Step)] == [Picture, Picture, Result]
    fractions = [event.fraction for event in told if isinstance(event, Step)]
    assert fractions[-1] == 1 and fractions == sorted(fractions)


async def test_the_same_seed_gives_the_same_numbers(runner: Runner) -> None:
    one, two, other = [(await events(runner, Job("reta", {}, seed)))[-1] for seed in (7, 7, 8)]
    assert one == two != other


async def test_a_finished_network_can_be_played_with(runner: Runner) -> None:
    result = (await events(runner, Job("reta", {}, 1)))[-1]
    assert isinstance(result, Result) and result.turn
    told = await events(runner, Job("reta", {}, 1, move="2", memory=result.turn.memory, state=result.state))
    assert isinstance(told[-1], Turn) and told[-1].memory == "1" and "0.0" in told[-1].text.en


async def test_a_learners_file_reaches_the_demo_within_its_bound(runner: Runner, tmp_path: Path) -> None:
    path = tmp_path / "x.png"
    path.write_bytes(b"GIF")
    refused = (await events(runner, Job("reta", {}, 1, files={"image": path})))[-1]
    path.write_bytes(bytes(9 * 1024 * 1024))
    too_big = (await events(runner, Job("reta", {}, 1, files={"image": path})))[-1]
    assert isinstance(refused, Failed) and refused.reason and "PNG" in refused.reason.en
    assert isinstance(too_big, Failed) and too_big.reason and "too big" in too_big.reason.en


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("raise", "crashed"),
        ("refuse", "refused"),
        ("hungry", "memory"),
        ("nan", "nan"),
        ("quiet", "lost"),
        ("chatty", "output"),
        ("lie", "crashed"),
        ("exit", "crashed"),
        ("write", "crashed"),
    ],
)
async def test_a_demo_that_misbehaves_is_told_of_and_harms_nobody(
    runner: Runner, how: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    told = (await events(runner, bad(how)))[-1]
    assert isinstance(told, Failed) and told.why == why
    assert f"demo malcriada: {why}: {told.log}" in caplog.messages
    assert isinstance((await events(runner, Job("reta", {"steps": 1}, 1)))[-1], Result)


async def test_what_is_printed_does_not_disturb(runner: Runner) -> None:
    assert isinstance((await events(runner, bad("print")))[-1], Result)


async def test_a_run_out_of_time_is_ended() -> None:
    runner = Runner(found(), Limits(seconds=0.7), preload=LIGHT)
    await events(runner, Job("reta", {"steps": 1}, 1))  # the server is there
    told = await events(runner, bad("hang"))
    assert isinstance(told[0], Step) and isinstance(told[-1], Failed) and told[-1].why == "time"
    await runner.close(server=False)
    assert gone(told[0].metrics["pid"])


async def test_cpu_seconds_are_bounded() -> None:
    strict = Runner(found(), Limits(seconds=60, cpu=0.9), preload=LIGHT)
    told = (await events(strict, bad("spin")))[-1]
    assert isinstance(told, Failed) and told.why == "time" and "CPU" in told.log
    await strict.close(server=False)


@pytest.mark.parametrize("how", ["hang", "ignore", "spin"])
async def test_a_run_that_is_left_is_gone(runner: Runner, how: str) -> None:
    async with runner.start(bad(how)) as run:
        told = await anext(aiter(run))
    assert isinstance(told, Step) and gone(told.metrics["pid"])


async def test_what_a_demo_forks_ends_with_it(runner: Runner) -> None:
    told = await events(runner, bad("fork"))
    assert isinstance(told[0], Step)
    assert isinstance(told[1], Step) and gone(told[1].metrics["pid"])


async def test_who_comes_next_waits_and_knows_the_place(runner: Runner) -> None:
    first = await runner.start(bad("hang")).__aenter__()
    await anext(aiter(first))
    async with runner.start(Job("reta", {"steps": 1}, 1)) as second:
        waiting = aiter(second)
        assert await anext(waiting) == Waiting(1)
        with pytest.raises(QueueFull):
            await runner.start(bad("hang")).__aenter__()
        await first.__aexit__()
        assert isinstance(await anext(waiting), Step)


async def test_a_cancelled_start_leaves_no_child_and_no_place_taken(runner: Runner) -> None:
    task = asyncio.create_task(events(runner, bad("hang")))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance((await events(runner, Job("reta", {"steps": 1}, 1)))[-1], Result)


def test_the_code_is_the_demos_own_and_runs(runner: Runner, tmp_path: Path) -> None:
    code = runner.code("reta", {"steps": 2, "lr": 0.1}, 3)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert len(done.stdout.splitlines()) == 2


BOT = f"""
import asyncio
from models.engine.protocol import Job
from models.engine.runner import Limits, Runner
from tests.demos import found

async def main():
    runner = Runner(found(), Limits(), preload={LIGHT!r})
    async with runner.start(Job("malcriada", {{"how": "spin"}}, 0)) as run:
        async for event in run:
            print(int(event.metrics["pid"]), flush=True)

asyncio.run(main())
"""


def test_a_child_ends_when_the_bot_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", BOT], cwd=ROOT, stdout=subprocess.PIPE, text=True) as bot:
        assert bot.stdout is not None
        pid = int(bot.stdout.readline())
        bot.kill()
    assert gone(pid)


def test_a_frame_has_its_length_first() -> None:
    assert wire.HEADER.unpack(wire.HEADER.pack(5)) == (5,)
