"""Markdown in Discord's dialect: what is markup stays so, and nothing else becomes it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.discord import marks
from bot.platforms.discord.markup import code, fence, to_discord, to_line, verbatim

MARKUP = st.text(alphabet="ab1 \n*_~`|<>@#[]()!-+.\\:/&;é🧠", max_size=80)


@pytest.mark.parametrize(
    ("markdown", "discord"),
    [
        ("um **dois** *três* ~~quatro~~", "um **dois** *três* ~~quatro~~"),
        ("a\nb", "a b"),
        ("a  \nb", "a\nb"),
        ("intro:\n1. um\n2. dois", "intro:\n1. um\n2. dois"),
        ("3. três\n4. quatro", "3. três\n4. quatro"),
        ("- um\n  - dois\n\n    três", "- um\n  - dois\n    três"),
        ("> a\n>\n> b", "> a\n> \n> b"),
        ("# Título", "### Título"),
        ("***", "───"),
        ("```py\nx = 1\n```", "```py\nx = 1\n```"),
        ("    x = 1", "```\nx = 1\n```"),
        ("~~~\n```\n~~~", "```\nˋˋˋ\n```"),
        ("`` a`b ``", "`aˋb`"),
        ("snake_case 3*4", r"snake\_case 3\*4"),
        ("*a***b**", "*a*\u200b**b**"),
        ("<b>x</b>", "<b>x<\u200b/b>"),
        ("[aula](https://x.org/a_(b))", "[aula](https://x.org/a_%28b%29)"),
        ("[https://bom.org](https://mau.org)", "<https://mau.org>"),
        ("[x](javascript:alert)", r"\[x\](javascript:alert)"),
        ("[x](ftp://a.b)", "x"),
        ("![gato](https://x.org/g.png)", "[gato](https://x.org/g.png)"),
        ("veja https://x.org/a_b, certo?", "veja <https://x.org/a_b>, certo?"),
        ("**<https://x.org/a_b>**", "**<https://x.org/a_b>**"),
        ("https://x.org/@everyone", "<https://x.org/%40everyone>"),
        ("oi @everyone e <@1>", "oi @\u200beveryone e <\u200b@1>"),
        ("`@everyone`", "`@\u200beveryone`"),
        ("1957\\. Rosenblatt", r"1957\. Rosenblatt"),
        ("| a | b |\n|--|--|\n| x | y |", "- **x:** y"),
        ("", ""),
    ],
)
def test_markdown_becomes_discords(markdown: str, discord: str) -> None:
    assert to_discord(markdown) == discord


@given(MARKUP)
def test_nothing_pings_and_every_fence_is_closed(markdown: str) -> None:
    shown = to_discord(markdown)
    assert not any(sign in shown for sign in ("@everyone", "@here", "<@", "<#", "<:", "</"))
    assert shown.count("```") % 2 == 0


@given(MARKUP)
def test_a_plain_text_is_shown_as_it_is_written(text: str) -> None:
    shown = to_discord(verbatim(text)).replace("\\", "").replace(marks.ZERO, "")
    bare = {"<": "", ">": "", "\\": ""}
    wanted = " ".join(text.split())
    assert shown.translate(str.maketrans(bare)) == wanted.translate(str.maketrans(bare))


@given(st.text())
def test_a_fence_holds_any_listing(source: str) -> None:
    assert fence(source, "py`thon").count("```") == 2


def test_a_piece_of_code_is_one_line_without_backticks() -> None:
    assert (code("a`b\nc"), code(" ")) == ("`aˋb c`", "")


def test_a_label_is_markdowns_words() -> None:
    assert to_line("**a** [b](https://x.org) `c`  \nd\n\n- e ![f](https://x.org)", 80) == "a b c d e f"
