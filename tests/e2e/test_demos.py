"""Training demos through the whole program: run, stopped, cut off by a kill and offered again."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.conftest import Program, Row

DEMO = "mcculloch-pitts"
LONG = "raso-profundo"


@pytest.fixture
def program(start: Callable[..., Program], warm_data: Path) -> Program:
    return start()


def stop_id(row: Row) -> str:
    return next(c["id"] for c in row["choices"] if ":x:" in c["id"])


def until_it_steps(program: Program, text: str) -> Row:
    """Ask for a run, and read until a step came."""
    program.send(json.dumps({"id": "long", "user": "ana", "text": text}).encode())
    row = program.row()
    while not row["data"].get("step"):
        row = program.row()
    return row


def test_a_demo_runs_is_stopped_and_is_offered_again_after_a_kill(
    program: Program, start: Callable[..., Program]
) -> None:
    [gallery] = program.ask("/treinar")
    assert {DEMO, LONG} <= {demo["name"] for demo in gallery["data"]["demos"]}

    rows = program.ask(f"treina {DEMO}, semente 7")
    last, fractions = rows[-1], [row["progress"] for row in rows]
    assert {row["key"] for row in rows} == {last["key"]} and fractions == sorted(fractions) and fractions[-1] == 1
    assert last["data"]["seed"] == 7 and last["data"]["metrics"] and last["data"]["share"].startswith(f"{DEMO}~")
    assert last["figures"] and all(Path(f["path"]).is_file() and f["alt"] for f in last["figures"])
    assert program.ask(last["data"]["share"])[-1]["data"]["metrics"] == last["data"]["metrics"]

    until_it_steps(program, f"/treinar {LONG}")
    program.send(b'{"id": "stop", "user": "ana", "text": "/parar"}')
    rows: list[Row] = []
    while {row["id"] for row in rows if row.get("final")} != {"long", "stop"}:  # the two end in either order
        rows.append(program.row())
    halted = [r for r in rows if r["id"] == "long" and not r.get("final")][-1]
    assert halted["progress"] is None and "Parado." in halted["text"]

    stop = stop_id(until_it_steps(program, f"/treinar {LONG}"))
    program.process.kill()
    program.process.wait()
    [row] = start().ask(press=stop)
    assert "interrompido" in row["text"] and row["choices"][0]["label"] == "rodar de novo"
