"""The chat in a terminal: what is typed becomes requests, replies become what Rich shows."""

import asyncio
import io
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from prompt_toolkit import PromptSession
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot.config import Terminal as Settings
from bot.platforms import terminal as module
from bot.platforms.base import Surface
from bot.platforms.terminal import Terminal, TerminalSurface
from bot.texts import Catalogues
from handlers.messages import (
    Block,
    Choice,
    Choices,
    Code,
    Figure,
    Formula,
    Note,
    Poll,
    Progress,
    Reply,
    Request,
    Source,
    Sources,
    Table,
    Text,
)

ENTER, CTRL_C, CTRL_D = "\r", "\x03", "\x04"
TEXTS = Catalogues()


@dataclass
class Finder:
    """A finder that is, or isn't, warm."""

    ready: bool = True
    problem: str = ""


@dataclass
class Dispatch:
    """Keeps the requests, and answers each with the next of its scripted replies."""

    replies: list[list[Reply]] = field(default_factory=list)
    seen: list[Request] = field(default_factory=list)

    async def __call__(self, request: Request, surface: Surface) -> None:
        self.seen.append(request)
        await surface.working()
        for reply in self.replies.pop(0) if self.replies else []:
            await surface.send(reply)
        await surface.done()


def reply(*blocks: Block, lang: str = "pt") -> Reply:
    return Reply("1", lang, blocks)


def choices(*names: str) -> Choices:
    return Choices(tuple(Choice(f"p:{n}", n) for n in names))


def chat(finder: Finder | None = None, session=None, *, tty: bool = False, lang: str = "pt", **settings) -> Terminal:
    console = Console(file=io.StringIO(), width=80, force_terminal=tty, color_system=None)
    settings = Settings(**{"pictures": "path", **settings})
    return Terminal(settings, finder or Finder(), TEXTS, lang, None, console, session)


def printed(terminal: Terminal) -> str:
    return terminal.console.file.getvalue()


async def typed(keys: str, dispatch: Callable[[Request, Surface], Awaitable[None]], **options) -> str:
    """Chat by keyboard until Ctrl-D; gives what was printed."""
    with create_pipe_input() as keyboard:
        terminal = chat(session=PromptSession(input=keyboard, output=DummyOutput()), **options)
        keyboard.send_text(keys + CTRL_D)
        await terminal.run(dispatch)
    return printed(terminal)


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch):
    """Chat through a pipe until its end; gives what was printed."""

    async def run(data: bytes, dispatch, **options) -> str:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        terminal = chat(**options)
        await terminal.run(dispatch)
        return printed(terminal)

    return run


async def rendered(*blocks: Block, tty: bool = False, **options) -> str:
    """Show one reply on a surface; gives what was printed."""
    terminal = chat(tty=tty, **options)
    await TerminalSurface(terminal).send(reply(*blocks))
    return printed(terminal)


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    for theme, colour in (("claro", "white"), ("escuro", "black")):
        Image.new("RGB", (300, 90), colour).save(tmp_path / f"{theme}.png")
    return Figure(tmp_path / "claro.png", tmp_path / "escuro.png", "um neurônio")


async def test_a_line_becomes_a_request():
    dispatch = Dispatch()
    await typed("oq é cnn" + ENTER, dispatch, lang="en")
    (request,) = dispatch.seen
    assert (request.text, request.press, request.platform, request.locale) == ("oq é cnn", "", "terminal", "en")
    assert request.user


async def test_each_request_has_its_own_id():
    dispatch = Dispatch()
    await typed(f"oi{ENTER}tchau{ENTER}", dispatch)
    assert len({r.id for r in dispatch.seen}) == 2


async def test_empty_lines_are_not_requests():
    dispatch = Dispatch()
    await typed(f"{ENTER}   {ENTER}", dispatch)
    assert dispatch.seen == []


async def test_a_number_presses_the_choice_that_it_stands_for():
    dispatch = Dispatch([[reply(Text("CNN"), choices("simples", "codigo"))]])
    out = await typed(f"cnn{ENTER}2{ENTER}", dispatch)
    assert "[1] simples  [2] codigo" in out
    assert (dispatch.seen[1].press, dispatch.seen[1].text) == ("p:codigo", "")


@pytest.mark.parametrize("line", ["0", "3", "-1", "1.0", "²", "9" * 5000])
async def test_a_number_that_stands_for_nothing_is_a_question(line, piped):
    dispatch = Dispatch([[reply(choices("a", "b"))]])
    await piped(f"cnn\n{line}\n".encode(), dispatch)
    assert (dispatch.seen[1].text, dispatch.seen[1].press) == (line, "")


