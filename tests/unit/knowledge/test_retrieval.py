"""Ranking passages by meaning, words, letters, kind and name."""

import numpy as np
import pytest

from knowledge.kinds import Kind
from knowledge.passages import LANGS, Lecture
from knowledge.questions import Context, Question, Understanding
from knowledge.retrieval import Cosines, Hit, Searcher, Texts, Weights, document
from knowledge.vectors import VectorStore
from tests.fakes import DIMENSIONS, HashingEncoder

HALF = 2**-11  # the relative error of a weight in half precision


@pytest.fixture(scope="module")
def lexical(lecture: Lecture) -> Searcher:
    return Searcher(lecture)


@pytest.fixture(scope="module")
def full(lecture: Lecture, encoder: HashingEncoder, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    searcher, cache = Searcher(lecture), tmp_path_factory.mktemp("vectors")
    searcher.use_vectors(VectorStore(encoder, cache, cache))
    return searcher


def search(searcher: Searcher, question: Question, encoder: HashingEncoder | None = None) -> list[Hit]:
    vector = encoder.queries([question.text])[0] if encoder else None
    return searcher.rank(question, searcher.signals(question.text, vector))


def ask(understanding: Understanding, text: str, *concepts: str) -> Question:
    return understanding.understand(text, "pt", Context(concepts))


def test_texts_are_laid_out_passage_after_passage(lecture: Lecture) -> None:
    texts = Texts.of(lecture)
    assert len(texts.twins) == 2 * len(texts.passages)
    assert texts.twins[0].startswith("Rede generativa adversária. O que é uma GAN. Uma GAN é")
    assert [texts.short[i] for i in texts.owners[:2]] == ["O que é uma GAN", "Quem criou a GAN"]


def test_all_that_has_a_vector_is_listed(lecture: Lecture) -> None:
    texts = Texts.of(lecture)
    assert len(texts.to_embed()) == len(texts.twins) + len(texts.short)
    assert ("query", "o que é uma GAN?") in texts.to_embed()


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        ("o que é uma GAN?", "gan.definition"),
        ("quem criou a gan", "gan.who"),
        ("qual a diferença entre GAN e VAE?", "gan.comparison-vae"),
        ("limitações da rnn", "rnn.limits"),
        ("an analogy for the LSTM", "lstm.simple"),
    ],
)
@pytest.mark.parametrize("meaning", [True, False])
def test_a_question_finds_its_passage(
    full: Searcher, lexical: Searcher, understanding: Understanding, encoder: HashingEncoder, text: str, passage: str,
    meaning: bool,
) -> None:  # fmt: skip
    found = search(full, ask(understanding, text), encoder) if meaning else search(lexical, ask(understanding, text))
    assert found[0].passage.id == passage


def test_hits_come_best_first(lexical: Searcher, understanding: Understanding) -> None:
    scores = [hit.score for hit in search(lexical, ask(understanding, "o que é uma rede?"))]
    assert len(scores) == 8 and scores == sorted(scores, reverse=True)


def test_a_hit_says_why(full: Searcher, understanding: Understanding, encoder: HashingEncoder) -> None:
    best = search(full, ask(understanding, "o que é uma GAN?"), encoder)[0]
    assert best.question == pytest.approx(1, abs=1e-3)
    assert best.cosine >= best.question
    assert 0 < best.bm25 < 1 and best.chars == pytest.approx(1, rel=HALF)


def test_several_questions_speak_for_a_passage_together(full: Searcher, encoder: HashingEncoder) -> None:
    vector, owners = encoder.queries(["gan"])[0], full.texts.owners
    short = np.zeros(len(full.texts.short), np.float32)
    short[:4], short[owners[1]] = (0.6, 0.9, 0.7, 0.8), 0.95  # the second passage has a single near question
    twins = np.zeros(len(full.texts.twins), np.float32)
    signals = full.signals("gan", vector, cosines=Cosines(twins, short))
    assert signals.question[:2].tolist() == pytest.approx([0.9, 0.95])
    assert signals.several[:2].tolist() == pytest.approx([(0.9 + 0.8 + 0.7) / 3, 0.95 / 3])


