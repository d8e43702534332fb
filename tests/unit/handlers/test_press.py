"""What a pressed choice does."""

import pytest

from handlers.errors import UnknownChoice
from handlers.messages import Choices, Code, Formula, Reply, Request, Sources, Text
from handlers.ports import Tools
from handlers.pressing import pressed as press


async def pressed(tools: Tools, choice: str) -> Reply:
    [reply] = [r async for r in press(Request("1", "ana", "shell", press=choice), tools)]
    return reply


@pytest.mark.parametrize(
    "choice",
    [
        "", "x", "show", "dance:pt:gan", "p:fr:gan.who", "p:pt:none", "c:pt:none", "s:pt:none",
        "k:pt:none", "k:pt:gan.who", "p:pt:", ":::", "p:pt:\ud800", "m:pt:none", "m:pt:futuro:9", "m:pt:futuro:0",
    ],
)  # fmt: skip
async def test_a_choice_that_is_not_known_is_an_error(tools: Tools, choice: str) -> None:
    with pytest.raises(UnknownChoice):
        await pressed(tools, choice)


async def test_a_passage_is_shown_in_the_choices_language(tools: Tools) -> None:
    reply = await pressed(tools, "p:en:gan.who")
    assert reply.lang == "en" and reply.of(Sources)[0].items[0].id == "gan.who"


async def test_a_concept_opens_at_its_definition(tools: Tools) -> None:
    assert (await pressed(tools, "c:pt:gan")).of(Sources)[0].items[0].id == "gan.definition"


async def test_what_was_shown_is_remembered_for_follow_ups(tools: Tools) -> None:
    await pressed(tools, "c:pt:gan")
    await pressed(tools, "p:pt:gan.who")
    context = await tools.conversations.context("shell:ana", "")
    assert (context.concepts[0], context.shown) == ("gan", ("gan.definition", "gan.who"))


async def test_another_concept_begins_a_new_list_of_what_was_shown(tools: Tools) -> None:
    await pressed(tools, "c:pt:gan")
    await pressed(tools, "c:pt:perceptron")
    context = await tools.conversations.context("shell:ana", "")
    assert (context.concepts, context.shown) == (("perceptron", "gan"), ("perceptron.definition",))


async def test_the_source_of_a_passage_is_told(tools: Tools) -> None:
    reply = await pressed(tools, "s:pt:gan.definition")
    assert "slide" in reply.of(Text)[0].markdown and reply.of(Choices)


async def test_keras_code_is_shown_beside_pytorch(tools: Tools) -> None:
    reply = await pressed(tools, "k:pt:gan.code")
    assert [c.caption for c in reply.of(Code)] == ["Keras"] and "GAN" in reply.title


async def test_under_keras_code_the_first_choice_leads_to_pytorch(tools: Tools) -> None:
    there = (await pressed(tools, "k:pt:gan.code")).of(Choices)[0].items[0]
    assert there.label == "em PyTorch" and (await pressed(tools, there.id)).of(Code)[0].caption == "PyTorch"


async def test_a_formula_passage_shows_the_formula(tools: Tools) -> None:
    lecture = tools.knowledge.lecture
    passage = next(
        p for p in lecture.passages.values() if p.aspect == "formula" and lecture.concepts[p.concept].formula
    )
    assert (await pressed(tools, f"p:pt:{passage.id}")).of(Formula)


@pytest.mark.parametrize("lang", ["pt", "en"])
async def test_a_pressed_language_is_kept(tools: Tools, lang: str) -> None:
    reply = await pressed(tools, f"l:{lang}:set")
    assert reply.lang == lang and await tools.learners.language("shell:ana") == lang
    assert (reply.tone, reply.private) == ("settings", True)


async def test_every_choice_under_every_kind_of_reply_can_be_pressed(tools: Tools) -> None:
    first = await pressed(tools, "c:pt:cnn")
    for choice in first.of(Choices)[0].items:
        assert (await pressed(tools, choice.id)).blocks


async def test_the_pages_of_a_part_show_each_of_its_concepts_once(tools: Tools) -> None:
    choice, seen = "m:pt:arquiteturas", []
    while choice:
        reply = await pressed(tools, choice)
        concepts, ways = reply.of(Choices)
        seen += [item.id.split(":")[2] for item in concepts.items]
        assert len(concepts.items) <= 24 and reply.title.startswith("Arquiteturas (")
        choice = next((way.id for way in ways.items if way.label.startswith("Próxima")), "")
    expected = [c.id for c in tools.knowledge.lecture.concepts.values() if c.section == "arquiteturas"]
    assert sorted(seen) == sorted(expected)


async def test_from_a_page_one_goes_back_and_to_all_parts(tools: Tools) -> None:
    ways = {way.label: way.id for way in (await pressed(tools, "m:en:arquiteturas:2")).of(Choices)[1].items}
    assert ways["‹ Previous"] == "m:en:arquiteturas" and ways["All parts"] == "m:en:"
    assert (await pressed(tools, ways["All parts"])).title == "The map of concepts"
