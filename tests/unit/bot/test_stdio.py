"""One JSON object a line in, some lines out."""

import asyncio
import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.platforms import stdio
from bot.platforms.base import Surface
from bot.platforms.stdio import BadLine, Stdio, to_dict, to_request
from handlers.messages import Choice, Choices, Figure, Poll, Progress, Reply, Request, Source, Sources, Text
from tests.fakes import LineBuffer

REPLY = Reply("k", "pt", (Text("oi"),))


def line(**fields: object) -> bytes:
    return json.dumps({"id": "1", "user": "ana", "text": "oi"} | fields).encode() + b"\n"


async def echo(request: Request, surface: Surface) -> None:
    await surface.working()
    await surface.send(Reply(request.id, "pt", (Text(request.text),)))
    await surface.done()


async def talk(*lines: bytes, dispatch: Any = echo) -> list[dict[str, Any]]:
    sink = io.StringIO()
    await Stdio(LineBuffer(*lines), sink).run(dispatch)  # type: ignore[arg-type]
    return [json.loads(row) for row in sink.getvalue().splitlines()]


def test_a_line_becomes_a_request() -> None:
    text = '{"id": "1", "user": "a", "text": "t", "chat": "c", "name": "n", "lang": "en", "files": ["f"]}'
    wanted = Request("1", "a", "stdio", "t", chat="c", name="n", locale="en", files=(Path("f"),), scripted=True)
    assert to_request(text) == wanted


def test_a_press_needs_no_text() -> None:
    assert to_request('{"id": "1", "user": "a", "press": "c:pt:cnn"}').press == "c:pt:cnn"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[1]", "a line is one JSON object"),
        ('{"id": "1", "user": "a", "text": "t", "colour": 1}', "unknown field 'colour'"),
        ('{"id": 1, "user": "a", "text": "t"}', "'id' is text"),
        ('{"id": "1", "user": "a", "text": null}', "'text' is text"),
        ('{"user": "a", "text": "t"}', "'id' and 'user' are needed"),
        ('{"id": "1", "user": "", "text": "t"}', "'id' and 'user' are needed"),
        ('{"id": "1", "user": "a"}', "'text' or 'press' is needed"),
        ('{"id": "1", "user": "a", "text": "t", "files": "f"}', "'files' is a list of paths"),
        ('{"id": "1", "user": "a", "text": "t", "files": [1]}', "'files' is a list of paths"),
    ],
)
def test_a_line_that_is_no_request_says_why(text: str, problem: str) -> None:
    with pytest.raises(BadLine, match=problem):
        to_request(text)


def test_a_reply_has_every_field_of_the_protocol() -> None:
    figure = Figure(Path("light.png"), Path("dark.png"), "a net")
    blocks = (Text("oi"), Sources("F", (Source("a", "A"),)), Choices((Choice("c", "C"),)), figure, Progress(0.5))
    assert to_dict("1", Reply("k", "pt", blocks, True, {"kind": "who"})) == {
        "id": "1", "key": "k", "text": "oi\n\n*F: A*", "lang": "pt", "refused": True,
        "sources": [{"id": "a", "title": "A"}], "choices": [{"id": "c", "label": "C"}],
        "figures": [{"path": "light.png", "mime": "image/png", "alt": "a net"}], "progress": 0.5,
        "data": {"kind": "who"},
    }  # fmt: skip


def test_a_reply_without_progress_says_null() -> None:
    assert to_dict(None, REPLY)["progress"] is None


def test_a_polls_options_are_choices_and_one_that_asks_for_text_says_so() -> None:
    poll, asking = Poll("Quem?", (Choice("q:1", "Ian"),)), Choices((Choice("n", "nome", "Que nome?"),))
    row = to_dict("1", Reply("k", "pt", (poll, asking)))
    assert row["text"] == "**Quem?**"
    assert row["choices"] == [{"id": "q:1", "label": "Ian"}, {"id": "n", "label": "nome", "prompt": "Que nome?"}]


async def test_a_request_is_answered_and_its_last_line_is_final() -> None:
    rows = await talk(line())
    assert rows[0]["text"] == "oi" and rows[1:] == [{"id": "1", "final": True}]


