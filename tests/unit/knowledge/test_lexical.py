"""BM25 and letter n-grams against values worked out by hand."""

from math import log

import numpy as np
import pytest

from knowledge import lexical
from knowledge.lexical import BM25, CharNgrams, Counts

HALF = 2**-11  # the relative error of a weight in half precision
TEXTS = ("a rede aprende", "a rede esquece tudo", "bolo de cenoura")


def whole(word: str) -> tuple[str, ...]:
    return (word,)


def test_counts_hold_every_term_of_every_text() -> None:
    counts = Counts.of(["b a b", "a"], whole)
    assert counts.terms == {"b": 0, "a": 1}
    assert counts.starts.tolist() == [0, 1, 3]
    assert counts.docs.tolist() == [0, 0, 1]
    assert counts.values.tolist() == [2, 1, 1]
    assert counts.lengths.tolist() == [3, 1]


def test_counts_give_document_frequencies() -> None:
    assert Counts.of(["b a b", "a"], whole).frequency.tolist() == [1, 2]


def test_counts_of_empty_texts_score_nothing() -> None:
    counts = Counts.of(["", ""], whole)
    assert counts.score(np.zeros(0, np.int32), np.zeros(0, np.float32)).tolist() == [0, 0]


def test_many_texts_are_counted_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    few = Counts.of(TEXTS * 3, whole)
    monkeypatch.setattr(lexical, "AT_ONCE", 2)
    many = Counts.of(TEXTS * 3, whole)
    assert few.terms == many.terms
    for name in ("starts", "docs", "values", "lengths"):
        assert getattr(few, name).tolist() == getattr(many, name).tolist()


def test_a_word_may_give_several_terms() -> None:
    counts = Counts.of(["ab a"], tuple)
    assert (counts.terms, counts.values.tolist(), counts.lengths.tolist()) == ({"a": 0, "b": 1}, [2, 1], [3])


def test_bm25_gives_the_textbook_value() -> None:
    idf = log(1 + (2 - 1 + 0.5) / (1 + 0.5))
    length = 1 / 1.5  # of the mean
    expected = idf * (1 * 2.2) / (1 + 1.2 * (0.25 + 0.75 * length))
    assert BM25(["gato", "rede pato"], "pt").scores("gato").tolist() == pytest.approx([expected, 0], rel=HALF)


def test_bm25_finds_other_forms_of_a_word() -> None:
    assert BM25(TEXTS, "pt").scores("redes").argmax() in (0, 1)


def test_bm25_counts_a_repeated_word_of_the_query_once() -> None:
    bm25 = BM25(TEXTS, "pt")
    assert bm25.scores("rede rede").tolist() == bm25.scores("rede").tolist()


def test_bm25_gives_an_unknown_word_nothing() -> None:
    assert not BM25(TEXTS, "pt").scores("xylofone").any()


def test_the_same_text_has_cosine_one() -> None:
    assert CharNgrams(TEXTS).scores(TEXTS[1])[1] == pytest.approx(1, rel=HALF)


def test_a_typo_still_finds_its_text() -> None:
    scores = CharNgrams(TEXTS).scores("bolo de senoura")
    assert scores.argmax() == 2
    assert 0.3 < scores[2] < 1


def test_unseen_letters_lower_the_cosine() -> None:
    index = CharNgrams(TEXTS)
    assert index.scores("bolo xyzxyz").max() < index.scores("bolo").max()


def test_an_empty_query_scores_nothing() -> None:
    assert not CharNgrams(TEXTS).scores("!?").any()


def test_an_ngram_of_most_documents_tells_nothing() -> None:
    index = CharNgrams(["rede"] * 60 + ["bolo"])
    assert not index.scores("rede").any()
    assert index.scores("bolo").argmax() == 60
