"""Small talk, attacks and what is outside: recognised by letters and by meaning."""

from pathlib import Path

import numpy as np
import pytest

from knowledge import phrases
from knowledge.errors import KnowledgeError
from knowledge.phrases import PhraseClass, Phrases
from knowledge.vectors import VectorStore
from tests.fakes import HashingEncoder

Classes = tuple[PhraseClass, ...]


@pytest.fixture
def searchable(classes: Classes, encoder: HashingEncoder, tmp_path: Path) -> Phrases:
    found = Phrases(classes)
    found.use_vectors(VectorStore(encoder, tmp_path, tmp_path))
    return found


def test_a_file_is_a_class(classes: Classes) -> None:
    assert [c.name for c in classes] == ["everyday", "greeting", "injection", "other-product", "thanks"]
    assert classes[1] == PhraseClass("greeting", "talk", classes[1].phrases)
    assert classes[1].phrases[0] == "oi"


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("kind: talk\npt: [a", 2, "YAML"),
        ("kind: talk\npt: [a]\nen: \x01", 1, "YAML"),
        ("kind: song\npt: [a]\nen: [a]", 1, "kind is"),
        ("- talk", 1, "kind is"),
        ("kind: talk\npt: [oi]", 1, "'en'"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, problem: str) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=problem) as caught:
        phrases.load(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / 'a.yaml'}:{line}:")


def test_phrases_that_are_no_list_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("kind: talk\npt: olá\nen: hello", "utf-8")
    with pytest.raises(KnowledgeError):
        phrases.load(tmp_path)


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes("kind: talk\npt: [olá]\nen: [hello]".encode("latin-1"))
    with pytest.raises(KnowledgeError):
        phrases.load(tmp_path)


@pytest.mark.parametrize("text", ["oi", "Oi!", "oiiiii", "obrigado", "thank you so mcuh", "BOM DIA!!!"])
def test_a_phrase_is_recognised_by_letters(classes: Classes, text: str) -> None:
    said = Phrases(classes).said(text)
    assert said and said.kind == "talk"


@pytest.mark.parametrize("text", ["o que é uma GAN?", "ai", "", "?!"])
def test_other_words_are_no_phrase(classes: Classes, text: str) -> None:
    assert Phrases(classes).said(text) is None


def test_a_phrase_without_letters_is_recognised_as_it_stands() -> None:
    assert Phrases((PhraseClass("thanks", "talk", ("👍",)),)).said(" 👍 ")


@pytest.mark.parametrize("phrase", ["kkkk", "zzzzzz", "????", "heyyy"])
def test_a_phrase_with_a_run_of_letters_is_itself(phrase: str) -> None:
    assert Phrases((PhraseClass("laugh", "talk", (phrase,)),)).said(phrase)


def test_the_nearest_class_has_the_phrase_nearest_in_meaning(searchable: Phrases, encoder: HashingEncoder) -> None:
    nearest = searchable.nearest(encoder.queries(["receita de cenoura"])[0], ("outside",))
    assert nearest and nearest.phrase_class.name == "everyday"
    assert 0.5 < nearest.score < 1


def test_only_the_wanted_kinds_are_searched(searchable: Phrases, encoder: HashingEncoder) -> None:
    nearest = searchable.nearest(encoder.queries(["qual celular comprar?"])[0], ("talk",))
    assert nearest and nearest.phrase_class.kind == "talk"


def test_a_hidden_phrase_does_not_find_itself(searchable: Phrases, encoder: HashingEncoder) -> None:
    vector, place = encoder.queries(["obrigado"])[0], [p for p, _ in searchable.flat].index("obrigado")
    nearest = searchable.nearest(vector, ("talk",), without=place)
    assert nearest and nearest.score < 0.99


def test_there_is_no_nearest_without_vectors(classes: Classes) -> None:
    assert Phrases(classes).nearest(np.ones(4, np.float32), ("talk",)) is None


def test_nothing_is_compared_without_vectors(classes: Classes) -> None:
    with pytest.raises(RuntimeError, match="use_vectors"):
        Phrases(classes).cosines(np.zeros((1, 64), np.float32))


def test_there_is_no_nearest_without_a_vector(searchable: Phrases) -> None:
    assert searchable.nearest(None, ("talk",)) is None


def test_there_is_no_nearest_of_no_kind(searchable: Phrases, encoder: HashingEncoder) -> None:
    assert searchable.nearest(encoder.queries(["oi"])[0], ()) is None
