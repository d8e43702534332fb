"""The chat in a terminal: Rich for what is shown, prompt_toolkit for what is typed."""

import asyncio
import getpass
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from prompt_toolkit import PromptSession
from prompt_toolkit.application import run_in_terminal
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from rich.console import Console, Group, RenderableType
from rich.markdown import Markdown
from rich.padding import Padding
from rich.status import Status
from rich.syntax import Syntax
from rich.table import Table as RichTable
from rich.text import Text as RichText

from bot import rendering
from bot.config import Terminal as Settings
from bot.platforms.base import Dispatch, Gone
from handlers.messages import (
    Block,
    Choice,
    Code,
    Figure,
    File,
    Formula,
    Note,
    Progress,
    Reply,
    Request,
    Sources,
    Table,
    Theme,
)
from handlers.ports import Texts
from knowledge.passages import Lang

if TYPE_CHECKING:
    from bot.platforms._pictures import Method

WIDTH = 92  # columns of text: longer lines are hard to read


class Painter:
    """Turns replies into what Rich shows."""

    def __init__(self, console: Console, method: "Method", theme: str, label: Callable[[Lang], str]) -> None:
        """Keep how pictures are shown; `label` names a picture in a language."""
        self._console, self._method, self._label = console, method, label
        self._theme: Theme = "light" if theme == "light" else "dark"

    def paint(self, reply: Reply, offered: Mapping[str, Choice]) -> RenderableType:
        """Give all of a reply; its choices are numbered as in `offered`."""
        parts = [part for block in reply.blocks for part in self._block(block, reply.lang)]
        if offered:
            parts.append(RichText("  ".join(f"[{n}] {c.label}" for n, c in offered.items()), style="cyan"))
        return Group(RichText(""), *_spaced(parts), RichText(""))

    def _block(self, block: Block, lang: Lang) -> Iterator[RenderableType]:
        match block:
            case Code():
                if block.caption:
                    yield RichText(block.caption, style="bold")
                yield Syntax(block.source, block.language, word_wrap=True, background_color="default")
            case Table():
                yield _table(block)
            case Formula():
                if self._method not in ("path", "none"):
                    yield from self._picture(block.figure, lang)
                yield RichText(block.plain, style="bold magenta")
                yield RichText(block.legend, style="dim")
            case Figure():
                yield from self._picture(block, lang)
            case Progress():
                yield RichText(rendering.progress(block), style="cyan")
            case File():
                yield RichText(str(block.path), style="cyan")
            case _ if text := rendering.block_markdown(block):
                yield Markdown(text, style="dim" if isinstance(block, Note | Sources) else "none")

    def _picture(self, figure: Figure, lang: Lang) -> Iterator[RenderableType]:
        from bot.platforms import _pictures

        shown = _pictures.picture(figure.path(self._theme), figure.alt, self._label(lang), self._method, self._console)
        if shown is not None:
            yield shown


def _spaced(parts: list[RenderableType]) -> list[RenderableType]:
    """Put an empty line between the parts."""
    spaced: list[RenderableType] = []
    for part in parts:
        spaced += [RichText(""), part] if spaced else [part]
    return spaced


def _table(block: Table) -> RichTable:
    table = RichTable(show_lines=True, header_style="bold")
    for cell in block.header:
        table.add_column(RichText(cell))
    for row in block.rows:
        table.add_row(*(Markdown(cell) for cell in row))
    return table


class TerminalSurface:
    """Shows the replies to one request."""

    impatient = True

    def __init__(self, terminal: "Terminal") -> None:
        """Write to this terminal."""
        self._terminal = terminal
        self._status: Status | None = None
        self._offered: dict[str, Choice] = {}

    async def working(self) -> None:
        """Spin while the answer is looked up."""
        terminal = self._terminal
        if terminal.console.is_terminal:
            self._stop()
            key = "terminal.thinking" if terminal.tutor.ready else "terminal.warming"
            self._status = terminal.console.status(RichText(terminal.text(key)))
            self._status.start()

    async def send(self, reply: Reply) -> object:
        """Print a reply; the numbers of its choices go on from the answer's earlier replies."""
        self._stop()
        new = {str(n): c for n, c in enumerate(rendering.choices(reply), len(self._offered) + 1)}
        self._offered |= new
        self._terminal.offered = self._offered
        self._terminal.show(reply, new)
        return reply.key

    async def edit(self, handle: object, reply: Reply) -> None:
        """Print its newest state; where that is only more progress on the way, show it beside the spinner."""
        going = next(iter(reply.of(Progress)), None)
        if going is None or going.fraction >= 1:
            await self.send(reply)
        elif self._terminal.console.is_terminal:
            if self._status is None:
                self._status = self._terminal.console.status("")
                self._status.start()
            self._status.update(RichText(rendering.progress(going)))

    def spot(self, handle: object) -> str:
        """Give none: what was written stays."""
        return ""

    async def done(self) -> None:
        """Take the spinner away."""
        self._stop()

    def _stop(self) -> None:
        if self._status:
            self._status.stop()
            self._status = None


class Tutor(Protocol):
    """What the chat shows of the tutor's state."""

    @property
    def ready(self) -> bool:
        """Tell whether questions are answered at once."""
        ...

    @property
    def problem(self) -> str:
        """Say why the model isn't there, or ""."""
        ...


