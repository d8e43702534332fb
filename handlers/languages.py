"""Which language to answer in."""

from handlers.messages import Request
from handlers.ports import Tools
from knowledge.passages import Lang


async def setting(request: Request, tools: Tools) -> Lang:
    """Give the learner's language: chosen, else the client's, else Portuguese."""
    chosen = await tools.learners.language(request.learner)
    if chosen:
        return chosen
    return "en" if request.locale.lower().startswith("en") else "pt"


async def of_message(request: Request, tools: Tools) -> Lang:
    """Give the language that the message is written in; where it doesn't tell, the setting."""
    return tools.knowledge.understanding.language_of(request.text, await setting(request, tools))
