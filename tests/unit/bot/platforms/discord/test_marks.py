"""No ping, no broken markup, no cut grapheme."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord import marks

SPEAKING = [
    "@everyone",
    "@here",
    "@Everyone",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "<:a:1>",
    "<a:b:1>",
    "<t:1:R>",
    "</x:1>",
]


@pytest.mark.parametrize("text", SPEAKING)
def test_what_would_ping_stays_readable_and_loses_its_meaning(text: str) -> None:
    defused = marks.defuse(f"ei {text} oi")
    assert text not in defused and defused.replace(marks.ZERO, "") == f"ei {text} oi"


@given(st.text())
def test_defusing_takes_nothing_away(text: str) -> None:
    assert marks.defuse(text).replace(marks.ZERO, "") == text.replace(marks.ZERO, "")


def test_escaped_text_keeps_its_characters() -> None:
    assert marks.escape("a_b *c* [d](e) `f` |g| ~h~ \\") == r"a\_b \*c\* \[d\](e) \`f\` \|g\| \~h\~ \\"


@pytest.mark.parametrize("start", ["#", ">", "-", "+", "1.", "12)", "  #"])
def test_a_line_of_text_begins_no_block(start: str) -> None:
    assert marks.escape_starts(f"{start} x") == f"{start[:-1]}\\{start[-1]} x"


def test_a_year_in_a_line_is_left_alone() -> None:
    assert marks.escape_starts("em 1957. Depois") == "em 1957. Depois"


def test_sizes_are_counted_in_utf16_units() -> None:
    assert (marks.size("ação"), marks.size("🧠")) == (4, 2)


@given(st.text(), st.integers(2, 100))
def test_a_line_is_never_empty_and_within_its_limit(text: str, limit: int) -> None:
    line = marks.line(text, limit)
    assert marks.visible(line) and marks.size(line) <= limit and "\n" not in line


def test_what_cannot_be_sent_is_taken_away() -> None:
    assert marks.clean("a\ud800\x00b\n\tc") == "ab\n\tc"
