"""Every kind of question keeps the protocol, and every item of the bank the rules of `knowledge/quiz/README.md`."""

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator

import pytest
from PIL import Image

from knowledge.passages import LANGS, Lang, Lecture
from knowledge.quiz import answers, kinds, patterns, pictures, rules
from knowledge.quiz.answers import Meaning
from knowledge.quiz.bank import Bank
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Verdict
from knowledge.quiz.options import Options
from knowledge.quiz.patterns import Synonyms
from knowledge.quiz.picture_body import Body
from knowledge.quiz.pictures import render

SEEDS = range(12)
LONGEST = 0.35  # of the choice items may have the longest option as the right one
TELEGRAM_QUESTION, TELEGRAM_OPTION = 300, 100  # of a native quiz
DISCORD_OPTION = 100  # of a select
LETTERS = 4  # "A) " before an option
LIGHTEST = 60_000  # bytes of a picture: arrives at once on a slow phone
KINDS = sorted(kinds.discover())


@pytest.fixture(scope="module")
def bank(lecture: Lecture) -> Bank:
    return Bank.load(lecture)


def of_kind(bank: Bank, kind: str) -> list[Item]:
    return [item for item in bank.items.values() if item.kind == kind]


def asked(bank: Bank, kind: str) -> Iterator[tuple[Item, Lang, int, Question]]:
    """Put some of a kind's items in both languages, with some seeds."""
    for item in of_kind(bank, kind)[:8]:
        for lang in LANGS:
            for seed in (0, 1, 7):
                yield item, lang, seed, bank.present(item.id, lang, seed)


def options_of(item: Item) -> Options | None:
    if isinstance(item.body, Body):
        return None if item.body.panel else item.body.options
    return item.body if isinstance(item.body, Options) else None


def shown(question: Question) -> str:
    """Write down all that may leave the server."""
    return json.dumps(dataclasses.asdict(question), default=str, ensure_ascii=False)


# The kinds


