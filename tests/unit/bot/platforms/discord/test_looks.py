"""Replies as cards: within Discord's limits whatever is in them, nothing lost, nothing that pings."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from simcord.components import validate_components, validate_embeds

from bot.platforms.discord import limits, looks, marks, payloads
from bot.platforms.discord.parts import Menu, Message
from handlers.compose import Composer
from handlers.messages import (
    Block,
    Choice,
    Choices,
    Code,
    Figure,
    Formula,
    Note,
    Poll,
    Progress,
    Reply,
    Source,
    Sources,
    Table,
    Text,
)
from handlers.ports import Tools
from knowledge.kinds import Kind
from knowledge.passages import LANGS

PICTURE = Path("knowledge/figures/png/gan.pt.dark.png")
FIGURE = Figure(PICTURE, PICTURE, "duas redes")
SOURCES = Sources("Fonte", (Source("a", "slide “GAN”"), Source("b", "slide “GAN”")))
PINGS = ("@everyone", "@here", "<@", "<#", "</")


def reply(*blocks: Block, **fields: object) -> Reply:
    return Reply("1", "pt", blocks, **fields)  # type: ignore[arg-type]


def one(*blocks: Block, **fields: object) -> Message:
    [message] = looks.messages(reply(*blocks, **fields))
    return message


async def check(messages: tuple[Message, ...]) -> None:
    """Let simcord judge as Discord would; and what it doesn't count the way Discord might."""
    for message in messages:
        embeds = [payloads.embed(card).to_dict() for card in message.cards]
        validate_embeds(embeds)
        validate_components(payloads.view(message).to_components())
        assert sum(marks.size(text) for embed in embeds for text in texts(embed)) <= limits.EMBED_TOTAL
        assert marks.size(message.content) <= limits.CONTENT and len(message.pictures) <= limits.FILES
        assert message.content or message.cards
        labels = [b.label for row in message.rows for b in (row.options if isinstance(row, Menu) else row)]
        for text in [*(t for e in embeds for t in texts(e)), message.content, *labels]:
            assert not any(ping in text for ping in PINGS)


def texts(embed: dict[str, object]) -> list[str]:
    fields: list[dict[str, str]] = embed.get("fields", [])  # type: ignore[assignment]
    footer: dict[str, str] = embed.get("footer", {})  # type: ignore[assignment]
    plain = [str(embed.get("title") or ""), str(embed.get("description") or ""), footer.get("text", "")]
    return plain + [text for field in fields for text in (field["name"], field["value"])]


def test_an_answer_is_one_card_with_title_text_picture_and_footer() -> None:
    [card] = one(Text("Uma **GAN**."), FIGURE, SOURCES, title="O que é uma GAN").cards
    assert (card.title, card.text, card.footer) == ("O que é uma GAN", "Uma **GAN**.", "Fonte: slide “GAN”")
    assert card.picture and (card.picture.name, card.picture.alt) == ("sinapse-1.png", "duas redes")


@pytest.mark.parametrize("tone", looks.COLOURS)
def test_each_kind_of_reply_has_its_colour(tone: str) -> None:
    assert one(Text("x"), tone=tone).cards[0].colour == looks.COLOURS[tone]  # type: ignore[index]
    assert len(set(looks.COLOURS.values())) == len(looks.COLOURS)


def test_a_refusal_without_a_tone_looks_like_one() -> None:
    assert one(Text("x"), refused=True).cards[0].colour == looks.COLOURS["refusal"]


def test_a_second_picture_gets_its_own_card_below() -> None:
    first, second = one(Text("a"), FIGURE, Text("b"), FIGURE, Text("c")).cards
    assert (first.text, second.text) == ("a\n\nb", "c")
    assert [c.picture.name for c in (first, second) if c.picture] == ["sinapse-1.png", "sinapse-2.png"]


def test_a_short_comparison_stands_side_by_side_and_the_text_after_it_below() -> None:
    table = Table(("", "CNN", "RNN"), (("Dados", "imagens", "sequências"), ("Serve?", "sim", "")))
    [card] = one(Text("antes"), table, Text("depois")).cards
    assert [(f.name, f.value, f.inline) for f in card.fields] == [
        ("CNN", "**Dados:** imagens\n**Serve?** sim", True),
        ("RNN", "**Dados:** sequências\nServe?", True),
        (marks.ZERO, "depois", False),
    ]


def test_texts_below_a_comparison_share_a_field_until_it_is_full() -> None:
    table, long = Table(("", "CNN", "RNN"), (("Dados", "imagens", "texto"),)), "palavra " * 127
    [card] = one(table, Text("um"), Text("dois"), Text(long), Text("três")).cards
    assert [f.value.strip() for f in card.fields[2:]] == ["um\n\ndois", f"{long.strip()}\n\ntrês"]


