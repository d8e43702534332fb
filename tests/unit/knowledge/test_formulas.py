"""The formulas' texts."""

import pytest

from knowledge import formulas


def test_names_are_sorted() -> None:
    assert formulas.names() == sorted(formulas.names())
    assert "sigmoide" in formulas.names()


@pytest.mark.parametrize("name", formulas.names())
def test_a_formula_reads_as_text_in_both_languages(name: str) -> None:
    formula = formulas.get(name)
    assert formula.name == name and formula.plain.strip()
    assert formula.legend["pt"].strip() and formula.legend["en"].strip()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_formula_has_a_picture_in_each_theme(theme: str) -> None:
    assert formulas.get("sigmoide").path(theme).name == f"formula-sigmoide.{theme}.png"


def test_an_unknown_formula_is_refused() -> None:
    with pytest.raises(KeyError):
        formulas.get("banana")
