"""Askers at once: each asks, waits for the answer, asks the next question; and the event loop's longest stall."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from benchmarks.process import ROOT

QUESTIONS = ROOT / "tests" / "eval" / "questions" / "answerable.jsonl"
WARM_UP = ("que horas são em Lisboa?", "what is the capital of Chile?", "qual é o melhor time do Brasil?")
TICK = 0.001  # seconds between two beats of the task that feels stalls


class Outcome(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    REFUSED = "refused"
    FAILED = "failed"


Answer = Callable[[str, str], Awaitable[Outcome]]  # (user, question)


@dataclass(frozen=True, slots=True)
class Load:
    """What a number of askers at once saw; times in milliseconds but `rate`, answers a second."""

    askers: int
    questions: int
    answered: int
    failed: int
    rate: float
    p50: float
    p95: float
    stall: float
    cpu: float  # of processor, for each question: says more than `rate` where others use the machine too
    rss: float


def questions(count: int) -> list[str]:
    """Give distinct questions; varied in wording only when there are too few."""
    rows = [json.loads(line)["q"] for line in QUESTIONS.read_text("utf-8").splitlines()]
    distinct = list(dict.fromkeys(q.strip() for q in rows))
    varied = (f"{before} {q}" for before in ("por favor,", "me diga:", "please:", "então,", "hey,") for q in distinct)
    return [*distinct, *varied][:count]


async def drive(
    answer: Answer, asked: Sequence[str], askers: int, used: Callable[[], float] = time.process_time
) -> Load:
    """Have `askers` ask all of `asked`, each question once. `used` gives the seconds of processor until now."""
    for n, question in enumerate(WARM_UP):
        await answer(f"warm-up-{n}", question)
    outcomes: Counter[Outcome] = Counter()
    millis: list[float] = []
    beat = asyncio.create_task(longest_stall())
    waiting, started, before = iter(asked), time.perf_counter(), used()
    await asyncio.gather(*(_asker(f"asker-{n}", waiting, answer, outcomes, millis) for n in range(askers)))
    seconds, spent = time.perf_counter() - started, used() - before
    beat.cancel()
    p50, p95 = np.percentile(millis, (50, 95)).tolist()
    answered, failed = outcomes[Outcome.ANSWERED], outcomes[Outcome.FAILED]
    rate, cpu = len(asked) / seconds, spent / len(asked) * 1000
    return Load(askers, len(asked), answered, failed, rate, p50, p95, await beat * 1000, cpu, 0.0)


async def _asker(
    user: str, waiting: Iterator[str], answer: Answer, outcomes: Counter[Outcome], millis: list[float]
) -> None:
    for question in waiting:
        started = time.perf_counter()
        outcomes[await answer(user, question)] += 1
        millis.append((time.perf_counter() - started) * 1000)


async def longest_stall() -> float:
    """Beat until cancelled; give the seconds by which the latest beat was late."""
    longest = 0.0
    while True:
        before = time.perf_counter()
        try:
            await asyncio.sleep(TICK)
        except asyncio.CancelledError:
            return max(longest, time.perf_counter() - before - TICK)
        longest = max(longest, time.perf_counter() - before - TICK)
