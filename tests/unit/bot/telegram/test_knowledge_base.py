"""Everything that the tutor can show is read by Telegram's own parser, and fits."""

from collections.abc import Iterator

import pytest

from bot.platforms.telegram.html import length
from bot.platforms.telegram.looks import look
from bot.platforms.telegram.parts import CAPTION, DATA, TEXT, Album, Part, Picture, Words
from bot.texts import Catalogues
from handlers import overview, parts
from handlers.commands import Handler
from handlers.compose import Composer, code_blocks, figure_block, formula_block
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from handlers.press import passage_reply
from knowledge.passages import LANGS, Lang
from tests.integration.bot_world import mentions, parsed
from tests.unit.bot.telegram.helpers import BOT

REQUEST = Request("1", "ana", "telegram")


def check(part: Part) -> None:
    """Hold a message against what Telegram takes."""
    html = part.html if isinstance(part, Words) else part.caption if isinstance(part, Picture) else ""
    limit = TEXT if isinstance(part, Words) else CAPTION
    parsed(html)
    assert length(html) <= limit and mentions(html) == []
    rows = () if isinstance(part, Album) else part.rows
    assert all(0 < len(button.id.encode()) <= DATA and button.label for row in rows for button in row)


def replies(tools: Tools, lang: Lang) -> Iterator[Reply]:
    """Compose every passage, example, figure and formula."""
    lecture = tools.knowledge.lecture
    composer = Composer(lecture, tools.texts, lang)
    for passage in lecture.passages.values():
        yield passage_reply(REQUEST, composer, passage)
        if passage.code:
            yield Reply("k", lang, tuple(code_blocks(passage.code, "keras")))
    for concept in lecture.concepts.values():
        if concept.figure:
            yield Reply("f", lang, (figure_block(concept.figure, lang), composer.choices(passage)))
        if concept.formula:
            yield Reply("g", lang, (formula_block(concept.formula, lang),))
    for one, two in zip(lecture.concepts.values(), list(lecture.concepts.values())[1:], strict=False):
        yield Reply("c", lang, tuple(composer.side_by_side(one, two)))


@pytest.mark.parametrize("lang", LANGS)
def test_every_answer_can_be_shown(tools: Tools, lang: Lang) -> None:
    shown = [part for reply in replies(tools, lang) for part in look(reply, BOT)]
    for part in shown:
        check(part)
    assert len(shown) > len(tools.knowledge.lecture.passages)


@pytest.mark.parametrize("lang", LANGS)
def test_every_text_of_the_catalogue_can_be_shown(lang: Lang) -> None:
    catalogue = Catalogues()._catalogues[lang]
    for text in catalogue._catalog.values():  # type: ignore[attr-defined]
        for part in look(Reply("1", lang, (Text(str(text)),)), BOT):
            check(part)


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_of_the_map_can_be_shown(tools: Tools, lang: Lang) -> None:
    composer = Composer(tools.knowledge.lecture, tools.texts, lang)
    for section in parts.SECTIONS:
        for part in look(parts.page(REQUEST, composer, section), BOT):
            check(part)


@pytest.mark.parametrize("command", [overview.help_, overview.concepts, overview.timeline, overview.language])
async def test_every_overview_can_be_shown(tools: Tools, command: Handler) -> None:
    shown = [part async for reply in command(REQUEST, tools) for part in look(reply, BOT)]
    for part in shown:
        check(part)
    assert shown
