"""Fitting the gate on the knowledge base, and keeping it."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from knowledge import calibrate
from knowledge.calibrate import Parts
from knowledge.gate import FEATURES
from knowledge.tutor import Knowledge
from knowledge.vectors import VectorStore
from tests.fakes import HashingEncoder


@pytest.fixture
def parts(by_letters: Knowledge) -> Parts:
    return by_letters.parts


def test_a_gate_is_fitted_once_and_kept(parts: Parts, tmp_path: Path) -> None:
    fitted = calibrate.gate_for(parts, None, "lexical", tmp_path, tmp_path / "none")
    (kept,) = (tmp_path / "gates").iterdir()
    assert kept.name == calibrate.name_of(parts, "lexical", "lexical")
    marked = dataclasses.replace(fitted, answer_from={"pt": 0.125, "en": 0.25})
    kept.write_text(marked.to_json(), "utf-8")
    assert calibrate.gate_for(parts, None, "lexical", tmp_path, tmp_path / "none").answer_from == marked.answer_from


def test_a_gate_that_ships_comes_first(parts: Parts, tmp_path: Path) -> None:
    gate = calibrate.gate_for(parts, None, "lexical", tmp_path / "a", tmp_path / "none")
    calibrate.write(tmp_path / "shipped" / calibrate.name_of(parts, "lexical", "lexical"), gate)
    calibrate.gate_for(parts, None, "lexical", tmp_path / "b", tmp_path / "shipped")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("text", ["", "{", "{}"])
def test_a_damaged_gate_is_fitted_anew(parts: Parts, tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates" / calibrate.name_of(parts, "lexical", "lexical")
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    gate = calibrate.gate_for(parts, None, "lexical", tmp_path, tmp_path / "none")
    assert path.read_text("utf-8") == gate.to_json()


def test_a_folder_that_cannot_be_written_to_costs_only_time(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "gates").write_text("a file where the folder should be")
    gate = calibrate.gate_for(parts, None, "lexical", tmp_path, tmp_path / "none")
    assert len(gate.weights) == len(FEATURES) * (len(FEATURES) + 3) // 2 + 1


def test_an_edit_of_the_lecture_makes_a_new_gate(parts: Parts, by_letters: Knowledge) -> None:
    names = {calibrate.name_of(parts, kind, model) for kind, model in
             (("lexical", "lexical"), ("model", "one"), ("model", "two"))}  # fmt: skip
    assert len(names) == 3
    other = Knowledge(by_letters.lecture, by_letters.phrases.classes[:-1])
    other.prepare()
    assert calibrate.digest(other.parts, "one") != calibrate.digest(parts, "one")


def test_every_module_of_the_analysis_is_part_of_the_digest() -> None:
    folder = Path(calibrate.__file__).parent
    assert all((folder / f"{module}.py").is_file() for module in calibrate.ANALYSIS)


def test_without_a_model_the_probe_says_nothing(parts: Parts) -> None:
    gate = calibrate.calibrate(parts, None)
    assert gate.probe.score(np.zeros(0, np.float32)) == 0


def test_with_a_model_the_probe_tells_covered_from_outside(
    by_meaning: Knowledge, encoder: HashingEncoder, tmp_path: Path
) -> None:
    gate = calibrate.calibrate(by_meaning.parts, VectorStore(encoder, tmp_path, tmp_path))
    phrases = [p for p, c in by_meaning.phrases.flat if c.kind == "outside"]
    asked = [q for p in by_meaning.lecture.passages.values() for q in p.twins["pt"].questions]
    covered, outside = ([gate.probe.score(v) for v in encoder.queries(texts)] for texts in (asked, phrases))
    assert sum(covered) / len(covered) > 0 > sum(outside) / len(outside)


def test_every_sample_question_is_asked_without_its_siblings(parts: Parts) -> None:
    asked = calibrate.sample_questions(parts)
    short = parts.searcher.texts.short
    assert len(asked) == sum(len(t.questions) for p in parts.searcher.texts.passages for t in p.twins.values())
    assert all(a.text in [short[i] for i in a.hidden] for a in asked)
    assert {a.lang for a in asked} == {"pt", "en"}
