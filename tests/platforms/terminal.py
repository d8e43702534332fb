"""Talks to the tutor in terminals: one for each learner, whose lines a queue types."""

import asyncio
import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rich.console import Console

from bot.config import Terminal as Settings
from bot.platforms.base import Surface
from bot.platforms.terminal import Terminal
from handlers.messages import Request
from tests.platforms.driver import Shown, Tutor

PICTURE = re.compile(r"^figura: \S+(?:\n\S+\.png)?\s*\n((?:.+\n?)+)", re.MULTILINE)
CHOICE = re.compile(r"\[(\d+)\] (.+?)(?=  \[|\n|$)")
WIDTH = 100


class Keyboard:
    """Stands in for prompt_toolkit's session."""

    def __init__(self) -> None:
        """Begin with nothing typed."""
        self.typed: asyncio.Queue[str | None] = asyncio.Queue()

    async def prompt_async(self, _: str) -> str:
        """Give the next line; None ends the chat."""
        line = await self.typed.get()
        if line is None:
            raise EOFError
        return line


class TerminalDriver:
    """Each learner has a terminal; they share the tutor."""

    name = "terminal"
    repeats = False  # nobody types a line twice by accident
    lasting = False  # the numbers of choices are those of the newest answer

    def __init__(self) -> None:
        """Begin without a terminal."""
        self._chats: dict[str, tuple[Terminal, Keyboard, asyncio.Task[None]]] = {}
        self._numbers = count(1)

    async def start(self, tutor: Tutor) -> None:
        """Terminals open with their learners' first lines."""
        self._tutor = tutor

    async def stop(self) -> None:
        """Close every terminal."""
        for _, keyboard, task in self._chats.values():
            keyboard.typed.put_nowait(None)
            await task
        self._chats.clear()

    async def say(self, user: str, text: str) -> Sequence[Shown]:
        """Type a line."""
        terminal, keyboard, _ = self._chats.get(user) or self._open(user)
        before = len(_printed(terminal))
        async with self._tutor.done(user):
            keyboard.typed.put_nowait(text)
        return [self._shown(_printed(terminal)[before:])]

    async def press(self, user: str, message: Shown, label: str) -> Sequence[Shown]:
        """Type the number of a choice."""
        offered = self._chats[user][0].offered
        return await self.say(user, next(n for n, choice in offered.items() if choice.label == label))

    def _open(self, user: str) -> tuple[Terminal, Keyboard, asyncio.Task[None]]:
        async def dispatch(request: Request, surface: Surface) -> None:
            await self._tutor.dispatch(replace(request, user=user), surface)

        console = Console(file=io.StringIO(), width=WIDTH, force_terminal=False, color_system=None)
        state: Any = SimpleNamespace(ready=True, problem="")
        keyboard: Any = Keyboard()
        terminal = Terminal(
            Settings(pictures="path"), state, self._tutor.ties.tools.texts, "pt", None, console, keyboard
        )
        self._chats[user] = (terminal, keyboard, asyncio.create_task(terminal.run(dispatch)))
        return self._chats[user]

    def _shown(self, text: str) -> Shown:
        pictures = tuple(" ".join(found.split()) for found in PICTURE.findall(text))
        return Shown(str(next(self._numbers)), text, tuple(label for _, label in CHOICE.findall(text)), pictures)


def _printed(terminal: Terminal) -> str:
    output: Any = terminal.console.file
    text: str = output.getvalue()
    return text


def driver(folder: Path) -> TerminalDriver:
    """Give a driver."""
    return TerminalDriver()
