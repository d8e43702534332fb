"""Which question comes next: what a topic in a learner's words means, and what of it to ask."""

import re

from handlers.ports import Tools
from handlers.study import Quiz
from knowledge.quiz.model import Item
from knowledge.text import fold, words

LENGTH = 5  # questions of a quiz that says no number
RECENT = 20  # last answers that are looked at


def topic_of(said: str, tools: Tools) -> str | None:
    """Find the concept or the section that a learner names; "" for none named, None for one that isn't asked about."""
    if not words(said):
        return ""
    bank = tools.learning.bank
    sections = {item.section for item in bank.items.values()}
    asked = {item.concept for item in bank.items.values()}
    slug = re.sub(r"\s+", "-", fold(said).strip())
    if slug in asked or slug in sections:
        return slug
    concepts = tools.knowledge.lecture.concepts
    named = [slug] if slug in concepts else tools.knowledge.understanding.linker.concepts(said)
    found = [c for c in named if c in asked] or [concepts[c].section for c in named if concepts[c].section in sections]
    return found[0] if found else None


def of_topic(topic: str, tools: Tools) -> list[Item]:
    """Give the items of a concept or a section; of "" all."""
    items = tools.learning.bank.items.values()
    return [item for item in items if topic in ("", item.concept, item.section)]


async def next_item(quiz: Quiz, tools: Tools) -> str | None:
    """Choose the next question of a quiz; None where there is none."""
    learning = tools.learning
    known = await learning.study.known(quiz.learner)
    recent = [answer.item for answer in await learning.study.recent(quiz.learner, RECENT)]
    last = [quiz.item, *recent] if quiz.item else recent
    candidates = of_topic(quiz.topic, tools)
    now = learning.clock()
    if quiz.mode == "review":
        candidates = [item for item in candidates if item.id in known and known[item.id].due <= now]
    fresh = [item for item in candidates if item.id not in last[:10]] or [i for i in candidates if i.id != quiz.item]
    fresh = fresh or ([] if quiz.mode == "review" else candidates)
    if not fresh:
        return None
    if quiz.mode == "test":
        return max(fresh, key=lambda item: item.difficulty).id
    due = [item for item in fresh if item.id in known and known[item.id].due <= now]
    new = [item for item in fresh if item.id not in known]
    weak = sorted((item for item in fresh if item.id in known), key=lambda item: known[item.id].recall)
    new.sort(key=lambda item: (item.difficulty, learning.chance.seed()))
    return (due or new or weak)[0].id
