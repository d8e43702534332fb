"""The table of commands, the commands that show what there is, and the language setting."""

import pytest

from handlers import commands, languages, overview
from handlers.commands import COMMANDS, Command, Handler
from handlers.errors import Busy, NotReady, TutorError, UnknownChoice, UnknownCommand
from handlers.messages import Choices, Reply, Request, Sources, Text
from handlers.ports import Tools

ANA = Request("1", "ana", "shell")


async def run(handler: Handler, tools: Tools, text: str = "", locale: str = "") -> Reply:
    [reply] = [r async for r in handler(Request("1", "ana", "shell", text, locale=locale), tools)]
    return reply


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("/quiz cnn 3", ("quiz", "cnn 3")),
        ("/Língua  en ", ("lingua", "en")),
        ("/help@sinapse_bot", ("help", "")),
        ("oi", None), ("/", None), ("/ oi", None), ("/3", None), ("//x", None), ("", None), (" /help", None),
    ],
)  # fmt: skip
def test_a_command_is_a_slash_and_a_name(text: str, parsed: tuple[str, str] | None) -> None:
    assert commands.parse(text) == parsed


def test_every_command_works_in_both_languages() -> None:
    table = commands.index()
    assert all(table[c.pt] is table[c.en] is c.handler for c in COMMANDS) and table["start"] is commands.START


@pytest.mark.parametrize("name", ["help", "stop", "parar", "start", "ajuda"])
def test_two_commands_of_one_name_fail_at_start(name: str) -> None:
    with pytest.raises(ValueError, match=f"/{name}"):
        commands.index([*COMMANDS, Command("novo", name, overview.help_)])


def test_a_command_may_be_called_the_same_in_both_languages() -> None:
    assert "quiz" in commands.index([Command("quiz", "quiz", overview.help_)])


@pytest.mark.parametrize("command", [*(c.pt for c in COMMANDS), "parar"])
def test_every_command_is_described_in_both_languages(tools: Tools, command: str) -> None:
    assert tools.texts("pt", f"command.{command}") != tools.texts("en", f"command.{command}")


@pytest.mark.parametrize("error", [Busy, NotReady, UnknownChoice, TutorError])
def test_every_error_has_its_text_in_both_languages(tools: Tools, error: type[TutorError]) -> None:
    assert tools.texts("pt", error.key) != tools.texts("en", error.key)


def test_an_error_keeps_what_its_text_needs() -> None:
    assert UnknownCommand(name="x").values == {"name": "x"}


async def test_help_names_the_commands_and_offers_starters(tools: Tools) -> None:
    reply = await run(overview.help_, tools)
    assert "/conceitos" in reply.of(Text)[0].markdown and len(reply.of(Choices)[0].items) == 5


async def test_the_map_is_short_and_leads_to_every_part(tools: Tools) -> None:
    reply = await run(overview.concepts, tools, locale="en")
    sections = {c.section for c in tools.knowledge.lecture.concepts.values()}
    assert {c.id for c in reply.of(Choices)[0].items} == {f"m:en:{section}" for section in sections}
    assert reply.of(Choices)[0].menu and "**History** (" in reply.of(Text)[1].markdown
    assert sum(len(text.markdown) for text in reply.of(Text)) < 1200


async def test_the_timeline_is_shown_with_its_source(tools: Tools) -> None:
    reply = await run(overview.timeline, tools)
    assert reply.of(Sources)[0].items[0].id.startswith("linha-do-tempo.")


@pytest.mark.parametrize("wanted", ["en", " English "])
async def test_a_named_language_is_set_at_once(tools: Tools, wanted: str) -> None:
    reply = await run(overview.language, tools, wanted)
    assert reply.lang == "en" and await tools.learners.language("shell:ana") == "en"


async def test_going_back_to_portuguese_is_said_in_portuguese(tools: Tools) -> None:
    await tools.learners.choose_language("shell:ana", "en")
    assert (await run(overview.language, tools, "português")).of(Text)[0].markdown.startswith("Pronto: falo português")


@pytest.mark.parametrize("text", ["", "francês"])
async def test_no_language_or_an_unknown_one_is_asked_for(tools: Tools, text: str) -> None:
    reply = await run(overview.language, tools, text)
    assert [(c.id, c.label) for c in reply.of(Choices)[0].items] == [
        ("l:pt:set", "Português"),
        ("l:en:set", "English"),
    ]


async def test_the_chosen_language_goes_before_the_clients(tools: Tools) -> None:
    await tools.learners.choose_language("shell:ana", "pt")
    assert await languages.setting(Request("1", "ana", "shell", locale="en-US"), tools) == "pt"


@pytest.mark.parametrize(("locale", "lang"), [("en-US", "en"), ("PT-br", "pt"), ("fr", "pt"), ("", "pt")])
async def test_without_a_choice_the_clients_language_counts_then_the_tutors(
    tools: Tools, locale: str, lang: str
) -> None:
    assert await languages.setting(Request("1", "ana", "shell", locale=locale), tools) == lang


@pytest.mark.parametrize(("text", "lang"), [("what is a neural network?", "en"), ("o que é rede neural?", "pt")])
async def test_a_message_tells_its_own_language(tools: Tools, text: str, lang: str) -> None:
    assert await languages.of_message(Request("1", "ana", "shell", text), tools) == lang


async def test_a_lecture_with_its_own_parts_has_a_map(tools: Tools) -> None:
    from dataclasses import replace

    lecture = tools.knowledge.lecture
    concept = replace(lecture.concepts["gan"], section="anexo")

    class Other:
        pass

    other = Other()
    other.lecture = replace(lecture, concepts={"gan": concept})  # type: ignore[attr-defined]
    assert await run(overview.concepts, replace(tools, knowledge=other))  # type: ignore[arg-type]


async def test_a_link_opens_its_concept(tools: Tools) -> None:
    reply = await run(overview.start, tools, "cnn")
    assert reply.of(Sources)[0].items[0].id == "cnn.definition"


@pytest.mark.parametrize("payload", ["", "none", "-_-", "CNN OR 1=1"])
async def test_a_start_without_a_concept_is_help(tools: Tools, payload: str) -> None:
    assert (await run(overview.start, tools, payload)).title == "Como posso ajudar"


@pytest.mark.parametrize("text", ["", "en"])
async def test_the_language_setting_is_private(tools: Tools, text: str) -> None:
    reply = await run(overview.language, tools, text)
    assert (reply.tone, reply.private) == ("settings", True)


async def test_the_overviews_have_titles(tools: Tools) -> None:
    assert (await run(overview.concepts, tools, locale="en")).title == "The map of concepts"
    assert "linha do tempo" in (await run(overview.timeline, tools)).title.lower()
