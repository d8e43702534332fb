"""The catalogues."""

from pathlib import Path

import pytest

from bot.texts import Catalogues


def test_a_text_comes_in_both_languages() -> None:
    texts = Catalogues()
    assert (texts("pt", "language.name"), texts("en", "language.name")) == ("Português", "English")


def test_a_texts_values_are_filled_in() -> None:
    assert "/quizz" in Catalogues()("en", "error.unknown_command", name="quizz")


def test_a_text_without_values_keeps_its_braces() -> None:
    assert "{name}" in Catalogues()("en", "error.unknown_command")


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert "{id}" in Catalogues()("pt", "error.unknown_command", name="{id}")


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"no\.such"):
        Catalogues()("pt", "no.such")


def test_a_missing_catalogue_is_an_error_at_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Catalogues(tmp_path)
