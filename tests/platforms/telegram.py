"""Telegram for the contract test: the real platform class on the small Telegram of the tests, without a network."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from bot.config import Telegram
from bot.platforms.telegram import TelegramPlatform
from tests.integration.bot_api import InProcess
from tests.integration.bot_world import TOKEN, World
from tests.platforms.driver import Shown, Tutor

USERS = {"ana": 11, "bia": 12}


class TelegramDriver:
    """Learners in private chats with the bot."""

    name = "telegram"

    def __init__(self) -> None:
        """Begin with an empty Telegram; it outlives the bot."""
        self.world = World()
        self._tutor: Tutor | None = None
        self._task: asyncio.Task[None] | None = None
        self._last = ""

    async def start(self, tutor: Tutor) -> None:
        """Start the bot."""
        self._tutor = tutor
        transport = InProcess(self.world)
        platform = TelegramPlatform(Telegram(), TOKEN, tutor.ties, lambda: (transport, transport))
        self.world.asked = 0
        self._task = asyncio.create_task(platform.run(tutor.dispatch))
        await self.world.until(lambda: self.world.asked)

    async def stop(self) -> None:
        """Stop it as the end of the program does."""
        assert self._task
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def say(self, user: str, text: str) -> Sequence[Shown]:
        """Write to the bot."""
        before = self._seen(user)
        async with self._done(user):
            await self.world.say(_id(user), text)
        return self._new(user, before)

    async def press(self, user: str, message: Shown, label: str) -> Sequence[Shown]:
        """Press a button, or vote."""
        before, pressed = self._seen(user), self.world.chats[_id(user)].messages[int(message.id)]
        data = next((b["callback_data"] for b in _buttons(pressed) if b["text"] == label), "")
        async with self._done(user):
            if data:
                await self.world.press(_id(user), pressed, data)
            else:
                options = [option["text"] for option in pressed["poll"]["options"]]
                await self.world.vote(_id(user), pressed, options.index(label))
        return self._new(user, before)

    async def repeat(self) -> Sequence[Shown]:
        """Let Telegram deliver the last update again."""
        before = self._seen(self._last)
        async with self._done(self._last):
            await self.world.repeat()
        return self._new(self._last, before)

    def _done(self, user: str) -> Any:
        assert self._tutor
        self._last = user
        return self._tutor.done(str(_id(user)))

    def _seen(self, user: str) -> dict[int, str]:
        chat = self.world.private(_id(user))
        return {number: repr(message) for number, message in chat.messages.items()}

    def _new(self, user: str, before: dict[int, str]) -> list[Shown]:
        messages = self.world.sent(_id(user))
        return [_shown(m) for m in messages if before.get(m["message_id"]) != repr(m)]


def _id(user: str) -> int:
    return USERS.setdefault(user, 11 + len(USERS))


def _buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def _shown(message: dict[str, Any]) -> Shown:
    poll = message.get("poll", {})
    text = message.get("text") or message.get("caption") or poll.get("question", "")
    options = [option["text"] for option in poll.get("options", [])]
    choices = [button["text"] for button in _buttons(message)]
    pictured = "photo" in message or "animation" in message
    return Shown(
        str(message["message_id"]), text, (*options, *choices), (message.get("caption", ""),) if pictured else ()
    )


def driver(folder: Path) -> TelegramDriver:
    """Give a driver; nothing of it is kept on disk."""
    del folder
    return TelegramDriver()
