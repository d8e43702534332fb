"""Which question comes next: what a topic in a learner's words means, and what of it to ask."""

import random

from handlers.ports import Tools
from handlers.study import Quiz
from knowledge.quiz import topics

LENGTH = 5  # questions of a quiz that says no number
RECENT = 20  # last answers that are looked at
APART = ","  # between the concepts of a topic


def topic_of(said: str, tools: Tools) -> str | None:
    """Name the concepts or the section that a learner asks for; "" is everything, None what isn't asked about."""
    linker = tools.knowledge.understanding.linker
    found = topics.find(said.replace(APART, " "), tools.learning.bank, tools.knowledge.lecture, linker)
    if found is None or found.name in ("", *topics.SECTIONS):
        return found.name if found else None
    return APART.join(found.concepts)


def of_topic(topic: str, tools: Tools) -> list[str]:
    """Give the items of concepts or a section; of "" all."""
    names = topic.split(APART)
    items = tools.learning.bank.items.values()
    return [item.id for item in items if topic == "" or item.concept in names or item.section in names]


async def next_item(quiz: Quiz, tools: Tools) -> str | None:
    """Choose the next question of a quiz; None where there is none."""
    learning = tools.learning
    items, recent = of_topic(quiz.topic, tools), await _recent(quiz, tools)
    if quiz.mode == "test":
        order = learning.chooser.hardest(items, len(items), random.Random(f"{quiz.learner}{quiz.topic}"))
        return next((item for item in order if item not in recent[: quiz.done + len(quiz.skipped)]), None)
    known = await learning.study.known(quiz.learner)
    if quiz.mode == "review":
        items = [item for item in items if item in known and known[item].due <= learning.clock()]
    return learning.chooser.next(items, known, recent, learning.clock(), random.Random(learning.chance.seed()))


async def _recent(quiz: Quiz, tools: Tools) -> list[str]:
    """Name what was asked last, the newest first: what was skipped, then what was answered."""
    answered = [answer.item for answer in await tools.learning.study.recent(quiz.learner, RECENT)]
    return [*reversed(quiz.skipped), *answered]
