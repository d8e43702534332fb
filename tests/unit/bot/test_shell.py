"""A demo from the shell."""

import io
import json
from pathlib import Path

import pytest

from bot.shell import Order, Shell
from bot.texts import Catalogues
from knowledge.tutor import Knowledge
from models.engine.protocol import Event, Failed, Waiting
from tests.fakes import ScriptedRunner
from tests.unit.handlers.demos.scenes import EVENTS, FILM


async def run(knowledge: Knowledge, order: Order, *events: Event | Waiting) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    runner = ScriptedRunner(*(events or EVENTS))
    code = await Shell(runner, Catalogues(), knowledge.lecture, "pt", out, err).run(order)
    return code, out.getvalue(), err.getvalue()


async def test_a_result_is_told_in_words(small_knowledge: Knowledge) -> None:
    code, out, _ = await run(small_knowledge, Order("reta"))
    assert code == 0 and "Uma reta aprende" in out and "acerto: 97,4 %" in out and "semente 1" in out


async def test_a_result_is_one_json_object(small_knowledge: Knowledge, tmp_path: Path) -> None:
    order = Order("reta", "7", ("steps=5", "lr=0,5"), json=True, out=tmp_path / "new")
    code, out, _ = await run(small_knowledge, order)
    data = json.loads(out)
    assert code == 0 and data["metrics"] == {"acc": 0.974, "loss": 1.5} and data["seed"] == 7
    assert data["params"] == {"steps": 5, "lr": 0.5} and data["share"].startswith("reta~")
    assert [Path(p).name for p in data["files"]] == ["reta-1-film.light.gif", "reta-1-film.dark.gif", "reta.py"]
    assert (tmp_path / "new" / "reta-1-film.dark.gif").read_bytes() == FILM.dark


async def test_without_a_name_they_are_listed(small_knowledge: Knowledge) -> None:
    code, out, _ = await run(small_knowledge, Order())
    assert code == 0 and "reta                     ~1 s  Descida do gradiente numa reta" in out
    code, out, _ = await run(small_knowledge, Order(json=True))
    assert {row["name"] for row in json.loads(out)} == {"malcriada", "reta"}


@pytest.mark.parametrize(
    ("order", "said"),
    [
        (Order("gatos"), "gatos"),
        (Order("reta", "x"), "semente"),
        (Order("reta", params=("lr=nan",)), "taxa de aprendizado"),
        (Order("reta", params=("força",)), "força"),
    ],
)
async def test_what_was_asked_for_wrongly_is_said(small_knowledge: Knowledge, order: Order, said: str) -> None:
    code, _, err = await run(small_knowledge, order)
    assert code == 2 and said in err


async def test_a_run_that_fails_is_said(small_knowledge: Knowledge) -> None:
    code, out, err = await run(small_knowledge, Order("reta"), Failed("memory"))
    assert (code, out) == (1, "") and "memória demais" in err
