"""Quizzes at size: answers a second, bytes an answer, the picture of progress, the next question among millions.

`python -m benchmarks.learning LEARNERS REVIEWS ANSWERS` prints its figures as JSON.
"""

import asyncio
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from bot.charts.drawer import Drawer
from bot.config import Settings
from bot.learning import assembly
from bot.storage.database import open_database
from bot.storage.learners import StoredConversations
from bot.texts import Catalogues
from handlers import picking
from handlers.study import Bar, Outcome, Overview, Quiz
from knowledge import loader
from knowledge.passages import Lecture
from knowledge.quiz.choosing import Chooser
from knowledge.quiz.model import NotAnAnswer
from tests.fakes import tools_for

DAY = 24 * 3600.0
FIRST = 1_000  # id of the first generated learner
CHUNK = 50_000  # rows written at once
CHOICES, PICTURES = 200, 40  # measured
Rows = Iterator[tuple[Any, ...]]


def fill(path: Path, items: list[str], learners: int, reviews: int, now: float) -> None:
    """Write learners with as many reviews, and the memories that these left."""
    chance, each = random.Random(1), reviews // learners
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous = OFF")
        people = ((n, now - 400 * DAY, now, 0, 0, 20, 22, 8) for n in range(FIRST, FIRST + learners))
        _write(database, "people (id, since, told, confidence, ladder, goal, quiet_from, quiet_to)", people)
        _write(
            database,
            "accounts (learner, person, since)",
            ((f"stdio:{n}", n, 0.0) for n in range(FIRST, FIRST + learners)),
        )
        _write(database, MEMORIES, _memories(items, learners, each, now, chance))
        _write(database, ANSWERS, _answers(items, learners, each, now, chance))
        database.commit()


MEMORIES = "memories (person, item, state, step, stability, difficulty, due, last, rating, reps, lapses)"
ANSWERS = (
    "answers (person, item, version, seed, kind, score, correct, rating, hints, attempts, ms, at, delivery)"
)  # fmt: skip


def _memories(items: list[str], learners: int, each: int, now: float, chance: random.Random) -> Rows:
    for person in range(FIRST, FIRST + learners):
        for item in chance.sample(items, min(len(items), max(1, each // 2))):
            due = now + chance.uniform(-20, 40) * DAY
            yield person, item, 2, None, 12.0, 5.0, due, now - 20 * DAY, 3, 2, 0


def _answers(items: list[str], learners: int, each: int, now: float, chance: random.Random) -> Rows:
    for person in range(FIRST, FIRST + learners):
        for n in range(each):
            at = now - chance.random() * 300 * DAY
            yield person, chance.choice(items), 1, n, "schedule", 1.0, 1, 3, 0, 1, 9000, at, f"{person}-{n}.1"


def _write(database: sqlite3.Connection, into: str, rows: Rows) -> None:
    marks = ", ".join("?" * (into.count(",") + 1))
    while chunk := [row for row, _ in zip(rows, range(CHUNK), strict=False)]:
        database.executemany(f"INSERT INTO {into} VALUES ({marks})", chunk)


def p95(seconds: list[float]) -> float:
    """Give the 95th percentile, in milliseconds."""
    return 1000 * quantiles(seconds, n=20)[-1]


async def measure(folder: Path, learners: int, reviews: int, answers: int) -> dict[str, float]:
    """Measure all of it on one database."""
    lecture, settings = loader.load(), Settings(data_dir=folder)
    chooser = assembly.load_chooser(settings, lecture)
    path = folder / "sinapse.db"
    await (await open_database(path)).dispose()
    fresh = await _graded(path, lecture, chooser, settings, answers)
    began = time.perf_counter()
    fill(path, list(chooser.bank.items), learners, reviews, time.time())
    filled = time.perf_counter() - began
    choice = await _chosen(path, lecture, chooser, settings, learners)
    picture = await _drawn(folder)
    size = path.stat().st_size / 1e6
    return {**fresh, **choice, "picture_p95": picture, "fill_s": filled, "database_mb": size,
            "learners": learners, "reviews": reviews, "items": len(chooser.bank.items)}  # fmt: skip


async def _graded(path: Path, lecture: Lecture, chooser: Chooser, settings: Settings, count: int) -> dict[str, float]:
    """Grade answers and keep each in its transaction, one after the other."""
    engine = await open_database(path)
    house = assembly.build(settings, engine, chooser, Catalogues(), StoredConversations(engine))
    study, bank, items = house.learning.study, chooser.bank, list(chooser.bank.items)
    before, began = _size(path), time.perf_counter()
    for n in range(count):
        item = items[n % len(items)]
        quiz = Quiz(f"stdio:a{n % 50}", "", "quiz", "", 5, f"q{n}", item, n, "pt", time.time())
        await study.ask(quiz)
        await _answer(house, quiz, bank.key(item, "pt", n))
    seconds = time.perf_counter() - began
    await engine.dispose()
    return {"answers_per_s": count / seconds, "kb_per_1000": (_size(path) - before) / count}


async def _answer(house: assembly.House, quiz: Quiz, answer: Any) -> None:
    verdict = house.learning.bank.grade(quiz.item, quiz.lang, quiz.seed, answer)
    if isinstance(verdict, NotAnAnswer):
        raise TypeError(quiz.item)
    after = replace(quiz, open=False, tries=1, done=1)
    await house.learning.study.record(quiz, after, Outcome(1, verdict.correct, verdict.score))


def _size(path: Path) -> int:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path.stat().st_size


async def _chosen(
    path: Path, lecture: Lecture, chooser: Chooser, settings: Settings, learners: int
) -> dict[str, float]:
    """Choose the next question of learners drawn by chance."""
    engine = await open_database(path)
    house = assembly.build(settings, engine, chooser, Catalogues(), StoredConversations(engine))
    knowledge: Any = type("Lectured", (), {"lecture": lecture})()
    tools = replace(tools_for(knowledge), learning=house.learning)
    chance, taken, worked = random.Random(2), list[float](), list[float]()
    for _ in range(CHOICES):
        quiz = Quiz(f"stdio:{FIRST + chance.randrange(learners)}", "", "quiz", "", 5, "", "", 0, "pt", 0.0)
        began, cpu = time.perf_counter(), time.process_time()
        await picking.next_item(quiz, tools)
        taken.append(time.perf_counter() - began)
        worked.append(time.process_time() - cpu)
    await engine.dispose()
    return {"choice_p50": 1000 * median(taken), "choice_p95": p95(taken), "choice_cpu_p95": p95(worked)}


async def _drawn(folder: Path) -> float:
    """Draw pictures of progress, each another one, light and dark."""
    drawer, texts, taken = Drawer(Catalogues(), folder / "pictures"), Catalogues(), []
    for n in range(PICTURES):
        bars = tuple(
            Bar(texts("pt", f"section.{name}"), (n + at) % 100 / 100, at, True) for at, name in enumerate(PARTS)
        )
        overview = Overview(bars, n, tuple(0.9 - day / 100 for day in range(31)), n, n, n, 20)
        began = time.perf_counter()
        await drawer.progress(overview, "", "pt")
        taken.append(time.perf_counter() - began)
    return p95(taken)


PARTS = ("fundamentos", "aprendizado", "arquiteturas", "historia", "pessoas", "tecnologias", "futuro", "saiba-mais")


def main() -> None:
    """Measure what the command line says."""
    learners, reviews, answers = map(int, sys.argv[1:4])
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(asyncio.run(measure(Path(folder), learners, reviews, answers))))


if __name__ == "__main__":
    main()
