"""`python -m bot ask`: one question, its answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from bot import rendering
from bot.app import App
from bot.platforms.stdio import to_dict
from handlers.messages import Reply, Request
from knowledge.passages import Lang


@dataclass
class CollectingSurface:
    """Keeps the replies; a later one with the same key takes the earlier one's place."""

    replies: dict[str, Reply] = field(default_factory=dict)
    impatient: bool = False

    async def working(self) -> None:
        """Need not be shown."""

    async def send(self, reply: Reply) -> object:
        """Keep a reply."""
        self.replies[reply.key] = reply
        return reply.key

    async def edit(self, handle: object, reply: Reply) -> None:
        """Keep its newest state."""
        self.replies[reply.key] = reply

    def spot(self, handle: object) -> str:
        """Give none: what was written stays."""
        return ""

    async def done(self) -> None:
        """Nothing is left to do."""


async def ask(tutor: App, question: str, user: str, lang: Lang) -> list[Reply]:
    """Ask the tutor one message."""
    surface = CollectingSurface()
    await tutor.dispatcher.run(Request(uuid4().hex[:8], user, "shell", question, locale=lang, scripted=True), surface)
    return list(surface.replies.values())


def merged(replies: Sequence[Reply]) -> dict[str, Any]:
    """Join the replies into one object of the stdio protocol's shape."""
    rows = [to_dict(None, reply) for reply in replies]
    first = rows[0]
    return {
        **first,
        "text": "\n\n".join(row["text"] for row in rows),
        "refused": all(row["refused"] for row in rows),
        **{key: [item for row in rows for item in row[key]] for key in ("sources", "choices", "figures")},
    }


def text(replies: Sequence[Reply]) -> str:
    """Join the replies as Markdown, with pictures as paths and choices as suggestions."""
    parts = []
    for reply in replies:
        parts.append(rendering.markdown(reply))
        parts += [f"[{figure.alt}]({figure.light})" for figure in rendering.figures(reply)]
        parts += [" · ".join(labels)] if (labels := [c.label for c in rendering.choices(reply)]) else []
    return "\n\n".join(parts)
