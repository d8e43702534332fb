"""Which language to answer in."""

from handlers.messages import Request
from handlers.ports import Tools
from knowledge.passages import LANGS, Lang


async def setting(request: Request, tools: Tools) -> Lang:
    """Give the learner's language: chosen, else the client's, else the tutor's."""
    return await tools.learners.language(request.learner) or of_client(request, tools)


def of_client(request: Request, tools: Tools) -> Lang:
    """Give the language of the learner's client, else the tutor's."""
    client = request.locale.lower()[:2]
    return client if client in LANGS else tools.language


async def of_message(request: Request, tools: Tools) -> Lang:
    """Give the language that the message is written in; where it doesn't tell, the setting."""
    return tools.knowledge.understanding.language_of(request.text, await setting(request, tools))