def test_a_long_comparison_is_a_list_by_row() -> None:
    table = Table(("", "CNN", "RNN"), (("Dados", "imagens " * 20, "texto"),))
    [card] = one(table).cards
    assert not card.fields and card.text.startswith("**Dados**\n- **CNN:** imagens")


def test_a_second_comparison_gets_its_own_card() -> None:
    table = Table(("", "CNN", "RNN"), (("Dados", "imagens", "texto"),))
    assert [len(card.fields) for card in one(table, table).cards] == [2, 2]


def test_a_text_too_long_for_a_field_goes_into_the_next_card() -> None:
    table = Table(("", "CNN", "RNN"), (("Dados", "imagens", "texto"),))
    first, second = one(table, Text("palavra " * 200)).cards
    assert len(first.fields) == 2 and second.text.startswith("palavra")


def test_a_formula_is_its_plain_text_its_legend_and_its_picture() -> None:
    [card] = one(Formula("y = σ(w·x)", "w: pesos; x_i: entradas", FIGURE)).cards
    assert card.text == "`y = σ(w·x)`\n\nw: pesos; x\\_i: entradas" and card.picture


def test_a_note_is_set_apart() -> None:
    assert one(Note("um\n\ndois", "Nota do tutor")).cards[0].text == "> **Nota do tutor:** um\n> \n> dois"


def test_code_keeps_its_language_and_its_caption() -> None:
    [card] = one(Code("x = 1", "python", "PyTorch")).cards
    assert card.text == "**PyTorch**\n\n```python\nx = 1\n```"


def test_progress_is_a_bar() -> None:
    assert one(Progress(0.5, "época 3")).cards[0].text.endswith("50% · época 3")


def test_a_gif_is_named_so() -> None:
    [card] = one(Figure(PICTURE, PICTURE, "anda", "image/gif")).cards
    assert card.picture and card.picture.name == "sinapse-1.gif"


def test_a_poll_is_its_question_and_buttons_with_long_options_in_full() -> None:
    poll = Poll("Qual rede?", (Choice("a:1", "CNN"), Choice("a:2", "uma rede " * 12)))
    message = one(poll)
    assert message.cards[0].text == f"**Qual rede?**\n- CNN\n- {'uma rede ' * 12}".rstrip()
    [row] = message.rows
    assert not isinstance(row, Menu) and row[1].label.endswith("…") and all(button.main for button in row)


@pytest.mark.parametrize(("count", "rows"), [(1, [1]), (5, [5]), (6, [3, 3]), (8, [4, 4]), (10, [5, 5])])
def test_a_few_choices_are_buttons_in_even_rows(count: int, rows: list[int]) -> None:
    message = one(Text("x"), Choices(tuple(Choice(f"c:{n}", str(n)) for n in range(count))))
    assert [len(row) for row in message.rows if not isinstance(row, Menu)] == rows


@pytest.mark.parametrize(("count", "menu", "parts"), [(2, "escolha", [2]), (11, "", [11]), (30, "", [15, 15])])
def test_a_menu_or_many_choices_are_a_select(count: int, menu: str, parts: list[int]) -> None:
    message = one(Text("x"), Choices(tuple(Choice(f"c:{n}", str(n)) for n in range(count)), menu))
    assert [len(row.options) for row in message.rows if isinstance(row, Menu)] == parts


def test_a_choice_offered_twice_is_one_button() -> None:
    choices = Choices((Choice("c:1", "um"),))
    assert [len(row) for row in one(Text("x"), choices, choices).rows if not isinstance(row, Menu)] == [1]


def test_a_choice_that_asks_for_text_says_so() -> None:
    [row] = one(Text("x"), Choices((Choice("c:1", "responder", prompt="Por quê?"),))).rows
    assert not isinstance(row, Menu) and row[0].kind == "ask"


async def test_choices_beyond_five_rows_go_under_a_further_message() -> None:
    many = [Choices((Choice(f"c:{n}", str(n)),), menu="m") for n in range(7)]
    drawn = looks.messages(reply(Text("x"), *many))
    assert [len(m.rows) for m in drawn] == [5, 2]
    await check(drawn)


@pytest.mark.parametrize(("count", "rows"), [(0, [1]), (4, [5]), (5, [5, 1])])
def test_an_answer_offers_a_thread_at_the_end(count: int, rows: list[int]) -> None:
    choices = Choices(tuple(Choice(f"c:{n}", str(n)) for n in range(count)))
    [message] = looks.messages(reply(Text("x"), SOURCES, choices), "continuar")
    assert [len(row) for row in message.rows if not isinstance(row, Menu)] == rows
    last = message.rows[-1]
    assert not isinstance(last, Menu) and (last[-1].kind, last[-1].id) == ("thread", "pt")


