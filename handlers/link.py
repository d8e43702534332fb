"""Join the accounts of one learner on two platforms."""

from collections.abc import AsyncIterator

from handlers import languages
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools


async def link(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Give a code, or take the one that another account got. In a group a code would be everyone's."""
    lang = await languages.setting(request, tools)
    linking = tools.learning.linking
    if request.chat:
        text = tools.texts(lang, "link.in_private")
    elif typed := request.text.strip():
        text = tools.texts(lang, f"link.{await linking.join(request.learner, typed)}")
    else:
        code = await linking.code(request.learner)
        text = tools.texts(lang, "link.code", code=code) if code else tools.texts(lang, "link.too_many")
    yield Reply(request.id, lang, (Text(text),), tone="settings", private=True)
