"""The labelled questions that `make eval` measures with."""

import pytest

from knowledge import loader
from tests.eval.labelled import Labelled, load

LABELS = load()


def label(*facts: tuple[str, ...]) -> Labelled:
    return Labelled("x", "?", "pt", "chat", "who", "tune", (), facts, ())


def test_there_are_enough_questions_to_measure_with() -> None:
    assert len(LABELS) >= 400


def test_there_are_enough_questions_to_decline() -> None:
    assert sum(one.declines for one in LABELS) >= 120


def test_there_are_enough_attacks() -> None:
    assert sum(one.attacks for one in LABELS) >= 25


@pytest.mark.parametrize("split", ["tune", "report"])
def test_both_parts_hold_answerable_questions_and_others(split: str) -> None:
    assert {one.declines for one in LABELS if one.split == split} == {True, False}


def test_there_is_no_third_part() -> None:
    assert {one.split for one in LABELS} == {"tune", "report"}


def test_both_languages_are_asked_in() -> None:
    assert {one.lang for one in LABELS} == {"pt", "en"}


def test_no_id_is_used_twice() -> None:
    assert len({one.id for one in LABELS}) == len(LABELS)


def test_every_concept_is_in_the_lecture() -> None:
    assert {concept for one in LABELS for concept in one.concepts} <= set(loader.load().concepts)


def test_one_wording_of_each_fact_is_enough() -> None:
    one = label(("Rosenblatt",), ("1957", "1958"))
    assert one.has_facts("Frank ROSENBLATT, em 1958") and not one.has_facts("Rosenblatt") and not one.has_facts("1957")


def test_accents_and_capitals_do_not_count() -> None:
    assert label(("viés",)).has_facts("o VIES")


def test_a_label_without_facts_takes_any_answer() -> None:
    assert label().has_facts("")
