"""Cleaning, folding and cutting text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import (
    FOLD_SAFE,
    MAX_MESSAGE,
    char_ngrams,
    clean,
    expand_shorthand,
    fold,
    remembering,
    stem,
    words,
)


def test_invisible_and_control_characters_disappear() -> None:
    assert clean("per\u200bcep\u00adtron\x00\x1b \ufeff") == "perceptron"


def test_lone_surrogates_do_not_survive() -> None:
    assert clean("a\ud800b").encode("utf-8")


def test_compatibility_forms_become_plain() -> None:
    assert clean("Ｇ𝐀𝗡 ①") == "GAN 1"


def test_runs_of_spaces_and_empty_lines_shrink() -> None:
    assert clean("  a \t b\n \n\n c ") == "a b\n c"


def test_the_latest_outcomes_are_remembered_but_not_a_huge_texts() -> None:
    looked: list[str] = []

    @remembering(2)
    def look(text: str) -> int:
        looked.append(text)
        return len(text)

    huge = "a" * (MAX_MESSAGE + 1)
    assert [look(text) for text in ("a", "bb", "a", "ccc", "bb", huge, huge)] == [1, 2, 1, 3, 2, len(huge), len(huge)]
    assert looked == ["a", "bb", "ccc", "bb", huge, huge]


def test_a_long_message_is_cut() -> None:
    assert len(clean("ab" * 10**6)) == MAX_MESSAGE


@given(st.text(max_size=300))
def test_any_text_can_be_cleaned_folded_and_cut(message: str) -> None:
    text = clean(message)
    assert len(text) <= MAX_MESSAGE
    assert all(word == fold(word) for word in words(text))


@pytest.mark.parametrize(("text", "folded"), [("NÃO", "nao"), ("Straße", "strasse"), ("Bjørn Æ", "bjorn ae")])
def test_folding_drops_case_and_accents(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=100))
def test_folding_is_lower_case_without_marks(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(FOLD_SAFE))
    assert fold(text) == "".join(ch for ch in decomposed if unicodedata.category(ch) != "Mn")


def test_names_with_dots_and_hyphens_stay_whole() -> None:
    assert words("LeNet-5 (1406.2661), tf.keras!") == ["lenet-5", "1406.2661", "tf.keras"]


def test_stems_depend_on_the_language() -> None:
    assert stem("redes", "pt") == stem("rede", "pt")
    assert stem("networks", "en") == stem("network", "en") == "network"


@pytest.mark.parametrize(
    ("chat", "spelled"),
    [
        ("oq é relu", "o que é relu"),
        ("pq a rnn esquece", "por que a rnn esquece"),
        ("p q serve", "para que serve"),
        ("n sei", "não sei"),
        ("vc sabe ml?", "você sabe machine learning?"),
        ("linguagem r", "linguagem r"),
        ("IA e C", "IA e C"),
    ],
)
def test_portuguese_shorthand_is_spelled_out(chat: str, spelled: str) -> None:
    assert expand_shorthand(chat, "pt") == spelled


@pytest.mark.parametrize(("chat", "spelled"), [("qtos", "quantos"), ("qntas", "quantas"), ("qnto", "quanto")])
def test_every_short_how_many_is_spelled_out(chat: str, spelled: str) -> None:
    assert expand_shorthand(chat, "pt") == spelled


@pytest.mark.parametrize(
    ("chat", "spelled"),
    [
        ("whats ml", "what is machine learning"),
        ("diff b/w cnn and rnn", "difference between cnn and rnn"),
        ("u rly think so? idk", "you really think so? I don't know"),
        ("the R language", "the R language"),
        ("gtp", "gtp"),
    ],
)
def test_english_shorthand_is_spelled_out(chat: str, spelled: str) -> None:
    assert expand_shorthand(chat, "en") == spelled


def test_the_language_r_is_not_the_verb_are() -> None:
    assert expand_shorthand("what is r?", "en") == "what is r?"


def test_a_shouted_message_is_calmed() -> None:
    assert expand_shorthand("QUAL É A DIFERENÇA", "pt") == "qual é a diferença"


def test_a_short_acronym_is_not_a_shout() -> None:
    assert expand_shorthand("GPU", "en") == "GPU"


def test_letter_runs_mark_where_words_begin_and_end() -> None:
    assert char_ngrams("GAN") == [" ga", "gan", "an ", " gan", "gan ", " gan "]
