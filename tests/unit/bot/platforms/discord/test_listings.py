"""Listings for narrow places keep every character of their code."""

import ast
from pathlib import Path

import pytest

from bot.platforms.discord.listings import narrow

LONG = "x = torch.randint(0, 2, (256, 12, 1)).float()            # (B, T=12, 1)  bits"


def test_a_comment_behind_a_long_line_goes_above_it() -> None:
    assert narrow(f"if y:\n    {LONG}", "python") == (
        "if y:\n    # (B, T=12, 1)  bits\n    x = torch.randint(0, 2, (256, 12, 1)).float()"
    )


def test_a_comment_that_fits_comes_nearer() -> None:
    assert narrow("x = 1          # um", "python") == "x = 1  # um"


@pytest.mark.parametrize(
    "source", ["# only a comment " * 5, "x = '# no comment' " * 5, 'x = """\na\nb"""  # ' + "c" * 70]
)
def test_what_is_no_comment_behind_code_stays(source: str) -> None:
    assert narrow(source, "python") == source


@pytest.mark.parametrize(("source", "language"), [(LONG, "sql"), ("x = (" + LONG, "python"), ("if\n x  # y", "python")])
def test_what_is_not_whole_python_stays(source: str, language: str) -> None:
    assert narrow(source, language) == source


@pytest.mark.parametrize("path", sorted(Path("knowledge/code").glob("*.py")), ids=lambda path: path.stem)
def test_every_listing_of_the_knowledge_base_means_the_same(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.dump(ast.parse(narrow(source, "python"))) == ast.dump(ast.parse(source))
