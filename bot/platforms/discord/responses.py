"""Answers to slash commands, pressed buttons and filled-in modals.

Discord wants an acknowledgement within 3 seconds, and what is shown first decides whether only the learner sees it.
So a quick answer is the response itself, and after a moment without one the response is "thinking…", which the answer
then replaces. Where the interaction has expired, the answer goes into its channel.

What follows the response is an ordinary message where the bot may send one: its nonce keeps a repeated try from sending
it twice. Discord ignores the nonce of an interaction's own further messages (private ones, or where the bot may not
write), so these begin as "…" and an edit fills them in: a lost answer may leave a "…" behind, never an answer twice.
"""

import asyncio
from contextlib import suppress
from typing import Any

import discord

from bot.platforms import base
from bot.platforms.discord import faults, payloads, rights
from bot.platforms.discord.parts import Message
from bot.platforms.discord.places import PATIENCE, Pace
from bot.rendering import ELLIPSIS

Interaction = discord.Interaction[Any]


class ResponsePlace:
    """Answers an interaction."""

    def __init__(self, interaction: Interaction, pace: Pace, private: bool = False) -> None:
        """Acknowledge after a moment; `private`: the answer will be for the learner's eyes only."""
        self._interaction, self._pace, self._private = interaction, pace, private
        self._pending = False  # "thinking…" is shown, and waits for what replaces it
        self._expired = False
        self._sent, self._written = False, 0
        self._lock = asyncio.Lock()
        self._timer = asyncio.create_task(self._acknowledge())

    async def working(self) -> None:
        """Need no more than the acknowledgement that is on its way."""

    async def _acknowledge(self) -> None:
        await asyncio.sleep(PATIENCE)
        async with self._lock:
            if self._interaction.response.is_done() or self._sent:
                return
            try:
                await faults.tried(lambda: self._interaction.response.defer(thinking=True, ephemeral=self._private))
                self._pending = True
            except discord.HTTPException as error:
                self._pending = error.code == faults.ACKNOWLEDGED
                self._expired = not self._pending
            except faults.NETWORK:
                self._expired = True

    async def post(self, message: Message, private: bool) -> discord.Message:
        """Send a message: as the response, in its stead, or after it."""
        async with self._lock:
            try:
                sent = await self._elsewhere(message, private) if self._expired else await self._post(message, private)
            except discord.HTTPException as error:
                if self._expired or error.code not in faults.EXPIRED:
                    raise
                self._expired = True
                sent = await self._elsewhere(message, private)
            self._sent = True
            return sent

    async def turn(self, message: Message) -> discord.Message | None:
        """Turn the message whose button was pressed into this one, as the response; None where that is too late."""
        pressed = self._interaction.message
        async with self._lock:
            if pressed is None or self._sent or self._pending or self._expired:
                return None
            try:
                await faults.tried(lambda: self._interaction.response.edit_message(**payloads.editing(message)))
            except discord.HTTPException as error:
                self._expired = error.code in faults.EXPIRED
                if error.code != faults.ACKNOWLEDGED:  # else it is there: of a try whose answer got lost
                    return None
            self._sent = True
            return pressed

    async def _post(self, message: Message, private: bool) -> discord.Message:
        if not self._interaction.response.is_done() and not self._pending and not self._sent:
            return await self._respond(message, private)
        if self._pending:
            return await self._replace(message, private)
        return await self._follow(message, private)

    async def _respond(self, message: Message, private: bool) -> discord.Message:
        """Send it as the response. One that is there already may be this very one, of a try whose answer got lost."""
        response = self._interaction.response
        try:
            called = await faults.tried(lambda: response.send_message(**payloads.sending(message), ephemeral=private))
        except discord.HTTPException as error:
            if error.code != faults.ACKNOWLEDGED:
                raise
            shown = await faults.tried(self._interaction.original_response)
            return await self._replace(message, private) if shown.flags.loading else shown
        made = called.resource
        return made if isinstance(made, discord.Message) else await faults.tried(self._interaction.original_response)

    async def _replace(self, message: Message, private: bool) -> discord.Message:
        """Put it in the place of "thinking…"; what everyone would see there, but shouldn't, follows separately."""
        self._pending = False
        edit = self._interaction.edit_original_response
        if not private or self._private:
            return await faults.tried(lambda: edit(**payloads.editing(message)))
        await faults.tried(lambda: edit(content=ELLIPSIS))  # until then whatever follows takes its place
        sent = await self._follow(message, private)
        await self._take_away()
        return sent

    async def _take_away(self) -> None:
        """Delete the response. One that isn't there was deleted by a try whose answer got lost."""
        try:
            await faults.tried(self._interaction.delete_original_response)
        except discord.NotFound as error:
            if error.code != faults.UNKNOWN_MESSAGE:
                raise

    async def _follow(self, message: Message, private: bool) -> discord.Message:
        channel = self._interaction.channel
        if not private and isinstance(channel, discord.abc.Messageable) and rights.may_write(self._interaction):
            return await self._write(channel, message)
        send = self._interaction.followup.send
        empty = await faults.tried(lambda: send(ELLIPSIS, ephemeral=private, wait=True))
        return await faults.tried(lambda: empty.edit(**payloads.editing(message)))

    async def _elsewhere(self, message: Message, private: bool) -> discord.Message:
        """Answer an expired interaction: in its channel; what is private, in a direct message."""
        interaction = self._interaction
        target = interaction.user if private or self._private else interaction.channel
        if not isinstance(target, discord.abc.Messageable):
            raise base.Gone("discord: the interaction expired, and its channel isn't known")
        return await self._write(target, message)

    async def _write(self, target: discord.abc.Messageable, message: Message) -> discord.Message:
        """Send an ordinary message, once however often it is tried."""
        self._written += 1
        nonce = f"{self._interaction.id}.{self._written}"

        async def send() -> discord.Message:
            async with self._pace.sends.slot():
                return await target.send(**payloads.sending(message), nonce=nonce)

        return await faults.tried(send)

    async def done(self) -> None:
        """Acknowledge no more; take away a "thinking…" that nothing came of."""
        self._timer.cancel()
        await asyncio.wait([self._timer])
        if self._pending and not self._sent:
            with suppress(*faults.FAILURES):
                await self._interaction.delete_original_response()