async def test_the_replies_of_one_answer_never_share_a_number():
    dispatch = Dispatch([[reply(choices("a", "b")), reply(choices("c"))]])
    out = await typed(f"cnn e rnn{ENTER}1{ENTER}", dispatch)
    assert "[3] c" in out
    assert dispatch.seen[1].press == "p:a"


async def test_a_second_part_is_pressed_by_its_own_number():
    dispatch = Dispatch([[reply(choices("a", "b")), reply(choices("c"))]])
    await typed(f"cnn e rnn{ENTER}3{ENTER}", dispatch)
    assert dispatch.seen[1].press == "p:c"


ASKING = Choices((Choice("t:name", "outro nome", prompt="Que nome?"), Choice("p:x", "x")))


async def test_a_choice_that_asks_for_text_gets_the_next_line(piped):
    dispatch = Dispatch([[reply(ASKING)], []])
    out = await piped(b"oi\n1\n2\n", dispatch)
    assert "Que nome?" in out
    assert [(r.text, r.press) for r in dispatch.seen] == [("oi", ""), ("2", "t:name")]


async def test_a_command_is_no_answer_to_what_a_choice_asked(piped):
    dispatch = Dispatch([[reply(ASKING)], []])
    await piped(b"oi\n1\n/ajuda\n", dispatch)
    assert [(r.text, r.press) for r in dispatch.seen][1:] == [("/ajuda", "")]


async def test_a_new_answer_numbers_from_one_again():
    dispatch = Dispatch([[reply(choices("a"))], [reply(choices("b"))]])
    await typed(f"cnn{ENTER}rnn{ENTER}1{ENTER}", dispatch)
    assert dispatch.seen[2].press == "p:b"


async def test_an_answer_without_choices_ends_the_earlier_ones():
    dispatch = Dispatch([[reply(choices("a"))], [reply(Text("ok"))]])
    await typed(f"cnn{ENTER}ok{ENTER}1{ENTER}", dispatch)
    assert dispatch.seen[2].text == "1"


async def test_the_chat_greets_and_says_goodbye():
    out = await typed("", Dispatch())
    assert "Sinapse" in out
    assert TEXTS("pt", "terminal.goodbye") in out


async def test_ctrl_c_at_the_prompt_clears_the_line():
    dispatch = Dispatch()
    await typed(f"meia linha{CTRL_C}oi{ENTER}", dispatch)
    assert [r.text for r in dispatch.seen] == ["oi"]


@pytest.mark.skipif(sys.platform == "win32", reason="signals reach the loop on Unix only")
async def test_ctrl_c_stops_the_answer_and_not_the_chat():
    ended: list[str] = []

    async def dispatch(request: Request, surface: Surface) -> None:
        if request.text == "longa":
            try:
                os.kill(os.getpid(), signal.SIGINT)
                await asyncio.Event().wait()
            finally:
                ended.append("stopped")
        ended.append(request.text)

    out = await typed(f"longa{ENTER}oi{ENTER}", dispatch)
    assert ended == ["stopped", "oi"]
    assert TEXTS("pt", "terminal.stopped") in out


async def test_a_stopped_answer_leaves_the_earlier_choices():
    seen: list[Request] = []

    async def dispatch(request: Request, surface: Surface) -> None:
        seen.append(request)
        if request.text == "longa":
            raise asyncio.CancelledError
        await surface.send(reply(choices("a")))

    await typed(f"cnn{ENTER}longa{ENTER}1{ENTER}", dispatch)
    assert seen[2].press == "p:a"


async def test_the_end_of_the_chat_ends_its_answer():
    begun, ended = asyncio.Event(), asyncio.Event()

    async def dispatch(request: Request, surface: Surface) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    running = asyncio.create_task(typed("oi" + ENTER, dispatch))
    await begun.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert running.cancelled() and ended.is_set()


async def test_without_signals_in_the_loop_the_answer_still_comes(monkeypatch):
    def refuse(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.get_running_loop(), "add_signal_handler", refuse)
    task = asyncio.ensure_future(asyncio.sleep(0))
    await module._until_interrupted(task)
    assert task.done()