async def test_an_edit_is_a_line_with_the_same_key() -> None:
    async def twice(request: Request, surface: Surface) -> None:
        await surface.edit(await surface.send(REPLY), REPLY)

    assert [row["key"] for row in await talk(line(), dispatch=twice)] == ["k", "k"]


async def test_after_a_malformed_line_a_good_one_is_answered() -> None:
    rows = await talk(b"{broken\n", line())
    assert rows[0]["id"] is None and "not JSON" in rows[0]["error"] and rows[0]["final"]
    assert rows[-1] == {"id": "1", "final": True}


async def test_empty_lines_are_passed_over() -> None:
    assert await talk(b"\n", b"  \n") == []


async def test_bytes_that_are_no_text_do_not_end_it() -> None:
    rows = await talk(b"\xff\xfe\x00\n", b'{"id": "1", "user": "a", "text": "\xff"}\n')
    assert "error" in rows[0] and rows[1]["text"] == "\ufffd"


async def test_half_a_character_is_written_as_something_readable() -> None:
    rows = await talk(b'{"id": "1", "user": "a", "text": "\\ud800"}\n')
    assert rows[0]["text"] == "?"


async def test_a_last_line_without_an_end_is_answered() -> None:
    assert len(await talk(line().rstrip())) == 2


async def test_a_huge_line_is_refused_and_the_next_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdio, "LONGEST_LINE", 100)
    rows = await talk(line(text="x" * 1000), line())
    assert rows[0] == {"id": None, "error": "the line is too long", "final": True} and rows[1]["text"] == "oi"


async def test_a_huge_line_that_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdio, "LONGEST_LINE", 100)
    assert [row["error"] for row in await talk(b"x" * 1000)] == ["the line is too long"]


async def test_one_users_requests_are_answered_in_order() -> None:
    first_may_end = asyncio.Event()

    async def slow_first(request: Request, surface: Surface) -> None:
        if request.id == "1":
            asyncio.get_running_loop().call_soon(first_may_end.set)
            await first_may_end.wait()
        await echo(request, surface)

    rows = await talk(line(), line(id="2"), line(id="3"), dispatch=slow_first)
    assert [row["id"] for row in rows] == ["1", "1", "2", "2", "3", "3"]


async def test_users_are_answered_side_by_side() -> None:
    bia_answered = asyncio.Event()

    async def ana_after_bia(request: Request, surface: Surface) -> None:
        if request.user == "ana":
            await bia_answered.wait()
        await echo(request, surface)
        bia_answered.set()

    rows = await asyncio.wait_for(talk(line(), line(id="2", user="bia"), dispatch=ana_after_bia), 10)
    assert [row["id"] for row in rows] == ["2", "2", "1", "1"]


@pytest.mark.parametrize("stop", ["/stop", " /PARAR "])
async def test_stop_does_not_wait_for_what_it_stops(stop: str) -> None:
    stopped = asyncio.Event()

    async def until_stopped(request: Request, surface: Surface) -> None:
        stopped.set() if request.id == "2" else await stopped.wait()
        await echo(request, surface)

    rows = await asyncio.wait_for(talk(line(), line(id="2", text=stop), dispatch=until_stopped), 10)
    assert [row["id"] for row in rows] == ["2", "2", "1", "1"]


async def test_at_the_end_of_the_input_what_runs_is_finished_even_after_a_stop() -> None:
    stopped, slow = asyncio.Event(), asyncio.Event()

    async def first_cleans_up_slowly(request: Request, surface: Surface) -> None:
        if request.id == "1":
            await stopped.wait()
            asyncio.get_running_loop().call_later(0.05, slow.set)
            await slow.wait()
        await echo(request, surface)
        stopped.set()

    rows = await talk(line(), line(id="2", text="/stop"), dispatch=first_cleans_up_slowly)
    assert {"id": "1", "final": True} in rows


async def test_a_request_that_fails_does_not_keep_the_users_next_one_waiting() -> None:
    async def first_fails(request: Request, surface: Surface) -> None:
        if request.id == "1":
            raise ZeroDivisionError
        await echo(request, surface)

    assert [row["id"] for row in await talk(line(), line(id="2"), dispatch=first_fails)] == ["2", "2"]


def test_without_streams_it_takes_the_processs_own() -> None:
    import sys

    assert Stdio()._sink is sys.stdout
