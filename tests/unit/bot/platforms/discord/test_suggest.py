"""What is proposed while a command is typed."""

import pytest

from bot.platforms.discord import limits, suggest
from knowledge.tutor import Knowledge
from tests.demos.reta import SPEC


@pytest.mark.parametrize(
    ("typed", "first"),
    [("cnn", "O que é uma rede neural convolucional"), ("CNN passo", "Como funciona uma CNN, passo a passo")],
)
def test_the_nearest_question_comes_first(knowledge: Knowledge, typed: str, first: str) -> None:
    found = suggest.matching(suggest.questions(knowledge.lecture, "pt"), typed)
    assert found[0].name == first


@pytest.mark.parametrize("typed", ["convolutional neural", "rede neural convo", "convnet"])
def test_a_concept_is_found_by_either_languages_names(knowledge: Knowledge, typed: str) -> None:
    found = suggest.matching(suggest.concepts(knowledge.lecture, "en"), typed)
    assert (found[0].value, found[0].name) == ("cnn", "Convolutional neural network (CNN)")


def test_nothing_typed_yet_proposes_definitions(knowledge: Knowledge) -> None:
    found = suggest.matching(suggest.questions(knowledge.lecture, "en"), "")
    assert len(found) == limits.SUGGESTIONS and len({s.value for s in found}) == len(found)


def test_what_nobody_knows_proposes_nothing(knowledge: Knowledge) -> None:
    assert suggest.matching(suggest.concepts(knowledge.lecture, "pt"), "xyzzy") == []


def test_a_value_too_long_for_discord_is_the_name(knowledge: Knowledge) -> None:
    made = suggest._suggestion("palavra " * 30, "palavra " * 30, ())
    assert made.name == made.value and len(made.value) <= limits.SUGGESTION


def test_a_demo_is_found_by_its_title_its_names_and_what_it_is_asked_for() -> None:
    made = suggest.demos([SPEC], "pt")
    assert [(s.name, s.value) for s in made] == [(SPEC.title["pt"], SPEC.name)]
    for typed in (SPEC.name, SPEC.title["en"], *SPEC.aliases, *SPEC.asks):
        assert suggest.matching(made, typed) == made
