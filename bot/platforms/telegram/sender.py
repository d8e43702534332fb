"""Messages as data -> calls of the Bot API."""

import asyncio
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from telegram import Bot, ForceReply, Message, ReplyParameters
from telegram import error as telegram
from telegram.constants import ParseMode, PollType

from bot.platforms.base import Polls
from bot.platforms.telegram import fallbacks, faults, prompts
from bot.platforms.telegram.calls import Calls
from bot.platforms.telegram.html import plain
from bot.platforms.telegram.markup import PLAIN_LINKS, Pictures, inline
from bot.platforms.telegram.parts import HINT, Album, Document, Part, Picture, Vote, Words, cut
from bot.platforms.telegram.places import Place
from bot.platforms.telegram.recovery import Recovery
from bot.platforms.telegram.requests import NAME

SETTLE = 5.0  # seconds that an early vote waits until its poll is written down
Ids = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as it stands in a chat."""

    part: Part
    ids: Ids  # of its messages: an album has several


class Sender:
    """Sends, edits and deletes messages, one part of a reply at a time."""

    def __init__(self, bot: Bot, calls: Calls, polls: Polls) -> None:
        """Use a bot that is connected."""
        self.bot, self.calls, self.recovery = bot, calls, Recovery()
        self._polls, self._pictures = polls, Pictures()
        self._asking: set[asyncio.Future[None]] = set()  # polls on their way, until they are written down

    async def send(self, place: Place, part: Part) -> Shown:
        """Send a part; what Telegram doesn't take is sent in a simpler form. Raises SurfaceError."""
        cost = len(part.pictures) if isinstance(part, Album) else 1
        send = partial(self._send, place, part)
        arrived = partial(self._find, part, self.recovery.last(self.calls.now(place.chat)))
        try:
            return Shown(part, await self.calls.message(place.chat, send, cost=cost, arrived=arrived))
        except faults.Refused:
            if isinstance(part, Picture) and self._pictures.forget(part):
                return await self.send(place, part)  # uploaded anew
            simpler = fallbacks.simpler(part)
            if simpler is None:
                raise
            return await self.send(place, simpler)

    async def edit(self, place: Place, shown: Shown, part: Part, *, patient: bool = True) -> Shown | None:
        """Turn a message into another; None where Telegram can't. Raises SurfaceError, and throttle.RetryAfter."""
        if shown.part == part:
            return shown
        if not isinstance(part, Words | Picture) or not isinstance(shown.part, Words | Picture):
            return None
        if isinstance(part, Words) and isinstance(shown.part, Picture):
            return None
        edit = partial(self._edit, shown.part, part, shown.ids[0])
        await self.calls.message(place.chat, edit, patient=patient)
        return Shown(part, shown.ids)

    async def amend(self, place: Place, words: Words) -> None:
        """Turn a message of an earlier process into words; a picture keeps them below it. Raises SurfaceError."""
        caption = Picture(Path(), words.html, rows=words.rows)
        message = place.message or 0
        try:
            await self.calls.message(place.chat, partial(self._edit, words, words, message))
        except faults.Refused:  # it shows a picture
            await self.calls.message(place.chat, partial(self._edit, caption, caption, message))

    async def delete(self, place: Place, shown: Shown) -> None:
        """Delete a message, where it still is and may be deleted."""
        chat = self.calls.now(place.chat)
        for message in shown.ids:
            await self.calls.quick(partial(self.bot.delete_message, chat, message))

    async def ask(self, place: Place, choice: str, prompt: str, who: tuple[int, str] | None) -> None:
        """Ask for the text that a choice wants. Raises SurfaceError."""
        text = prompts.question(choice, prompt, self.bot.username, who)
        field = ForceReply(selective=True, input_field_placeholder=cut(prompt, HINT))
        await self.calls.message(place.chat, partial(self._send_text, place, text, ParseMode.HTML, field))

    async def settled(self) -> None:
        """Wait until no poll is on its way that a vote could be for."""
        if self._asking:
            await asyncio.wait(set(self._asking), timeout=SETTLE)

    async def _send(self, place: Place, part: Part, chat: int) -> Ids:
        match part:
            case Words():
                text, mode = (plain(part.html), None) if part.bare else (part.html, ParseMode.HTML)
                messages = [await self._send_text(place, text, mode, inline(part.rows), chat)]
            case Picture():
                messages = [await self._send_picture(place, part, chat)]
            case Album():
                media = [await self._pictures.photo(picture) for picture in part.pictures]
                messages = list(await self.bot.send_media_group(chat, media, **_where(place)))
            case Vote():
                messages = [await self._send_poll(place, part, chat)]
            case Document():
                messages = [await self._send_document(place, part, chat)]
        for message in messages:
            self.recovery.note(chat, message.message_id)
        return tuple(message.message_id for message in messages)

    async def _send_text(self, place: Place, text: str, mode: ParseMode | None, markup: Any, chat: int) -> Message:
        return await self.bot.send_message(
            chat, text, mode, reply_markup=markup, link_preview_options=PLAIN_LINKS, **_where(place)
        )

    async def _send_picture(self, place: Place, picture: Picture, chat: int) -> Message:
        send: Any = self.bot.send_animation if picture.moving else self.bot.send_photo
        markup = inline(picture.rows)
        file = await self._pictures.file(picture.path)
        message: Message = await send(
            chat, file, caption=picture.caption, parse_mode=ParseMode.HTML, reply_markup=markup, **_where(place)
        )
        self._pictures.keep(picture, message)
        return message

    async def _send_document(self, place: Place, document: Document, chat: int) -> Message:
        content = await asyncio.to_thread(document.path.read_bytes)
        return await self.bot.send_document(chat, content, filename=document.name, **_where(place))

    async def _send_poll(self, place: Place, vote: Vote, chat: int) -> Message:
        """Send a poll and write down what its votes mean; votes that come meanwhile wait for that."""
        self._asking.add(under_way := asyncio.get_running_loop().create_future())
        try:
            message = await self.bot.send_poll(
                chat, vote.question, vote.options, is_anonymous=False, reply_markup=inline(vote.rows),
                **_quiz(vote), **_where(place),
            )  # fmt: skip
            where = replace(place, chat=chat, message=message.message_id)
            if message.poll:
                await self._polls.keep(NAME, message.poll.id, vote.choices, where.text)
            return message
        finally:
            self._asking.discard(under_way)
            under_way.set_result(None)

    async def _edit(self, old: Part, part: Words | Picture, message: int, chat: int) -> None:
        """Edit; with its buttons, for an edit without them removes them."""
        try:
            await self._change(old, part, message, chat)
        except telegram.BadRequest as error:
            if not faults.is_unchanged(error):
                raise

    async def _change(self, old: Part, part: Words | Picture, message: int, chat: int) -> None:
        this: dict[str, Any] = {"chat_id": chat, "message_id": message, "reply_markup": inline(part.rows)}
        if isinstance(part, Words):
            text, mode = (plain(part.html), None) if part.bare else (part.html, ParseMode.HTML)
            await self.bot.edit_message_text(text, parse_mode=mode, link_preview_options=PLAIN_LINKS, **this)
        elif isinstance(old, Picture) and (old.path, old.moving) == (part.path, part.moving):
            await self.bot.edit_message_caption(caption=part.caption, parse_mode=ParseMode.HTML, **this)
        else:
            await self.bot.edit_message_media(await self._pictures.media(part), **this)

    async def _find(self, part: Part, after: int, chat: int) -> Ids | None:
        """Look for a message whose answer got lost."""
        if not isinstance(part, Words | Picture):
            return None

        async def look(message: int) -> None:  # an edit as any other: it takes its turn
            async with self.calls.turn(chat):
                await self._change(part, part, message, chat)

        found = await self.recovery.find(chat, after, look)
        return (found,) if found else None


def _where(place: Place) -> dict[str, Any]:
    """Say where a message goes: into the topic, as a reply to the message asked while that is there."""
    reply = ReplyParameters(place.message, allow_sending_without_reply=True) if place.message else None
    return {"message_thread_id": place.topic, "reply_parameters": reply}


def _quiz(vote: Vote) -> dict[str, Any]:
    if vote.correct is None:
        return {}
    return {"type": PollType.QUIZ, "correct_option_ids": [vote.correct], "explanation": vote.explanation or None}
