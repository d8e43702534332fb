"""Passages -> the blocks of an answer."""

import pytest

from handlers import compose
from handlers.compose import Composer
from handlers.messages import Code, Figure, Note, Table, Text
from handlers.ports import Tools
from knowledge.kinds import Kind
from knowledge.passages import Passage


@pytest.fixture
def composer(tools: Tools) -> Composer:
    return Composer(tools.knowledge.lecture, tools.texts, "pt")


def first(composer: Composer, **wanted: object) -> Passage:
    passages = composer.lecture.passages.values()
    return next(p for p in passages if all(getattr(p, k) == v for k, v in wanted.items()))


def test_a_table_is_cut_out_of_the_text() -> None:
    blocks = list(compose.body_blocks("antes\n\n| | A |\n| --- | --- |\n| b | c |\n\ndepois"))
    assert blocks == [Text("antes"), Table(("", "A"), (("b", "c"),)), Text("depois")]


def test_two_rows_are_no_table() -> None:
    assert list(compose.body_blocks("| a |\n| b |")) == [Text("| a |\n| b |")]


def test_a_fact_stands_alone_and_bold_in_the_first_line() -> None:
    assert list(compose.body_blocks("Foi em 1957. Rosenblatt o fez.\n\nFim.", True)) == [
        Text("**Foi em 1957.**\n\nRosenblatt o fez."),
        Text("Fim."),
    ]


def test_a_fact_that_is_bold_already_stays_as_it_is() -> None:
    assert list(compose.body_blocks("Foi em **1957**.", True)) == [Text("Foi em **1957**.")]


@pytest.mark.parametrize(
    ("body", "start"), [("| a |\n\nUm  texto\naqui.", "Um texto aqui."), ("- a\n- b", ""), ("", "")]
)
def test_the_plain_start_is_neither_table_nor_list(body: str, start: str) -> None:
    assert compose.plain_start(body) == start


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("Um. Dois.", "Um."), ("Acerta 84,7 % das vezes. Bom.", "Acerta 84,7 % das vezes."), ("Sem fim", "Sem fim")],
)
def test_the_first_sentence_is_cut_off(text: str, sentence: str) -> None:
    assert compose.first_sentence(text) == sentence


def test_code_that_a_library_lacks_is_shown_in_the_other() -> None:
    assert [b.caption for b in compose.code_blocks("atencao", "keras") if isinstance(b, Code)] == ["PyTorch"]


def test_a_figure_is_shown_once_about_one_concept(composer: Composer) -> None:
    passage = composer.lecture.passages["gan.definition"]
    fresh, again = (composer.passage(passage, Kind.DEFINE, shown) for shown in ((), ("gan.definition",)))
    assert [any(isinstance(b, Figure) for b in blocks) for blocks in (fresh, again)] == [True, False]


def test_a_passage_that_was_taken_away_does_not_matter(composer: Composer) -> None:
    blocks = composer.passage(composer.lecture.passages["gan.definition"], Kind.DEFINE, ("gone.how",))
    assert any(isinstance(b, Figure) for b in blocks)


def test_the_tutors_note_is_marked_as_one(composer: Composer) -> None:
    passage = next(p for p in composer.lecture.passages.values() if p.twins["pt"].note)
    assert Note(passage.twins["pt"].note, "Nota do tutor") in composer.passage(passage)


def test_a_source_says_slide_and_reference(composer: Composer) -> None:
    passages = composer.lecture.passages.values()
    both = next(p for p in passages if p.source.slides and p.source.reference)
    title = composer.source_title(both)
    assert title.startswith("slide “") and both.source.reference in title


def test_a_passage_of_neither_is_the_tutors_own(composer: Composer) -> None:
    from dataclasses import replace

    from knowledge.passages import Source

    passage = replace(composer.lecture.passages["gan.who"], source=Source())
    assert composer.source_title(passage) == composer.texts("pt", "sources.tutor")


def test_what_was_shown_is_not_offered_again(composer: Composer) -> None:
    passage = composer.lecture.passages["gan.definition"]
    offered = {c.id for c in composer.choices(passage).items}
    shown = next(i.split(":")[2] for i in offered if i.startswith("p:"))
    assert f"p:pt:{shown}" not in {c.id for c in composer.choices(passage, (shown,)).items}


def test_there_are_never_more_choices_than_fit(composer: Composer) -> None:
    counts = [len(composer.choices(p).items) for p in composer.lecture.passages.values()]
    assert max(counts) <= compose.MOST_CHOICES + 2


def test_keras_is_offered_where_there_is_such_code(composer: Composer) -> None:
    assert composer.choices(composer.lecture.passages["gan.code"]).items[0].id == "k:pt:gan.code"


def test_things_that_share_no_aspect_are_not_laid_side_by_side(composer: Composer) -> None:
    from dataclasses import replace

    bare = [replace(composer.lecture.concepts[c], id=c) for c in ("gan", "perceptron")]
    empty = replace(composer.lecture, concepts={c.id: replace(c, passages=()) for c in bare})
    assert Composer(empty, composer.texts, "pt").side_by_side(*bare) == []
