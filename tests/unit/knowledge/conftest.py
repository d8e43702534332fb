"""A lecture of eight concepts and a few phrases, small enough to know by heart."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from knowledge import language, linking, loader, phrases
from knowledge.passages import Lecture
from knowledge.questions import Understanding
from knowledge.tutor import Knowledge
from tests.fakes import HashingEncoder

SMALL = Path(__file__).parent / "small"
# A busy machine must not fail a test, and no run depends on an earlier one.
settings.register_profile("calm", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("calm")


@pytest.fixture(scope="session")
def lecture() -> Lecture:
    return loader.load(SMALL / "lecture")


@pytest.fixture(scope="session")
def understanding(lecture: Lecture) -> Understanding:
    return Understanding(lecture, language.train(lecture), linking.build(lecture))


@pytest.fixture(scope="session")
def classes() -> tuple[phrases.PhraseClass, ...]:
    return phrases.load(SMALL / "chat")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the small lecture that a test may spoil."""
    shutil.copytree(SMALL / "lecture", tmp_path / "lecture")
    return tmp_path / "lecture"


@pytest.fixture(scope="session")
def encoder() -> HashingEncoder:
    return HashingEncoder()


@pytest.fixture(scope="session")
def by_meaning(encoder: HashingEncoder, tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The small knowledge base, searched with the fake model."""
    return _prepared(encoder, tmp_path_factory.mktemp("meaning"))


@pytest.fixture(scope="session")
def by_letters(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    """The small knowledge base, searched by words and letters alone."""
    return _prepared(None, tmp_path_factory.mktemp("letters"))


def _prepared(encoder: HashingEncoder | None, cache: Path) -> Knowledge:
    knowledge = Knowledge.load(SMALL / "lecture", SMALL / "chat")
    knowledge.prepare()
    if encoder:
        knowledge.use_model(encoder, cache)
    else:
        knowledge.use_letters(cache)
    return knowledge
