"""Takes updates, and hands each to the tutor in a task of its own."""

import asyncio
import logging
from collections.abc import Coroutine
from functools import partial
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, PollAnswer, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot import uploads
from bot.platforms.base import Dispatch, SurfaceError, Ties
from bot.platforms.telegram import attachments, prompts, requests
from bot.platforms.telegram.answers import Answers
from bot.platforms.telegram.places import Place, place_of
from bot.platforms.telegram.requests import NAME, Me
from bot.platforms.telegram.sender import Sender
from bot.platforms.telegram.surface import Edits, TelegramSurface
from handlers import commands
from handlers.messages import Request
from knowledge.text import fold

AT_ONCE = 512  # updates handled side by side; more of them wait, at last on Telegram's side
OUT = (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED)
ANSWERED = 1000  # presses that are remembered as answered
log = logging.getLogger(__name__)


def me(sender: Sender) -> Me:
    """Say who the bot is."""
    names = frozenset(map(fold, (*commands.index(), *commands.STOP)))
    return Me(sender.bot.id, sender.bot.username, names)


class Inbox:
    """What arrives from Telegram."""

    def __init__(self, sender: Sender, ties: Ties, dispatch: Dispatch) -> None:
        """Begin with nothing under way."""
        self._sender, self._ties, self._dispatch = sender, ties, dispatch
        self._me, self._edits, self._answers = me(sender), Edits(sender), Answers()
        self._room, self._running = asyncio.Semaphore(AT_ONCE), set[asyncio.Task[None]]()
        self._answered: dict[str, None] = {}

    async def take(self, update: Update, _: object = None) -> None:
        """Handle an update in the background, as soon as there is room."""
        await self._room.acquire()
        self._start(self._handle(update)).add_done_callback(lambda _: self._room.release())

    async def finish(self) -> None:
        """Wait until all that was taken is handled."""
        while self._running:
            await asyncio.wait(set(self._running))

    def _start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return task

    async def _handle(self, update: Update) -> None:
        """Handle one update; what can't be said to its learner is logged in one line."""
        try:
            if update.poll_answer:
                await self._vote(update.update_id, update.poll_answer)
            elif update.callback_query:
                await self._press(update, update.callback_query)
            elif update.my_chat_member:
                _note_membership(update.my_chat_member)
            elif message := update.message or update.edited_message:
                await self._message(update, message)
        except SurfaceError as error:
            log.warning("%s", error)

    async def _message(self, update: Update, message: Message) -> None:
        place = place_of(message)
        self._note(place, message)
        text, edited = message.text or message.caption or "", update.edited_message is not None
        if edited and self._answers.repeats(place, text):
            return
        request = requests.to_request(update, self._me)
        if request:
            most = self._ties.tools.training.upload
            async with uploads.taken(request, attachments.attached(message), most) as with_files:
                await self._tell(with_files, place, text, edited=edited)

    def _note(self, place: Place, message: Message) -> None:
        """Keep what a message says about its chat: how far its ids are, and a new id."""
        self._sender.recovery.note(place.chat, message.message_id)
        if message.migrate_to_chat_id:
            self._sender.calls.move(place.chat, message.migrate_to_chat_id)
        if message.migrate_from_chat_id:
            self._sender.calls.move(message.migrate_from_chat_id, place.chat)

    async def _press(self, update: Update, query: CallbackQuery) -> None:
        """Handle a press, or ask for the text that its choice wants."""
        self._acknowledge(query)
        if isinstance(query.message, Message) and query.data:
            prompt = prompts.prompt_of(query.message, query.data)
            if prompt:
                await self._ask(update, query, place_of(query.message), query.data, prompt)
                return
        request = requests.to_request(update, self._me)
        if request and query.message:
            words = isinstance(query.message, Message) and bool(query.message.text)
            await self._tell(request, place_of(query.message), pressed=words)

    def _acknowledge(self, query: CallbackQuery) -> None:
        """Stop the button's spinner, once and at once."""
        if query.id in self._answered:
            return
        self._answered[query.id] = None
        if len(self._answered) > ANSWERED:
            del self._answered[next(iter(self._answered))]
        answer = partial(self._sender.bot.answer_callback_query, query.id)
        self._start(self._sender.calls.quick(answer))

    async def _ask(self, update: Update, query: CallbackQuery, place: Place, choice: str, prompt: str) -> None:
        """Ask for text, once a delivery."""
        delivery = str(update.update_id)
        if await self._ties.deliveries.first(NAME, delivery):
            who = None if place.private else (query.from_user.id, query.from_user.full_name)
            await self._sender.ask(place, choice, prompt, who)
            await self._ties.deliveries.finish(NAME, delivery)

    async def _vote(self, update_id: int, answer: PollAnswer) -> None:
        """Handle a vote in one of the bot's polls."""
        found = await self._ties.polls.choices(NAME, answer.poll_id)
        if found is None:  # it may have been faster than the poll's own message
            await self._sender.settled()
            found = await self._ties.polls.choices(NAME, answer.poll_id)
        if found:
            place = Place.read(found[1])
            await self._tell(requests.vote(update_id, answer, found[0], place), place)

    async def _tell(
        self,
        request: Request | None,
        place: Place,
        question: str | None = None,
        *,
        edited: bool = False,
        pressed: bool = False,
    ) -> None:
        if request:
            surface = TelegramSurface(self._sender, self._edits, self._answers, place, question, edited, pressed)
            await self._dispatch(request, surface)


def _note_membership(change: ChatMemberUpdated) -> None:
    """Say in the log that the bot was put out of a group."""
    if change.new_chat_member.status in OUT and change.chat.type != ChatType.PRIVATE:
        log.warning("telegram: removed from group %s", change.chat.id)
