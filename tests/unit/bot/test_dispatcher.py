"""One request at a time for each learner, and nothing but cancellation comes out."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import pytest

from bot.dispatcher import Dispatcher
from bot.platforms.base import Forbidden, SurfaceError, Unreachable
from bot.storage.database import StorageError
from handlers.commands import Handler
from handlers.errors import NotReady
from handlers.messages import Choice, Choices, Progress, Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.fakes import MemoryDeliveries, MemoryLearners, MemoryRuns, RecordingSurface, tools_for

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
        ({"text": "/stop segredo"}, r"shell stop \d+ ms ok"),
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


async def test_an_update_delivered_twice_is_handled_once(small_knowledge: Knowledge) -> None:
    dispatcher = Dispatcher(tools_for(small_knowledge), 0.01, MemoryDeliveries())
    surfaces = [RecordingSurface(), RecordingSurface()]
    for surface in surfaces:
        await dispatcher.run(replace(ANA, text="oi", delivery="7"), surface)
    assert [s.log for s in surfaces] == [["working", "send", "done"], ["done"]]


async def test_what_has_no_delivery_is_always_handled(small_knowledge: Knowledge) -> None:
    dispatcher, surface = Dispatcher(tools_for(small_knowledge), 0.01, MemoryDeliveries()), RecordingSurface()
    for _ in range(2):
        await dispatcher.run(replace(ANA, text="oi"), surface)
    assert len(surface.sent) == 2


@pytest.mark.parametrize("handler", [replying(("a", "um")), failing(ZeroDivisionError()), failing(NotReady())])
async def test_a_delivery_is_finished_whatever_came_of_it(small_knowledge: Knowledge, handler: Handler) -> None:
    deliveries = MemoryDeliveries()
    dispatcher = Dispatcher(tools_for(small_knowledge), 0.01, deliveries)
    handling(dispatcher, handler)
    await dispatcher.run(replace(ANA, delivery="7"), RecordingSurface())
    assert deliveries.finished == {("shell", "7")}


async def test_a_delivery_that_is_cut_off_is_not_finished(small_knowledge: Knowledge) -> None:
    deliveries = MemoryDeliveries()
    dispatcher = Dispatcher(tools_for(small_knowledge), 0.01, deliveries)
    handling(dispatcher, waiting := Waiting())
    task = asyncio.create_task(dispatcher.run(replace(ANA, delivery="7"), RecordingSurface()))
    await waiting.began.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert deliveries.taken and not deliveries.finished


class Refusing(RecordingSurface):
    """A surface that the platform refuses to deliver to, at one of its calls."""

    def __init__(self, at: str, error: SurfaceError) -> None:
        super().__init__()
        self._at, self._error = at, error

    def _refuse(self, at: str) -> None:
        if at == self._at:
            raise self._error

    async def working(self) -> None:
        self._refuse("working")

    async def send(self, reply: Reply) -> object:
        self._refuse("send")
        return await super().send(reply)

    async def edit(self, handle: object, reply: Reply) -> None:
        self._refuse("edit")

    async def done(self) -> None:
        await super().done()
        self._refuse("done")


@pytest.mark.parametrize("at", ["working", "send", "edit", "done"])
async def test_what_the_platform_refuses_is_one_warning_without_a_traceback(
    dispatcher: Dispatcher, caplog: pytest.LogCaptureFixture, at: str
) -> None:
    handling(dispatcher, replying(("a", "um"), ("a", "dois")))
    surface = Refusing(at, Forbidden("the bot was blocked"))
    await dispatcher.run(ANA, surface)
    [record] = caplog.records
    assert re.fullmatch(r"shell perguntar \d+ ms not delivered: the bot was blocked", record.getMessage())
    assert record.levelname == "WARNING" and record.exc_info is None and surface.log[-1] == "done"


@pytest.mark.parametrize("error", [NotReady(), ZeroDivisionError()])
async def test_an_error_that_cannot_be_told_does_not_come_out(dispatcher: Dispatcher, error: Exception) -> None:
    handling(dispatcher, failing(error))
    surface = Refusing("send", Unreachable("no network"))
    await dispatcher.run(ANA, surface)
    assert surface.log[-1] == "done"


async def test_with_the_database_gone_the_learner_is_still_told(small_knowledge: Knowledge) -> None:
    class Gone(MemoryLearners):
        async def language(self, learner: str) -> None:
            raise StorageError("disk I/O error")

    surface = RecordingSurface()
    dispatcher = Dispatcher(replace(tools_for(small_knowledge), learners=Gone()), 0.01)
    await dispatcher.run(replace(ANA, text="o que é uma gan?", locale="en"), surface)
    assert surface.texts[0].startswith("Something went wrong on my side")


async def test_errors_and_notes_are_for_the_learner_alone(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    for text in ("/quizz", "/stop"):
        await dispatcher.run(replace(ANA, text=text), surface)
    assert [(r.tone, r.private) for r in surface.sent] == [("error", True), ("settings", True)]


async def test_a_typed_stop_that_answers_a_prompt_stops_nothing(dispatcher: Dispatcher) -> None:
    surface = RecordingSurface()
    await dispatcher.run(replace(ANA, press="c:pt:gan", text="/stop"), surface)
    assert "duas redes" in surface.texts[0]


async def test_at_the_end_what_runs_may_finish(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    surface = RecordingSurface()
    task = asyncio.create_task(dispatcher.run(ANA, surface))
    await waiting.began.wait()
    draining = asyncio.create_task(dispatcher.drain(30))
    await asyncio.sleep(0)
    waiting.go_on.set()
    await draining
    assert task.done() and surface.texts == ["pronto"]


async def test_at_the_end_what_takes_too_long_is_cancelled_and_the_learner_told(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    surface = RecordingSurface()
    task = asyncio.create_task(dispatcher.run(ANA, surface))
    await waiting.began.wait()
    await dispatcher.drain(0.0)
    assert task.cancelled() and waiting.cleaned and surface.texts[0].startswith("Vou reiniciar agora")


async def test_last_words_that_do_not_arrive_hold_nothing_up(dispatcher: Dispatcher) -> None:
    handling(dispatcher, waiting := Waiting())
    task = asyncio.create_task(dispatcher.run(ANA, Refusing("send", Unreachable("no network"))))
    await waiting.began.wait()
    await dispatcher.drain(0.0)
    assert task.cancelled()


async def test_after_the_end_nothing_is_taken(small_knowledge: Knowledge) -> None:
    deliveries = MemoryDeliveries()
    dispatcher, surface = Dispatcher(tools_for(small_knowledge), 0.01, deliveries), RecordingSurface()
    await dispatcher.drain(0.0)
    await dispatcher.run(replace(ANA, delivery="7"), surface)
    assert surface.log == ["done"] and not deliveries.taken


class Training:
    """A handler that shows progress and waits for ever."""

    def __init__(self) -> None:
        self.shown = asyncio.Event()

    async def __call__(self, request: Request, tools: Tools) -> AsyncIterator[Reply]:
        bar = Progress(0.5, "treinando", Choice("t:pt:a:r", "rodar de novo"))
        yield Reply("k", "pt", (Text("GAN"), bar, Choices((Choice("t:pt:x:r", "parar"),))))
        self.shown.set()
        await asyncio.Event().wait()


async def test_a_message_that_showed_progress_says_that_it_was_stopped(dispatcher: Dispatcher) -> None:
    training, surface = Training(), RecordingSurface()
    handling(dispatcher, training)
    running = asyncio.create_task(dispatcher.run(ANA, surface))
    await training.shown.wait()
    await dispatcher.run(replace(ANA, id="2", text="", press="t:pt:x:r"), RecordingSurface())
    await running
    [(_, last)] = surface.edits
    assert last.of(Progress) == () and [b.markdown for b in last.of(Text)] == ["GAN", "Parado."]
    assert last.of(Choices)[0].items == (Choice("t:pt:a:r", "rodar de novo"),)


async def test_a_message_that_showed_progress_says_that_the_program_ends(dispatcher: Dispatcher) -> None:
    training, surface = Training(), RecordingSurface()
    handling(dispatcher, training)
    running = asyncio.create_task(dispatcher.run(ANA, surface))
    await training.shown.wait()
    await dispatcher.drain(0)
    await asyncio.gather(running, return_exceptions=True)
    [(_, last)] = surface.edits
    assert "reiniciar" in last.of(Text)[1].markdown and last.of(Choices)


class Moving(RecordingSurface):
    """A surface whose messages stand elsewhere after their first edit, as where a text becomes a picture."""

    def spot(self, handle: object) -> str:
        return f"#{handle}.{min(len(self.edits), 1)}"


async def test_where_a_run_s_message_stands_is_noted_whenever_that_is_new(dispatcher: Dispatcher) -> None:
    class Runs(MemoryRuns):
        async def stand(self, run: str, spot: str) -> None:
            noted.append((run, spot))

    async def training(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        for fraction in (0.0, 0.3, 0.6):
            yield Reply("k", "pt", (Progress(fraction, run="r"),))
        yield Reply("k", "pt", (Text("pronto"),))

    noted: list[tuple[str, str]] = []
    dispatcher._tools = replace(dispatcher._tools, training=replace(dispatcher._tools.training, runs=Runs()))
    handling(dispatcher, training)
    await dispatcher.run(ANA, Moving())
    assert noted == [("r", "#0.0"), ("r", "#0.1")]
