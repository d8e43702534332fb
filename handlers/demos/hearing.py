"""What is typed without a command, where it is about a demo: plain words, a share code, a file."""

from collections.abc import AsyncIterator, Callable

from handlers import languages
from handlers.demos import command, words
from handlers.messages import Reply, Request
from handlers.ports import Tools

CAPTION = 60  # characters under a file that say no more than what it is
Handler = Callable[[Request, Tools], AsyncIterator[Reply]]


def before(handler: Handler) -> Handler:
    """Let a handler have what asks for no demo."""

    async def heard(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        async for reply in await hear(request, tools) or handler(request, tools):
            yield reply

    return heard


async def hear(request: Request, tools: Tools) -> AsyncIterator[Reply] | None:
    """Give the replies to what asks for a demo; None for anything else."""
    if words.shared(request.text) or command.spoken(request, tools):
        return _spoken(request, tools)
    if request.files and (not request.text.strip() or await _waited_for(request, tools)):
        return command.sent(request, tools)
    return None


async def _waited_for(request: Request, tools: Tools) -> bool:
    """Tell whether a file with some words under it is for the learner's last demo, and not beside a question."""
    latest = await tools.training.runs.latest(request.learner, request.chat)
    spec = tools.training.runner.specs.get(latest.demo) if latest else None
    return spec is not None and command.takes_files(spec) and len(request.text) <= CAPTION


async def _spoken(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    lang = await languages.of_message(request, tools)
    wanted = command.spoken(request, tools)
    replies = command.want(request, tools, lang, wanted) if wanted else command.replay(request, tools, lang)
    async for reply in replies:
        yield reply
