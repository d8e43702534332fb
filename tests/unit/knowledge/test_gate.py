"""The gate: is this question covered?"""

import json

import numpy as np
import pytest

from knowledge.gate import FEATURES, KEEP, Gate, Heard, Vocabulary, features, fit, proper_names
from knowledge.kinds import Kind
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.probe import Probe
from knowledge.questions import Question
from knowledge.retrieval import Hit
from knowledge.text import stem

RANDOM = np.random.default_rng(0)
COVERED = RANDOM.normal(size=(400, len(FEATURES))) + 2
OUTSIDE = RANDOM.normal(size=(100, len(FEATURES))) - 2
LANGUAGES: list[Lang] = ["pt", "en"] * 200
PROBE = Probe(np.array([0.25, -1.0]))


@pytest.fixture(scope="module")
def gate() -> Gate:
    return fit(COVERED, LANGUAGES, OUTSIDE, PROBE)


@pytest.fixture(scope="module")
def vocabulary(lecture: Lecture) -> Vocabulary:
    return Vocabulary(lecture)


def test_a_fitted_gate_separates_the_classes(gate: Gate) -> None:
    assert min(gate.probability(x) for x in COVERED) > 0.5 > max(gate.probability(x) for x in OUTSIDE)


def test_nearly_all_covered_questions_pass(gate: Gate) -> None:
    for lang in LANGS:
        p = np.array([gate.probability(x) for x, spoken in zip(COVERED, LANGUAGES, strict=True) if spoken == lang])
        assert KEEP - 0.005 <= (p >= gate.answer_from[lang]).mean() < 1
        assert gate.ask_back_from[lang] <= gate.answer_from[lang]


def test_each_language_has_its_own_thresholds() -> None:
    rows = np.concatenate([COVERED[:200], COVERED[200:] - 1])
    gate = fit(rows, ["pt"] * 200 + ["en"] * 200, OUTSIDE, PROBE)
    assert gate.answer_from["en"] != gate.answer_from["pt"]
    english = np.array([gate.probability(x) for x in rows[200:]])
    assert (english >= gate.answer_from["en"]).mean() == pytest.approx(KEEP, abs=0.006)


def test_an_extreme_question_has_a_probability(gate: Gate) -> None:
    far = np.full(len(FEATURES), 1e9)
    for sign in (-1, 1):  # beyond a few spreads from the mean a feature says no more
        assert 0 < gate.probability(sign * far) == gate.probability(sign * far * 1e3) < 1


def test_classes_that_nothing_tells_apart_are_even() -> None:
    same = fit(COVERED[:50], LANGUAGES[:50], COVERED[:50], PROBE)
    assert same.probability(COVERED[0]) == pytest.approx(0.5, abs=0.01)


def test_a_gate_survives_being_written_down(gate: Gate) -> None:
    back = Gate.from_json(gate.to_json())
    assert back.probability(COVERED[0]) == pytest.approx(gate.probability(COVERED[0]), abs=1e-3)
    assert back.answer_from == pytest.approx(dict(gate.answer_from), abs=1e-5)
    assert back.ask_back_from == pytest.approx(dict(gate.ask_back_from), abs=1e-5)
    assert back.probe.weights.tolist() == PROBE.weights.tolist()


def test_a_gate_for_other_features_is_refused(gate: Gate) -> None:
    data = json.loads(gate.to_json()) | {"features": ["question", "passage"]}
    with pytest.raises(ValueError, match="other features"):
        Gate.from_json(json.dumps(data))


