"""Finding the code examples (that they run is `test_code_examples.py`)."""

import pytest

from knowledge import code_examples


def test_an_example_is_listed_in_each_library() -> None:
    assert [label for label, _ in code_examples.listings("gan")] == ["PyTorch", "Keras"]


def test_an_example_may_be_asked_for_in_one_library() -> None:
    ((label, source),) = code_examples.listings("gan", "keras")
    assert label == "Keras" and "import keras" in source


def test_an_example_without_keras_has_nothing_to_list_in_it() -> None:
    assert code_examples.listings("difusao", "keras") == ()


def test_an_unknown_example_is_refused() -> None:
    with pytest.raises(KeyError):
        code_examples.listings("banana")
