"""Grade a short answer against key points, by meaning, in either language: deterministic, offline, no model needed."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passages import Lang
from knowledge.quiz import clauses, patterns
from knowledge.quiz.clauses import Sentence
from knowledge.quiz.model import Twin
from knowledge.quiz.patterns import Pattern
from knowledge.quiz.stuffing import is_stuffed
from knowledge.quiz.wordforms import Synonyms

NEVER = 10**6  # words: farther apart than any two


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a right answer says."""

    label: Twin
    patterns: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Trap:
    """One thing that makes an answer wrong."""

    patterns: tuple[Pattern, ...]
    say: Twin


@dataclass(frozen=True, slots=True)
class Rubric:
    """What a question's answers are graded against."""

    points: tuple[Point, ...]
    need: int
    traps: tuple[Trap, ...]
    answer: Twin
    lists: bool = False  # the question asks for a list of names, which is then no heap of keywords


@dataclass(frozen=True, slots=True)
class Grade:
    """How an answer did: which points it made, which it denied, which trap it fell into."""

    correct: bool
    score: float  # 0..1
    found: tuple[Point, ...]
    missing: tuple[Point, ...]
    denied: bool = False
    stuffed: bool = False
    trap: Trap | None = None

    def labels(self, lang: Lang) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Give the points found and missing in words."""
        return tuple(p.label[lang] for p in self.found), tuple(p.label[lang] for p in self.missing)


def grade(answer: str, rubric: Rubric, synonyms: Synonyms) -> Grade:
    """Grade an answer."""
    inner = clauses.denied_whole(answer)
    if inner and grade(inner, rubric, synonyms).correct:
        return Grade(False, 0.0, (), rubric.points, denied=True)
    sentences = clauses.sentences(answer)
    if not rubric.lists and is_stuffed(answer):
        return Grade(False, 0.0, (), rubric.points, stuffed=True)
    trap = next((t for t in rubric.traps if _made(t.patterns, sentences, synonyms)), None)
    made = [_made(point.patterns, sentences, synonyms) for point in rubric.points]
    found = tuple(p for p, state in zip(rubric.points, made, strict=True) if state)
    missing = tuple(p for p in rubric.points if p not in found)
    denied = any(_denied(point.patterns, sentences, synonyms) for point in missing)
    correct = len(found) >= rubric.need and not trap and not denied
    score = min(1.0, len(found) / rubric.need)
    return Grade(correct, score if correct or score < 1 else 0.0, found, () if correct else missing, denied, trap=trap)


def _made(wanted: Sequence[Pattern], sentences: Sequence[Sentence], synonyms: Synonyms) -> bool:
    """Tell whether a point is made: by a pattern as it stands, or by a denial tighter than any denied pattern."""
    tightest = [(p, hit) for p in wanted for hit in patterns.hits(p, sentences, synonyms)[:1]]
    denied = [hit for pattern, hit in tightest if not pattern.denied and not pattern.agrees(hit)]
    plain = [hit for pattern, hit in tightest if not pattern.denied and pattern.agrees(hit)]
    if any(not any(set(hit.places) < set(other.places) for other in denied) for hit in plain):
        return True  # a wider pattern that is denied tells more than a narrow one that isn't
    nearest = min((hit.spread for hit in denied), default=NEVER)
    return any(pattern.agrees(hit) and hit.spread < nearest for pattern, hit in tightest if pattern.denied)


def _denied(wanted: Sequence[Pattern], sentences: Sequence[Sentence], synonyms: Synonyms) -> bool:
    """Tell whether the answer says the opposite of a point."""
    return any(not pattern.agrees(hit) for pattern in wanted for hit in patterns.hits(pattern, sentences, synonyms)[:1])