async def test_piped_lines_are_each_answered_before_the_end(piped):
    dispatch = Dispatch([[reply(Text("primeira"))], [reply(Text("segunda"))]])
    out = await piped("oq é cnn\n\noq é rnn".encode(), dispatch)
    assert [r.text for r in dispatch.seen] == ["oq é cnn", "oq é rnn"]
    assert out.index("primeira") < out.index("segunda")


async def test_a_pipe_waits_for_a_slow_answer(piped):
    async def dispatch(request: Request, surface: Surface) -> None:
        await asyncio.get_running_loop().run_in_executor(None, lambda: None)
        await surface.send(reply(Text("demorou")))

    assert "demorou" in await piped(b"cnn\n", dispatch)


async def test_a_pipe_gets_no_welcome_and_no_goodbye(piped):
    assert await piped(b"", Dispatch()) == ""


async def test_bytes_that_are_not_text_do_not_end_the_chat(piped):
    dispatch = Dispatch()
    await piped(b"\xff\xfe oi\ntchau\n", dispatch)
    assert [r.text for r in dispatch.seen] == ["\ufffd\ufffd oi", "tchau"]


async def test_a_problem_with_the_model_is_told_once(piped):
    out = await piped(b"oi\noi\n", Dispatch(), finder=Finder(problem="sem [bold]torch"))
    assert out.count("sem [bold]torch") == 1


async def test_without_a_problem_nothing_is_told(piped):
    assert await piped(b"oi\n", Dispatch()) == ""


@pytest.mark.parametrize(("ready", "key"), [(True, "terminal.thinking"), (False, "terminal.warming")])
async def test_the_spinner_says_what_the_tutor_does(ready, key):
    terminal = chat(Finder(ready), tty=True)
    surface = TerminalSurface(terminal)
    await surface.working()
    await surface.done()
    assert TEXTS("pt", key) in printed(terminal)


async def test_a_reply_takes_the_spinner_away():
    terminal = chat(tty=True)
    surface = TerminalSurface(terminal)
    await surface.working()
    await surface.send(reply(Text("pronto")))
    assert surface._status is None


async def test_a_file_gets_no_spinner():
    terminal = chat()
    await TerminalSurface(terminal).working()
    assert printed(terminal) == ""


async def test_an_edit_prints_the_newest_state():
    terminal = chat()
    surface = TerminalSurface(terminal)
    handle = await surface.send(reply(Text("um")))
    await surface.edit(handle, reply(Text("dois")))
    assert "dois" in printed(terminal)


async def test_more_progress_is_shown_beside_the_spinner_and_not_printed_again():
    terminal = chat(tty=True)
    surface = TerminalSurface(terminal)
    handle = await surface.send(reply(Progress(0.0, "começando")))
    await surface.edit(handle, reply(Text("outra vez"), Progress(0.5, "época 5")))
    await surface.edit(handle, reply(Progress(0.6, "época 6")))
    assert surface._status and "outra vez" not in printed(terminal)
    await surface.edit(handle, reply(Text("pronto")))
    assert "pronto" in printed(terminal) and surface._status is None


async def test_more_progress_is_not_written_into_a_file():
    terminal = chat()
    await TerminalSurface(terminal).edit("k", reply(Progress(0.5, "época 5")))
    assert printed(terminal) == ""


def test_a_busy_learner_at_the_keyboard_is_told_so():
    assert TerminalSurface(chat()).impatient


@pytest.mark.parametrize("tty", [True, False])
async def test_text_that_looks_like_markup_is_printed_as_it_is(tty):
    odd = "[bold]x[/] [/] [red]"
    blocks = (
        Text(odd),
        Code(odd, "text", odd),
        Table((odd,), ((odd,),)),
        Note(odd, "Nota"),
        Sources("Fonte", (Source("a", odd),)),
        choices(odd),
    )
    places = 8  # code and table have two each
    assert (await rendered(*blocks, tty=tty)).count(odd) == places


async def test_markup_in_a_formula_and_a_figure_is_printed_as_it_is(tmp_path):
    missing = Figure(tmp_path / "a.png", tmp_path / "b.png", "[/] alt")
    out = await rendered(Formula("y = [bold]x[/]", "[red]x", missing), missing)
    assert all(part in out for part in ("y = [bold]x[/]", "[red]x", "[/] alt"))


async def test_code_keeps_its_lines_under_its_caption():
    out = await rendered(Code("import torch\nx = [1]", caption="Um tensor"))
    lines = [line.rstrip() for line in out.splitlines()]
    assert [line for line in lines if line] == ["Um tensor", "import torch", "x = [1]"]


