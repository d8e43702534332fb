"""The real program, polling a small Bot API server on loopback."""

import asyncio
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.e2e.conftest import ROOT, environment
from tests.integration.bot_api import served
from tests.integration.bot_world import TOKEN, Json, World

ANA = 11
PATIENCE = 90  # seconds for a program that starts on a busy machine


class Bot:
    """The program as a child process."""

    def __init__(self, process: asyncio.subprocess.Process, world: World) -> None:
        self.process, self.world = process, world
        self.log = ""

    async def end(self) -> int:
        """Send SIGTERM, and give the exit code; what was logged is in `log`."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            self.log = (await self.process.communicate())[1].decode()
        assert self.process.returncode is not None
        return self.process.returncode

    async def kill(self) -> None:
        """Let it end as a crash or a power cut would."""
        self.process.kill()
        await self.process.communicate()

    async def said(self, count: int, user: int = ANA) -> list[Json]:
        """Wait for so many messages of the bot."""
        await self.world.until(lambda: len(self.world.sent(user)) >= count, PATIENCE)
        return self.world.sent(user)

    async def says(self, condition: Callable[[Json], Any], user: int = ANA) -> Json:
        """Wait for a message of the bot's that is so; gives it."""

        def found() -> list[Json]:
            return [message for message in self.world.sent(user) if condition(message)]

        await self.world.until(found, PATIENCE)
        return found()[-1]


@asynccontextmanager
async def bot(world: World, data: Path, lecture: Path, token: str = TOKEN) -> AsyncIterator[Bot]:
    """Run the program against a Bot API server."""
    async with served(world) as url:
        more = {"TELEGRAM_TOKEN": token, "SINAPSE_TELEGRAM__BASE_URL": url, "SINAPSE_KNOWLEDGE__FOLDER": str(lecture)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "telegram", cwd=ROOT, env=environment(data, **more), stderr=PIPE,
        )  # fmt: skip
        running = Bot(process, world)
        try:
            yield running
        finally:
            if process.returncode is None:
                process.kill()
                await process.communicate()


def text(message: Json) -> str:
    """Give what a message says, under its picture too."""
    return str(message.get("text") or message.get("caption", ""))


def buttons(message: Json) -> dict[str, str]:
    """Give what can be pressed: labels and data."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return {button["text"]: button["callback_data"] for row in rows for button in row}
