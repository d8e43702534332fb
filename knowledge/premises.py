"""Check what a question takes for granted: who created a concept, and when, against the concept's own record."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.kinds import Kind
from knowledge.linking import Linker
from knowledge.passages import Lecture
from knowledge.questions import Question

_CREATED = re.compile(
    r"\b(cri(ou|aram|ador\w*|ad[oa]s?|ar|acao)|invent\w+|propos|propuse\w*|desenvolv\w+|descobri\w*|public\w+|fez|created?|creators?|"
    r"invent\w+|proposed?|developed|discovered|made|came up|pai d[aoe]|father of|introdu\w+|apresent\w+|"
    r"(e|foi) d[eoa]|by|autor\w*|author\w*|idealiz\w+|surgi\w+|nasceu|apareceu|lanc\w+|released?|launched|born|appear\w*|wrote|escreve\w+)\b"
)
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_ASKS_WHO = re.compile(r"\b(quem|who|qual pesquisador|which researcher)\b")


class Claim(StrEnum):
    """What a question assumes."""

    CREATOR = "creator"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Premise:
    """An assumption about a concept that the lecture's record can judge."""

    claim: Claim
    concept: str
    holds: bool
    said: str  # the person's concept id or the year that the question says


def check(lecture: Lecture, linker: Linker, question: Question) -> Premise | None:
    """Judge the question's assumption, or None when it makes none that the record can judge."""
    things = [c for c in question.concepts if lecture.concepts[c].by or lecture.concepts[c].year]
    things = [c for c in things if lecture.concepts[c].kind != "person"]
    if not things or not _CREATED.search(question.folded) or question.follow_up:
        return None
    concept = lecture.concepts[things[0]]
    people = [c for c in question.concepts if lecture.concepts[c].kind == "person"]
    if people and concept.by and not _ASKS_WHO.match(question.folded):
        return Premise(Claim.CREATOR, concept.id, any(p in concept.by for p in people), people[0])
    year = _YEAR.search(question.folded)
    if year and concept.year and Kind.YESNO in question.kinds:
        return Premise(Claim.YEAR, concept.id, int(year[0]) == concept.year, year[0])
    return None
