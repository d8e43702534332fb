"""Where the replies to one request go on Telegram."""

import asyncio
from collections import deque
from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from typing import cast

from telegram.constants import ChatAction

from bot.platforms.base import SurfaceError
from bot.platforms.telegram.answers import Answer, Answers
from bot.platforms.telegram.looks import look
from bot.platforms.telegram.places import Place
from bot.platforms.telegram.sender import Sender
from bot.throttle import Rate, Throttle
from handlers.messages import Reply

ACTION_AFTER = 0.3  # seconds that an answer may take before "typing…" is shown: most need none, and come the sooner
ACTION_LASTS = 4.5  # seconds; Telegram shows a chat action for five
ACTION_FIRST = 0.5  # seconds that a message waits for a chat action under way: one that comes later would stay
PRIVATE = Rate(1, 1.0)  # edits in a private chat
GROUP = Rate(1, 4.0)  # in a group: 15 of its 20 a minute; the rest is left for answers


class Edits:
    """The throttles of all edits, by chat."""

    def __init__(self, sender: Sender) -> None:
        """Take the sender's time, so that a test's clock holds for all."""
        clock, sleep = sender.calls.clock, sender.calls.sleep
        private, group = (Throttle(rate, clock, sleep, _chat) for rate in (PRIVATE, GROUP))
        self._throttles = {True: private, False: group}

    def of(self, place: Place) -> Throttle:
        """Give the throttle of a chat."""
        return self._throttles[place.private]


def _chat(answer: Hashable) -> Hashable:
    return cast("Answer", answer).place.chat


class TelegramSurface:
    """Shows the replies to one request.

    `question` is a message's text, by which a later edit of it is known; None for a press or a vote. `pressed`: what
    was pressed stands under the place's message, which is one of words.
    """

    def __init__(
        self,
        sender: Sender,
        edits: Edits,
        answers: Answers,
        place: Place,
        question: str | None = None,
        edited: bool = False,
        pressed: bool = False,
    ) -> None:
        """Begin with nothing shown."""
        self._sender, self._edits, self._answers = sender, edits.of(place), answers
        self._place, self._question, self._edited, self._pressed = place, question, edited, pressed
        self._earlier: deque[Answer] = deque()  # to what the question was before its edit
        self._changed: dict[Answer, SurfaceError | None] = {}
        self._typing: asyncio.Task[None] | None = None
        self._action: asyncio.Task[None] | None = None

    @property
    def impatient(self) -> bool:
        """An edited question waits for the answer to the first version: it takes its place."""
        return not self._edited

    async def working(self) -> None:
        """Show "typing…" until the end, if it takes more than a moment."""
        if self._question is not None:
            earlier = self._answers.take(self._place, self._question)
            self._earlier.extend(earlier if self._edited else ())
        self._typing = asyncio.create_task(self._type())

    async def send(self, reply: Reply) -> object:
        """Send a reply, or put it in the place of an earlier version's."""
        answer = self._earlier.popleft() if self._earlier else Answer(self._sender, self._place)
        answer.wanted = look(reply, self._sender.bot.username)
        if reply.in_place and self._pressed and self._place.message:
            answer.stand(self._place.message)
        await self._after_the_action()
        self._answers.keep(self._place, answer)
        await answer.show(anew=True)
        return answer

    async def edit(self, handle: object, reply: Reply) -> None:
        """Schedule an edit; only the newest state counts. Raises the SurfaceError of an earlier edit."""
        answer = cast("Answer", handle)
        if error := self._changed.setdefault(answer, None):
            raise error
        answer.wanted = look(reply, self._sender.bot.username)
        await self._edits.edit(answer, partial(self._show, answer))

    def spot(self, handle: object) -> str:
        """Write down the chat and the message."""
        answer = cast("Answer", handle)
        return replace(answer.place, message=answer.last).text if answer.last else ""

    async def done(self) -> None:
        """Stop typing, deliver the last edits, and delete what an edited question left over."""
        for task in (self._typing, self._action):
            if task:
                task.cancel()
        for answer in self._changed:
            await self._edits.flush(answer)
        for answer in self._earlier:
            await answer.delete()
        if error := next((error for error in self._changed.values() if error), None):
            raise error

    async def _show(self, answer: Answer) -> None:
        """Deliver an edit; what went wrong is kept for the next call."""
        try:
            await answer.show(patient=False)
        except SurfaceError as error:
            self._changed[answer] = error

    async def _type(self) -> None:
        """Repeat the chat action while it takes long."""
        await self._sender.calls.sleep(ACTION_AFTER)
        while True:
            self._action = asyncio.create_task(self._act())
            await self._sender.calls.sleep(ACTION_LASTS)

    async def _act(self) -> None:
        chat = self._sender.calls.now(self._place.chat)
        act = partial(self._sender.bot.send_chat_action, chat, ChatAction.TYPING, self._place.topic)
        await self._sender.calls.quick(act)

    async def _after_the_action(self) -> None:
        """Let an action under way arrive before the message."""
        if self._action and not self._action.done():
            await asyncio.wait({self._action}, timeout=ACTION_FIRST)
            self._action.cancel()
