"""Did a message arrive whose answer got lost on the way?

The Bot API can't be asked what is in a chat. But message ids count up, and an edit that changes nothing is refused with
"message is not modified": so the few ids after the last one known are tried with the very same content.
"""

from collections import deque
from collections.abc import Awaitable, Callable

from telegram import error as telegram

from bot.platforms.telegram import faults

CHATS = 1000  # chats whose last messages are remembered
IDS = 50  # of each
AHEAD = 4  # ids tried; the bot's private chats share one count, so a busy bot's message may be further on
Edit = Callable[[int], Awaitable[object]]


class Recovery:
    """Knows the last messages of each chat, and looks for one more."""

    def __init__(self) -> None:
        """Begin with no chat."""
        self._ids: dict[int, deque[int]] = {}  # the chat that was last heard of last
        self._unsure: set[int] = set()  # chats with a message that may or may not be there

    def note(self, chat: int, message: int) -> None:
        """Remember a message of a chat, the bot's or another's."""
        ids = self._ids.pop(chat, None) or deque(maxlen=IDS)
        ids.append(message)
        self._ids[chat] = ids
        if len(self._ids) > CHATS:
            del self._ids[next(iter(self._ids))]

    def last(self, chat: int) -> int:
        """Give the newest message's id; 0 where none is known."""
        return max(self._ids.get(chat, ()), default=0)

    async def find(self, chat: int, after: int, edit: Edit) -> int | None:
        """Look for a message among the ids after one; `edit` tries to give a message the content it should have."""
        if not after or chat in self._unsure:  # two lost ones might be taken for each other
            return None
        self._unsure.add(chat)
        try:
            for message in range(after + 1, after + 1 + AHEAD):
                if message not in self._ids.get(chat, ()) and await _is_it(message, edit):
                    return message
            return None
        finally:
            self._unsure.discard(chat)


async def _is_it(message: int, edit: Edit) -> bool:
    try:
        await edit(message)
    except telegram.TelegramError as error:
        return faults.is_unchanged(error)
    return True
