"""Choices that ask for typed text. Pure.

What a later press or reply needs is carried by the message itself, as the address of an invisible link: Telegram gives
it back with the pressed message and with the message that was replied to, also after a restart; nothing is stored.
"""

from collections.abc import Iterable
from urllib.parse import parse_qs, urlencode, urlsplit

from telegram import Message, MessageEntity

from bot.platforms.telegram.html import link, quote
from handlers.messages import Choice

BASE = "https://t.me/"  # a tap on the invisible link would open the bot's own chat
INVISIBLE = "\u200b"  # zero width: a link needs a character to stand on
LONGEST_PROMPT = 300  # characters kept in an address
HINT = 64  # characters of a text field's hint (Bot API, input_field_placeholder)
CHOICE, PROMPT, PRESS = "choice", "ask", "press"


def marks(choices: Iterable[Choice], username: str) -> str:
    """Write the invisible links that go with the buttons which ask for text."""
    return "".join(
        _mark(username, {CHOICE: choice.id, PROMPT: choice.prompt[:LONGEST_PROMPT]})
        for choice in choices
        if choice.prompt
    )


def prompt_of(message: Message, choice: str) -> str:
    """Give what a pressed choice of this message asks for; "" when it asks for nothing."""
    return next((mark.get(PROMPT, "") for mark in _marks(message) if mark.get(CHOICE) == choice), "")


def question(choice: str, prompt: str, username: str, mention: tuple[int, str] | None = None) -> str:
    """Write the message that asks; in a group it names who is asked, for only they see the text field open."""
    who = f'<a href="tg://user?id={mention[0]}">{quote(mention[1])}</a>, ' if mention else ""
    return f"{_mark(username, {PRESS: choice})}{who}{quote(prompt)}"


def pressed(message: Message | None) -> str:
    """Give the choice that a reply to this message presses; "" when it isn't one of our questions."""
    return next((mark[PRESS] for mark in _marks(message) if PRESS in mark), "") if message else ""


def _mark(username: str, values: dict[str, str]) -> str:
    return link(f"{BASE}{username}?{urlencode(values)}", INVISIBLE)


def _marks(message: Message) -> Iterable[dict[str, str]]:
    for entity in message.entities or message.caption_entities:
        url = entity.url or ""
        if entity.type == MessageEntity.TEXT_LINK and url.startswith(BASE):
            yield {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
