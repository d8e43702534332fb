"""What a pressed choice does. Its id says it all (action:language:target), so it works after a restart.

Actions are one letter: a whole id must fit into Telegram's 64 bytes.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

from handlers import parts
from handlers.ask import best_for
from handlers.compose import Composer, code_blocks
from handlers.demos import pressing
from handlers.demos.words import by_concept
from handlers.errors import UnknownChoice
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from knowledge.kinds import Kind
from knowledge.passages import LANGS, Lang, Passage
from knowledge.questions import REMEMBERED, Context


async def press(request: Request, tools: Tools) -> AsyncIterator[Reply]:
    """Do what the pressed choice says. Raises UnknownChoice."""
    action, _, rest = request.press.partition(":")
    lang, _, target = rest.partition(":")
    if action == TRAIN and lang in LANGS:
        async for reply in pressing.pressed(request, tools, lang, target):
            yield reply
        return
    if lang not in LANGS or action not in ACTIONS:
        raise UnknownChoice
    composer = Composer(tools.knowledge.lecture, tools.texts, lang, demos=by_concept(tools.training.runner.specs))
    yield await ACTIONS[action](request, tools, composer, target)


async def show_passage(request: Request, tools: Tools, composer: Composer, target: str) -> Reply:
    """Show one passage, and remember that it was shown."""
    passage = tools.knowledge.lecture.passages.get(target)
    if passage is None:
        raise UnknownChoice
    context = await tools.conversations.context(request.learner, request.chat)
    shown = context.shown if context.concepts[:1] == (passage.concept,) else ()
    concepts = tuple(dict.fromkeys((passage.concept, *context.concepts)))[:REMEMBERED]
    title = passage.twins[composer.lang].title
    kept = Context(concepts, title, Kind.OPEN.value, passage.id, (*shown, passage.id))
    await tools.conversations.remember(request.learner, request.chat, kept)
    return passage_reply(request, composer, passage, shown)


def passage_reply(request: Request, composer: Composer, passage: Passage, shown: tuple[str, ...] = ()) -> Reply:
    """Compose a passage with its source and choices."""
    kind = Kind.FORMULA if passage.aspect == "formula" else Kind.OPEN
    blocks = (*composer.passage(passage, kind, shown), composer.sources([passage]), composer.choices(passage, shown))
    return Reply(request.id, composer.lang, blocks, title=passage.twins[composer.lang].title)


async def show_concept(request: Request, tools: Tools, composer: Composer, target: str) -> Reply:
    """Open a concept at its definition."""
    if target not in tools.knowledge.lecture.concepts:
        raise UnknownChoice
    return await show_passage(request, tools, composer, best_for(composer, target, Kind.DEFINE).id)


async def show_source(request: Request, tools: Tools, composer: Composer, target: str) -> Reply:
    """Say where a passage comes from."""
    passage = tools.knowledge.lecture.passages.get(target)
    if passage is None:
        raise UnknownChoice
    title = passage.twins[composer.lang].title
    text = composer.texts(composer.lang, "sources.of", title=title, source=composer.source_title(passage))
    reply = passage_reply(request, composer, passage)
    return replace(reply, blocks=(Text(text), composer.sources([passage]), composer.choices(passage)))


async def show_keras(request: Request, tools: Tools, composer: Composer, target: str) -> Reply:
    """Show a code passage's Keras example."""
    passage = tools.knowledge.lecture.passages.get(target)
    if passage is None or not passage.code:
        raise UnknownChoice
    choices = composer.choices(passage, library="keras")
    blocks = (*code_blocks(passage.code, "keras"), composer.sources([passage]), choices)
    return Reply(request.id, composer.lang, blocks, title=passage.twins[composer.lang].title)


async def show_part(request: Request, tools: Tools, composer: Composer, target: str) -> Reply:
    """Show a page of the map of concepts."""
    reply = parts.page(request, composer, target) if target else parts.overview(request, composer)
    return replace(reply, in_place=True)


async def set_language(request: Request, tools: Tools, composer: Composer, _: str) -> Reply:
    """Keep the learner's choice of language."""
    await tools.learners.choose_language(request.learner, composer.lang)
    return language_reply(request, composer, composer.lang)


def language_reply(request: Request, composer: Composer, lang: Lang) -> Reply:
    """Say, in it, which language was chosen."""
    text = Text(composer.texts(lang, "language.set"))
    return Reply(request.id, lang, (text,), tone="settings", private=True)


TRAIN = "t"  # demos: their choices begin runs, so they are streams
Action = Callable[[Request, Tools, Composer, str], Awaitable[Reply]]
ACTIONS: dict[str, Action] = {
    "p": show_passage,
    "c": show_concept,
    "s": show_source,
    "k": show_keras,
    "l": set_language,
    "m": show_part,
}
