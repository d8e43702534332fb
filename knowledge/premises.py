"""Check what a question takes for granted: who created a concept, where, and when, against the concept's own record."""

import re
from dataclasses import dataclass
from enum import StrEnum

from knowledge.kinds import Kind
from knowledge.linking import Linker
from knowledge.passages import Concept, Lecture
from knowledge.questions import Question
from knowledge.text import fold

_CREATED = re.compile(
    r"\b(cri(ou|aram|ador\w*|ad[oa]s?|ar|acao)|invent\w+|propos|propuse\w*|desenvolv\w+|descobri\w*|public(ou|aram|ad[oa]s?|ar|acao)|published|fez|created?|creators?|"
    r"invent\w+|proposed?|developed|discovered|made|came up|pai d[aoe]|father of|introdu\w+|apresent\w+|"
    r"(e|foi) d[eoa]|by|autor\w*|author\w*|idealiz\w+|surgi\w+|nasceu|apareceu|lanc\w+|released?|launched|born|appear\w*|wrote|escreve\w+|buil[dt]|constru\w+)\b"
)
_MADE = re.compile(  # of these, the ones that say that something was made, and nothing else
    r"\b(cri(ou|aram|ad[oa]s?|ar)|invent(ou|aram|ad[oa]s?|ar|ed|s)?|propos|propuse\w*|desenvolv\w+|fez|fizeram|created?|"
    r"proposed?|developed|made|buil[dt]|constru\w+|lanc(ou|aram|ad[oa]s?)|released|launched|surgi\w+|born|introduc\w+)\b"
)
_TRAINED = re.compile(r"\b(trein(ou|aram)|train(ed)?)\b")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
# What each company or university is called, folded. DeepMind belongs to Google, Meta was Facebook.
_ORGS = {
    "Google": "google|google brain|alphabet", "DeepMind": "deepmind|deep mind|google deepmind", "OpenAI": "openai|open ai",
    "Facebook": "facebook|meta ai|(?<=by )meta|(?<=from )meta|(?<=did )meta|(?<=d[aoe] )meta|(?<=pela )meta",  # else a goal
    "Microsoft": "microsoft", "NVIDIA": "nvidia", "IBM": "ibm", "Apple": "apple", "Amazon": "amazon|aws", "Tesla": "tesla",
    "Baidu": "baidu", "Samsung": "samsung", "Intel": "intel", "Hugging Face": "hugging ?face",
    "Stability AI": "stability ai", "Runway": "runway ?ml|runway", "LMU": "lmu", "Anthropic": "anthropic",
    "Netflix": "netflix", "Uber": "uber", "NASA": "nasa", "Apache": "apache", "Stanford": "stanford",
    "Princeton": "princeton", "MIT": "mit", "Oxford": "oxford", "USP": "usp", "University of Toronto": "toronto",
    "Bell Labs": "bell labs|at&t",
}  # fmt: skip
ORGS = {name: re.compile(rf"\b(?:{called})\b") for name, called in _ORGS.items()}
_OF = r"\b(?:d[aoe]|by|from|pel[ao])\s+(?:a |o |the )?$"  # what stands before "BERT, do Facebook"
_ASKS_WHO = re.compile(r"\b(quem|who|qual pesquisador|which researcher)\b")


class Claim(StrEnum):
    """What a question assumes."""

    CREATOR = "creator"
    ORG = "org"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Premise:
    """An assumption about a concept that the lecture's record can judge."""

    claim: Claim
    concept: str
    holds: bool
    said: str  # the person's concept id, the company or the year that the question says


def check(lecture: Lecture, linker: Linker, question: Question) -> Premise | None:
    """Judge the question's assumption, or None when it makes none that the record can judge."""
    things = [c for c in question.concepts if lecture.concepts[c].kind != "person"]
    known = [lecture.concepts[c] for c in things if _on_record(lecture.concepts[c])]
    if not known or question.follow_up:
        return None
    return (
        _wrong_year(known[0], question)
        or _org(known[0], question)
        or _creator(lecture, known[0], question)
        or _year(known[0], question)
    )


def _told(concept: Concept) -> str:
    """Give all that the lecture says of a concept, folded."""
    return fold(" ".join(t.body for p in concept.passages for t in p.twins.values()))


def _on_record(concept: Concept) -> bool:
    return bool(concept.by or concept.year or concept.org)


def _creator(lecture: Lecture, concept: Concept, question: Question) -> Premise | None:
    """Judge "LeCun created the GAN"; silent where it holds and nobody asked."""
    people = [c for c in question.concepts if lecture.concepts[c].kind == "person"]
    says = _CREATED.search(question.folded) or _TRAINED.search(question.folded)
    if not people or _ASKS_WHO.match(question.folded) or not says:
        return None
    if not concept.by:
        told = _told(concept)
        stranger = concept.org and not any(
            name in told for t in lecture.concepts[people[0]].aliases.values() for name in t
        )
        return Premise(Claim.CREATOR, concept.id, False, people[0]) if stranger else None
    holds = any(p in concept.by for p in people)
    return None if holds and Kind.YESNO not in question.kinds else Premise(Claim.CREATOR, concept.id, holds, people[0])


def _org(concept: Concept, question: Question) -> Premise | None:
    """Judge "BERT was made by NVIDIA", "Facebook's BERT"; silent where it holds and nobody asked."""
    if not concept.org or _ASKS_WHO.search(question.folded):
        return None
    name, at = next(((n, m.start()) for n, called in ORGS.items() if (m := called.search(question.folded))), ("", 0))
    if not name or not (_CREATED.search(question.folded) or re.search(_OF, question.folded[:at])):
        return None
    holds = name in concept.org
    if holds and Kind.YESNO not in question.kinds:
        return None
    if not holds and ORGS[name].search(_told(concept)):  # the lecture names both together: not for a rule to judge
        return None
    return Premise(Claim.ORG, concept.id, holds, name)


def _wrong_year(concept: Concept, question: Question) -> Premise | None:
    """Judge "why did Rosenblatt create the perceptron in 1989?": a year that the concept's passages never name."""
    years = set(_YEAR.findall(question.folded))
    if len(years) != 1 or not concept.year or not _MADE.search(question.folded):
        return None
    year = years.pop()
    return None if year in _told(concept) or int(year) == concept.year else Premise(Claim.YEAR, concept.id, False, year)


def _year(concept: Concept, question: Question) -> Premise | None:
    """Judge "was the GAN created in 2014?"."""
    year = _YEAR.search(question.folded)
    if not year or not concept.year or Kind.YESNO not in question.kinds or not _CREATED.search(question.folded):
        return None
    return Premise(Claim.YEAR, concept.id, int(year[0]) == concept.year, year[0])
