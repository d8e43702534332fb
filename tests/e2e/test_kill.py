"""The tutor is killed a hundred times while learners answer, and nothing that they were told is lost or doubled."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 100


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, Any], sqlite3.Connection]]:
    """Give what was acknowledged, and the database after it all."""
    folder = tmp_path_factory.mktemp("killed")
    command = [sys.executable, "-m", "tests.killing", str(folder), str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
    with closing(sqlite3.connect(folder / "sinapse.db")) as database:
        yield json.loads(done.stdout), database


Outcome = tuple[dict[str, Any], sqlite3.Connection]


def test_every_acknowledged_answer_is_there_exactly_once(outcome: Outcome) -> None:
    told, database = outcome
    kept = [delivery.partition(".")[0] for (delivery,) in database.execute("SELECT delivery FROM answers")]
    assert len(told["acknowledged"]) > KILLS and len(set(told["acknowledged"])) == len(told["acknowledged"])
    assert sorted(kept) == sorted(set(kept)) and set(told["acknowledged"]) <= set(kept)


def test_what_was_cut_off_and_sent_again_was_not_doubled(outcome: Outcome) -> None:
    told, database = outcome
    assert told["repeated"] and not set(told["repeated"]) & set(told["acknowledged"])
    kept = {delivery.partition(".")[0] for (delivery,) in database.execute("SELECT delivery FROM answers")}
    assert set(told["repeated"]) <= kept


def test_the_days_count_what_the_log_holds(outcome: Outcome) -> None:
    _, database = outcome
    [(kept,)] = database.execute("SELECT COUNT(*) FROM answers")
    assert database.execute("SELECT SUM(answers), SUM(correct) FROM days").fetchone() == (
        kept, database.execute("SELECT SUM(correct) FROM answers").fetchone()[0],
    )  # fmt: skip


def test_the_schedule_holds_exactly_the_answers_that_moved_it(outcome: Outcome) -> None:
    _, database = outcome
    scheduled = database.execute("SELECT COUNT(*) FROM answers WHERE kind = 'schedule'").fetchone()
    assert database.execute("SELECT SUM(reps) FROM memories").fetchone() == scheduled


def test_the_database_is_sound(outcome: Outcome) -> None:
    assert outcome[1].execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert outcome[1].execute("PRAGMA foreign_key_check").fetchall() == []
