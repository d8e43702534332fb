"""What a learner can set: asked and changed by buttons, or in words ("/config lembrete 19")."""

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

from handlers import languages
from handlers.errors import UnknownChoice
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from handlers.study import Preferences, zone
from knowledge.passages import Lang
from knowledge.text import fold

GOALS = (10, 20, 40)  # answers a week
HOURS = (8, 12, 19)
ZONES = ("America/Sao_Paulo", "America/Manaus", "Europe/Lisbon", "UTC")
Change = Callable[[Preferences, str], Preferences | None]  # None: the value isn't one

_SAID = {
    "remind": re.compile(
        r"(?:lembretes?|lembrar|reminders?|remind)\s+(?:as\s+|at\s+)?(?P<value>\d{1,2})(?:h|:00)?|(?:lembretes?|reminders?)\s+(?P<off>nao|off|desligad[oa]s?|no)"
    ),
    "goal": re.compile(r"(?:meta|goal)\s+(?P<value>\d{1,3})"),
    "zone": re.compile(r"(?:fuso|timezone|zone|zona)\s+(?P<value>\S+)"),
    "quiet": re.compile(
        r"(?:silencio|quiet)\s+(?:das\s+|from\s+)?(?P<value>\d{1,2}h?\s*(?:a|as|-|to|ate)?\s*\d{1,2})h?"
    ),
    "confidence": re.compile(r"(?:confianca|certeza|confidence)\s+(?P<value>sim|on|yes|nao|off|no)"),
    "ladder": re.compile(r"(?:dicas?|hints?)\s+(?P<value>sim|on|yes|nao|off|no)"),
}


async def settings(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Show the settings, or change the one that is named."""
    lang = await languages.setting(request, tools)
    if not request.text.strip():
        yield await _all(request, tools, lang)
        return
    found = _read(request.text)
    if found is None:
        yield await _all(request, tools, lang, "settings.not_understood")
        return
    yield await _change(request, tools, lang, *found)


async def pressed(request: Request, tools: Tools, lang: Lang, target: str) -> AsyncIterator[Reply]:
    """Change a setting by a press ("remind.19"). Raises UnknownChoice."""
    name, _, value = target.partition(".")
    if name not in CHANGES:
        raise UnknownChoice
    yield await _change(request, tools, lang, name, value)


def _read(text: str) -> tuple[str, str] | None:
    """Read "lembrete 19" as ("remind", "19")."""
    folded = " ".join(fold(text).split())
    for name, pattern in _SAID.items():
        if match := pattern.fullmatch(folded):
            value = match["value"] or "off"
            return name, text.rsplit(maxsplit=1)[-1] if name == "zone" else value
    return None


async def _change(request: Request, tools: Tools, lang: Lang, name: str, value: str) -> Reply:
    people = tools.learning.people
    changed = CHANGES[name](await people.preferences(request.learner), value)
    if changed is None:
        return await _all(request, tools, lang, "settings.not_understood")
    await people.prefer(request.learner, changed)
    return await _all(request, tools, lang, "settings.done")


def _hour(preferences: Preferences, value: str) -> Preferences | None:
    if value == "off":
        return replace(preferences, remind_hour=None)
    return replace(preferences, remind_hour=int(value)) if value.isdigit() and int(value) < 24 else None


def _goal(preferences: Preferences, value: str) -> Preferences | None:
    return replace(preferences, goal=int(value)) if value.isdigit() and 1 <= int(value) <= 500 else None


def _zone(preferences: Preferences, value: str) -> Preferences | None:
    return replace(preferences, zone=value) if value == "UTC" or str(zone(value)) == value else None


def _quiet(preferences: Preferences, value: str) -> Preferences | None:
    hours = [int(hour) for hour in re.findall(r"\d{1,2}", value)]
    if len(hours) != 2 or max(hours) > 23:
        return None
    return replace(preferences, quiet_from=hours[0], quiet_to=hours[1])


def _yes(value: str) -> bool:
    return value in ("sim", "on", "yes")


CHANGES: dict[str, Change] = {
    "remind": _hour,
    "goal": _goal,
    "zone": _zone,
    "quiet": _quiet,
    "confidence": lambda preferences, value: replace(preferences, confidence=_yes(value)),
    "ladder": lambda preferences, value: replace(preferences, ladder=_yes(value)),
}


async def _all(request: Request, tools: Tools, lang: Lang, key: str = "") -> Reply:
    """Show every setting and what it can be changed to."""
    texts, now = tools.texts, await tools.learning.people.preferences(request.learner)
    yes, no = texts(lang, "settings.yes"), texts(lang, "settings.no")
    remind = no if now.remind_hour is None else texts(lang, "settings.hour", hour=now.remind_hour)
    text = texts(
        lang, "settings.text", goal=now.goal, remind=remind, zone=now.zone or tools.learning.zone,
        quiet_from=now.quiet_from, quiet_to=now.quiet_to, confidence=yes if now.confidence else no,
        ladder=yes if now.ladder else no,
    )  # fmt: skip
    blocks = [Text(texts(lang, key))] if key else []
    choices = Choices(tuple(_choices(now, tools, lang)))
    return Reply(request.id, lang, (*blocks, Text(text), choices), tone="settings", private=True)


def _choices(now: Preferences, tools: Tools, lang: Lang) -> list[Choice]:
    def choice(name: str, value: object, key: str, **values: object) -> Choice:
        return Choice(f"o:{lang}:{name}.{value}", tools.texts(lang, key, **values))

    found = [choice("remind", hour, "settings.remind_at", hour=hour) for hour in HOURS if hour != now.remind_hour]
    found += [choice("remind", "off", "reminder.off")] if now.remind_hour is not None else []
    found += [choice("goal", goal, "settings.goal_of", goal=goal) for goal in GOALS if goal != now.goal]
    for name, on in (("confidence", now.confidence), ("ladder", now.ladder)):
        found.append(choice(name, "off" if on else "on", f"settings.{name}_{'off' if on else 'on'}"))
    return found
