"""What a question takes for granted, against the record."""

import pytest

from knowledge import language, linking, loader
from knowledge.passages import Lecture
from knowledge.premises import ORGS, Claim, Premise, check
from knowledge.questions import Context, Understanding


def judged(lecture: Lecture, understanding: Understanding, text: str, context: Context) -> Premise | None:
    return check(lecture, understanding.linker, understanding.understand(text, "pt", context))


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("a GAN foi criada pelo Ian Goodfellow?", Premise(Claim.CREATOR, "gan", True, "ian-goodfellow")),
        ("por que o LeCun inventou a GAN?", Premise(Claim.CREATOR, "gan", False, "yann-lecun")),
        ("a GAN foi criada em 2014?", Premise(Claim.YEAR, "gan", True, "2014")),
        ("is it true that the LSTM was created in 2012?", Premise(Claim.YEAR, "lstm", False, "2012")),
    ],
)
def test_a_claim_is_judged(lecture: Lecture, understanding: Understanding, text: str, premise: Premise) -> None:
    assert judged(lecture, understanding, text, Context()) == premise


@pytest.mark.parametrize(
    "text",
    [
        "quem criou a GAN, Goodfellow?",  # asks, doesn't claim
        "o que aconteceu com a GAN em 2014?",  # no yes or no
        "a GAN foi criada em Montreal?",  # no person, no year
        "a RNN foi criada em 1986?",  # nothing on record
        "o VAE foi criado por Yann LeCun?",  # its creator isn't on record
        "o LeCun nasceu em 1960?",  # a person isn't created
        "a GAN do Goodfellow é boa?",  # says nothing of creation
    ],
)
def test_what_the_record_cannot_judge_is_left(lecture: Lecture, understanding: Understanding, text: str) -> None:
    assert judged(lecture, understanding, text, Context()) is None


def test_a_follow_up_claims_nothing(lecture: Lecture, understanding: Understanding) -> None:
    assert judged(lecture, understanding, "quem criou em 2014?", Context(("gan",))) is None


@pytest.fixture(scope="module")
def whole() -> Understanding:
    lecture = loader.load()
    return Understanding(lecture, language.train(lecture), linking.build(lecture))


@pytest.mark.parametrize(
    ("text", "premise"),
    [
        ("how come gpt-3 was made by nvidia", Premise(Claim.ORG, "gpt", False, "NVIDIA")),
        ("fala do bert do facebook", Premise(Claim.ORG, "bert", False, "Facebook")),
        ("o pytorch é da meta?", Premise(Claim.ORG, "pytorch", True, "Facebook")),
        ("pq o rosenblatt fez o perceptron em 1989?", Premise(Claim.YEAR, "perceptron", False, "1989")),
    ],
)
def test_a_company_and_a_year_are_judged(whole: Understanding, text: str, premise: Premise) -> None:
    assert judged(whole.lecture, whole, text, Context()) == premise


@pytest.mark.parametrize(
    "text",
    [
        "how did google make alphago",  # holds, and nobody asked
        "which company made bert, google?",  # asks, doesn't claim
        "a GAN foi criada pela microsoft?",  # where it was made isn't on record
        "did nvidia use bert?",  # says nothing of creation
        "o bert foi criado com que meta?",  # a goal, not the company
        "conta como o rosenblatt criou o perceptron",  # holds, and nobody asked
        "in which year did minsky publicly withdraw the book perceptrons",  # says nothing of creation
        "why was the alexnet introduced in 2012 trained on imagenet, created in 2009?",  # two years
    ],
)
def test_what_a_company_or_a_year_does_beside_is_left(whole: Understanding, text: str) -> None:
    assert judged(whole.lecture, whole, text, Context()) is None


def test_every_company_in_the_lecture_is_one_that_questions_can_name(whole: Understanding) -> None:
    behind = {org for concept in whole.lecture.concepts.values() for org in concept.org}
    assert behind and behind <= ORGS.keys()
    assert all(concept.year for concept in whole.lecture.concepts.values() if concept.org)