@pytest.mark.parametrize("kind", KINDS)
def test_the_bank_has_items_of_every_kind(bank: Bank, kind: str) -> None:
    assert len(of_kind(bank, kind)) >= 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_is_the_same_each_time_it_is_shown(bank: Bank, kind: str) -> None:
    assert all(bank.present(item.id, lang, seed) == question for item, lang, seed, question in asked(bank, kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_key_is_graded_right(bank: Bank, kind: str) -> None:
    for item, lang, seed, _ in asked(bank, kind):
        verdict = bank.grade(item.id, lang, seed, bank.key(item.id, lang, seed))
        assert isinstance(verdict, Verdict)
        assert (verdict.correct, verdict.score, verdict.item) == (True, 1.0, item.id)
        assert verdict.why == item.why[lang]
        assert verdict.right
        assert verdict.source == item.source


@pytest.mark.parametrize("kind", KINDS)
def test_another_answer_is_graded_wrong_and_says_why(bank: Bank, kind: str) -> None:
    for item, lang, seed, question in asked(bank, kind):
        verdict = bank.grade(item.id, lang, seed, wrong_answer(bank, item, lang, seed, question))
        assert isinstance(verdict, Verdict)
        assert not verdict.correct
        assert 0 <= verdict.score < 1
        assert verdict.feedback or verdict.missing


def wrong_answer(bank: Bank, item: Item, lang: Lang, seed: int, question: Question) -> Answer:
    key = bank.key(item.id, lang, seed)
    if isinstance(key, int):
        return (key + 1) % len(question.options)
    if isinstance(key, tuple):
        return (*key[1:], key[0])
    return "-987654" if question.input is Input.NUMBER else "banana"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("typed", ["não sei", "I don't know"])
def test_not_knowing_is_not_graded(bank: Bank, kind: str, typed: str) -> None:
    for item, lang, seed, _ in asked(bank, kind):
        assert bank.grade(item.id, lang, seed, typed) == NotAnAnswer(Reason.DONT_KNOW)


@pytest.mark.parametrize("kind", KINDS)
def test_presses_that_are_not_there_are_not_graded(bank: Bank, kind: str) -> None:
    impossible: tuple[Answer, ...] = (-1, 99, (), (0, 0), (0, 1, 99), (0,) * 9)
    for item, lang, seed, _ in asked(bank, kind):
        assert {bank.grade(item.id, lang, seed, a) for a in impossible} == {NotAnAnswer(Reason.UNREADABLE)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_holds_neither_its_key_nor_what_explains_it(bank: Bank, kind: str) -> None:
    for item, lang, _, question in asked(bank, kind):
        assert item.why[lang] not in shown(question)
        assert not any(hint in shown(question) for hint in item.hints[lang])
        assert {f.name for f in dataclasses.fields(question)} == {
            "item", "kind", "concept", "lang", "seed", "input", "prompt", "options", "slots", "picture"
        }  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_says_whether_its_answers_are_produced(bank: Bank, kind: str) -> None:
    inputs = {question.input for *_, question in asked(bank, kind)}
    assert bank.kinds[kind].produced == (inputs != {Input.OPTIONS})


@pytest.mark.parametrize("kind", KINDS)
def test_presses_answer_what_typing_answers(bank: Bank, kind: str) -> None:
    for item, lang, seed, question in asked(bank, kind):
        key = bank.key(item.id, lang, seed)
        assert bool(question.presses) == (not isinstance(key, str))
        if isinstance(key, int):
            assert bank.grade(item.id, lang, seed, "abcdefgh"[key]) == bank.grade(item.id, lang, seed, key)
        if isinstance(key, tuple):
            assert len(key) == question.presses
            assert bank.grade(item.id, lang, seed, " ".join("abcdefgh"[p] for p in key)) == bank.grade(
                item.id, lang, seed, key
            )


def test_two_kinds_of_one_name_are_refused() -> None:
    kind = next(iter(kinds.discover().values()))
    with pytest.raises(ValueError, match="are called"):
        kinds.by_name([kind, kind])


# The items


def test_every_item_keeps_the_rules(bank: Bank) -> None:
    assert {i.id: found for i in bank.items.values() if (found := list(rules.problems(i, bank)))} == {}


def test_there_are_160_items(bank: Bank) -> None:
    assert len(bank.items) >= 160


def test_every_concept_has_an_item(bank: Bank, lecture: Lecture) -> None:
    assert set(lecture.concepts) - {item.concept for item in bank.items.values()} == set()


def test_every_section_has_items_to_produce_an_answer_for(bank: Bank, lecture: Lecture) -> None:
    produced = {item.section for item in bank.items.values() if bank.produced(item.id)}
    assert {concept.section for concept in lecture.concepts.values()} - produced == set()


@pytest.mark.parametrize("lang", LANGS)
def test_the_longest_option_is_rarely_the_right_one(bank: Bank, lang: Lang) -> None:
    found = [o for item in bank.items.values() if (o := options_of(item))]
    longest = [len(o.right[lang]) > max(len(w.label[lang]) for w in o.wrong) for o in found]
    assert sum(longest) / len(longest) <= LONGEST


@pytest.mark.parametrize("lang", LANGS)
def test_the_shortest_option_is_not_the_right_one_either(bank: Bank, lang: Lang) -> None:
    found = [o for item in bank.items.values() if (o := options_of(item))]
    shortest = [len(o.right[lang]) < min(len(w.label[lang]) for w in o.wrong) for o in found]
    assert sum(shortest) / len(shortest) <= 0.5


def test_seeds_move_the_right_option(bank: Bank) -> None:
    items = [*of_kind(bank, "choice"), *of_kind(bank, "picture")]
    places = Counter(bank.key(item.id, "pt", seed) for item in items for seed in SEEDS)
    expected = sum(len(SEEDS) / len(bank.present(item.id, "pt", 0).options) for item in items)
    assert places[0] == pytest.approx(expected, rel=0.25)
    assert all(len({bank.key(item.id, "pt", seed) for seed in SEEDS}) > 1 for item in items)


def test_both_languages_put_the_right_option_at_the_same_place(bank: Bank) -> None:
    items = [*of_kind(bank, "choice"), *of_kind(bank, "picture"), *of_kind(bank, "ordering")]
    assert all(bank.key(i.id, "pt", seed) == bank.key(i.id, "en", seed) for i in items for seed in (0, 5))


def test_true_and_false_are_both_usual(bank: Bank) -> None:
    true = [bank.key(item.id, "pt", 0) == 0 for item in of_kind(bank, "true-false")]
    assert 0.35 <= sum(true) / len(true) <= 0.65


@pytest.mark.parametrize("lang", LANGS)
def test_native_quizzes_have_room_for_every_question(bank: Bank, lang: Lang) -> None:
    for kind in ("choice", "true-false", "picture"):
        for item in of_kind(bank, kind):
            question = bank.present(item.id, lang, 0)
            assert len(question.prompt) <= TELEGRAM_QUESTION, item.id
            assert all(len(o) + LETTERS <= min(TELEGRAM_OPTION, DISCORD_OPTION) for o in question.options), item.id


def test_no_two_items_ask_the_same_and_no_twins_are_alike(bank: Bank) -> None:
    assert list(rules.shared_problems(bank)) == []


# The pictures


@pytest.mark.parametrize("name", pictures.names())
def test_a_picture_is_drawn_from_the_present_source(name: str) -> None:
    assert render.read_manifest().get(name) == render.fingerprint(name), "python -m knowledge.quiz.pictures.render"


@pytest.mark.parametrize("name", pictures.names())
def test_a_picture_is_light_and_there_in_every_turn_language_and_theme(name: str) -> None:
    for turn in range(pictures.turns(name)):
        for lang in LANGS:
            for theme in ("light", "dark"):
                path = pictures.path(name, lang, theme, turn)
                assert path.stat().st_size <= LIGHTEST
                with Image.open(path) as picture:
                    assert picture.width == 1080


def test_no_picture_is_left_over() -> None:
    wanted = {
        pictures.path(name, lang, theme, turn)
        for name in pictures.names()
        for turn in range(pictures.turns(name))
        for lang in LANGS
        for theme in ("light", "dark")
    }
    assert set(pictures.PNG.glob("*.png")) == wanted


@pytest.mark.parametrize("lang", LANGS)
def test_the_words_for_a_picture_do_not_say_the_answer(bank: Bank, lang: Lang) -> None:
    for item in of_kind(bank, "picture"):
        assert isinstance(item.body, Body)
        question = bank.present(item.id, lang, 1)
        assert question.picture
        assert len(question.picture.alt) >= 60
        assert item.body.options.right[lang].casefold() not in question.picture.alt.casefold(), item.id


def test_every_turn_of_a_picture_is_met(bank: Bank) -> None:
    for item in of_kind(bank, "picture"):
        assert isinstance(item.body, Body)
        files = {str(q.picture.light) for s in SEEDS if (q := bank.present(item.id, "pt", s)).picture}
        assert len(files) == pictures.turns(item.body.picture)


def test_the_described_panels_stand_as_drawn(bank: Bank) -> None:
    alts = {turn: pictures.alt("ativacoes", "en", turn) for turn in range(3)}
    assert [alts[turn].index("S-shaped curve from 0") > alts[turn].index(" B: ") for turn in range(3)] == [
        True, False, True,
    ]  # fmt: skip


def test_an_unknown_picture_is_refused() -> None:
    with pytest.raises(KeyError):
        pictures.alt("render", "pt")


# What is typed while a question is open


@pytest.fixture(scope="module")
def synonyms() -> Synonyms:
    return patterns.load_synonyms()


def read(bank: Bank, synonyms: Synonyms, item: str, lang: Lang, text: str) -> Meaning:
    return answers.meaning(text, bank.present(item, lang, 1), bank.grade(item, lang, 1, text), synonyms)


@pytest.mark.parametrize("lang", LANGS)
def test_a_typed_key_is_an_answer_to_every_item(bank: Bank, synonyms: Synonyms, lang: Lang) -> None:
    keys = {i: bank.key(i, lang, 1) for i in bank.items}
    spoken = {
        i: key if isinstance(key, str) else " ".join("abcdefgh"[p] for p in ((key,) if isinstance(key, int) else key))
        for i, key in keys.items()
    }
    assert {
        i: m for i, text in spoken.items() if (m := read(bank, synonyms, i, lang, text)) is not Meaning.ANSWER
    } == {}


@pytest.mark.parametrize("lang", LANGS)
def test_an_option_in_words_is_an_answer_to_every_item(bank: Bank, synonyms: Synonyms, lang: Lang) -> None:
    shown = [
        (i, label)
        for i in bank.items
        for label in bank.present(i, lang, 1).options
        if bank.present(i, lang, 1).presses == 1
    ]
    assert [(i, label) for i, label in shown if read(bank, synonyms, i, lang, label) is not Meaning.ANSWER] == []


@pytest.mark.parametrize("lang", LANGS)
def test_no_item_is_answered_by_its_own_question(bank: Bank, synonyms: Synonyms, lang: Lang) -> None:
    prompts = {i: bank.present(i, lang, 1).prompt for i in bank.items}
    assert {i for i, text in prompts.items() if read(bank, synonyms, i, lang, text) is not Meaning.REPEATS} == set()


@pytest.mark.parametrize("text", ["qual é a resposta?", "tell me the answer", "o que é uma rede neural?", "oi", "kkkk"])
def test_no_item_takes_other_talk_for_an_answer(bank: Bank, synonyms: Synonyms, text: str) -> None:
    assert [i for i in bank.items if read(bank, synonyms, i, "pt", text) is Meaning.ANSWER] == []