async def test_a_table_shows_its_cells_without_their_markdown():
    out = await rendered(Table(("", "CNN"), (("Uso", "**imagens**"),)))
    assert "CNN" in out and "imagens" in out and "**" not in out


async def test_a_note_and_the_sources_are_readable():
    out = await rendered(Note("já mudou", "Nota do tutor"), Sources("Fonte", (Source("a", "slide 3"),)))
    assert "Nota do tutor: já mudou" in out
    assert "Fonte: slide 3" in out


async def test_blocks_with_nothing_to_show_leave_no_gap():
    assert await rendered(Text("oi"), Sources("Fonte", ()), choices()) == await rendered(Text("oi"))


async def test_progress_is_a_bar_with_its_label():
    assert "▰▰▰▰▰▱▱▱▱▱ 50% · época 5" in await rendered(Progress(0.5, "época 5"))


async def test_a_poll_is_its_question_and_numbered_options():
    poll = Poll("Quem criou a GAN?", (Choice("q:1", "Goodfellow"), Choice("q:2", "LeCun")))
    out = await rendered(poll)
    assert "Quem criou a GAN?" in out and "[1] Goodfellow  [2] LeCun" in out


async def test_a_figure_as_a_path_is_named_in_the_language_of_the_reply(figure):
    terminal = chat()
    terminal.show(reply(figure, lang="en"), {})
    assert "picture: " in printed(terminal) and "um neurônio" in printed(terminal)


@pytest.mark.parametrize(("theme", "file"), [("dark", "escuro.png"), ("light", "claro.png")])
async def test_a_figure_follows_the_theme(theme, file, figure):
    assert file in (await rendered(figure, theme=theme)).replace("\n", "")


async def test_no_pictures_means_no_path_either(figure):
    assert ".png" not in await rendered(Text("oi"), figure, pictures="none")


async def test_a_formula_without_inline_pictures_is_its_text_and_legend(figure):
    out = await rendered(Formula("y = w·x + b", "w: pesos", figure))
    assert "y = w·x + b" in out and "w: pesos" in out and ".png" not in out


async def test_a_formula_with_inline_pictures_is_both(figure):
    out = await rendered(Formula("y = w·x + b", "w: pesos", figure), tty=True, pictures="iterm")
    assert "\033]1337;File=" in out and "y = w·x + b" in out and "w: pesos" in out


@pytest.mark.parametrize(("method", "start"), [("iterm", "\033]1337;File="), ("sixel", "\033P")])
async def test_a_figure_is_drawn_where_the_terminal_can(method, start, figure, monkeypatch):
    monkeypatch.setattr(sys, "__stdout__", io.StringIO())
    assert start in await rendered(figure, tty=True, pictures=method)


async def test_a_figure_is_drawn_by_kitty(figure, monkeypatch):
    monkeypatch.setattr(sys, "__stdout__", io.StringIO())
    assert "\U0010eeee" in await rendered(figure, tty=True, pictures="kitty")


def test_commands_complete_in_both_languages(monkeypatch):
    kept: dict[str, object] = {}
    monkeypatch.setattr(module, "PromptSession", lambda **options: kept.update(options))
    chat()._new_session()
    assert {"/conceitos", "/concepts", "/parar", "/stop"} <= set(kept["completer"].words())


def test_what_was_typed_is_kept_in_the_history_file(tmp_path):
    assert isinstance(module._history(tmp_path / "history"), FileHistory)


@pytest.mark.parametrize("path", [None, Path("/nowhere/at/all/history")])
def test_without_a_place_for_it_the_history_lasts_one_chat(path):
    assert isinstance(module._history(path), InMemoryHistory)


def test_a_history_file_that_cannot_be_written_is_left_alone(tmp_path, monkeypatch):
    path = tmp_path / "history"
    path.touch()
    monkeypatch.setattr(os, "access", lambda place, _: place != path)
    assert isinstance(module._history(path), InMemoryHistory)


def test_a_user_without_a_name_is_still_somebody(monkeypatch):
    def unknown() -> str:
        raise OSError

    monkeypatch.setattr(module.getpass, "getuser", unknown)
    assert module._user() == "terminal"


async def test_the_first_prompt_makes_the_session(monkeypatch):
    class Session:
        async def prompt_async(self, _: str) -> str:
            raise EOFError

    terminal = chat()
    monkeypatch.setattr(terminal, "_new_session", Session)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    await terminal.run(Dispatch())
    assert TEXTS("pt", "terminal.goodbye") in printed(terminal)
