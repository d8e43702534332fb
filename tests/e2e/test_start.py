"""Starts that go wrong, or nearly."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import loader
from tests.e2e.conftest import PATIENCE, ROOT, Program, environment

Start = Callable[..., Program]


def run(*arguments: str, data: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "bot", *arguments]
    return subprocess.run(
        command, cwd=ROOT, env=environment(data, **variables), capture_output=True, text=True, timeout=PATIENCE,
        check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_broken_settings_end_it_with_every_line_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[bot]\nlanguage = "fr"\n\n[knowledge]\nbatsh = 3\n')
    done = run("--config", str(path), "stdio", data=tmp_path)
    assert done.returncode == 1 and done.stdout == ""
    assert f"{path}:2: bot.language" in done.stderr and f"{path}:5: knowledge.batsh" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_passage_with_an_error_ends_it_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "lecture"
    shutil.copytree(loader.LECTURE, folder)
    path = folder / "fundamentos" / "xor.md"
    lines = path.read_text("utf-8").splitlines()
    number = next(n for n, line in enumerate(lines, 1) if line.startswith("source:"))
    lines[number - 1] = "source: slide none"
    path.write_text("\n".join(lines), "utf-8")
    done = run("stdio", data=tmp_path / "data", SINAPSE_KNOWLEDGE__FOLDER=str(folder))
    assert done.returncode == 1 and f"{path}:{number}:" in done.stderr and "Traceback" not in done.stderr


def test_two_programs_starting_at_once_on_one_data_folder_both_answer(start: Start, small_lecture: Path) -> None:
    programs = [start(SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture)) for _ in range(2)]
    rows = [program.ask("o que é uma gan?", user=str(n))[0] for n, program in enumerate(programs)]
    assert [row["sources"][0]["id"] for row in rows] == ["gan.definition"] * 2


def test_a_cache_that_can_not_be_written_only_costs_time(start: Start, small_lecture: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "cache").write_text("a file where the folder should be")
    program = start(SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture))
    assert program.ask("o que é uma gan?")[0]["sources"][0]["id"] == "gan.definition"


@pytest.mark.usefixtures("warm_data")
def test_one_question_from_the_shell_is_answered_as_json(small_lecture: Path, tmp_path: Path) -> None:
    done = run(
        "ask", "--json", "o que é uma gan?", data=tmp_path / "data", SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture)
    )
    assert done.returncode == 0 and json.loads(done.stdout)["sources"][0]["id"] == "gan.definition"
    assert done.stderr == ""


def test_a_second_start_answers_like_the_first(start: Start, small_lecture: Path) -> None:
    for _ in range(2):
        program = start(SINAPSE_KNOWLEDGE__FOLDER=str(small_lecture))
        assert not program.ask("o que é uma gan?")[0]["refused"]
        program.end()
