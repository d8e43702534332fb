"""What quizzes, review and progress ask of the world, in their own words. `bot/` implements it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from knowledge.passages import Lang

if TYPE_CHECKING:  # a platform that only names these is there at once
    from handlers.messages import Figure
    from knowledge.quiz.bank import Bank
    from knowledge.quiz.choosing import Chooser
    from knowledge.quiz.model import Answer
    from knowledge.quiz.patterns import Synonyms

Sureness = Literal["know", "think", "guess"]
Mode = Literal["quiz", "review", "test"]


@dataclass(frozen=True, slots=True)
class Quiz:
    """A learner's quiz in one chat, and the question that it asked last."""

    learner: str
    chat: str
    mode: Mode
    topic: str  # a concept, a section, or "" for everything
    length: int  # questions
    asked: str  # names the question
    item: str
    seed: int
    lang: Lang
    at: float  # when it was asked
    done: int = 0  # questions answered
    score: float = 0.0  # their sum
    open: bool = True
    tries: int = 0  # answers given to this question
    hints: int = 0  # hints seen
    picked: tuple[int, ...] = ()  # options pressed so far, where it takes several
    pending: "Answer | None" = None  # the answer that waits for how sure the learner is
    skipped: tuple[str, ...] = ()  # items passed over, the latest last


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an answer was graded."""

    version: int  # of the item
    correct: bool
    score: float
    sure: Sureness | None = None
    said: str = ""  # what was typed, where it can be appealed


@dataclass(frozen=True, slots=True)
class Kept:
    """What an answer did to the schedule."""

    scheduled: bool  # False: extra practice
    due: float  # when the item comes back


@dataclass(frozen=True, slots=True)
class Known:
    """How well an item is remembered."""

    due: float
    last: float
    recall: float  # predicted now, 0..1
    reps: int
    lapses: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A row of the history."""

    item: str
    seed: int
    correct: bool
    score: float
    at: float


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a day of the learner's calendar."""

    day: str  # "2026-11-29"
    answers: int
    correct: int
    ms: int


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a learner set. Hours are of their own clock."""

    zone: str = ""  # "": the tutor's
    confidence: bool = False  # ask how sure they are before the reveal
    ladder: bool = False  # hints before the solution
    goal: int = 20  # answers a week
    remind_hour: int | None = None  # None: no reminders
    quiet_from: int = 22
    quiet_to: int = 8


class Study(Protocol):
    """Quizzes, answers and memories. Survives a restart."""

    async def current(self, learner: str, chat: str) -> Quiz | None:
        """Give the learner's quiz in this chat, with its last question, open or not."""
        ...

    async def of(self, asked: str) -> Quiz | None:
        """Give the quiz whose last question has this name, anyone's."""
        ...

    async def ask(self, quiz: Quiz) -> None:
        """Keep a quiz with a new question, in the place of the chat's earlier one."""
        ...

    async def change(self, before: Quiz, after: Quiz) -> bool:
        """Keep a change of the question's state, unless it isn't as it was `before` any more: then False."""
        ...

    async def record(self, before: Quiz, after: Quiz, outcome: Outcome) -> Kept | None:
        """Keep an answer: log, schedule and quiz in one transaction. None where this try was answered already."""
        ...

    async def known(self, learner: str) -> Mapping[str, Known]:
        """Give what the learner remembers, by item."""
        ...

    async def recent(self, learner: str, most: int) -> tuple[Answered, ...]:
        """Give the last answers, the newest first."""
        ...

    async def total(self, learner: str) -> int:
        """Count the answers."""
        ...

    async def days(self, learner: str) -> tuple[Day, ...]:
        """Give the days on which something was answered, in order."""
        ...

    async def forecast(self, learner: str, days: int) -> tuple[float, ...]:
        """Predict the mean recall of what was learned, today and on each of the next days; () where nothing was."""
        ...

    async def appeal(self, learner: str, asked: str) -> bool:
        """Note that the learner contests the last answer to a question; False where there is none of theirs."""
        ...


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of a learner, in figures."""

    accounts: tuple[str, ...]
    answers: int
    items: int
    since: float


Joined = Literal["joined", "same", "unknown", "too-often"]


class People(Protocol):
    """Learners across platforms, and what they set."""

    async def greet(self, learner: str) -> bool:
        """Note that the learner is told what is kept; True at the first contact."""
        ...

    async def preferences(self, learner: str) -> Preferences:
        """Give what the learner set."""
        ...

    async def prefer(self, learner: str, preferences: Preferences) -> None:
        """Keep it. Reminders go to this account."""
        ...


class Linking(Protocol):
    """Joins the accounts of one learner."""

    async def code(self, learner: str) -> str | None:
        """Make a code that joins another account to this one; None when there were too many."""
        ...

    async def join(self, learner: str, code: str) -> Joined:
        """Join the account to the code's: one learner from then on, with both histories."""
        ...


class Privacy(Protocol):
    """What is kept of a learner: to see, to take away, to delete."""

    async def keeping(self, learner: str) -> Keeping | None:
        """Say what is kept; None for nothing."""
        ...

    async def export(self, learner: str, lang: Lang) -> tuple[Path, ...]:
        """Write everything that is kept as JSON, and the mistakes as an Anki deck where there are any."""
        ...

    async def delete(self, learner: str) -> None:
        """Delete everything of the learner, of all their accounts."""
        ...


@dataclass(frozen=True, slots=True)
class Bar:
    """How well a part of the lecture is known."""

    title: str
    mastery: float  # 0..1
    due: int
    seen: bool  # anything of it was answered


@dataclass(frozen=True, slots=True)
class Overview:
    """All that a picture of progress shows."""

    bars: tuple[Bar, ...]
    due: int
    forecast: tuple[float, ...]  # mean recall, 0..1, today and on the next days
    streak: int
    minutes: int  # this week
    answers: int  # this week
    goal: int


class Charts(Protocol):
    """Draws, off the event loop."""

    async def progress(self, overview: Overview, alt: str, lang: Lang) -> "Figure":
        """Draw a learner's progress; `alt` says the same in words."""
        ...


class Clock(Protocol):
    """Tells the time, in seconds since the epoch."""

    def __call__(self) -> float:
        """Tell it."""
        ...


class Chance(Protocol):
    """Makes what can't be guessed."""

    def name(self) -> str:
        """Make a question's name: a few letters and digits."""
        ...

    def seed(self) -> int:
        """Make a question's seed."""
        ...


@dataclass(frozen=True, slots=True)
class Learning:
    """What the quiz handlers are given."""

    chooser: "Chooser"
    synonyms: "Synonyms"
    study: Study
    people: People
    linking: Linking
    privacy: Privacy
    charts: Charts
    clock: Clock
    chance: Chance
    zone: str = "America/Sao_Paulo"  # of learners who set none

    @property
    def bank(self) -> "Bank":
        """Give the questions."""
        return self.chooser.bank

    def local(self, at: float, preferences: Preferences) -> datetime:
        """Give a time on the learner's clock."""
        return datetime.fromtimestamp(at, zone(preferences.zone or self.zone))

    def today(self, preferences: Preferences) -> str:
        """Give the day of the learner's calendar, "2026-11-29"."""
        return self.local(self.clock(), preferences).date().isoformat()


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Give a time zone; UTC for a name that isn't one (any more)."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")
