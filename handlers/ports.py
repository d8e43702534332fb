"""What the handlers ask of the world, in their own words. `bot/` implements it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from knowledge.passages import Lang

if TYPE_CHECKING:  # a platform that only names these ports is there at once
    from handlers.demos.ports import Training
    from handlers.study import Learning
    from knowledge.questions import Context, Question
    from knowledge.tutor import Found, Knowledge


class Texts(Protocol):
    """The catalogues."""

    def __call__(self, lang: Lang, key: str, /, **values: object) -> str:
        """Give a text in a language, filled. Raises KeyError for an unknown key."""
        ...


class Finder(Protocol):
    """Searches without blocking the event loop."""

    async def find(self, *readings: "Question") -> "Found":
        """Search the knowledge base for a question in all its readings; waits for the warm-up. Raises NotReady."""
        ...


class Conversations(Protocol):
    """What each conversation was last about; survives a restart."""

    async def context(self, learner: str, chat: str) -> "Context":
        """Give the context, empty for a new conversation."""
        ...

    async def remember(self, learner: str, chat: str, context: "Context") -> None:
        """Keep the context."""
        ...


class Learners(Protocol):
    """What each learner chose."""

    async def language(self, learner: str) -> Lang | None:
        """Give the chosen language, or None."""
        ...

    async def choose_language(self, learner: str, lang: Lang) -> None:
        """Keep the choice."""
        ...


@dataclass(frozen=True, slots=True)
class Tools:
    """All that a handler is given."""

    knowledge: "Knowledge"
    finder: Finder
    texts: Texts
    conversations: Conversations
    learners: Learners
    language: Lang = "pt"  # where nothing tells
    learning: "Learning" = field(kw_only=True)  # quizzes, review, progress
    training: "Training" = field(kw_only=True)  # the demos
