"""Replies become messages that Telegram takes."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.platforms.telegram import polls
from bot.platforms.telegram.fallbacks import simpler
from bot.platforms.telegram.html import length, plain, units
from bot.platforms.telegram.keyboards import keyboard
from bot.platforms.telegram.looks import look
from bot.platforms.telegram.parts import BUTTONS, CAPTION, TEXT, Album, Button, Part, Picture, Vote, Words
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
from tests.integration.bot_world import parsed
from tests.unit.bot.telegram.helpers import BOT
from tests.unit.bot.telegram.test_html import TEXTS

ASK = Choices((Choice("a", "responder", "Por quê?"),))


def shown(*blocks: Block, title: str = "") -> list[Part]:
    return list(look(Reply("1", "pt", blocks, title=title), BOT))


@pytest.fixture
def figure(tmp_path: Path) -> Figure:
    path = tmp_path / "cnn.png"
    Image.new("RGB", (8, 8)).save(path)
    return Figure(path, path, "Uma CNN em camadas.")


def words(part: Part) -> str:
    assert isinstance(part, Words)
    return part.html


def test_blocks_stand_one_below_the_other_with_the_sources_last() -> None:
    sources = Sources("Fonte", (Source("1", "slide *2*"), Source("2", "slide *2*"), Source("3", "[x](y)")))
    [part] = shown(
        sources, Text("a"), Code("x < 1", "python", "PyTorch"), Note("mas", "Nota"), Progress(0.3, "época 1")
    )
    assert words(part).split("\n\n") == [
        "a", "<b>PyTorch</b>", '<pre><code class="language-python">x &lt; 1</code></pre>',
        "<blockquote><b>Nota:</b> mas</blockquote>", "▰▰▰▱▱▱▱▱▱▱ 30% · época 1", "<i>Fonte: slide *2*; [x](y)</i>",
    ]  # fmt: skip


def test_no_sources_leave_no_line() -> None:
    assert shown(Text("a"), Sources("Fonte", ())) == [Words("a")]


def test_a_title_is_a_bold_line_unless_the_text_begins_with_it() -> None:
    assert shown(Text("texto"), title="O que é *CNN*?") == [Words("<b>O que é *CNN*?</b>\n\ntexto")]
    assert shown(Text("**CNN** é uma rede."), title="CNN") == [Words("<b>CNN</b> é uma rede.")]


def test_nothing_to_see_is_no_message() -> None:
    assert shown() == []
    assert shown(Text(" \n\u2060")) == []


def test_a_picture_and_a_short_text_are_one_message(figure: Figure) -> None:
    [part] = shown(Text("É uma rede."), figure, Choices((Choice("a", "mais"),)))
    described = "É uma rede.\n\n<blockquote expandable>Uma CNN em camadas.</blockquote>"
    assert part == Picture(figure.light, described, rows=((Button("a", "mais"),),))


def test_a_picture_s_description_stands_above_the_sources(figure: Figure) -> None:
    [part] = shown(Text("É uma rede."), figure, Sources("Fonte", (Source("1", "slide 2"),)))
    assert isinstance(part, Picture) and part.caption.endswith("</blockquote>\n\n<i>Fonte: slide 2</i>")


def test_a_picture_and_a_long_text_are_two_messages(figure: Figure) -> None:
    picture, text = shown(Text("palavra " * 150), figure, ASK)
    assert isinstance(picture, Picture) and picture.caption == "Uma CNN em camadas." and not picture.rows
    assert isinstance(text, Words) and text.rows and "ask=Por" in text.html


def test_a_formula_is_not_described_twice(figure: Figure) -> None:
    [part] = shown(Formula("y = x", "x entra", replace(figure, alt="y = x")))
    assert part == Picture(figure.light, "<code>y = x</code>\n\nx entra")


def test_several_pictures_are_an_album_and_the_buttons_follow(figure: Figure) -> None:
    moving = replace(figure, mime="image/gif")
    album, animation, last = shown(figure, moving, figure, Text("fim"), Choices((Choice("a", "mais"),)))
    assert isinstance(album, Album) and [p.caption for p in album.pictures] == [figure.alt] * 2
    assert animation == Picture(figure.light, figure.alt, moving=True)
    assert last == Words("fim", ((Button("a", "mais"),),))


def test_an_album_alone_gets_a_message_for_its_buttons(figure: Figure) -> None:
    _, last = shown(figure, figure, Choices((Choice("a", "mais"),), menu="Escolha"))
    assert last == Words("Escolha", ((Button("a", "mais"),),))


def test_many_pictures_are_several_albums(figure: Figure) -> None:
    album, one = shown(*[figure] * 11)
    assert isinstance(album, Album) and len(album.pictures) == 10 and isinstance(one, Picture)


def test_a_picture_that_is_gone_is_described(figure: Figure) -> None:
    figure.light.unlink()
    assert shown(Text("a"), figure) == [Words("a\n\n<i>Uma CNN em camadas.</i>")]


def test_a_long_description_is_cut(figure: Figure) -> None:
    picture, *_ = shown(replace(figure, alt="palavra " * 300), ASK)
    assert isinstance(picture, Picture) and length(picture.caption) <= CAPTION and picture.caption.endswith("…")


def test_a_long_text_is_split_and_the_buttons_are_under_the_end() -> None:
    first, *_, last = shown(Text("\n\n".join(f"Parágrafo {n}. " + "palavra " * 60 for n in range(30))), ASK)
    assert isinstance(first, Words) and not first.rows and length(first.html) <= TEXT
    assert isinstance(last, Words) and last.rows and "Parágrafo 29" in last.html


def test_a_long_listing_stays_a_listing_in_each_part() -> None:
    parts = shown(Code("\n".join(f"x{n} = {n}  # comentário" for n in range(600))))
    assert len(parts) > 2
    assert all(words(p).startswith("<pre><code") and words(p).endswith("</code></pre>") for p in parts)


def test_a_long_table_repeats_its_labels() -> None:
    rows = tuple((f"linha {n}", "uma célula bem comprida, com várias palavras") for n in range(150))
    parts = shown(Table(("Nome", "Valor"), rows))
    assert len(parts) > 1 and all("<i>Valor:</i>" in words(p) for p in parts)


POLL = Poll(
    "Qual é a *função* de perda?", (Choice("1", "MSE"), Choice("2", "**ReLU**")), 0, "Mede o erro.\n\nDe todos."
)


def test_a_poll_is_native() -> None:
    assert shown(POLL) == [Vote("Qual é a função de perda?", ("MSE", "ReLU"), ("1", "2"), 0, "Mede o erro.\nDe todos.")]


def test_a_poll_stands_after_the_text_and_has_the_buttons() -> None:
    text, poll = shown(Text("Vamos lá"), POLL, Choices((Choice("p", "pular"),)))
    assert text == Words("Vamos lá") and isinstance(poll, Vote) and poll.rows == ((Button("p", "pular"),),)


def test_a_poll_with_a_button_that_asks_for_text_gets_one_more_message() -> None:
    _, last = shown(POLL, ASK)
    assert words(last).endswith("…") and "ask=Por" in words(last)


def test_what_a_poll_cuts_off_stands_whole_before_it() -> None:
    long = Poll("Por quê?", (Choice("1", "palavra " * 20), Choice("2", "não")))
    text, poll = shown(long)
    assert ("palavra " * 20).strip() in words(text) and "2. não" in words(text)
    assert isinstance(poll, Vote) and units(poll.options[0]) <= 100 and poll.options[0].endswith("…")


def test_a_poll_with_too_many_options_is_text_and_buttons() -> None:
    [part] = shown(Poll("Qual?", tuple(Choice(str(n), f"opção {n}") for n in range(13))))
    assert isinstance(part, Words) and "13. opção 12" in part.html
    assert [button.id for row in part.rows for button in row] == [str(n) for n in range(13)]


def test_an_explanation_keeps_two_line_feeds_and_200_units() -> None:
    vote = polls.vote(replace(POLL, explanation="a\n\nb\n\nc\n\nd " + "e" * 300))
    assert vote.explanation.startswith("a\nb\nc d") and units(vote.explanation) <= 200


def test_a_right_answer_that_is_none_of_the_options_makes_a_plain_poll() -> None:
    assert polls.vote(replace(POLL, correct=7)) == Vote(
        "Qual é a função de perda?", ("MSE", "ReLU"), ("1", "2"), None, ""
    )


def test_short_buttons_share_a_row_and_long_ones_don_t() -> None:
    labels = ["sim", "não", "talvez", "mais um", "uma resposta bem mais comprida"]
    rows = keyboard(Choice(str(n), label) for n, label in enumerate(labels))
    assert [[button.label for button in row] for row in rows] == [labels[:3], labels[3:4], labels[4:]]


def test_a_label_is_cut_between_graphemes() -> None:
    [[button]] = keyboard([Choice("a", "👩‍👩‍👧" * 30)])
    assert units(button.label) <= 60 and button.label.rstrip("…").count("👩‍👩‍👧") * 8 == units(button.label) - 1


def test_what_telegram_would_refuse_is_no_button() -> None:
    assert keyboard([Choice("é" * 33, "longa"), Choice("", "sem id")]) == ()
    assert keyboard([Choice("a", " ")]) == ((Button("a", "…"),),)
    assert sum(map(len, keyboard([Choice("a", "x")] * 150))) == BUTTONS


@given(st.lists(TEXTS, max_size=3), TEXTS, st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_reply_fits_and_is_read(texts: list[str], title: str, asked: bool) -> None:
    blocks = [*(Text(text * 20) for text in texts), Code(title), Sources(title, (Source("1", title),))]
    for part in shown(*blocks, *([ASK] if asked else []), title=title):
        parsed(words(part))
        assert length(words(part)) <= TEXT and plain(words(part)).strip()


@pytest.mark.parametrize(
    ("part", "form"),
    [
        (Words("<b>a</b>"), Words("<b>a</b>", bare=True)),
        (Words("a", bare=True), None),
        (Picture(Path("x"), "a", rows=((Button("1", "b"),),)), Words("a", ((Button("1", "b"),),))),
        (Album((Picture(Path("x"), "a"), Picture(Path("y"), "b"))), Words("a\n\nb")),
        (
            Vote("q<", ("s", "n"), ("1", "2")),
            Words("<b>q&lt;</b>\n1. s\n2. n", ((Button("1", "s"), Button("2", "n")),)),
        ),
    ],
)
def test_what_is_refused_has_a_simpler_form(part: Part, form: Words | None) -> None:
    assert simpler(part) == form
