"""Markdown becomes HTML that Telegram's own parser reads, and shows the same text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.platforms.telegram.html import JOINER, length, plain, quote, render, units
from tests.integration.bot_world import mentions, parsed

MARKUP = st.sampled_from(
    [
        "**", "*", "_", "~~", "`", "```\n", "```py\n", "\n", "\n\n", "- ", "1. ", "> ", "# ", "| a | b |\n|---|---|\n",
        "[x](", "https://x.org", ")", "tg://user?id=1", "@ana", "@", "<b>", "</b>", "<", "&lt;", "&", "&#0;", "\\", "|",
        "    ", "---\n", "![", "]", "ana@x.org", "\0", "\ud800", "👩‍👩‍👧", "é", "\u202e", "\u200b",
    ]
)  # fmt: skip
TEXTS = st.lists(MARKUP | st.text(max_size=8), max_size=25).map("".join)
FUZZ = settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**a** *b* ~~c~~ `d<e>`", "<b>a</b> <i>b</i> <s>c</s> <code>d&lt;e&gt;</code>"),
        ("# Título\n\ntexto", "<b>Título</b>\n\ntexto"),
        ("- um\n- dois\n  - três", "• um\n• dois\n   ◦ três"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("> a\n> > b", "<blockquote>a\n\nb</blockquote>"),
        ("```python\nx < 1\n```", '<pre><code class="language-python">x &lt; 1</code></pre>'),
        ("```\nx\n```", "<pre>x</pre>"),
        ("    x", "<pre>x</pre>"),
        ("[a](https://x.org/?b=1&c=2)", '<a href="https://x.org/?b=1&amp;c=2">a</a>'),
        ("[a](tg://user?id=1)", "a"),
        ("[a](mailto:x@y.z)", "a"),
        ("![um gato](gato.png)", "um gato"),
        ("<b>&nbsp;</b>", "&lt;b&gt;\xa0&lt;/b&gt;"),
        ("a  \nb\nc", "a\nb\nc"),
        ("a\n\n---\n\nb", "a\n\n———\n\nb"),
    ],
)
def test_markdown_becomes_what_telegram_knows(markdown: str, html: str) -> None:
    assert render(markdown) == html


def test_a_narrow_table_is_aligned() -> None:
    assert render("| a | bc |\n|---|---|\n| 100 | `x` |") == "<pre>a    bc\n───  ──\n100  x</pre>"


def test_a_wide_table_becomes_paragraphs_with_labels() -> None:
    wide = "| | CNN | RNN |\n|---|---|---|\n| Ideia | filtro que percorre o espaço | **estado** |\n| x | | y |"
    assert render(wide) == (
        "<b>Ideia</b>\n<i>CNN:</i> filtro que percorre o espaço\n<i>RNN:</i> <b>estado</b>\n\n<b>x</b>\n<i>RNN:</i> y"
    )


def test_a_table_without_labels_or_rows_is_shown() -> None:
    assert render("| | |\n|---|---|\n| | uma célula que é larga demais para caber |").startswith("uma célula")
    assert render("| a | b |\n|---|---|") == "<pre>a  b\n─  ─</pre>"


@pytest.mark.parametrize("text", ["@ana", "oi @ana!", "**@**ana", "@**ana**", "(@ana)", "-@ana.silva", "x\n@ana"])
def test_a_name_in_a_text_pings_nobody(text: str) -> None:
    assert mentions(render(text)) == []


def test_an_address_stays_as_it_is() -> None:
    assert plain(render("ana@x.org")) == "ana@x.org"


def test_a_decorator_can_be_copied_from_a_listing() -> None:
    assert JOINER not in render("`@tf.function`\n\n```\n@tf.function\n```")


@given(TEXTS)
@FUZZ
def test_any_text_is_read_by_telegram_and_pings_nobody(text: str) -> None:
    html = render(text)
    shown, _ = parsed(html)
    assert (shown, units(shown)) == (plain(html), length(html))
    assert mentions(html) == []


@given(st.text())
@FUZZ
def test_a_quoted_text_is_shown_as_it_is(text: str) -> None:
    shown, entities = parsed(quote(text))
    cleaned = text.encode("utf-8", "replace").decode().replace("\0", "\ufffd")
    assert (shown.replace(JOINER, ""), entities) == (cleaned.replace(JOINER, ""), [])


def test_characters_outside_the_basic_plane_count_twice() -> None:
    assert length("<b>a😀</b>&lt;") == 4
