"""Telegram's updates -> requests. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from telegram import CallbackQuery, Message, MessageEntity, PollAnswer, Update, User

from bot.platforms.telegram import prompts
from bot.platforms.telegram.places import Place, place_of
from handlers.messages import Request
from knowledge.text import fold

NAME = "telegram"
LEFT_OVER = " ,:;\n"  # what may stand between a mention and the question
_COMMAND = re.compile(r"/(\w+)(?:@(\w+))?")


@dataclass(frozen=True, slots=True)
class Me:
    """What tells a message for this bot from one for others."""

    id: int
    username: str
    commands: frozenset[str]  # folded names, in every language


def to_request(update: Update, me: Me) -> Request | None:
    """Translate a message, an edited one, or a press; None when it isn't for the bot. Votes: see `vote`."""
    if update.callback_query:
        return _press(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    return _message(update.update_id, message, me) if message else None


def vote(update_id: int, answer: PollAnswer, choices: Sequence[str], place: Place) -> Request | None:
    """Translate a vote; None for one that was taken back or that isn't a person's."""
    chosen = [choices[option] for option in answer.option_ids if option < len(choices)]
    if not chosen or answer.user is None or answer.user.is_bot:
        return None
    return _request(update_id, answer.user, place, press=chosen[0])


def _press(update_id: int, query: CallbackQuery) -> Request | None:
    if not query.data or query.message is None or query.from_user.is_bot:
        return None
    return _request(update_id, query.from_user, place_of(query.message), press=query.data)


def _message(update_id: int, message: Message, me: Me) -> Request | None:
    if message.from_user is None or message.from_user.is_bot or message.is_automatic_forward:
        return None
    text = text_for(message, me)
    if text is None:
        return None
    press = "" if _is_command(text, me) else prompts.pressed(_ours(message, me))
    return _request(update_id, message.from_user, place_of(message), text=text, press=press)


def _request(update_id: int, user: User, place: Place, text: str = "", press: str = "") -> Request:
    return Request(
        id=str(update_id),
        user=str(user.id),
        platform=NAME,
        text=text,
        press=press,
        chat=place.name,
        name=user.full_name,
        locale=user.language_code or "",
        delivery=str(update_id),
    )


def text_for(message: Message, me: Me) -> str | None:
    """Give what a message says to the bot, without its mention; None when it says nothing to it."""
    text = _without_mention(message, me)
    command = _COMMAND.match(text)
    if command and command[2]:
        mine = command[2].lower() == me.username.lower()
        return f"/{command[1]}{text[command.end() :]}" if mine else None
    if place_of(message).private:
        return text if text or _has_content(message) else None
    if command and not _ours(message, me):
        return text if _is_command(text, me) else None  # a bare command of another bot
    return text if _mentions(message, me) or _ours(message, me) else None


def _is_command(text: str, me: Me) -> bool:
    command = _COMMAND.match(text)
    return bool(command) and fold(command[1]) in me.commands if command else False


def _has_content(message: Message) -> bool:
    """Tell a picture or a sticker from a note of the service; an album counts once, by its caption."""
    return message.effective_attachment is not None and message.media_group_id is None


def _ours(message: Message, me: Me) -> Message | None:
    """Give the message of the bot that this one replies to; every message of a topic "replies" to its opening."""
    earlier = message.reply_to_message
    mine = earlier is not None and earlier.from_user is not None and earlier.from_user.id == me.id
    return earlier if earlier and mine and not earlier.forum_topic_created else None


def _mentions(message: Message, me: Me) -> list[MessageEntity]:
    found = message.parse_entities() if message.text else message.parse_caption_entities()
    return [entity for entity, text in found.items() if _is_me(entity, text, me)]


def _is_me(entity: MessageEntity, text: str, me: Me) -> bool:
    if entity.type == MessageEntity.TEXT_MENTION:
        return entity.user is not None and entity.user.id == me.id
    return entity.type == MessageEntity.MENTION and text.lower() == f"@{me.username}".lower()


def _without_mention(message: Message, me: Me) -> str:
    """Cut the mentions out; their places are counted in UTF-16 units."""
    text = (message.text or message.caption or "").encode("utf-16-le", "surrogatepass")
    mentions = _mentions(message, me)
    for entity in sorted(mentions, key=lambda e: e.offset, reverse=True):
        text = text[: 2 * entity.offset] + text[2 * (entity.offset + entity.length) :]
    rest = text.decode("utf-16-le", "replace")
    return rest.strip(LEFT_OVER) if mentions else rest.strip()
