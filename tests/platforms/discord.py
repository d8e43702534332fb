"""Talks to the tutor on Discord: the real client, HTTP and gateway, with simcord's Discord behind them."""

import asyncio
import re
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

from simcord.components import walk_components

from bot.config import Discord as Settings
from bot.platforms.discord import DiscordPlatform
from tests.discord_server import TOKEN, DiscordServer
from tests.platforms.driver import PATIENCE, Shown, Tutor

ESCAPED = re.compile(r"\\([^\w\s])")


class DiscordDriver:
    """Learners write direct messages."""

    name = "discord"

    def __init__(self) -> None:
        """Begin with an empty Discord; it stays when the bot restarts."""
        self.server = DiscordServer()
        self._stack = AsyncExitStack()
        self._tutor: Tutor | None = None
        self._task: asyncio.Task[None] | None = None
        self._last = ("", 0)  # who did something last, and where

    async def start(self, tutor: Tutor) -> None:
        """Start the platform; the server too, the first time."""
        if not self.server.port:
            await self._stack.enter_async_context(self.server.running())
        self._tutor = tutor
        settings = Settings(api_url=self.server.api_url, gateway_url=self.server.gateway_url)
        self._task = asyncio.create_task(DiscordPlatform(settings, TOKEN, tutor.ties).run(tutor.dispatch))
        async with asyncio.timeout(PATIENCE):
            await self.server.connected.wait()

    async def stop(self) -> None:
        """Stop the platform, and wait until it is gone."""
        assert self._task is not None
        self._task.cancel()
        await asyncio.wait([self._task])
        self.server.connected.clear()

    async def close(self) -> None:
        """Close the server."""
        await self._stack.aclose()

    async def say(self, user: str, text: str) -> Sequence[Shown]:
        """Write a direct message."""
        channel = self.server.private(user)
        return await self._done(user, channel, lambda: self.server.say(user, text, channel))

    async def press(self, user: str, message: Shown, label: str) -> Sequence[Shown]:
        """Press a button under a message."""
        channel = self.server.private(user)
        return await self._done(user, channel, lambda: self.server.press(user, int(message.id), label, channel))

    async def repeat(self) -> Sequence[Shown]:
        """Deliver the last message or interaction once more."""
        user, channel = self._last
        return await self._done(user, channel, self.server.repeat)

    async def _done(self, user: str, channel: int, act: Any) -> Sequence[Shown]:
        assert self._tutor is not None
        self._last = (user, channel)
        before = {m.id: shown(m) for m in self.server.shown(channel)}
        async with self._tutor.done(str(self.server.person(user))):
            act()
        return [now for m in self.server.shown(channel) if (now := shown(m)) != before.get(m.id)]


def shown(message: Any) -> Shown:
    """Read a message as a learner does."""
    texts = [message.content]
    for embed in message.embeds:
        fields = [text for one in embed.get("fields", ()) for text in (one["name"], one["value"])]
        texts += [embed.get("title"), embed.get("description"), *fields, embed.get("footer", {}).get("text")]
    labels = [label for part in walk_components(message.components) for label in _labels(part)]
    text = ESCAPED.sub(r"\1", "\n".join(filter(None, texts))).replace("\u200b", "")
    pictures = tuple(file["description"] or "" for file in message.attachments)
    return Shown(str(message.id), text, tuple(labels), pictures)


def _labels(component: dict[str, Any]) -> list[str]:
    options = [option["label"] for option in component.get("options") or ()]
    return [component["label"]] if component.get("label") else options


def driver(folder: Path) -> DiscordDriver:
    """Make one."""
    return DiscordDriver()