def test_without_a_model_there_is_no_cosine(lexical: Searcher, understanding: Understanding) -> None:
    best = search(lexical, ask(understanding, "o que é uma GAN?"))[0]
    assert (best.cosine, best.question) == (0, 0)
    assert not lexical.has_vectors


def test_vectors_of_twins_are_there_with_a_model(full: Searcher) -> None:
    assert full.has_vectors
    assert full.twin_vectors().shape == (2 * len(full.texts.passages), DIMENSIONS)


def test_vectors_of_twins_are_missed_without_one(lexical: Searcher) -> None:
    with pytest.raises(RuntimeError, match="use_vectors"):
        lexical.twin_vectors()


def test_nothing_is_compared_without_vectors(lecture: Lecture) -> None:
    with pytest.raises(RuntimeError, match="use_vectors"):
        Searcher(lecture).cosines(np.zeros((1, 64), np.float32))


def test_a_hidden_question_does_not_find_itself(full: Searcher, encoder: HashingEncoder) -> None:
    text = "o que é uma GAN?"
    vector, hidden = encoder.queries([text])[0], range(6)  # title and questions of the first passage
    shown, blind = full.signals(text, vector), full.signals(text, vector, hidden)
    assert blind.question[0] < shown.question[0] and blind.chars[0] < shown.chars[0]
    assert np.array_equal(blind.passage, shown.passage)


def test_the_kind_decides_between_passages_of_one_concept(lecture: Lecture) -> None:
    heavy = Searcher(lecture, Weights(aspect=1))
    best = {kind: search(heavy, Question("", "lstm", "lstm", "pt", (kind,), ("lstm",)))[0].passage.aspect
            for kind in (Kind.DEFINE, Kind.SIMPLE)}  # fmt: skip
    assert best == {Kind.DEFINE: "definition", Kind.SIMPLE: "simple"}


def test_a_bare_follow_up_is_decided_by_its_kind(
    full: Searcher, understanding: Understanding, encoder: HashingEncoder
) -> None:
    question = ask(understanding, "mais simples", "rede-neural")
    assert question.bare
    assert search(full, question, encoder)[0].passage.id == "rede-neural.simple"


def test_a_named_concept_is_favoured(lecture: Lecture) -> None:
    heavy = Searcher(lecture, Weights(concept=10))
    question = Question("", "o que é", "o que e", "pt", (), ("vae",))
    assert {hit.passage.concept for hit in search(heavy, question)[:2]} == {"vae"}


def test_a_telling_name_is_favoured_over_a_generic_one(lecture: Lecture) -> None:
    heavy = Searcher(lecture, Weights(concept=10), {"rede-neural": 0.1})
    question = Question("", "x", "x", "pt", (), ("rede-neural", "lstm"))
    assert {hit.passage.concept for hit in search(heavy, question)[:2]} == {"lstm"}


@pytest.mark.parametrize("concepts", [("gan", "vae"), ("vae", "gan")])
def test_a_comparison_of_both_is_favoured(lecture: Lecture, concepts: tuple[str, str]) -> None:
    heavy = Searcher(lecture, Weights(versus=10))
    question = Question("", "x", "x", "pt", (Kind.COMPARE,), concepts)
    assert search(heavy, question)[0].passage.id == "gan.comparison-vae"


def test_each_passage_has_a_document_a_language(lecture: Lecture) -> None:
    first = Texts.of(lecture).passages[0]
    pt, en = (document(lecture, first, lang, asked=False) for lang in LANGS)
    assert "rede generativa adversária" in pt and "generative adversarial network" in en
    question = first.twins["pt"].questions[0]
    assert question in document(lecture, first, "pt", asked=True) and question not in pt
