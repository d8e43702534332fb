"""Where in Telegram something was said: a chat, its topic, a message. Pure."""

from dataclasses import dataclass
from typing import Self

from telegram import MaybeInaccessibleMessage, Message
from telegram.constants import ChatType


@dataclass(frozen=True, slots=True)
class Place:
    """Where to answer."""

    chat: int
    topic: int | None = None
    message: int | None = None  # the message asked, to reply to
    private: bool = True

    @property
    def name(self) -> str:
        """Name the chat for the handlers; "" for a private one."""
        if self.private:
            return ""
        return f"{self.chat}:{self.topic}" if self.topic else str(self.chat)

    @property
    def text(self) -> str:
        """Write it down, to be read by `read`."""
        return f"{self.chat}:{self.topic or ''}:{self.message or ''}:{'private' if self.private else 'group'}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read what `text` gave."""
        chat, topic, message, kind = text.split(":")
        return cls(int(chat), int(topic) if topic else None, int(message) if message else None, kind == "private")


def place_of(message: MaybeInaccessibleMessage) -> Place:
    """Give a message's place. Replies have a thread id too: only a forum's topic counts."""
    topic = None
    if isinstance(message, Message) and message.is_topic_message:
        topic = message.message_thread_id
    return Place(message.chat.id, topic, message.message_id, message.chat.type == ChatType.PRIVATE)
