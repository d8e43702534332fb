"""Learners' own questions: read, checked with file and line, and kept apart from what measures the tutor."""

from pathlib import Path

import pytest

from knowledge import learners, loader
from knowledge.errors import KnowledgeError
from knowledge.tutor import Knowledge
from tests.eval import labelled

GOOD = '{"q": "oq é gan", "lang": "pt", "concepts": ["gan"]}'


def written(folder: Path, *lines: str) -> Path:
    path = folder / "learners.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def test_a_question_is_read_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "", GOOD, '{"q": "who won?", "lang": "en", "concepts": []}')
    assert learners.load(path) == (
        learners.Labelled("oq é gan", "pt", ("gan",), 2),
        learners.Labelled("who won?", "en", (), 3),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "no JSON"),
        ("[]", "'q' and 'lang'"),
        ('{"q": " ", "lang": "pt", "concepts": []}', "'q' and 'lang'"),
        ('{"q": "x", "lang": "fr", "concepts": []}', "pt or en"),
        ('{"q": "x", "lang": "pt"}', "list of concept ids"),
        ('{"q": "x", "lang": "pt", "concepts": "gan"}', "list of concept ids"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, problem: str) -> None:
    path = written(tmp_path, GOOD, line)
    with pytest.raises(KnowledgeError, match=problem) as caught:
        learners.load(path)
    assert (caught.value.path, caught.value.line) == (path, 2)


def test_a_concept_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD)
    with pytest.raises(KnowledgeError, match="'gan'") as caught:
        learners.check(learners.load(path), {"lstm"}, path)
    assert caught.value.line == 1


def test_questions_about_another_lecture_are_left_out(tmp_path: Path) -> None:
    asked = learners.load(written(tmp_path, GOOD))
    assert learners.about(asked, {"gan"}) == asked
    assert learners.about(asked, {"lstm"}) == ()


def test_those_that_ship_are_about_the_lecture() -> None:
    learners.check(learners.load(), loader.load().concepts)


def test_what_measures_the_tutor_did_not_teach_it() -> None:
    taught = {one.text for one in learners.load()}
    assert taught.isdisjoint(one.q for one in labelled.load() if one.split == "report")


def test_learners_questions_are_let_go_of() -> None:
    knowledge = Knowledge.load()
    knowledge.prepare()
    assert knowledge.parts.learners
    knowledge.forget_learners()
    assert not knowledge.parts.learners and knowledge.parts.searcher.texts.passages
