"""The next question: due, weak and new are mixed, in an order that teaches, and never nearly the same twice."""

import random
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from knowledge import linking
from knowledge.errors import KnowledgeError
from knowledge.linking import Linker
from knowledge.passages import Lecture
from knowledge.quiz import prerequisites, topics
from knowledge.quiz.bank import Bank
from knowledge.quiz.choosing import PRODUCED, Chooser

NOW = 1000.0


@dataclass(frozen=True)
class Memory:
    due: float = NOW + 100
    recall: float = 0.95


@pytest.fixture(scope="module")
def whole(real: Lecture) -> Bank:
    return Bank.load(real)


@pytest.fixture(scope="module")
def chooser(whole: Bank, real: Lecture) -> Chooser:
    return Chooser(whole, prerequisites.load(real))


@pytest.fixture(scope="module")
def linker(real: Lecture) -> Linker:
    return linking.build(real)


def played(chooser: Chooser, items: list[str], known: dict[str, Memory], count: int) -> list[str]:
    """Ask `count` questions, each remembered at once; gives them in the order asked."""
    asked: list[str] = []
    memory = dict(known)
    for turn in range(count):
        item = chooser.next(items, memory, asked[::-1], NOW, random.Random(turn))
        assert item
        asked.append(item)
        memory[item] = Memory()
    return asked


def test_no_items_give_no_question(chooser: Chooser) -> None:
    assert chooser.next([], {}, [], NOW, random.Random(0)) is None
    assert chooser.next(["gone.item"], {}, [], NOW, random.Random(0)) is None


def test_the_same_seed_chooses_the_same(chooser: Chooser, whole: Bank) -> None:
    first, second = (chooser.next(list(whole.items), {}, [], NOW, random.Random(4)) for _ in range(2))
    assert first == second


def test_due_weak_and_new_are_mixed(chooser: Chooser, whole: Bank) -> None:
    items = sorted(whole.items)
    known = {i: Memory(due=NOW - 1) for i in items[:20]} | {i: Memory(recall=0.4) for i in items[20:40]}
    known |= {i: Memory() for i in items[40:50]}
    chosen = [chooser.next(items, known, [], NOW, random.Random(seed)) for seed in range(200)]
    sorts = Counter(
        "new" if i not in known else "due" if known[i].due < NOW else "weak" if known[i].recall < 0.8 else "strong"
        for i in chosen
        if i
    )
    assert sorts["due"] > sorts["new"] > 20
    assert sorts["weak"] > 15
    assert sorts["strong"] == 0


def test_what_is_known_well_is_asked_when_nothing_else_is_there(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for i in whole.of("perceptron")]
    assert chooser.next(items, {i: Memory() for i in items}, [], NOW, random.Random(1)) in items


def test_at_least_two_fifths_are_produced(chooser: Chooser, whole: Bank) -> None:
    asked = played(chooser, list(whole.items), {}, 60)
    assert sum(map(whole.produced, asked)) / len(asked) >= PRODUCED
    assert not all(map(whole.produced, asked))


def test_nothing_comes_again_while_there_is_something_else(chooser: Chooser, whole: Bank) -> None:
    asked = played(chooser, list(whole.items), {}, 50)
    assert len(set(asked)) == 50


def test_near_identical_items_never_follow_one_another(chooser: Chooser, whole: Bank) -> None:
    asked = played(chooser, list(whole.items), {}, 60)
    assert [pair for pair in pairwise(asked) if chooser.near(*pair)] == []


def test_a_single_item_may_come_again(chooser: Chooser) -> None:
    only = "perceptron.quando-aprende"
    assert chooser.next([only], {}, [only], NOW, random.Random(0)) == only


def test_items_of_one_group_or_generator_are_near(chooser: Chooser) -> None:
    assert chooser.near("relu.qual-curva", "tanh.qual-curva")
    assert chooser.near("gan.que-rede-e", "gan.que-rede-e")
    assert not chooser.near("softmax.probabilidade", "entropia-cruzada.de-um-exemplo")


def test_a_concept_waits_for_what_it_builds_on(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for c in ("perceptron", "xor", "separabilidade-linear") for i in whole.of(c)]
    first = {chooser.next(items, {}, [], NOW, random.Random(seed)) for seed in range(30)}
    assert {whole.items[i].concept for i in first if i} == {"perceptron"}


def test_a_concept_known_well_lets_others_build_on_it(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for c in ("perceptron", "separabilidade-linear") for i in whole.of(c)]
    known = {i.id: Memory() for i in whole.of("perceptron")}
    chosen = {chooser.next(items, known, [], NOW, random.Random(seed)) for seed in range(30)}
    assert "separabilidade-linear" in {whole.items[i].concept for i in chosen if i}


