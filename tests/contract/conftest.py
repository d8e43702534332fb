"""The real lecture, read once."""

import pytest

from knowledge import loader, phrases
from knowledge.passages import Lecture
from knowledge.phrases import PhraseClass


@pytest.fixture(scope="session")
def lecture() -> Lecture:
    return loader.load()


@pytest.fixture(scope="session")
def classes() -> tuple[PhraseClass, ...]:
    return phrases.load()
