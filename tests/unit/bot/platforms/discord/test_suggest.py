"""What is proposed while a command is typed."""

import pytest

from bot.platforms.discord import limits, suggest
from knowledge.tutor import Knowledge
from tests.demos import found as demos


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


SPECS = {name: one.spec for name, one in demos().items()}


@pytest.mark.parametrize("typed", ["uma reta", "test line", "ajustar", "reta"])
def test_a_demo_is_found_by_any_of_its_names(typed: str) -> None:
    found = suggest.matching(suggest.demos(SPECS, "pt"), typed)
    assert (found[0].value, found[0].name) == ("reta", "Uma reta aprende (~1 s)")


def test_a_demos_presets_and_parameters_are_proposed_with_their_bounds() -> None:
    found = {s.name: s.value for s in suggest.settings(SPECS["reta"], "pt", "")}
    assert found["taxa 3"] == "lr=3.0" and found["passos: 1 – 500"] == "steps=60" and found["semente"] == "seed=7"


def test_what_was_set_already_stays_before_what_is_proposed() -> None:
    found = suggest.settings(SPECS["reta"], "en", "steps=60 ra")
    assert {s.value for s in found} == {"steps=60 lr=3.0", "steps=60 lr=0.1"}


def test_options_are_proposed_by_their_values() -> None:
    found = suggest.settings(SPECS["malcriada"], "en", "how")
    assert found[-1].value == "how=raise" and "hang" in found[-1].name
