"""What a demo says exists in both languages, and what it can't do is said kindly in both."""

from dataclasses import dataclass
from typing import Literal

Lang = Literal["pt", "en"]


@dataclass(frozen=True, slots=True)
class Both:
    """One text in Portuguese and in English."""

    pt: str
    en: str

    def __getitem__(self, lang: Lang) -> str:
        """Give it in one language."""
        return self.pt if lang == "pt" else self.en


class DemoFault(Exception):
    """A demo's file that can't be used; the message names it."""


class DemoError(Exception):
    """What was asked for can't be done; the learner is told why, in both languages."""

    def __init__(self, reason: Both) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.en)


class BadParams(DemoError):
    """Parameters out of bounds, of the wrong kind or unknown; every problem at once."""

    def __init__(self, problems: tuple[Both, ...]) -> None:
        """Keep the problems."""
        self.problems = problems
        super().__init__(Both(" ".join(p.pt for p in problems), " ".join(p.en for p in problems)))
