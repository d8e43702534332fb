"""The commands that show what there is: help, the map of concepts, the timeline; and the language setting."""

from collections.abc import AsyncIterator
from itertools import groupby

from handlers import languages
from handlers.ask import ask, best_for
from handlers.compose import Composer
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from handlers.press import language_reply, show_concept, show_passage
from knowledge.kinds import Kind
from knowledge.passages import LANGS, Concept, Lang
from knowledge.text import fold

SECTIONS = ("fundamentos", "aprendizado", "arquiteturas", "historia", "pessoas", "tecnologias", "futuro", "saiba-mais")
NAMES: dict[str, Lang] = {"pt": "pt", "port": "pt", "en": "en", "ing": "en"}  # how a language's name begins
MAIN_FROM = 6  # passages that make a concept one of the map's main ones


async def _composer(request: Request, tools: Tools) -> Composer:
    return Composer(tools.knowledge.lecture, tools.texts, await languages.setting(request, tools))


async def help_(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Say what the tutor does and how to ask."""
    composer = await _composer(request, tools)
    choices = composer.starters()
    text = Text(composer.texts(composer.lang, "help.text"))
    yield Reply(request.id, composer.lang, (text, choices), title=composer.texts(composer.lang, "help.title"))


async def start(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Open the concept that a link named ("/start cnn"); without one, or with an unknown one, help."""
    composer = await _composer(request, tools)
    if request.text in composer.lecture.concepts:
        yield await show_concept(request, tools, composer, request.text)
        return
    async for reply in help_(request, tools):
        yield reply


async def concepts(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """List the concepts by part of the lecture, or open the one that was named."""
    if request.text.strip():
        async for reply in _named(request, tools):
            yield reply
        return
    composer = await _composer(request, tools)
    known = {section: n for n, section in enumerate(SECTIONS)}
    everything = sorted(composer.lecture.concepts.values(), key=lambda c: (known.get(c.section, len(known)), c.section))
    paragraphs = [composer.texts(composer.lang, "concepts.intro", count=len(everything))]
    for section, group in groupby(everything, key=lambda c: c.section):
        names = ", ".join(sorted(c.titles[composer.lang] for c in group))
        title = composer.texts(composer.lang, f"section.{section}") if section in known else section
        paragraphs.append(f"**{title}**: {names}")
    main = [c for c in everything if len(c.passages) >= MAIN_FROM and c.kind != "person"]
    choices = Choices(tuple(composer.concept_choice(c.id) for c in _spread(main)))
    title = composer.texts(composer.lang, "concepts.title")
    yield Reply(request.id, composer.lang, (*(Text(p) for p in paragraphs), choices), title=title)


async def _named(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Open a concept by its id; any other words are a question."""
    if request.text.strip() not in tools.knowledge.lecture.concepts:
        async for reply in ask(request, tools):
            yield reply
        return
    yield await show_concept(request, tools, await _composer(request, tools), request.text.strip())


def _spread(main: list[Concept], most: int = 8) -> list[Concept]:
    """Pick a few, one of each part before a second of any."""
    seen: dict[str, int] = {}
    ranked = []
    for concept in main:
        seen[concept.section] = seen.get(concept.section, 0) + 1
        ranked.append((seen[concept.section], concept))
    return [c for _, c in sorted(ranked, key=lambda pair: pair[0])][:most]


async def timeline(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Show the history from 1943 to 2019."""
    composer = await _composer(request, tools)
    yield await show_passage(request, tools, composer, best_for(composer, "linha-do-tempo", Kind.LIST).id)


async def language(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Let the learner choose the language, or set the one named in the command."""
    composer = await _composer(request, tools)
    wanted = next((NAMES[name] for name in NAMES if fold(request.text.strip()).startswith(name)), None)
    if wanted:
        await tools.learners.choose_language(request.learner, wanted)
        yield language_reply(request, composer, wanted)
        return
    items = tuple(Choice(f"l:{g}:set", composer.texts(g, "language.name")) for g in LANGS)
    text = Text(composer.texts(composer.lang, "language.ask"))
    yield Reply(request.id, composer.lang, (text, Choices(items)), tone="settings", private=True)
