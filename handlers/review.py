"""What is due: served one by one; and the reminder of it."""

from collections.abc import AsyncIterator

from handlers import languages, quiz
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from handlers.study import Quiz
from knowledge.passages import Lang

MOST = 20  # questions of one review


async def review(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Ask what is due."""
    async for reply in begin(request, tools, await languages.setting(request, tools), ""):
        yield reply


async def begin(request: Request, tools: Tools, lang: Lang, _: str) -> AsyncIterator[Reply]:
    """Begin a review; with nothing due, say so and when something will be."""
    due = await count_due(request.learner, tools)
    started = Quiz(request.learner, request.chat, "review", "", min(max(due, 1), MOST), "", "", 0, lang, 0.0)
    yield await quiz.start(request, tools, started, tools.texts(lang, "review.begin", due=due) if due else "")


async def count_due(learner: str, tools: Tools) -> int:
    """Count the items whose time has come."""
    now, known = tools.learning.clock(), await tools.learning.study.known(learner)
    return sum(1 for item, memory in known.items() if memory.due <= now and item in tools.learning.bank.items)


def reminder(due: int, lang: Lang, tools: Tools) -> Reply:
    """Say, unasked, what is due; the first question is one tap away, and so is silence."""
    text = Text(tools.texts(lang, "reminder.one" if due == 1 else "reminder.text", due=due))
    first = Choice(f"r:{lang}:", tools.texts(lang, "reminder.start"))
    off = Choice(f"o:{lang}:remind.off", tools.texts(lang, "reminder.off"))
    return Reply("reminder", lang, (text, Choices((first, off))), data={"due": due}, tone="quiz")
