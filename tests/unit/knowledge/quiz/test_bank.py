"""The bank reads items, and an error names file and line."""

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.passages import Lecture
from knowledge.quiz.bank import Bank
from tests.unit.knowledge.quiz.conftest import examples, write

CHOICE = examples()["quando-aprende"]


def test_every_example_of_the_readme_is_a_valid_item(bank: Bank) -> None:
    assert len(bank.items) == len(examples())
    assert {i.kind for i in bank.items.values()} == set(bank.kinds)


def test_an_item_knows_its_concept_section_and_source(bank: Bank) -> None:
    item = bank.items["perceptron.quando-aprende"]
    assert (item.concept, item.section, item.state, item.version) == ("perceptron", "fundamentos", "draft", 1)
    assert item.source.passages == ("perceptron.how",)
    assert bank.of("perceptron")[0] is item


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("kind: choice", "kind: riddle", 2, "'riddle' is none of"),
        ("difficulty: 2", "difficulty: 6", 3, "1 to 5"),
        ("difficulty: 2", "difficulty: easy", 3, "whole number"),
        ("source: perceptron.how", "source: perceptron.nowhere", 4, "no slide or passage"),
        ("source: perceptron.how", 'source: "| Rosenblatt, 1958"', 4, "names no slide"),
        ("status: draft, v1, Sinapse", "status: done", 5, "'status' is"),
        ("  ask:\n", "  question: x\n  ask:\n", 6, "unknown key 'question'"),
        ("  ask:\n", "  kind: choice\n  ask:\n", 6, "twice"),
        ("    en: When does", "    fr: When does", 8, "unknown key 'fr'"),
        ("id: quando-aprende", "id: Quando Aprende", 1, "lower-case"),
        ("      myth: always-updates\n", "", 13, "'myth' is missing"),
        ("myth: always-updates", "myth: reinforces-success", 12, "one 'myth'"),
        (" | When the answer", " When the answer", 14, "label | feedback"),
        ("    en: Think of", "    en: One | two | three | Think of", 22, "as many in both"),
        ("id: quando-aprende", "id: [", 3, "not valid YAML"),
    ],
)
def test_an_error_names_its_line(real: Lecture, tmp_path: Path, old: str, new: str, line: int, says: str) -> None:
    spoiled = CHOICE.replace(old, new, 1)
    assert spoiled != CHOICE
    write(tmp_path, {"quando-aprende": spoiled})
    with pytest.raises(KnowledgeError) as error:
        Bank.load(real, tmp_path)
    assert says in error.value.problem
    assert (error.value.path.name, error.value.line) == ("perceptron.yaml", line)
