"""What a press does: those that go on with something are here, those that show something in `press.py`."""

from collections.abc import AsyncIterator, Callable

from handlers import listen, press, privacy, progress, quiz, review, settings
from handlers.errors import UnknownChoice
from handlers.messages import Reply, Request
from handlers.plain import Wanted
from handlers.ports import Tools
from knowledge.passages import LANGS, Lang

Stream = Callable[[Request, Tools, Lang, str], AsyncIterator[Reply]]


async def pressed(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Do what the pressed choice says. Raises UnknownChoice."""
    action, _, rest = request.press.partition(":")
    lang, _, target = rest.partition(":")
    if action in STREAMS and lang in LANGS:
        replies = STREAMS[action](request, tools, lang, target)
    elif action in STREAMS:
        raise UnknownChoice
    elif action == press.TRAIN:
        replies = press.press(request, tools)
    else:
        replies = listen.guarded(request, tools, press.press(request, tools))
    async for reply in replies:
        yield reply


def _quiz(request: Request, tools: Tools, lang: Lang, topic: str) -> AsyncIterator[Reply]:
    return quiz.begin(request, tools, lang, Wanted(topic))


STREAMS: dict[str, Stream] = {
    "a": quiz.pressed,
    "g": progress.show,
    "o": settings.pressed,
    "q": _quiz,
    "r": review.begin,
    "v": privacy.pressed,
}
