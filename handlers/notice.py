"""The first contact: two lines on what is kept and why, once for each learner."""

from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import aclosing
from dataclasses import replace
from typing import cast

from handlers.messages import Reply, Request, Text
from handlers.ports import Tools

Handler = Callable[[Request, Tools], AsyncIterator[Reply]]


def first_contact(handler: Handler) -> Handler:
    """Let a handler's first reply to a new learner end with what is kept of them."""

    async def told(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        new = await tools.learning.people.greet(request.learner)
        first = ""
        async with aclosing(cast("AsyncGenerator[Reply]", handler(request, tools))) as replies:
            async for reply in replies:
                first = first or reply.key
                yield _with_notice(reply, tools) if new and reply.key == first else reply

    return told


def _with_notice(reply: Reply, tools: Tools) -> Reply:
    lines = tools.texts(reply.lang, "privacy.notice").splitlines()
    return replace(reply, blocks=(*reply.blocks, *(Text(f"_{line}_") for line in lines)))
