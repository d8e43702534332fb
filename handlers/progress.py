"""What a learner knows, as a picture and in words; and their last answers."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime

from handlers import languages, streak
from handlers.messages import Choice, Choices, Reply, Request, Table, Text
from handlers.parts import SECTIONS
from handlers.ports import Texts, Tools
from handlers.study import Answered, Bar, Known, Learning, Overview, Preferences
from knowledge.passages import Lang
from knowledge.quiz.bank import Bank

FORECAST = 30  # days
SHOWN, LISTED = 10, 500  # answers in the text, and for machines
PROMPT = 90  # characters of a question in the history


async def progress(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Show what the learner knows."""
    lang = await languages.setting(request, tools)
    async for reply in show(request, tools, lang, ""):
        yield reply


async def show(request: Request, tools: Tools, lang: Lang, _: str) -> AsyncIterator[Reply]:
    """Show what the learner knows, in a language."""
    learning = tools.learning
    known = await learning.study.known(request.learner)
    overview = await _overview(request.learner, tools, known, lang)
    words = told(overview, tools.texts, lang)
    title, choices = tools.texts(lang, "progress.title"), Choices(tuple(_choices(overview, tools, lang)))
    data = {"mastery": mastery(known, learning.bank), "due": overview.due, "streak": overview.streak}
    if known:
        figure = await learning.charts.progress(overview, " ".join(words.replace("**", "").split()), lang)
        yield Reply(request.id, lang, (figure, Text(words), choices), data=data, tone="progress", title=title)
    else:
        text = Text(tools.texts(lang, "progress.nothing"))
        yield Reply(request.id, lang, (text, choices), data=data, tone="progress", title=title)


def _choices(overview: Overview, tools: Tools, lang: Lang) -> list[Choice]:
    review = [Choice(f"r:{lang}:", tools.texts(lang, "progress.review"))] if overview.due else []
    return [*review, Choice(f"q:{lang}:", tools.texts(lang, "quiz.new"))]


async def _overview(learner: str, tools: Tools, known: Mapping[str, Known], lang: Lang) -> Overview:
    learning = tools.learning
    preferences = await learning.people.preferences(learner)
    days, today = await learning.study.days(learner), learning.today(preferences)
    week = streak.week(days, today)
    bars = tuple(_bars(known, tools, lang))
    return Overview(
        bars,
        sum(bar.due for bar in bars),
        await learning.study.forecast(learner, FORECAST),
        streak.streak(days, today, preferences.goal).days,
        week.minutes,
        week.answers,
        preferences.goal,
    )


def _bars(known: Mapping[str, Known], tools: Tools, lang: Lang) -> list[Bar]:
    """Sum up each part of the lecture that has questions."""
    now, bars = tools.learning.clock(), []
    sections = dict.fromkeys((*SECTIONS, *(item.section for item in tools.learning.bank.items.values())))
    for section in sections:
        items = [item.id for item in tools.learning.bank.items.values() if item.section == section]
        if items:
            seen = [known[item] for item in items if item in known]
            title = tools.texts(lang, f"section.{section}") if section in SECTIONS else section
            due = sum(1 for memory in seen if memory.due <= now)
            bars.append(Bar(title, sum(memory.recall for memory in seen) / len(items), due, bool(seen)))
    return bars


def mastery(known: Mapping[str, Known], bank: Bank) -> dict[str, float]:
    """Give the mean predicted recall, today, over all items of each concept that something was answered of."""
    recalls: dict[str, list[float]] = {}
    for item in bank.items.values():
        recalls.setdefault(item.concept, []).append(known[item.id].recall if item.id in known else 0.0)
    met = {bank.items[item].concept for item in known if item in bank.items}
    return {concept: round(sum(found) / len(found), 4) for concept, found in recalls.items() if concept in met}


def told(overview: Overview, texts: Texts, lang: Lang) -> str:
    """Say in words all that the picture shows."""
    lines = [
        texts(lang, "progress.told_bar_due" if bar.due else "progress.told_bar", title=bar.title, due=bar.due,
              share=round(100 * bar.mastery))
        for bar in overview.bars if bar.seen
    ]  # fmt: skip
    parts = [texts(lang, "progress.told", due=overview.due, streak=overview.streak, minutes=overview.minutes,
                   answers=overview.answers, goal=overview.goal), "\n".join(f"- {line}" for line in lines)]  # fmt: skip
    if overview.forecast:
        today, last = (round(100 * overview.forecast[at]) for at in (0, -1))
        days = len(overview.forecast) - 1
        parts.append(texts(lang, "progress.told_forecast", today=today, last=last, days=days))
    return "\n\n".join(parts)


async def history(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Show the last answers."""
    lang = await languages.setting(request, tools)
    answers = await tools.learning.study.recent(request.learner, LISTED)
    total = await tools.learning.study.total(request.learner)
    rows = [
        {"item": a.item, "correct": a.correct, "at": datetime.fromtimestamp(a.at, UTC).isoformat()} for a in answers
    ]
    data = {"answers": rows, "total": total}
    title = tools.texts(lang, "history.title")
    if not answers:
        text = Text(tools.texts(lang, "history.nothing"))
        choices = Choices((Choice(f"q:{lang}:", tools.texts(lang, "quiz.new")),))
        yield Reply(request.id, lang, (text, choices), data=data, tone="progress", title=title)
        return
    text = Text(tools.texts(lang, "history.intro", shown=min(SHOWN, len(answers)), total=total))
    header = tuple(tools.texts(lang, f"history.{column}") for column in ("when", "question", "result"))
    preferences = await tools.learning.people.preferences(request.learner)
    table = Table(header, tuple(_row(a, tools.learning, preferences, lang) for a in answers[:SHOWN]))
    yield Reply(request.id, lang, (text, table), data=data, tone="progress", title=title)


def _row(answer: Answered, learning: Learning, preferences: Preferences, lang: Lang) -> tuple[str, str, str]:
    when = learning.local(answer.at, preferences)
    known = answer.item in learning.bank.items
    asked = learning.bank.present(answer.item, lang, answer.seed).prompt if known else answer.item
    mark = "✓" if answer.correct else "✗"
    day = when.strftime("%d/%m %H:%M") if lang == "pt" else when.strftime("%b %d, %H:%M")
    return day, asked if len(asked) <= PROMPT else asked[: PROMPT - 1] + "…", mark
