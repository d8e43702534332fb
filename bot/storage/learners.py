"""What learners chose, and what their conversations were about."""

import json
import time
from collections import OrderedDict
from dataclasses import fields, replace
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import writing
from bot.storage.direct import lane
from bot.storage.sqlite import insert
from bot.storage.tables import conversations, learners
from knowledge.passages import LANGS, Lang
from knowledge.questions import Context

REMEMBERED = 5000  # conversations whose last question is in memory
# Made once: putting a statement together takes longer than SQLite needs to execute it.
_LANGUAGE = sa.select(learners.c.language).where(learners.c.learner == sa.bindparam("learner"))
_CONTEXT = sa.select(conversations.c.context).where(
    conversations.c.learner == sa.bindparam("learner"), conversations.c.chat == sa.bindparam("chat")
)
_NEW = insert(conversations)
_REMEMBER = _NEW.on_conflict_do_update(
    ["learner", "chat"], set_={"context": _NEW.excluded.context, "at": _NEW.excluded.at}
)


class StoredLearners:
    """Implements `handlers.ports.Learners`."""

    def __init__(self, engine: AsyncEngine) -> None:
        """Use an open database."""
        self._engine = engine

    async def language(self, learner: str) -> Lang | None:
        """Give the chosen language, or None."""
        for row in await lane(self._engine).read(_LANGUAGE, {"learner": learner}):
            if row["language"] in LANGS:
                return cast("Lang", row["language"])
        return None

    async def choose_language(self, learner: str, lang: Lang) -> None:
        """Keep the choice."""
        statement = insert(learners).values(learner=learner, language=lang)
        async with writing(self._engine) as connection:
            await connection.execute(statement.on_conflict_do_update(["learner"], set_={"language": lang}))


class StoredConversations:
    """Implements `handlers.ports.Conversations`. What was asked is written down only if the host wants it so."""

    def __init__(self, engine: AsyncEngine, keep_questions: bool = False) -> None:
        """Use an open database."""
        self._engine, self._keep_questions = engine, keep_questions
        self._asked: OrderedDict[tuple[str, str], str] = OrderedDict()  # follow-ups need it for minutes

    async def context(self, learner: str, chat: str) -> Context:
        """Give the context, empty for a new conversation."""
        rows = await lane(self._engine).read(_CONTEXT, {"learner": learner, "chat": chat})
        if not rows:
            return Context()
        context = from_json(rows[0]["context"])
        return context if context.question else replace(context, question=self._asked.get((learner, chat), ""))

    async def remember(self, learner: str, chat: str, context: Context) -> None:
        """Keep the context."""
        if not self._keep_questions:
            self._note(learner, chat, context.question)
            context = replace(context, question="")
        values = {"context": to_json(context), "at": time.time()}
        await lane(self._engine).change(_REMEMBER, {"learner": learner, "chat": chat, **values})

    def forget(self, learner: str) -> None:
        """Forget what a learner asked."""
        for key in [key for key in self._asked if key[0] == learner]:
            del self._asked[key]

    def _note(self, learner: str, chat: str, question: str) -> None:
        """Remember the latest question of a conversation, as long as the program runs."""
        self._asked.pop((learner, chat), None)
        self._asked[learner, chat] = question
        if len(self._asked) > REMEMBERED:
            self._asked.popitem(last=False)


def to_json(context: Context) -> str:
    """Write a context down."""
    return json.dumps({f.name: getattr(context, f.name) for f in fields(context)}, ensure_ascii=False)


def from_json(text: str) -> Context:
    """Read a stored context; fields of another version are left out."""
    data: dict[str, Any] = json.loads(text)
    known: dict[str, Any] = {
        k: tuple(v) if isinstance(v, list) else v for k, v in data.items() if k in Context.__dataclass_fields__
    }
    return Context(**known)