def test_a_named_concept_is_asked_though_it_builds_on_others(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for i in whole.of("lstm")]
    assert chooser.next(items, {}, [], NOW, random.Random(0)) in items


def test_the_easiest_of_the_new_comes_first(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for i in whole.of("perceptron") if not whole.produced(i.id)]
    first = chooser.next(items, {}, [], NOW, random.Random(3))
    assert first
    assert whole.items[first].difficulty == min(whole.items[i].difficulty for i in items)


def test_the_most_forgotten_comes_first(chooser: Chooser, whole: Bank) -> None:
    items = [i.id for i in whole.of("perceptron")]
    known = {i: Memory(due=NOW - 5, recall=0.9) for i in items} | {items[0]: Memory(due=NOW - 5, recall=0.2)}
    produced = ["cnn.etapas"] * 6  # enough produced answers lately: any sort may come
    assert chooser.next(items, known, produced, NOW, random.Random(0)) == items[0]


def test_testing_out_takes_the_hardest_and_none_nearly_the_same(chooser: Chooser, whole: Bank) -> None:
    items = [i for i in whole.items if whole.items[i].section == "arquiteturas"]
    hard = chooser.hardest(items, 5, random.Random(0))
    rest = [whole.items[i].difficulty for i in items if i not in hard]
    assert len(hard) == 5
    assert min(whole.items[i].difficulty for i in hard) >= sorted(rest)[-3] - 1
    assert not any(chooser.near(a, b) for a in hard for b in hard if a != b)


def test_testing_out_of_a_small_topic_takes_all_there_is(chooser: Chooser) -> None:
    assert set(chooser.hardest(["relu.qual-curva", "tanh.qual-curva"], 5, random.Random(0))) == {
        "relu.qual-curva", "tanh.qual-curva",
    }  # fmt: skip


def test_prerequisites_hold_sections_links_and_what_is_written(real: Lecture) -> None:
    needs = prerequisites.load(real)
    assert "perceptron" in needs["xor"]
    assert set(needs) == set(real.concepts)
    assert not any(c in found for c, found in needs.items())


@pytest.mark.parametrize(
    ("text", "problem"), [("xor: [no-such]\n", "no concept"), ("relu: [tanh]\ntanh: [relu]\n", "a circle")]
)
def test_wrong_prerequisites_are_refused(real: Lecture, tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "p.yaml").write_text(text, "utf-8")
    with pytest.raises(KnowledgeError, match=problem):
        prerequisites.load(real, tmp_path / "p.yaml")


@pytest.mark.parametrize(
    ("said", "name", "concept"),
    [
        ("cnn", "cnn", "cnn"), ("redes convolucionais", "cnn", "cnn"), ("sobre GANs", "gan", "gan"), ("LSTM",
        "lstm", "lstm"),
        ("gradiente descendente", "gradiente-descendente", "gradiente-descendente"), ("Overfiting", "overfitting",
        "overfitting"),
        ("arquiteturas", "arquiteturas", "cnn"), ("history", "historia", "linha-do-tempo"), ("learning",
        "aprendizado", "dropout"),
        ("", "", "cnn"), ("tudo", "", "gan"), ("quero um quiz", "", "gan"), ("saiba-mais", "saiba-mais",
        "livros-recomendados"),
    ],
)  # fmt: skip
def test_a_topic_is_found_in_a_learners_words(
    whole: Bank, real: Lecture, linker: Linker, said: str, name: str, concept: str
) -> None:
    topic = topics.find(said, whole, real, linker)
    assert topic
    assert topic.name == name
    assert concept in topic.concepts


def test_several_concepts_make_one_topic(whole: Bank, real: Lecture, linker: Linker) -> None:
    topic = topics.find("cnn e rnn", whole, real, linker)
    assert topic
    assert topic.concepts == ("cnn", "rnn")


def test_a_topic_that_nothing_asks_about_is_none(whole: Bank, real: Lecture, linker: Linker) -> None:
    assert topics.find("futebol", whole, real, linker) is None


@pytest.mark.parametrize(
    ("said", "topic", "count"),
    [("gan 5", "gan", 5), ("cnn", "cnn", None), ("7", "", 7), ("redes, 3 perguntas", "redes,", 3), ("gan 99",
    "gan", 20),
     ("LSTM 4 questions", "LSTM", 4), ("gan 0", "gan", 1)],
)  # fmt: skip
def test_the_number_of_questions_is_taken_off_the_end(said: str, topic: str, count: int | None) -> None:
    assert topics.split(said) == (topic, count)
