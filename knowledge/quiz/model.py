"""What the question bank is made of, and what passes between it and a session."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from knowledge.passages import Lang

Twin = Mapping[Lang, str]
# A press of an option: its position among those shown. Several presses (ordering, matching): their positions in turn.
# Anything typed: a string, which the kind reads ("b", "a c b", "1b 2a", "0,75", a sentence).
Answer = int | tuple[int, ...] | str


class Input(StrEnum):
    """How a question is answered."""

    OPTIONS = "options"  # one press
    ORDER = "order"  # every option pressed once, in the right order
    MATCH = "match"  # for each slot in turn, one option
    TEXT = "text"
    NUMBER = "number"


class Reason(StrEnum):
    """Why something isn't an answer."""

    DONT_KNOW = "dont-know"  # "não sei": offer the hint, or the solution
    UNREADABLE = "unreadable"  # no option, number or words of the kind that the question asks for


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a question comes from: slides and passages of the knowledge base, a reference, or several of these."""

    slides: tuple[str, ...] = ()
    passages: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One question in both languages: one memory state."""

    id: str  # <concept>.<slug>
    concept: str
    section: str
    kind: str
    difficulty: int  # 1..5
    source: Origin
    author: str
    state: str  # draft · reviewed
    version: int
    ask: Twin
    hints: Mapping[Lang, tuple[str, ...]]
    why: Twin
    body: object  # what the kind alone understands
    group: str = ""  # items of one group ask nearly the same


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in light and dark; the words for who can't see it give nothing away."""

    light: Path
    dark: Path
    alt: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a learner is shown. Holds no key: an option is addressed by its position in the seeded shuffle."""

    item: str
    kind: str
    concept: str
    lang: Lang
    seed: int
    input: Input
    prompt: str
    options: tuple[str, ...] = ()  # labels in the order shown
    slots: tuple[str, ...] = ()  # matching: the left sides, answered in turn; cloze: one for each gap
    picture: Picture | None = None

    @property
    def presses(self) -> int:
        """Count the presses that answer it; 0 when it is typed."""
        counts = {Input.OPTIONS: 1, Input.ORDER: len(self.options), Input.MATCH: len(self.slots)}
        return counts.get(self.input, 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an answer was graded, and what the learner reads about it. Texts are Markdown in the question's language."""

    item: str
    correct: bool
    score: float  # 0..1
    feedback: str  # about this very answer: the misconception behind it; may be empty
    why: str
    right: str  # the right answer in words
    found: tuple[str, ...] = ()  # key points that were there
    missing: tuple[str, ...] = ()  # and those that weren't
    steps: tuple[str, ...] = ()  # a worked solution
    source: Origin = field(default_factory=Origin)


@dataclass(frozen=True, slots=True)
class NotAnAnswer:
    """What came isn't an answer: nothing is graded and the question stays open."""

    reason: Reason
