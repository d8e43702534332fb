"""The kinds of questions: one file each, found by itself. Recipe: `knowledge/quiz/README.md`."""

import pkgutil
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Protocol

from knowledge.passages import Lang
from knowledge.quiz.entry import Entry
from knowledge.quiz.model import Answer, Item, NotAnAnswer, Question, Verdict


class Kind(Protocol):
    """How one kind of question is written, shown and graded."""

    @property
    def name(self) -> str:
        """Name it as items do."""
        ...

    @property
    def fields(self) -> frozenset[str]:
        """Name the keys of its own in an item."""
        ...

    @property
    def asks(self) -> bool:
        """Tell whether its items have `ask:`."""
        ...

    @property
    def produced(self) -> bool:
        """Tell whether the learner produces the answer rather than recognises it."""
        ...

    def read(self, raw: Entry, /) -> object:
        """Read what is its own in an item: the body. Raises KnowledgeError."""
        ...

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show an item."""
        ...

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade an answer."""
        ...

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give a right answer."""
        ...


def discover() -> dict[str, Kind]:
    """Find the kind in every module of this package. Raises ValueError when two have one name."""
    names = sorted(m.name for m in pkgutil.iter_modules([str(Path(__file__).parent)]) if not m.name.startswith("_"))
    return by_name(import_module(f"{__name__}.{name}").KIND for name in names)


def by_name(found: Iterable[Kind]) -> dict[str, Kind]:
    """Index kinds by name. Raises ValueError when two have one name."""
    kinds: dict[str, Kind] = {}
    for kind in found:
        if kind.name in kinds:
            raise ValueError(f"two kinds of questions are called {kind.name!r}")
        kinds[kind.name] = kind
    return kinds