@pytest.mark.parametrize("fields", [{"private": True}, {"refused": True}])
def test_what_is_private_or_refused_offers_no_thread(fields: dict[str, object]) -> None:
    assert not looks.messages(reply(Text("x"), SOURCES, **fields), "continuar")[0].rows


def test_small_talk_offers_no_thread() -> None:
    assert not looks.messages(reply(Text("oi")), "continuar")[0].rows


async def test_a_long_text_becomes_several_cards_and_messages() -> None:
    paragraphs = [f"{n} " + "palavra " * 150 for n in range(20)]
    drawn = looks.messages(reply(*map(Text, paragraphs), FIGURE, SOURCES, Choices((Choice("c:1", "um"),))))
    await check(drawn)
    assert len(drawn) > 1 and drawn[-1].rows and drawn[-1].cards[-1].footer and not drawn[0].rows
    text = "\n\n".join(card.text for message in drawn for card in message.cards)
    assert text.split() == " ".join(paragraphs).split()


def test_a_reply_of_nothing_is_still_a_message() -> None:
    assert one().cards[0].text == "…" and looks.plain(reply(), "figura")[0].content == "…"


def test_without_cards_everything_is_plain_text() -> None:
    table = Table(("", "CNN", "RNN"), (("Dados", "imagens", "texto"),))
    [message] = looks.plain(reply(Text("Oi."), table, FIGURE, SOURCES, title="GAN"), "figura", "continuar")
    assert not message.cards and len(message.rows) == 1
    assert message.content == (
        "**GAN**\n\nOi.\n\n**Dados**\n- **CNN:** imagens\n- **RNN:** texto\n\n*figura: duas redes*\n\n"
        "*Fonte: slide “GAN”*"
    )


def test_plain_text_that_begins_with_its_title_does_not_repeat_it() -> None:
    assert looks.plain(reply(Text("**GAN** é"), title="GAN"), "figura")[0].content == "**GAN** é"


WORDS = st.text(alphabet="ab \n*_~`|<>@#[]()!-+.:/&;é🧠👩🏽‍🏫everyonh1", max_size=300)
LABEL = st.text(max_size=120)
CHOICE = st.builds(Choice, st.text("abc:é", min_size=1, max_size=32), LABEL, st.sampled_from(["", "diga"]))
ROW = st.tuples(WORDS, WORDS, WORDS)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(Text, WORDS),
    st.builds(Text, st.integers(1, 40).map(lambda n: "palavra 🧠 " * 20 * n)),
    st.builds(Code, WORDS, st.sampled_from(["python", "", "c++"]), LABEL),
    st.builds(Table, st.tuples(WORDS, WORDS, WORDS), st.lists(ROW, max_size=4).map(tuple)),
    st.builds(Table, st.tuples(WORDS), st.lists(st.tuples(WORDS), max_size=2).map(tuple)),
    st.just(FIGURE),
    st.builds(Formula, WORDS, WORDS, st.just(FIGURE)),
    st.builds(Note, WORDS, LABEL),
    st.builds(Sources, LABEL, st.lists(st.builds(Source, LABEL, WORDS), max_size=3).map(tuple)),
    st.builds(Choices, st.lists(CHOICE, max_size=30).map(tuple), st.sampled_from(["", "menu"])),
    st.builds(Poll, WORDS, st.lists(CHOICE, min_size=1, max_size=5).map(tuple)),
    st.builds(Progress, st.floats(0, 1), LABEL),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(BLOCK, max_size=6), WORDS, st.booleans())
async def test_anything_at_all_keeps_within_the_limits(blocks: list[Block], title: str, refused: bool) -> None:
    anything = reply(*blocks, title=title, refused=refused)
    await check(looks.messages(anything, "continuar"))
    await check(looks.plain(anything, "figura", "continuar"))


async def test_every_answer_of_the_knowledge_base_fits(tools: Tools) -> None:
    for lang in LANGS:
        composer = Composer(tools.knowledge.lecture, tools.texts, lang)
        for passage in tools.knowledge.lecture.passages.values():
            parts = composer.passage(passage, Kind.FORMULA if passage.aspect == "formula" else Kind.OPEN)
            whole = (*parts, composer.sources([passage]), composer.choices(passage))
            drawn = looks.messages(reply(*whole, title=passage.twins[lang].title), "continuar em uma thread")
            await check(drawn)
            assert len(drawn) == 1
