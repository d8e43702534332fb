"""Delivers the replies to one request."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial
from typing import Any, cast

import discord

from bot.platforms.discord import faults, payloads
from bot.platforms.discord.parts import Message
from bot.platforms.discord.places import Place
from bot.throttle import RetryAfter, Throttle
from handlers.messages import Reply

Look = Callable[[Reply], Sequence[Message]]
Key = tuple[int, int]  # channel, first message


class Sent:
    """The messages of one reply."""

    def __init__(self, messages: list[discord.Message], private: bool) -> None:
        """Keep them: an edit may need more or fewer."""
        self.messages, self.private = messages, private

    @property
    def key(self) -> Key:
        """Name the reply; its channel comes first, for all of a channel's messages share a rate."""
        return self.messages[0].channel.id, self.messages[0].id


def channel_of(key: Hashable) -> Hashable:
    """Give the channel of a key."""
    return cast("Key", key)[0]


class DiscordSurface:
    """Where the replies to one request go."""

    impatient = True

    def __init__(self, place: Place, look: Look, throttle: Throttle) -> None:
        """Post to a place what `look` makes of a reply."""
        self._place, self._look, self._throttle = place, look, throttle
        self._edited: set[Key] = set()
        self._failure: Exception | None = None

    async def working(self) -> None:
        """Show that the tutor is at it."""
        await self._place.working()

    async def send(self, reply: Reply) -> object:
        """Send a reply, in as many messages as it needs. Raises SurfaceError."""
        try:
            drawn = self._look(reply)
            turned = await self._place.turn(drawn[0]) if reply.in_place and len(drawn) == 1 else None
            posted = [turned] if turned else [await self._place.post(message, reply.private) for message in drawn]
        except faults.FAILURES as error:
            raise faults.surface_error(error) from error
        return Sent(posted, reply.private)

    async def edit(self, handle: object, reply: Reply) -> None:
        """Replace a reply, soon; of several that wait, only the newest."""
        sent = cast("Sent", handle)
        self._edited.add(sent.key)
        await self._throttle.edit(sent.key, partial(self._replace, sent, reply))

    def spot(self, handle: object) -> str:
        """Write down the channel and the last message; what only the learner sees has no lasting one."""
        sent = cast("Sent", handle)
        last = sent.messages[-1]
        return "" if sent.private else f"{last.channel.id}:{last.id}"

    async def done(self) -> None:
        """Deliver the newest edits. Raises SurfaceError."""
        try:
            for key in list(self._edited):
                await self._throttle.flush(key)
        finally:
            await self._place.done()
        if self._failure:
            raise faults.surface_error(self._failure) from self._failure

    async def _replace(self, sent: Sent, reply: Reply) -> None:
        """Show the newest state. After a failure that stays, such as a deleted message, no more is tried."""
        if self._failure:
            return
        try:
            await self._show(sent, reply)
        except faults.FAILURES as error:
            self._failure = error

    async def _show(self, sent: Sent, reply: Reply) -> None:
        """Edit each message; send those that are new and delete those that are too many."""
        drawn = self._look(reply)
        for at, message in enumerate(drawn):
            if at < len(sent.messages):
                sent.messages[at] = await _edited(sent.messages[at], message, sent.private)
            else:
                sent.messages.append(await self._place.post(message, reply.private))
        while len(sent.messages) > len(drawn):
            await sent.messages.pop().delete()


async def _edited(shown: discord.Message, message: Message, private: bool) -> discord.Message:
    try:
        return await faults.tried(partial(_edit, shown, message))
    except discord.HTTPException as error:
        if error.status == faults.TOO_MANY:
            raise RetryAfter(faults.retry_after(error) or 1.0) from error
        if private or error.code not in faults.EXPIRED:
            raise
    by_bot = cast("Any", shown.channel).get_partial_message(shown.id)  # its interaction's token is over
    return await faults.tried(partial(_edit, by_bot, message))


async def _edit(shown: discord.Message | discord.PartialMessage, message: Message) -> discord.Message:
    return await shown.edit(**payloads.editing(message))
