"""The Telegram platform with the real dispatcher and database, scripted handlers, and time that runs faster."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from bot.config import Telegram
from bot.dispatcher import Dispatcher
from bot.platforms.base import Ties
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.calls import Calls
from bot.routes import Routes
from bot.storage.database import open_database
from bot.storage.ties import StoredDeliveries, StoredPolls, StoredThreads
from handlers import commands
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from tests.fakes import tools_for
from tests.integration.bot_api import InProcess
from tests.integration.bot_world import TOKEN, Fault, World

ANA, BIA, GROUP = 11, 12, -1001
FASTER = 50  # times: a pause of half a second takes 10 ms
SHOWING = (
    "sendMessage", "sendPhoto", "sendAnimation", "sendPoll",
    "editMessageText", "editMessageCaption", "editMessageMedia",
)  # fmt: skip
Script = Callable[[Request, Tools], AsyncIterator[Reply]]


def fast_calls() -> Calls:
    """Give calls whose seconds are short."""
    return Calls(lambda: time.monotonic() * FASTER, lambda seconds: asyncio.sleep(seconds / FASTER))


async def echo(request: Request, _: Tools) -> AsyncIterator[Reply]:
    """Answer with what was said or pressed."""
    yield Reply(request.id, "pt", (Text(f"{request.press}>{request.text}" if request.press else request.text),))


class Rig:
    """A small Telegram, and a bot that can be started and stopped."""

    def __init__(self, folder: Path, tools: Tools) -> None:
        """Begin with nobody there."""
        self.world, self.folder, self.tools = World(), folder, tools
        self.requests: list[Request] = []
        self.ended = 0
        self.platform: TelegramPlatform
        self.task: asyncio.Task[None]
        self.settings = Telegram()
        self.polls = StoredPolls
        self.lost = Fault(done=True)  # what is asked is done, but its answer gets lost

    @asynccontextmanager
    async def bot(self, script: Script = echo) -> AsyncIterator["Rig"]:
        """Run the bot during the block; whatever is asked, commanded or pressed goes to the script."""
        engine = await open_database(self.folder / "sinapse.db")
        ties = Ties(self.tools, StoredDeliveries(engine), self.polls(engine), StoredThreads(engine), self.folder)
        routes = Routes(dict.fromkeys(commands.index(), script), script, script)
        dispatcher = Dispatcher(self.tools, 0.2, ties.deliveries, routes)
        transport = InProcess(self.world)
        self.platform = TelegramPlatform(self.settings, TOKEN, ties, lambda: (transport, transport), fast_calls)

        async def dispatch(request: Request, surface: Any) -> None:
            self.requests.append(request)
            await dispatcher.run(request, surface)
            self.ended += 1
            await self.world.notify()

        self.world.asked = 0
        self.task = asyncio.create_task(self.platform.run(dispatch))
        self.task.add_done_callback(lambda _: asyncio.ensure_future(self.world.notify()))
        try:
            await self.world.until(lambda: self.world.asked or self.world.webhook or self.task.done())
            yield self
        finally:
            self.task.cancel()
            try:
                with suppress(asyncio.CancelledError):
                    await self.task
            finally:
                await engine.dispose()

    async def handled(self, count: int) -> None:
        """Wait until so many requests are handled."""
        await self.world.until(lambda: self.ended >= count)

    async def press(self, user: int, message: dict[str, Any], data: str) -> dict[str, Any]:
        """Press a button and wait until it is answered; gives the bot's last message there."""
        goal = self.ended + 1
        await self.world.press(user, message, data)
        await self.handled(goal)
        return self.world.sent(message["chat"]["id"])[-1]

    def step_by_step(self, *replies: Reply) -> Script:
        """Give a script whose next reply comes when the last one is seen."""

        async def script(request: Request, _: Tools) -> AsyncIterator[Reply]:
            for reply in replies:
                done = len(self.world.called(*SHOWING))
                yield reply
                await self.world.until(lambda done=done: len(self.world.called(*SHOWING)) > done)

        return script

    async def say(self, user: int, text: str, **more: Any) -> dict[str, Any]:
        """Write to the bot and wait until it is answered; gives the bot's last message there."""
        goal = self.ended + 1
        message = await self.world.say(user, text, **more)
        await self.handled(goal)
        return self.world.sent(message["chat"]["id"])[-1]


def rig_in(folder: Path, knowledge: Any) -> Rig:
    """Give a rig."""
    return Rig(folder, tools_for(knowledge))
