"""The labelled short answers, and how the grader does on them."""

from collections import Counter
from dataclasses import replace

import pytest

from knowledge import loader
from knowledge.quiz.bank import Bank
from tests.eval import grader
from tests.eval.grader import LABELS, MIXES, Graded

ANSWERS = grader.load()


@pytest.fixture(scope="module")
def bank() -> Bank:
    return Bank.load(loader.load())


@pytest.fixture(scope="module")
def graded(bank: Bank) -> list[Graded]:
    return [grader.grade(bank, answer) for answer in ANSWERS]


@pytest.mark.parametrize("mix", MIXES)
def test_there_are_enough_answers_of_every_language(mix: str) -> None:
    assert sum(answer.mix == mix for answer in ANSWERS) >= 150


@pytest.mark.parametrize("split", ["tune", "report"])
def test_both_parts_hold_every_label(split: str) -> None:
    assert {answer.label for answer in ANSWERS if answer.split == split} == set(LABELS)


def test_the_parts_share_no_question() -> None:
    tune, report = ({a.item for a in ANSWERS if a.split == split} for split in ("tune", "report"))
    assert tune & report == set()


def test_no_answer_is_labelled_twice() -> None:
    assert max(Counter((a.item, a.answer) for a in ANSWERS).values()) == 1
    assert max(Counter(a.id for a in ANSWERS).values()) == 1


def test_every_answer_belongs_to_a_short_question(bank: Bank) -> None:
    assert {bank.items[a.item].kind for a in ANSWERS} == {"short"}


@pytest.mark.parametrize("split", ["tune", "report"])
def test_grader_and_labels_agree(graded: list[Graded], split: str) -> None:
    agree = [row.agrees for row in graded if row.label.split == split]
    assert sum(agree) / len(agree) >= 0.95


def test_no_denied_answer_is_passed_as_right(graded: list[Graded]) -> None:
    assert [row.label.answer for row in graded if row.label.label == "negated" and row.passed] == []


def test_the_printed_table_tells_agreement_and_denied_answers(graded: list[Graded]) -> None:
    lines: list[str] = []
    grader.report(graded, lines.append)
    assert lines[7].startswith("AGREEMENT")
    assert "negated answers passed as right: 0 of" in lines[8]


@pytest.mark.parametrize(
    "denial",
    ["Não é verdade que {}", "É falso que {}", "It is not true that {}", "It's false that {}", "{}. Mentira!",
     "{}, só que não", "it isn't the case that {}"],
)  # fmt: skip
def test_a_right_answer_denied_as_a_whole_is_never_right(bank: Bank, denial: str) -> None:
    right = [a for a in ANSWERS if a.label == "right"][::4]
    denied = [replace(a, answer=denial.format(a.answer)) for a in right]
    assert [a.answer for a in denied if grader.grade(bank, a).passed] == []
