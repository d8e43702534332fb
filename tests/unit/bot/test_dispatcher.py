"""One request at a time for each learner, and nothing but cancellation comes out."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.dispatcher import Dispatcher
from handlers.commands import Handler
from handlers.errors import NotReady
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.fakes import RecordingSurface, tools_for

ANA = Request("1", "ana", "shell", "/perguntar segredo")


@pytest.fixture
def dispatcher(small_knowledge: Knowledge) -> Dispatcher:
    return Dispatcher(tools_for(small_knowledge), busy_wait=0.01)


def handling(dispatcher: Dispatcher, handler: Handler, name: str = "perguntar") -> None:
    dispatcher._routes.commands[name] = handler


def replying(*replies: tuple[str, str]) -> Handler:
    async def handler(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        for key, text in replies:
            yield Reply(key, "pt", (Text(text),))

    return handler


def failing(error: BaseException) -> Handler:
    async def handler(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        raise error
        yield

    return handler


class Waiting:
    """A handler that says that it began, and waits for a test to let it end."""

    def __init__(self) -> None:
        self.began, self.go_on, self.cleaned = asyncio.Event(), asyncio.Event(), False

    async def __call__(self, request: Request, tools: Tools) -> AsyncIterator[Reply]:
        self.began.set()
        try:
            await self.go_on.wait()
            yield Reply("k", "pt", (Text("pronto"),))
        finally:
            self.cleaned = True


async def test_replies_are_passed_on_in_order(dispatcher: Dispatcher) -> None:
    handling(dispatcher, replying(("a", "um"), ("b", "dois")))
    surface = RecordingSurface()
    await dispatcher.run(ANA, surface)
    assert (surface.texts, surface.log) == (["um", "dois"], ["working", "send", "send", "done"])


async def test_a_reply_with_an_earlier_key_edits_it(dispatcher: Dispatcher) -> None:
    handling(dispatcher, replying(("a", "um"), ("b", "dois"), ("b", "três")))
    surface = RecordingSurface()
    await dispatcher.run(ANA, surface)
    assert [(handle, reply.blocks) for handle, reply in surface.edits] == [(1, (Text("três"),))]


@pytest.mark.parametrize("text", ["/perguntar oi cnn", "/PERGUNTAR@sinapse_bot oi cnn", "/ask oi cnn"])
async def test_a_command_gets_the_rest_of_the_line(dispatcher: Dispatcher, text: str) -> None:
    async def echo(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        yield Reply("k", "pt", (Text(request.text),))

    for name in ("perguntar", "ask"):
        handling(dispatcher, echo, name)
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, text=text), surface)
    assert surface.texts == ["oi cnn"]


async def test_plain_text_is_asked(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, text="o que é uma gan?"), surface)
    assert "duas redes que competem" in surface.texts[0]


async def test_a_press_goes_before_the_text(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, press="c:pt:gan"), surface)
    assert "duas redes que competem" in surface.texts[0]


async def test_an_unknown_command_is_named_in_a_refusal(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, text="/quizz cnn"), surface)
    assert "/quizz" in surface.texts[0] and surface.sent[0].refused and surface.log[-1] == "done"


async def test_a_long_unknown_command_is_cut(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, text="/" + "a" * 5000), surface)
    assert len(surface.texts[0]) < 200


async def test_a_tutor_error_becomes_its_text_in_the_learners_language(dispatcher: Dispatcher) -> None:
    handling(dispatcher, failing(NotReady()))
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, locale="en-US"), surface)
    assert surface.texts == ["I'm still opening my books. Please try again in a few seconds."]


async def test_an_unexpected_error_shows_a_code_that_the_log_explains(
    dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture
) -> None:
    handling(dispatcher, failing(ZeroDivisionError("hush")))
    surface = RecordingSurface()
    await dispatcher.run(ANA, surface)
    code = re.search(r"código ([0-9a-f]{6})", surface.texts[0])
    assert code and code[1] in caplog.text and "Traceback" in caplog.text


async def test_an_unexpected_error_shows_nothing_of_the_inside(dispatcher: Dispatcher) -> None:
    handling(dispatcher, failing(ZeroDivisionError("hush")))
    surface = RecordingSurface()
    await dispatcher.run(ANA, surface)
    assert not re.search(r"Traceback|hush|ZeroDivision|\.py", surface.texts[0])


async def test_after_an_error_the_next_message_is_answered(dispatcher: Dispatcher) -> None:
    handling(dispatcher, failing(ZeroDivisionError()))
    await dispatcher.run(ANA, RecordingSurface())
    handling(dispatcher, replying(("a", "um")))
    surface = RecordingSurface()
    await dispatcher.run(ANA, surface)
    assert surface.texts == ["um"]


async def test_a_busy_learner_is_told_so(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    first = asyncio.create_task(dispatcher.run(ANA, RecordingSurface()))
    await waiting.began.wait()
    surface = RecordingSurface(impatient=True)
    await dispatcher.run(ANA, surface)
    assert surface.texts[0].startswith("Ainda estou respondendo") and surface.sent[0].refused
    waiting.go_on.set()
    await first


async def test_a_patient_surface_waits_its_turn(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    surfaces = [RecordingSurface(), RecordingSurface()]
    first = asyncio.create_task(dispatcher.run(ANA, surfaces[0]))
    await waiting.began.wait()
    second = asyncio.create_task(dispatcher.run(ANA, surfaces[1]))
    waiting.go_on.set()
    await asyncio.gather(first, second)
    assert [s.texts for s in surfaces] == [["pronto"], ["pronto"]]


async def test_another_learner_is_not_kept_waiting(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    handling(dispatcher, replying(("a", "um")), "ask")
    first = asyncio.create_task(dispatcher.run(ANA, RecordingSurface()))
    await waiting.began.wait()
    surface = RecordingSurface(impatient=True)
    await dispatcher.run(replace(ANA, user="bia", text="/ask x"), surface)
    assert surface.texts == ["um"] and not first.done()
    waiting.go_on.set()
    await first


@pytest.mark.parametrize("text", ["/parar", "/stop", "/STOP@sinapse_bot"])
async def test_stop_ends_what_runs_and_lets_it_clean_up(dispatcher: Dispatcher, text: str) -> None:
    handling(dispatcher, waiting := Waiting())
    stopped, stopping = RecordingSurface(), RecordingSurface(impatient=True)
    first = asyncio.create_task(dispatcher.run(ANA, stopped))
    await waiting.began.wait()
    await dispatcher.run(replace(ANA, text=text), stopping)
    await first
    assert (stopping.texts, stopped.texts, stopped.log[-1], waiting.cleaned) == (["Parei."], [], "done", True)


async def test_with_nothing_running_stop_says_so(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, text="/stop", locale="en"), surface)
    assert surface.texts == ["Nothing is running."] and not surface.sent[0].refused


async def test_stop_leaves_other_learners_alone(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    surface = RecordingSurface()
    first = asyncio.create_task(dispatcher.run(ANA, surface))
    await waiting.began.wait()
    await dispatcher.run(replace(ANA, user="bia", text="/stop"), RecordingSurface())
    waiting.go_on.set()
    await first
    assert surface.texts == ["pronto"]


async def test_the_callers_cancellation_comes_out(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    surface = RecordingSurface()
    task = asyncio.create_task(dispatcher.run(ANA, surface))
    await waiting.began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert waiting.cleaned and surface.log[-1] == "done"


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({}, r"shell perguntar \d+ ms ok"),
        ({"text": "segredo"}, r"shell ask \d+ ms ok"),
        ({"text": "/quizz segredo"}, r"shell ask \d+ ms error\.unknown_command"),
        ({"press": "segredo"}, r"shell press \d+ ms error\.unknown_choice"),
    ],
)
async def test_the_log_tells_platform_handler_time_and_outcome_and_no_message(
    dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture, change: dict[str, str], line: str
) -> None:
    caplog.set_level(logging.INFO, "bot.dispatcher")
    handling(dispatcher, replying(("a", "um")))
    await dispatcher.run(replace(ANA, **change), RecordingSurface())
    assert re.fullmatch(line, caplog.messages[-1]) and "segredo" not in caplog.text and "ana" not in caplog.text


async def test_a_stopped_request_is_logged_as_that(dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "bot.dispatcher")
    handling(dispatcher, failing(asyncio.CancelledError()))
    await dispatcher.run(ANA, RecordingSurface())
    assert caplog.messages[-1].endswith(" stopped")


@pytest.mark.parametrize("raised", [ZeroDivisionError, NotReady])
async def test_a_surface_that_fails_does_not_bring_the_error_out(
    dispatcher: Dispatcher, raised: Callable[[], Exception]
) -> None:
    class Broken(RecordingSurface):
        async def working(self) -> None:
            raise raised()

    surface = Broken()
    await dispatcher.run(ANA, surface)
    assert surface.log == ["send", "done"]
