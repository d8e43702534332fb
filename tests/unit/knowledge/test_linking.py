"""Finding the concepts that a text names."""

from dataclasses import replace

import pytest

from knowledge.linking import Linker, build
from knowledge.passages import Lecture
from knowledge.questions import Understanding


@pytest.fixture(scope="module")
def linker(understanding: Understanding) -> Linker:
    return understanding.linker


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("o que é uma GAN?", ("gan",)),
        ("diferença entre VAE e gan", ("vae", "gan")),
        ("generative adversarial network", ("gan",)),
        ("rede generativa adversaria", ("gan",)),
        ("long short-term memory", ("lstm",)),
        ("gan, GAN e gans", ("gan",)),
        ("bolo de cenoura", ()),
        ("", ()),
    ],
)
def test_aliases_name_concepts_in_order(linker: Linker, text: str, concepts: tuple[str, ...]) -> None:
    assert linker.concepts(text) == concepts


def test_the_longest_alias_wins(linker: Linker) -> None:
    (mention,) = linker.mentions("é uma rede recorrente")
    assert (mention.concept, mention.surface, mention.start, mention.end) == ("rnn", "rede recorrente", 2, 4)


def test_a_title_names_its_concept_too(linker: Linker, lecture: Lecture) -> None:
    assert linker.concepts(lecture.concepts["camadas"].titles["en"]) == ("camadas",)


def test_a_name_without_letters_is_no_alias(lecture: Lecture) -> None:
    gan = replace(lecture.concepts["gan"], aliases={"pt": ("???", "gan"), "en": ("gan",)})
    assert "" not in build(Lecture({"gan": gan}, lecture.slides)).aliases


def test_a_plural_names_its_singular(linker: Linker) -> None:
    assert linker.concepts("autoencoders variacionais e vaes") == ("vae",)


@pytest.mark.parametrize("text", ["goodfelow", "autoencoder variacionau", "gooodfellow"])
def test_a_typo_is_forgiven(linker: Linker, text: str) -> None:
    assert linker.concepts(text)


@pytest.mark.parametrize(
    "text",
    [
        "memória do caderno",  # words of the lecture are no typos
        "lecum",  # too short to guess
        "foodfellow",  # the first letter counts
    ],
)
def test_not_everything_is_a_typo(linker: Linker, text: str) -> None:
    assert linker.concepts(text) == ()


def test_exact_names_forgive_nothing(linker: Linker) -> None:
    assert linker.exact("goodfelow criou a gan") == {"gan"}


def test_a_name_in_many_questions_tells_less(linker: Linker) -> None:
    assert linker.specific["rede-neural"] < linker.specific["lstm"] == 1
