"""Long texts in pieces that a platform takes."""

import re

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chunks import chunks

FAMILY = "👨‍👩‍👧‍👦"
LISTING = "```py\nx = 1\ny = 2\nz = 3\n```"


@pytest.mark.parametrize("text", ["", " \n\n\t\n", "\n"])
def test_nothing_to_read_gives_no_text(text: str) -> None:
    assert chunks(text, 10) == []


@pytest.mark.parametrize("text", ["oi", "a\n\nb", LISTING, "| a |\n|---|\n| 1 |", "- a\n- b\n\n> c"])
def test_what_fits_stays_as_it_is(text: str) -> None:
    assert chunks(text, 100) == [text]


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("um dois\n\ntrês quatro\n\ncinco", 20, ["um dois\n\ntrês quatro", "cinco"]),
        ("um dois\n\n" + LISTING, 35, ["um dois", LISTING]),
        ("antes\n" + LISTING + "\ndepois", 32, ["antes", LISTING, "depois"]),
        ("- um dois\n- três\n- quatro", 17, ["- um dois\n- três", "- quatro"]),
        ("Uma frase. Outra frase. Mais uma.", 25, ["Uma frase. Outra frase.", "Mais uma."]),
        ("Fim? Sim! “Outra.” E então…", 18, ["Fim? Sim! “Outra.”", "E então…"]),
        ("uma frase sem fim que não cabe", 10, ["uma frase", "sem fim", "que não", "cabe"]),
        ("Um título\n\nparágrafo que é longo demais", 21, ["Um título\n\nparágrafo", "que é longo demais"]),
        ("x" * 7, 3, ["xxx", "xxx", "x"]),
    ],
)
def test_it_splits_at_the_coarsest_border_that_fits(text: str, limit: int, parts: list[str]) -> None:
    assert chunks(text, limit) == parts


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        (LISTING, 21, ["```py\nx = 1\ny = 2\n```", "```py\nz = 3\n```"]),
        ("~~~~\n```\na\n~~~~", 14, ["~~~~\n```\n~~~~", "~~~~\na\n~~~~"]),
        ("```py\nx = 1\n\ny = 2", 20, ["```py\nx = 1\n\n```", "```py\ny = 2\n```"]),
        ("```\nabcdefgh\n```", 12, ["```\nabcd\n```", "```\nefgh\n```"]),
        ("| a |\n|---|\n| 1 |\n| 2 |", 18, ["| a |\n|---|\n| 1 |", "| a |\n|---|\n| 2 |"]),
        ("> um dois três\n> quatro", 13, ["> um dois", "> três", "> quatro"]),
        ("**um dois três**", 12, ["**um dois**", "**três**"]),
        ("`um dois três`", 10, ["`um dois`", "`três`"]),
        ("[um dois três](u)", 14, ["[um dois](u)", "[três](u)"]),
        ("(**um dois três**)", 13, ["(**um dois**", "**três**)"]),
        ("**um `dois três` x**", 14, ["**um `dois`**", "**`três` x**"]),
    ],
)  # fmt: skip
def test_what_is_open_at_a_split_is_closed_and_opened_again(text: str, limit: int, parts: list[str]) -> None:
    assert chunks(text, limit) == parts


@pytest.mark.parametrize(
    "entity",
    [
        "[um dois três](http://a.b/c_(d))", "**um dois**", "*um dois*", "__um dois__", "~~um dois~~", "`um dois`",
        "``um ` dois``", "***um dois***", "||um dois||", r"**um \** dois**", "<http://a.b/c>", "![um dois](a.png)",
    ],
)  # fmt: skip
def test_an_entity_that_fits_is_never_cut(entity: str) -> None:
    assert entity in chunks(f"aaaa bbbb {entity} cccc dddd", len(entity) + 2)


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4 * 5 * 6 * 7",
        "snake_case_name e outro_nome_so",
        "a ** b",
        "um ` só e mais um ` só",
        "[x] (y) [x] (y) [x] (y)",
    ],
)
def test_signs_that_are_no_markup_are_only_signs(text: str) -> None:
    assert " ".join(chunks(text, 17)).replace("\\", "") == text


