"""Wishes for a quiz, in plain words."""

import pytest

from handlers import plain
from handlers.plain import Wanted


@pytest.mark.parametrize(
    ("text", "topic", "length"),
    [
        ("quero um quiz de cnn", "cnn", None),
        ("Quero um quiz sobre redes neurais, por favor", "redes neurais", None),
        ("bora um quiz", "", None),
        ("me testa em gan", "gan", None),
        ("me teste", "", None),
        ("me faz umas perguntas sobre cnn", "cnn", None),
        ("faz um quiz de 5 perguntas sobre gan", "gan", 5),
        ("quiz de cnn com 3 perguntas", "cnn", 3),
        ("quiz cnn", "cnn", None),
        ("quiz me on cnn", "cnn", None),
        ("give me a quiz on transformers with 3 questions", "transformers", 3),
        ("let's do a quiz about GANs", "gans", None),
        ("can you quiz me on backprop?", "backprop", None),
        ("ask me some questions about rnn", "rnn", None),
        ("test me", "", None),
    ],
)
def test_a_wish_for_a_quiz_is_read(text: str, topic: str, length: int | None) -> None:
    assert plain.quiz(text) == Wanted(topic, length)


@pytest.mark.parametrize(
    "text",
    ["o que é um quiz?", "what is a test set?", "dados de teste", "quero saber de cnn", "treina uma cnn", "oi", ""],
)
def test_anything_else_is_none(text: str) -> None:
    assert plain.quiz(text) is None


def test_a_commands_words_name_topic_number_and_test() -> None:
    assert plain.wanted("cnn 3") == Wanted("cnn", 3)
    assert plain.wanted("7") == Wanted("", 7)
    assert plain.wanted("") == Wanted()
    assert plain.wanted("prova de cnn") == Wanted("de cnn", None, test=True)
    assert plain.wanted("cnn 999").length == plain.MOST


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("me dá uma dica", "hint"), ("hint please", "hint"), ("pular", "skip"), ("next question", "skip"),
        ("sair", "leave"), ("stop the quiz", "leave"), ("a perda", None),
    ],
)  # fmt: skip
def test_what_is_wished_of_a_question_is_read(text: str, wish: str | None) -> None:
    assert plain.wish(text) == wish


@pytest.mark.parametrize(
    ("text", "sure"),
    [("sei", "know"), ("eu acho", "think"), ("foi chute", "guess"), ("a guess", "guess"), ("cnn", None)],
)
def test_how_sure_one_is_is_read(text: str, sure: str | None) -> None:
    assert plain.sureness(text) == sure
