"""What is typed without a command: an answer to the open question, a wish for a quiz, or something to ask."""

from collections.abc import AsyncIterator, Callable

from handlers import languages, plain, quiz
from handlers.ask import ask
from handlers.demos import hearing
from handlers.messages import Reply, Request, Sources, Text
from handlers.ports import Tools
from handlers.study import Quiz
from knowledge.quiz.model import NotAnAnswer
from knowledge.text import words

Handler = Callable[[Request, Tools], AsyncIterator[Reply]]
GIVEN_AWAY = 0.75  # share of the right answer's words that a text may not hold
SHORTEST = 4  # letters of a word that tells something


async def listen(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Take what was typed."""
    current = await tools.learning.study.current(request.learner, request.chat)
    if current and current.open and (replies := await quiz.hear(request, tools, current)):
        pass
    elif current and not current.open and plain.goes_on(request.text):
        replies = quiz.go_on(request, tools, current)
    elif wanted := plain.quiz(request.text):
        replies = quiz.begin(request, tools, await languages.of_message(request, tools), wanted)
    else:
        replies = await hearing.hear(request, tools) or _shielded(request, tools, ask(request, tools), current)
    async for reply in replies:
        yield reply


def shielded(handler: Handler) -> Handler:
    """Let a command that shows passages give no open question away."""

    async def shown(request: Request, tools: Tools) -> AsyncIterator[Reply]:
        async for reply in guarded(request, tools, handler(request, tools)):
            yield reply

    return shown


async def guarded(request: Request, tools: Tools, replies: AsyncIterator[Reply]) -> AsyncIterator[Reply]:
    """Pass replies on; one that would give an open question away is held back: it is a quiz's."""
    current = await tools.learning.study.current(request.learner, request.chat)
    async for reply in _shielded(request, tools, replies, current):
        yield reply


async def _shielded(
    request: Request, tools: Tools, replies: AsyncIterator[Reply], current: Quiz | None
) -> AsyncIterator[Reply]:
    kept = current if current and current.open and current.item in tools.learning.bank.items else None
    async for reply in replies:
        if kept and gives_away(reply, kept, tools):
            yield quiz.held_back(request, kept, tools)
            return
        yield reply


def gives_away(reply: Reply, open_quiz: Quiz, tools: Tools) -> bool:
    """Tell whether a reply speaks of the open question's concept, or holds the words of its answer."""
    bank, lecture = tools.learning.bank, tools.knowledge.lecture
    item = bank.items[open_quiz.item]
    passages = [p for block in reply.of(Sources) for s in block.items if (p := lecture.passages.get(s.id))]
    if any(p.concept == item.concept or p.id in item.source.passages for p in passages):
        return True
    solved = bank.grade(item.id, open_quiz.lang, open_quiz.seed, bank.key(item.id, open_quiz.lang, open_quiz.seed))
    right = "" if isinstance(solved, NotAnAnswer) else solved.right
    telling = {word for word in words(right) if len(word) >= SHORTEST or word.isdigit()}
    shown = set(words(" ".join(block.markdown for block in reply.of(Text))))
    return bool(telling) and len(telling & shown) >= GIVEN_AWAY * len(telling) and not reply.refused
