"""Portuguese or English, from a few words."""

import pytest

from knowledge import language
from knowledge.language import LanguageModel
from knowledge.passages import Lang, Lecture
from knowledge.questions import Understanding


@pytest.fixture(scope="module")
def model(lecture: Lecture) -> LanguageModel:
    return language.train(lecture)


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("o que é uma rede neural?", "pt"),
        ("oq eh gan", "pt"),
        ("vlw", "pt"),
        ("what is a neural network?", "en"),
        ("whats a gan", "en"),
        ("thx", "en"),
        ("explicação", "pt"),
    ],
)
@pytest.mark.parametrize("default", ["pt", "en"])
def test_a_message_tells_its_language(model: LanguageModel, text: str, lang: Lang, default: Lang) -> None:
    assert model.detect(text, default) == lang


@pytest.mark.parametrize("default", ["pt", "en"])
@pytest.mark.parametrize("text", ["", "42", "🤖"])
def test_the_setting_decides_where_the_message_does_not_tell(model: LanguageModel, text: str, default: Lang) -> None:
    assert model.detect(text, default) == default


def test_letters_of_an_unseen_word_count(model: LanguageModel) -> None:
    assert model.odds("recorrências") > 0 > model.odds("whichever thoroughly")


@pytest.mark.parametrize("default", ["pt", "en"])
def test_a_bare_name_is_asked_in_the_learners_language(understanding: Understanding, default: Lang) -> None:
    assert understanding.language_of("gan vs lstm?", default) in ("pt", "en")
    assert understanding.language_of("lstm", default) == default


def test_names_of_concepts_do_not_count(understanding: Understanding) -> None:
    assert understanding.language_of("o que é generative adversarial network", "en") == "pt"
