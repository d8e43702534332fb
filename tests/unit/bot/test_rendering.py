"""Reply blocks -> Markdown."""

from pathlib import Path

import pytest

from bot import rendering
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

FIGURE = Figure(Path("light.png"), Path("dark.png"), "a net")
FORMULA = Formula("y = wx", "w: weight", Figure(Path("f.png"), Path("g.png"), "y = wx"))


@pytest.mark.parametrize(
    ("block", "markdown"),
    [
        (Text("**oi**"), "**oi**"),
        (Code("x = 1"), "```python\nx = 1\n```"),
        (Code("x", "text", "Keras"), "**Keras**\n\n```text\nx\n```"),
        (Table(("", "A"), (("b", "c"),)), "|  | A |\n| --- | --- |\n| b | c |"),
        (FORMULA, "`y = wx`\n\nw: weight"),
        (Note("mudou", "Nota"), "> **Nota:** mudou"),
        (Sources("Fonte", (Source("a", "slide 1"), Source("b", "slide 1"))), "*Fonte: slide 1*"),
        (Sources("Fonte", (Source("a", "slide 1"), Source("b", "livro"))), "*Fonte: slide 1; livro*"),
        (Sources("Fonte", ()), ""),
        (FIGURE, ""),
        (Choices((Choice("a", "A"),)), ""),
        (Progress(0.5), ""),
        (Poll("Quem?", (Choice("a", "A"),)), "**Quem?**"),
    ],
)
def test_each_block_has_its_markdown(block: Block, markdown: str) -> None:
    assert rendering.block_markdown(block) == markdown


def test_the_blocks_of_a_reply_are_paragraphs_and_silent_ones_leave_no_gap() -> None:
    assert rendering.markdown(Reply("k", "pt", (Text("a"), FIGURE, Text("b")))) == "a\n\nb"


@pytest.mark.parametrize(("source", "ticks"), [("x", 3), ("```py\nx\n```", 4), ("a ````` b", 6)])
def test_a_fence_is_longer_than_any_inside_it(source: str, ticks: int) -> None:
    fenced = rendering.fence(source, "md")
    assert fenced == f"{'`' * ticks}md\n{source}\n{'`' * ticks}"


def test_pictures_are_those_of_figures_and_formulas() -> None:
    reply = Reply("k", "pt", (FORMULA, Text("a"), FIGURE))
    assert rendering.figures(reply) == [FORMULA.figure, FIGURE]


def test_a_pipe_in_a_cell_stays_in_its_cell() -> None:
    row = rendering.table(Table(("p", "q"), (("P(x|y)", "b"),))).splitlines()[2]
    assert row == r"| P(x\|y) | b |"


def test_what_can_be_pressed_are_choices_and_the_options_of_polls() -> None:
    one, two = Choice("a", "A"), Choice("b", "B")
    assert rendering.choices(Reply("k", "pt", (Choices((one,)), Text("x"), Poll("?", (two,))))) == [one, two]


@pytest.mark.parametrize(("limit", "listed"), [(7, ""), (6, "- sim\n- talvez sim")])
def test_options_are_listed_only_where_a_button_would_cut_one(limit: int, listed: str) -> None:
    poll = Poll("?", (Choice("a", "sim"), Choice("b", "talvez sim")))
    assert rendering.options(poll, limit + 3) == listed


@pytest.mark.parametrize(
    ("block", "bar"),
    [
        (Progress(0), "▱▱▱▱▱▱▱▱▱▱ 0%"),
        (Progress(0.42, "época 4"), "▰▰▰▰▱▱▱▱▱▱ 42% · época 4"),
        (Progress(7), "▰▰▰▰▰▰▰▰▰▰ 100%"),
    ],
)
def test_progress_is_drawn_as_a_bar(block: Progress, bar: str) -> None:
    assert rendering.progress(block) == bar


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("rede neural", 11, "rede neural"),
        ("rede neural profunda", 12, "rede neural…"),
        ("a convolução", 8, "a convo…"),
        ("ação, depois", 8, "ação…"),
        ("👩‍🔬👩‍🔬👩‍🔬", 7, "👩‍🔬👩‍🔬…"),
    ],
)
def test_a_label_is_cut_at_a_word_where_that_leaves_enough(text: str, limit: int, shown: str) -> None:
    assert rendering.cut(text, limit) == shown
