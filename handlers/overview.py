"""The commands that show what there is: help, the map of concepts, the timeline; and the language setting."""

from collections.abc import AsyncIterator

from handlers import languages, parts
from handlers.ask import ask, best_for
from handlers.compose import Composer
from handlers.messages import Choice, Choices, Reply, Request, Text
from handlers.ports import Tools
from handlers.press import language_reply, show_concept, show_passage
from knowledge.kinds import Kind
from knowledge.passages import LANGS, Lang
from knowledge.text import fold

NAMES: dict[str, Lang] = {"pt": "pt", "port": "pt", "en": "en", "ing": "en"}  # how a language's name begins


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
    """Show the parts of the lecture, or open the concept that was named."""
    if request.text.strip():
        async for reply in _named(request, tools):
            yield reply
        return
    yield parts.overview(request, await _composer(request, tools))


async def _named(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Open a concept by its id; any other words are a question."""
    if request.text.strip() not in tools.knowledge.lecture.concepts:
        async for reply in ask(request, tools):
            yield reply
        return
    yield await show_concept(request, tools, await _composer(request, tools), request.text.strip())


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