@pytest.mark.parametrize("text", ["", "{", "{}", '{"features": []}'])
def test_what_is_no_gate_is_refused(text: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Gate.from_json(text)


@pytest.mark.parametrize(
    "change", [None, {"weights": [1.0]}, {"mean": [float("nan")] * len(FEATURES)}, {"answer_from": None}]
)
def test_a_damaged_gate_is_refused(gate: Gate, change: dict[str, object] | None) -> None:
    text = "[]" if change is None else json.dumps(json.loads(gate.to_json()) | change)
    with pytest.raises((ValueError, KeyError)):
        Gate.from_json(text)


def test_words_of_the_concept_cover_a_question(vocabulary: Vocabulary) -> None:
    assert vocabulary.covered("qual rede geradora compete", ["gan"]) == 1


def test_words_of_nothing_leave_a_question_uncovered(vocabulary: Vocabulary) -> None:
    assert vocabulary.covered("bolo cenoura", ["gan"]) == 0


def test_a_question_without_telling_words_is_covered(vocabulary: Vocabulary) -> None:
    assert vocabulary.covered("o que e isso?", []) == 1


def test_a_telling_word_weighs_more_than_an_ordinary_one(vocabulary: Vocabulary) -> None:
    share = vocabulary.covered("gradiente bolo", ["rnn"])
    assert 0 < share < 1
    assert vocabulary.covered("gan bolo", ["gan"]) > share


def test_ordinary_words_of_a_name_weigh_as_a_name(vocabulary: Vocabulary) -> None:
    assert vocabulary.covered("short bolo", ["lstm"]) > vocabulary.covered("memoria bolo", ["rnn"]) - 0.5


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("o que e uma gan", 0),
        ("xilofone e berimbau", 2),
        ("tf-xilofone", 1),  # "tf" is too short to tell
        ("123 4567", 0),
        ("sorteava discriminadores", 0),  # forms of words that are there
        ("descriminadora", 0),  # typed wrong
    ],
)
def test_words_that_the_lecture_never_uses_are_strange(vocabulary: Vocabulary, text: str, count: int) -> None:
    assert vocabulary.strange(text) == count


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("quem é a Maria Silva?", ["Maria", "Silva"]),
        ("Quem criou a gan? Foi ele?", []),
        ("o que é PyTorch e o ReLU", ["PyTorch", "ReLU"]),
        ("QUEM É MARIA", []),
    ],
)
def test_capitals_inside_a_sentence_mark_names(text: str, names: list[str]) -> None:
    assert proper_names(text) == names


def test_features_describe_a_search(lecture: Lecture, vocabulary: Vocabulary) -> None:
    question = Question("", "que rede gan xilofone", "", "pt", (Kind.WHICH,), ("gan",), core="que rede gan xilofone")
    hits = [Hit(lecture.passages[p], 1.0, c, q, 0.75, 0.25, 0.5) for p, c, q in
            (("gan.definition", 0.9, 0.7), ("gan.who", 0.8, 0.8))]  # fmt: skip
    x = dict(zip(FEATURES, features(question, hits, 0.3, 0.75, vocabulary), strict=True))
    assert (x["question"], x["passage"], x["margin"]) == (0.7, 0.9, pytest.approx(0.5))
    assert (x["bm25"], x["chars"], x["probe"]) == (0.5, 0.25, 0.75)
    assert (x["strange"], x["named"], x["which"]) == (1, 1, 1)
    assert 0 < x["covered"] < 1


@pytest.mark.parametrize(
    ("text", "coined"),
    [
        ("o que diz o teorema de braganca", True),
        ("is the kowalewski activation better", True),
        ("explica a rede zorblat", True),
        ("o que e uma rede generativa", False),
        ("o que e uma rede", False),
        ("what is braganca", False),
    ],
)
def test_a_network_called_by_a_strange_word_is_coined(vocabulary: Vocabulary, text: str, coined: bool) -> None:
    assert vocabulary.coined(text) is coined


def test_a_word_that_only_shares_a_short_stem_is_strange(vocabulary: Vocabulary) -> None:
    assert stem("redes", "pt") == stem("redou", "pt") == "red"
    assert (vocabulary.strange("redes"), vocabulary.strange("redou")) == (0, 1)


def test_learners_questions_leave_a_band_between_answer_and_decline() -> None:
    near = COVERED[:200] - RANDOM.uniform(0, 4.5, (200, 1))  # from plainly covered to doubtful
    rows = np.concatenate([near, OUTSIDE])
    heard = Heard(rows, np.arange(300) < 200, LANGUAGES[:300], np.zeros(300, bool))
    gate = fit(COVERED, LANGUAGES, OUTSIDE, PROBE, heard)
    assert all(gate.ask_back_from[lang] < gate.answer_from[lang] for lang in LANGS)


def test_too_few_learners_questions_change_nothing(gate: Gate) -> None:
    heard = Heard(COVERED[:10], np.arange(10) < 5, LANGUAGES[:10], np.zeros(10, bool))
    assert fit(COVERED, LANGUAGES, OUTSIDE, PROBE, heard).to_json() == gate.to_json()