class Terminal:
    """The chat. Without a terminal on standard input it answers line by line and leaves at the end."""

    name = "terminal"

    def __init__(
        self,
        settings: Settings,
        tutor: Tutor,
        texts: Texts,
        lang: Lang,
        history: Path | None = None,
        console: Console | None = None,
        session: "PromptSession[str] | None" = None,
    ) -> None:
        """Keep what is needed; nothing is shown yet."""
        self.console = console or Console(width=min(WIDTH, Console().width))
        self.tutor, self._texts, self._lang = tutor, texts, lang
        self._session, self._history = session, history
        self._settings = settings
        self._painter: Painter | None = None
        self.offered: Mapping[str, Choice] = {}  # what a number stands for
        self._asked: Choice | None = None  # the choice whose typed text the next line is
        self._ids = count(1)
        self._told = False

    def text(self, key: str, lang: Lang | None = None, **values: object) -> str:
        """Give a text in the terminal's language."""
        return self._texts(lang or self._lang, key, **values)

    def show(self, reply: Reply, offered: Mapping[str, Choice]) -> None:
        """Print a reply and its choices by their numbers."""
        if self._painter is None:
            from bot.platforms import _pictures  # Pillow and asking the terminal take time: not before the prompt

            method = _pictures.method_for(self._settings.pictures)
            theme = _pictures.theme_for(self._settings.theme)
            self._painter = Painter(self.console, method, theme, lambda g: self.text("terminal.figure", g))
        self.console.print(self._painter.paint(reply, offered))

    async def push(self, user: str, reply: Reply) -> None:
        """Print what the tutor says by itself, above what is being typed. Raises Gone for anyone else."""
        if user != _user():
            raise Gone("terminal: that user isn't here")
        await run_in_terminal(lambda: self._say(reply))

    def _say(self, reply: Reply) -> None:
        self.offered = {str(n): choice for n, choice in enumerate(rendering.choices(reply), 1)}
        self.show(reply, self.offered)

    async def run(self, dispatch: Dispatch) -> None:
        """Chat until the input ends."""
        piped = self._session is None and not sys.stdin.isatty()
        if piped and isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")  # what isn't text must not end the chat
        if not piped:
            self.console.print(Padding(Markdown(self.text("terminal.welcome")), (1, 0)))
        read = self._read_line if piped else self._prompt
        while (line := await read()) is not None:
            if line.strip() and (request := self._request(line.strip())):
                await self._answer(request, dispatch)
                self._tell_problem()
        if not piped:
            self.console.print(RichText(self.text("terminal.goodbye"), style="dim"))

    async def _read_line(self) -> str | None:
        line = await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
        return line or None

    async def _prompt(self) -> str | None:
        """Read a line; Ctrl-C clears it, Ctrl-D ends the chat."""
        if self._session is None:
            self._session = self._new_session()
        try:
            return await self._session.prompt_async("› ")
        except KeyboardInterrupt:
            return ""
        except EOFError:
            return None

    def _new_session(self) -> "PromptSession[str]":
        completer = WordCompleter(_command_names, sentence=True)
        return PromptSession(history=_history(self._history), completer=completer, complete_while_typing=False)

    async def _answer(self, request: Request, dispatch: Dispatch) -> None:
        """Answer a request; Ctrl-C stops the answer, not the chat."""
        task = asyncio.ensure_future(dispatch(request, TerminalSurface(self)))
        try:
            await _until_interrupted(task)
        except asyncio.CancelledError:
            if (current := asyncio.current_task()) and current.cancelling():
                raise
            self.console.print(RichText(self.text("terminal.stopped"), style="dim"))

    def _request(self, line: str) -> Request | None:
        """Read a number as the choice that it stands for; where that wants typed text, ask for it: the next line."""
        asked, self._asked = None if line.startswith("/") else self._asked, None
        choice = None if asked else self.offered.get(line)
        if choice and choice.prompt:
            self._asked = choice
            self.console.print(RichText(choice.prompt, style="bold"))
            return None
        text, press = (line, asked.id if asked else "") if choice is None else ("", choice.id)
        return Request(str(next(self._ids)), _user(), self.name, text, press, locale=self._lang)

    def _tell_problem(self) -> None:
        if self.tutor.problem and not self._told:
            self._told = True
            self.console.print(RichText(self.text("notice.lexical", reason=self.tutor.problem), style="yellow"))


def _command_names() -> list[str]:
    """List what may be completed; asked for at the first Tab."""
    from handlers.commands import COMMANDS, STOP

    return sorted({f"/{name}" for name in (*(n for c in COMMANDS for n in (c.pt, c.en)), *STOP)})


async def _until_interrupted(task: "asyncio.Future[None]") -> None:
    """Wait for a task; Ctrl-C cancels it."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_signal_handler(signal.SIGINT, task.cancel)
    except (NotImplementedError, RuntimeError, ValueError):  # Windows, or not in the main thread
        await task
        return
    try:
        await task
    finally:
        loop.remove_signal_handler(signal.SIGINT)


def _history(path: Path | None) -> History:
    """Keep what was typed between sessions, where the folder can be written to."""
    if path is None or not os.access(path if path.exists() else path.parent, os.W_OK):
        return InMemoryHistory()
    return FileHistory(str(path))


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "terminal"
