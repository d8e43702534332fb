"""Demos are found by looking, and listed without running them."""

import subprocess
import sys
from pathlib import Path

import pytest

from models.demos import discover, lesson
from models.engine.words import DemoFault

SPEC = """
'''The lesson.'''
import a_library_that_is_not_there
from models.engine.protocol import Both, DemoSpec, Expectation, Option
TITLE = Both("Um", "One")
WORDS = (TITLE,)
SPEC = DemoSpec(
    name={name!r}, title=TITLE, summary=WORDS[0], lesson=TITLE, concept="gan", seconds=1,
    expect=Expectation(TITLE, (Option("a", TITLE), Option("b", TITLE))), quick={{}}, aliases={aliases!r},
)
def run(params, seed): a_library_that_is_not_there.go()
"""


def write(folder: Path, file: str, name: str, aliases: tuple[str, ...] = ()) -> None:
    (folder / file).write_text(SPEC.format(name=name, aliases=aliases), "utf-8")


def test_a_spec_is_read_without_running_its_module(tmp_path: Path) -> None:
    write(tmp_path, "um.py", "um")
    found = discover(tmp_path)["um"]
    assert (found.spec.title.en, lesson(found)) == ("One", "The lesson.")


def test_helpers_are_no_demos(tmp_path: Path) -> None:
    write(tmp_path, "_helper.py", "um")
    assert discover(tmp_path) == {}


@pytest.mark.parametrize(("second", "aliases"), [("um", ()), ("dois", ("UM",)), ("dois", ("outro",))])
def test_two_of_one_name_fail_at_start(tmp_path: Path, second: str, aliases: tuple[str, ...]) -> None:
    write(tmp_path, "a.py", "um", ("outro",))
    write(tmp_path, "b.py", second, aliases)
    with pytest.raises(DemoFault, match=r"b\.py: a\.py is called"):
        discover(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "X = 1",
        "SPEC = 1",
        "from numpy import pi\nSPEC = DemoSpec(name=pi)",
        "SPEC = DemoSpec(nome='x')",
        "SPEC = DemoSpec(name='x'.y)",
    ],
)
def test_a_file_without_a_spec_that_can_be_read_is_named(tmp_path: Path, source: str) -> None:
    (tmp_path / "ruim.py").write_text(source, "utf-8")
    with pytest.raises(DemoFault, match=r"ruim\.py"):
        discover(tmp_path)


def test_listing_the_demos_imports_no_torch() -> None:
    code = "import sys; from models.demos import discover; discover(); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
