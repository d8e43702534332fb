"""What the knowledge base is made of."""

import dataclasses

import pytest

from knowledge.passages import Lecture


def test_a_lecture_finds_its_passages_by_id(lecture: Lecture) -> None:
    assert lecture.passages["gan.comparison-vae"].versus == "vae"


def test_passages_of_an_aspect_come_in_file_order(lecture: Lecture) -> None:
    assert [p.id for p in lecture.with_aspect("gan", "comparison")] == ["gan.comparison-vae"]
    assert list(lecture.with_aspect("gan", "opinion")) == []


def test_nothing_of_a_lecture_can_be_reassigned(lecture: Lecture) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        lecture.concepts["gan"].year = 1900  # type: ignore[misc]
