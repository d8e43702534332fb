"""Child process: learners on one platform, its simulated server in the same process. Prints one JSON object."""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.load import longest_stall, questions
from bot import app, config
from tests.platforms import driver as drivers
from tests.platforms.driver import Driver, Tutor

READY_WAIT = 3600.0  # seconds: the first start on an empty folder embeds everything
PATIENCE = 300.0  # seconds for one answer: the platform's rate decides, not we
NICE = 10  # as a demo's child process
WARM_UP = 3  # learners who ask before the clock runs


@dataclass(frozen=True, slots=True)
class Crowd:
    """What the learners saw; times in milliseconds but `rate`, answers a second."""

    learners: int
    failed: int
    rate: float
    messages: float  # sent a second: an answer may be more than one
    p50: float
    p95: float
    stall: float


async def measure(data: Path, platform: str, learners: int, arriving: float) -> Crowd:
    """Let learners ask one question each: all at once, or `arriving` of them a second."""
    settings = config.Settings(data_dir=data, bot=config.Bot(busy_wait=2, ready_wait=READY_WAIT))
    with tempfile.TemporaryDirectory() as folder:
        tutor = await app.bootstrap(settings, database=Path(folder) / "bench.db")
        await tutor.finder.wait_ready()
        driver = drivers.load(platform, Path(folder))
        await driver.start(Tutor(tutor.dispatcher.run, tutor.ties, PATIENCE))
        await asyncio.gather(*(driver.say(f"early{n}", "oi") for n in range(WARM_UP)))
        crowd = await _crowd(driver, questions(learners), arriving)
        await driver.stop()
        await drivers.close(driver)
        await tutor.close()
    return crowd


async def _crowd(driver: Driver, asked: list[str], arriving: float) -> Crowd:
    beat, started = asyncio.create_task(longest_stall()), time.perf_counter()
    pauses = [n / arriving if arriving else 0.0 for n in range(len(asked))]
    waits = await asyncio.gather(*(_learner(driver, n, asked[n], pause) for n, pause in enumerate(pauses)))
    seconds = time.perf_counter() - started
    beat.cancel()
    answered = [wait for wait, _ in waits if wait is not None]
    sent = sum(messages for _, messages in waits)
    p50, p95 = np.percentile(answered or [0.0], (50, 95)).tolist()
    return Crowd(
        len(asked), len(asked) - len(answered), len(answered) / seconds, sent / seconds, p50, p95, await beat * 1000
    )


async def _learner(driver: Driver, number: int, question: str, pause: float) -> tuple[float | None, int]:
    """Ask after a pause; give the milliseconds until the whole answer is there (None: none came), and its messages."""
    await asyncio.sleep(pause)
    started = time.perf_counter()
    try:
        shown = await driver.say(f"learner{number}", question)
    except TimeoutError:
        return None, 0
    return (time.perf_counter() - started) * 1000 if shown else None, len(shown)


@contextmanager
def _busy_neighbour(wanted: bool) -> Iterator[None]:
    """Keep a processor busy beside us, as a demo that trains does."""
    if not wanted:
        yield
        return
    process = subprocess.Popen([sys.executable, "-c", f"import os\nos.nice({NICE})\nwhile True: pass"])
    try:
        yield
    finally:
        process.kill()
        process.wait()


def main() -> int:
    """Measure one platform."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("platform", choices=drivers.names())
    parser.add_argument("learners", type=int)
    parser.add_argument("--arriving", type=float, default=0.0, help="learners a second; 0: all at once")
    parser.add_argument("--busy", action="store_true", help="with a process beside that computes")
    options = parser.parse_args()
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    with _busy_neighbour(options.busy):
        crowd = asyncio.run(measure(options.data, options.platform, options.learners, options.arriving))
    print(json.dumps(asdict(crowd)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