@pytest.mark.parametrize("text", [FAMILY * 9, "e\u0301" * 30, "🇧🇷" * 20, r"\*\_\[" * 9])
def test_no_grapheme_and_no_escape_is_cut(text: str) -> None:
    whole = regex.findall(r"\\.|\X", text)
    parts = chunks(text, 15)
    assert "".join(parts) == text and [c for p in parts for c in regex.findall(r"\\.|\X", p)] == whole


def test_a_grapheme_that_fits_nowhere_is_cut_rather_than_lost() -> None:
    assert chunks(FAMILY, 3) == [FAMILY[:3], FAMILY[3:6], FAMILY[6:]]


@pytest.mark.parametrize("sign", ["- x", "# x", "> x", "3. x", "```x", "| x", "---", "+ x"])
def test_a_split_makes_no_list_heading_or_quote(sign: str) -> None:
    assert chunks(f"abcdefgh {sign}", 8) == ["abcdefgh", "\\" + sign]


def test_the_limit_holds_for_what_is_rendered() -> None:
    parts = chunks("a & b & c & d", 9, render=lambda text: text.replace("&", "&amp;"))
    assert parts == ["a &amp; b", "&amp; c", "&amp; d"]


def test_what_cannot_be_made_small_enough_is_given_all_the_same() -> None:
    assert chunks("a&b", 3, render=lambda text: text.replace("&", "&amp;")) == ["a", "&amp;", "b"]


def test_markup_that_overlaps_is_kept_together() -> None:
    assert "*um **dois* três**" in chunks("aaaa bbbb *um **dois* três** cccc", 20)


def test_the_platform_says_how_it_counts() -> None:
    units = chunks("😀😀😀😀", 4, size=lambda text: len(text.encode("utf-16-le")) // 2)
    assert units == ["😀😀", "😀😀"]


@pytest.mark.parametrize(
    "text",
    [
        "`" * 40 + "\n" + "x" * 50,
        "```" + "y" * 90 + "\nx\n```",
        "> " * 50 + "z",
        "[a](" + "u" * 80 + ")",
        "|" + "h" * 70 + "|\n|-|\n|a|",
    ],
)
def test_a_wrapping_that_leaves_no_room_is_plain_text(text: str) -> None:
    parts = chunks(text, 20)
    assert all(len(part) <= 20 for part in parts)
    assert letters("".join(parts)) == letters(text)


def letters(text: str) -> str:
    """Keep what must not be lost: no white space, no signs that a split may add."""
    return re.sub(r"[\s`~\\|>*_\[\]()-]", "", text)


def is_balanced(text: str) -> bool:
    """Tell whether every code fence in it is closed."""
    fence = ""
    for line in text.split("\n"):
        found = re.match(r"[ \t]*(`{3,}(?=[^`]*$)|~{3,})(.*)$", line)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not found[2].strip():
            fence = ""
    return not fence


SIGNS = [
    "*",
    "_",
    "`",
    "\\",
    "<b>",
    "&",
    "@everyone",
    "-",
    "1.",
    "#",
    "```",
    "~~~",
    "a.",
    "b?",
    ">",
    "|",
    "**",
    "[",
    "](",
]
WORDS = st.sampled_from(["rede", "**peso x**", "`w_1 = 2`", "[a b](http://c.d)", "ção", FAMILY, *SIGNS])
BLOCKS = st.sampled_from([LISTING, "", "> q", "- item", "| a | b |", "|---|---|", "```py", "~~~"])
MARKUP = st.lists(st.lists(WORDS, max_size=12).map(" ".join) | BLOCKS, max_size=14).map("\n".join)
UNICODE = st.text(max_size=300)


@settings(deadline=None, max_examples=300)
@given(UNICODE | MARKUP, st.integers(40, 120))
def test_nothing_is_lost_and_every_text_is_within_the_limit(text: str, limit: int) -> None:
    parts = chunks(text, limit)
    assert all(0 < len(part) <= limit for part in parts)
    kept = iter(letters("".join(parts)))  # a fence's language and a table's header may come again
    assert all(letter in kept for letter in letters(text))


@settings(deadline=None, max_examples=300)
@given(MARKUP, st.integers(40, 120))
def test_every_fence_in_every_text_is_closed(text: str, limit: int) -> None:
    assert all(is_balanced(part) for part in chunks(text, limit))
