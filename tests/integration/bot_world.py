"""Telegram as a bot sees it, small: chats, messages, updates, and the refusals of the real one. No network here."""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import tdjson

TOKEN = "4242:test-token"
ME = {"id": 4242, "is_bot": True, "first_name": "Sinapse", "username": "SinapseTestBot"}
TEXT, CAPTION, DATA, BUTTONS = 4096, 1024, 64, 100
WHOLE = {"chat_id", "message_thread_id", "message_id", "timeout", "offset"}
Json = dict[str, Any]


def _td(request: Json) -> Json:
    answer: Json = json.loads(tdjson.td_execute(json.dumps(request).encode()) or b"{}")
    return answer


_td({"@type": "setLogVerbosityLevel", "new_verbosity_level": 0})


def parsed(html: str) -> tuple[str, list[Json]]:
    """Read HTML with TDLib's own parser. Raises Refusal."""
    answer = _td({"@type": "parseTextEntities", "text": html, "parse_mode": {"@type": "textParseModeHTML"}})
    if answer["@type"] == "error":
        raise Refusal(400, f"Bad Request: {answer['message'][0].lower()}{answer['message'][1:]}")
    return answer["text"], answer["entities"]


def mentions(html: str) -> list[str]:
    """List who a text would ping: names found in it, outside code, and links to people."""
    text, entities = parsed(html)
    units = text.encode("utf-16-le")
    code = [(e["offset"], e["offset"] + e["length"]) for e in entities if "Code" in e["type"]["@type"]]
    code += [(e["offset"], e["offset"] + e["length"]) for e in entities if "Pre" in e["type"]["@type"]]
    found = _td({"@type": "getTextEntities", "text": text})["entities"]
    found = [e for e in found if not any(a <= e["offset"] < b for a, b in code)] + entities
    named = [e for e in found if e["type"]["@type"] in ("textEntityTypeMention", "textEntityTypeMentionName")]
    return [units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le") for e in named]


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Refusal(Exception):
    """The answer to a call that isn't done."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        self.code, self.description, self.parameters = code, description, parameters
        super().__init__(description)

    @property
    def body(self) -> Json:
        more = {"parameters": self.parameters} if self.parameters else {}
        return {"ok": False, "error_code": self.code, "description": self.description} | more


class Dropped(Exception):
    """The connection breaks; before the call is done, or after it."""


@dataclass(frozen=True)
class Fault:
    """What happens to a call instead."""

    refusal: Refusal | None = None  # None: the connection breaks
    done: bool = False  # after the call was done


@dataclass(frozen=True)
class Called:
    """A call, as it came."""

    method: str
    values: Json
    at: float


@dataclass
class Chat:
    """A chat and its messages, deleted ones gone."""

    json: Json
    messages: dict[int, Json] = field(default_factory=dict)
    gone: Refusal | None = None  # why the bot can't write there
    topics: set[int] = field(default_factory=set)


class World:
    """Learners, chats, updates; `call` is the Bot API."""

    def __init__(self) -> None:
        self.chats: dict[int, Chat] = {}
        self.calls: list[Called] = []
        self.updates: list[Json] = []
        self.again: list[Json] = []
        self.faults: dict[str, deque[Fault]] = defaultdict(deque)
        self.commands: dict[str, list[Json]] = {}
        self.webhook: Json = {}
        self.queries: dict[str, bool] = {}  # presses, and whether they were answered
        self.token = TOKEN
        self.asked = 0  # calls of getUpdates: the bot takes updates
        self._ids, self._update, self._file = 100, 1000, 0
        self._last: Json = {}
        self._polls: dict[str, tuple[int, int]] = {}
        self._files: dict[str, bytes] = {}
        self._changed = asyncio.Condition()

    # what learners do

    def private(self, user: int, **more: Any) -> Chat:
        """Give a learner's private chat."""
        return self.chats.setdefault(user, Chat({"id": user, "type": "private", "first_name": f"user{user}"} | more))

    def group(self, chat: int = -1001, forum: bool = False) -> Chat:
        """Give a supergroup."""
        json = {"id": chat, "type": "supergroup", "title": "Turma", "is_forum": forum}
        return self.chats.setdefault(chat, Chat(json))

    def person(self, user: int, **more: Any) -> Json:
        return {"id": user, "is_bot": False, "first_name": f"user{user}", "language_code": "pt-br"} | more

    async def say(self, user: int, text: str, chat: int | None = None, **more: Any) -> Json:
        """Let a learner write; gives the message."""
        home = self.group(chat) if chat else self.private(user)
        message = self._message(home, self.person(user), {"text": text, "entities": _entities(text)} | more)
        await self.bring({"message": message})
        return message

    async def edit(self, message: Json, text: str, **more: Any) -> None:
        """Let a learner edit a message."""
        changed = message | {"text": text, "entities": _entities(text), "edit_date": int(time.time())} | more
        self.chats[message["chat"]["id"]].messages[message["message_id"]] = changed
        await self.bring({"edited_message": changed})

    async def press(self, user: int, message: Json, data: str) -> str:
        """Let a learner press a button; gives the query's id."""
        query = f"query{len(self.queries)}"
        self.queries[query] = False
        press = {"id": query, "from": self.person(user), "message": message, "chat_instance": "1", "data": data}
        await self.bring({"callback_query": press})
        return query

    async def vote(self, user: int, message: Json, *options: int) -> None:
        """Let a learner vote."""
        answer = {"poll_id": message["poll"]["id"], "user": self.person(user), "option_ids": list(options)}
        await self.bring({"poll_answer": answer | {"option_persistent_ids": [str(o) for o in options]}})

    async def bring(self, update: Json) -> None:
        """Put an update into the queue."""
        self._update += 1
        async with self._changed:
            self._last = {"update_id": self._update} | update
            self.updates.append(self._last)
            self._changed.notify_all()

    async def repeat(self) -> None:
        """Bring the last update once more."""
        async with self._changed:
            self.again.append(self._last)
            self._changed.notify_all()

    def fail(self, method: str, *faults: Fault | Refusal | None) -> None:
        """Let the next calls of a method go wrong; None breaks the connection."""
        self.faults[method] += [f if isinstance(f, Fault) else Fault(f) for f in faults]

    def note(self, chat: int, content: Json) -> Json:
        """Give a note of the service in a group."""
        return self._message(self.group(chat), self.person(1), content)

    def forget_files(self) -> None:
        """Make every file's id invalid."""
        self._files.clear()

    # what tests look at

    def sent(self, chat: int) -> list[Json]:
        """List the bot's messages in a chat as they are now."""
        return [m for m in self.chats[chat].messages.values() if m["from"]["id"] == ME["id"]]

    def called(self, *methods: str) -> list[Called]:
        """List the calls of some methods."""
        return [call for call in self.calls if call.method in methods]

    async def notify(self) -> None:
        """Let those who wait look again."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, condition: Any, seconds: float = 30) -> None:
        """Wait until a condition holds after some call."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)

    # the Bot API

    async def call(self, method: str, values: dict[str, str], files: dict[str, bytes] | None = None) -> Any:
        """Do a call. Raises Refusal and Dropped."""
        given = {name: _value(name, value) for name, value in values.items()} | {"files": files or {}}
        if method != "getUpdates":
            self.calls.append(Called(method, given, time.monotonic()))
        fault = self.faults[method].popleft() if self.faults[method] else None
        try:
            if fault and not fault.done:
                raise fault.refusal or Dropped
            result = await getattr(self, _snake(method), self._anything)(given)
            if fault:
                raise Dropped
            return result
        finally:
            await self.notify()

    async def _anything(self, _: Json) -> bool:
        return True

    async def _get_me(self, _: Json) -> Json:
        return ME | {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": False}

    async def _set_my_commands(self, v: Json) -> bool:
        names = [c["command"] for c in v["commands"]]
        if len(names) > 100 or not all(1 <= len(n) <= 32 and n.isascii() and n.islower() for n in names):
            raise Refusal(400, "Bad Request: BOT_COMMAND_INVALID")
        if not all(1 <= len(c["description"]) <= 256 for c in v["commands"]):
            raise Refusal(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands[v.get("language_code", "")] = v["commands"]
        return True

    async def _set_webhook(self, v: Json) -> bool:
        self.webhook = v
        return True

    async def _delete_webhook(self, _: Json) -> bool:
        self.webhook = {}
        return True

    async def _get_updates(self, v: Json) -> list[Json]:
        self.updates = [u for u in self.updates if u["update_id"] >= v.get("offset", 0)]  # the others are confirmed
        self.asked += 1
        await self.notify()

        def waiting() -> list[Json]:
            return [*self.again, *self.updates[:100]]

        try:
            async with asyncio.timeout(v.get("timeout", 0)), self._changed:
                await self._changed.wait_for(waiting)
        except TimeoutError:
            return []
        found, self.again = list(waiting()), []
        return found

    async def _send_chat_action(self, v: Json) -> bool:
        self._open(v)
        return True

    async def _answer_callback_query(self, v: Json) -> bool:
        if self.queries.get(v["callback_query_id"], True):
            raise Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
        self.queries[v["callback_query_id"]] = True
        return True

    async def _send_message(self, v: Json) -> Json:
        return self._post(v, self._text(v))

    async def _send_photo(self, v: Json) -> Json:
        return self._post(v, self._picture(v, "photo", v.get("photo", "")))

    async def _send_animation(self, v: Json) -> Json:
        return self._post(v, self._picture(v, "animation", v.get("animation", "")))

    async def _send_document(self, v: Json) -> Json:
        [content] = v["files"].values()
        if not content:
            raise Refusal(400, "Bad Request: file must be non-empty")
        self._file += 1
        document = {"file_id": f"file{self._file}", "file_unique_id": f"u{self._file}", "file_size": len(content)}
        return self._post(v, {"document": document})

    async def _send_media_group(self, v: Json) -> list[Json]:
        if not 2 <= len(v["media"]) <= 10:
            raise Refusal(400, "Bad Request: wrong number of media in the album")
        found = [self._picture(v | m, m["type"], m.get("media", "")) for m in v["media"]]
        return [self._post(v, content | {"media_group_id": "1"}) for content in found]

    async def _send_poll(self, v: Json) -> Json:
        options = [o if isinstance(o, dict) else {"text": o} for o in v["options"]]
        if not 2 <= len(options) <= 12 or not all(1 <= units(o["text"]) <= 100 for o in options):
            raise Refusal(400, "Bad Request: poll options length must not exceed 100")
        if not 1 <= units(v["question"]) <= 300:
            raise Refusal(400, "Bad Request: poll question length must not exceed 300")
        note = v.get("explanation") or ""
        if units(note) > 200 or note.count("\n") > 2:
            raise Refusal(400, "Bad Request: explanation is too long")
        if "correct_option_id" in v:
            raise Refusal(400, "Bad Request: correct_option_id is deprecated")
        content = {"poll": self._poll(v, options)}
        message = self._post(v, content)
        self._polls[content["poll"]["id"]] = (message["chat"]["id"], message["message_id"])
        return message

    def _poll(self, v: Json, options: list[Json]) -> Json:
        described = [{"text": o["text"], "voter_count": 0, "persistent_id": str(n)} for n, o in enumerate(options)]
        return {
            "id": f"poll{len(self._polls)}", "question": v["question"], "options": described, "total_voter_count": 0,
            "is_closed": False, "is_anonymous": v.get("is_anonymous", True), "type": v.get("type", "regular"),
            "allows_multiple_answers": False, "allows_revoting": False, "members_only": False,
            "correct_option_ids": v.get("correct_option_ids", []), "explanation": v.get("explanation"),
        }  # fmt: skip

    async def _edit_message_text(self, v: Json) -> Json:
        message = self._mine(v)
        if "text" not in message:
            raise Refusal(400, "Bad Request: there is no text in the message to edit")
        return self._change(message, v, self._text(v))

    async def _edit_message_caption(self, v: Json) -> Json:
        message = self._mine(v)
        if "photo" not in message and "animation" not in message:
            raise Refusal(400, "Bad Request: there is no caption in the message to edit")
        return self._change(message, v, self._caption(v))

    async def _edit_message_media(self, v: Json) -> Json:
        message = self._mine(v)
        content = self._picture(v | v["media"], v["media"]["type"], v["media"].get("media", ""))
        for name in ("text", "entities", "photo", "animation", "caption"):
            message.pop(name, None)
        return self._change(message, v, content)

    async def _delete_message(self, v: Json) -> bool:
        chat = self._open(v)
        if v["message_id"] not in chat.messages:
            raise Refusal(400, "Bad Request: message to delete not found")
        del chat.messages[v["message_id"]]
        return True

    # its parts

    def _open(self, v: Json) -> Chat:
        chat = self.chats.get(v["chat_id"])
        if chat is None:
            raise Refusal(400, "Bad Request: chat not found")
        if chat.gone:
            raise chat.gone
        if v.get("message_thread_id") and v["message_thread_id"] not in chat.topics:
            raise Refusal(400, "Bad Request: message thread not found")
        return chat

    def _mine(self, v: Json) -> Json:
        message = self._open(v).messages.get(v["message_id"])
        if message is None:
            raise Refusal(400, "Bad Request: message to edit not found")
        if message["from"]["id"] != ME["id"]:
            raise Refusal(400, "Bad Request: message can't be edited")
        return message

    def _post(self, v: Json, content: Json) -> Json:
        chat, more = self._open(v), {}
        if reply := v.get("reply_parameters"):
            earlier = chat.messages.get(reply["message_id"])
            if earlier is None and not reply.get("allow_sending_without_reply"):
                raise Refusal(400, "Bad Request: message to be replied not found")
            more = {"reply_to_message": earlier} if earlier else {}
        if topic := v.get("message_thread_id"):
            more |= {"message_thread_id": topic, "is_topic_message": True}
        return self._message(chat, ME, content | more | _markup(v))

    def _message(self, chat: Chat, author: Json, content: Json) -> Json:
        self._ids += 1
        message = {"message_id": self._ids, "date": int(time.time()), "chat": chat.json, "from": author} | content
        chat.messages[self._ids] = message
        return message

    def _change(self, message: Json, v: Json, content: Json) -> Json:
        before = json.dumps(message, sort_keys=True)
        message |= content
        message.pop("reply_markup", None)  # an edit without a keyboard removes it
        message |= _markup(v)
        if json.dumps(message, sort_keys=True) == before:
            raise Refusal(400, "Bad Request: message is not modified: specified new message content and reply markup "
                               "are exactly the same as a current content and reply markup of the message")  # fmt: skip
        return message

    def _text(self, v: Json) -> Json:
        text, entities = _formatted(v, v.get("text", ""))
        if not text.strip():
            raise Refusal(400, "Bad Request: message text is empty")
        if units(text) > TEXT:
            raise Refusal(400, "Bad Request: message is too long")
        return {"text": text, "entities": entities}

    def _caption(self, v: Json) -> Json:
        text, entities = _formatted(v, v.get("caption") or "")
        if units(text) > CAPTION:
            raise Refusal(400, "Bad Request: message caption is too long")
        return {"caption": text, "caption_entities": entities} if text else {}

    def _picture(self, v: Json, kind: str, file: str) -> Json:
        content, files = None, v["files"]
        if file in self._files:
            content = self._files[file]
        elif file.startswith("attach://") or kind in files:
            content = files[file.removeprefix("attach://") if file.startswith("attach://") else kind]
        if not content or not content.startswith((b"\x89PNG", b"GIF8", b"\xff\xd8")):
            raise Refusal(400, "Bad Request: wrong file identifier/HTTP URL specified")
        self._file += 1
        self._files[f"file{self._file}"] = content
        size = {"file_id": f"file{self._file}", "file_unique_id": f"u{self._file}", "width": 10, "height": 10}
        shown = {"photo": [size]} if kind == "photo" else {"animation": size | {"duration": 1}}
        return shown | self._caption(v)


def _snake(method: str) -> str:
    return "_" + re.sub(r"[A-Z]", lambda capital: "_" + capital[0].lower(), method)


def _value(name: str, value: str) -> Any:
    if not isinstance(value, str):
        return value
    if name in WHOLE:
        return int(value)
    if name in ("text", "caption", "question", "explanation", "callback_query_id"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _formatted(v: Json, text: str) -> tuple[str, list[Json]]:
    text.encode("utf-8")  # a lone surrogate can't be sent
    if v.get("parse_mode") != "HTML":
        return text.strip(), []
    shown, entities = parsed(text)
    return shown.strip(), [*_bot_entities(entities)]


def _bot_entities(entities: list[Json]) -> Iterator[Json]:
    names = {
        "Bold": "bold", "Italic": "italic", "Strikethrough": "strikethrough", "Code": "code", "Pre": "pre",
        "PreCode": "pre", "TextUrl": "text_link", "BlockQuote": "blockquote", "MentionName": "text_mention",
        "ExpandableBlockQuote": "expandable_blockquote",
    }  # fmt: skip
    for entity in entities:
        kind = entity["type"]["@type"].removeprefix("textEntityType")
        more = {"url": entity["type"]["url"]} if kind == "TextUrl" else {}
        if kind == "MentionName":
            more = {"user": {"id": entity["type"]["user_id"], "is_bot": False, "first_name": "x"}}
        yield {"type": names[kind], "offset": entity["offset"], "length": entity["length"]} | more


def _entities(text: str) -> list[Json]:
    """Find commands and mentions as Telegram's clients do."""
    kinds = {"textEntityTypeBotCommand": "bot_command", "textEntityTypeMention": "mention"}
    found = _td({"@type": "getTextEntities", "text": text}).get("entities", [])
    return [
        {"type": kinds[e["type"]["@type"]], "offset": e["offset"], "length": e["length"]}
        for e in found
        if e["type"]["@type"] in kinds
    ]


def _markup(v: Json) -> Json:
    markup = v.get("reply_markup")
    if not markup or "force_reply" in markup:
        return {}
    buttons = [button for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > BUTTONS or not all(1 <= len(b["callback_data"].encode()) <= DATA for b in buttons):
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if not all(b["text"].strip() for b in buttons):
        raise Refusal(400, "Bad Request: inline keyboard button text is empty")
    return {"reply_markup": markup}
