"""Real objects of python-telegram-bot, made from the JSON that Telegram would send."""

from typing import Any

from telegram import Message, Update

from bot.platforms.telegram.requests import Me

BOT = "SinapseTestBot"
ME = Me(4242, BOT, frozenset({"ajuda", "help", "quiz", "start", "parar", "stop"}))
PERSON = {"id": 7, "is_bot": False, "first_name": "Ana", "last_name": "Lima", "language_code": "pt-br"}
MYSELF = {"id": 4242, "is_bot": True, "first_name": "Sinapse", "username": BOT}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ana"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Turma"}


def message_json(text: str | None = "oi", chat: dict[str, Any] = PRIVATE, **more: Any) -> dict[str, Any]:
    content = {} if text is None else {"text": text}
    return {"message_id": 5, "date": 1, "chat": chat, "from": PERSON} | content | more


def mention(text: str, name: str = f"@{BOT}") -> list[dict[str, Any]]:
    """Mark a mention, in UTF-16 units as Telegram does."""
    offset = len(text[: text.index(name)].encode("utf-16-le")) // 2
    return [{"type": "mention", "offset": offset, "length": len(name)}]


def update(**content: Any) -> Update:
    found = Update.de_json({"update_id": 99} | content, None)
    assert found
    return found


def message(text: str | None = "oi", chat: dict[str, Any] = PRIVATE, **more: Any) -> Message:
    found = update(message=message_json(text, chat, **more)).message
    assert found
    return found
