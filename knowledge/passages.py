"""What the knowledge base is made of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

Lang = Literal["pt", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)

ASPECTS = frozenset(
    {
        *("definition", "simple", "how", "why", "example", "use", "limits", "history", "who", "when", "number"),
        *("comparison", "misconception", "code", "formula", "exercise", "list", "opinion", "link"),
    }
)
KINDS = frozenset(
    ("concept", "person", "event", "architecture", "example", "library", "language", "book", "link", "course")
)


@dataclass(frozen=True, slots=True)
class Twin:
    """One passage in one language."""

    title: str
    body: str  # Markdown: paragraphs, lists, tables
    questions: tuple[str, ...]  # as learners ask them
    note: str = ""  # the tutor's correction or update of the lecture


@dataclass(frozen=True, slots=True)
class Source:
    """Where a passage comes from: slides of the lecture, a reference, or both."""

    slides: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A few self-contained sentences about one aspect of one concept, in both languages."""

    id: str  # <concept>.<aspect>[-suffix]
    concept: str
    aspect: str
    source: Source
    twins: Mapping[Lang, Twin]
    versus: str = ""  # on a comparison: the other concept
    code: str = ""  # name of files in knowledge/code/


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that the tutor knows about."""

    id: str
    section: str
    kind: str
    titles: Mapping[Lang, str]
    aliases: Mapping[Lang, tuple[str, ...]]
    slides: tuple[str, ...]
    related: tuple[str, ...]
    passages: tuple[Passage, ...]
    by: tuple[str, ...] = ()
    org: tuple[str, ...] = ()  # names of the companies or universities behind it
    year: int | None = None
    figure: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Slide:
    """One slide of the lecture."""

    id: str
    title: str


@dataclass(frozen=True)
class Lecture:
    """The whole knowledge base."""

    concepts: Mapping[str, Concept]
    slides: Mapping[str, Slide]
    passages: Mapping[str, Passage] = field(init=False)

    def __post_init__(self) -> None:
        """Index the passages by id."""
        object.__setattr__(self, "passages", {p.id: p for c in self.concepts.values() for p in c.passages})

    def with_aspect(self, concept: str, aspect: str) -> Iterator[Passage]:
        """Give a concept's passages of one aspect, in file order."""
        return (p for p in self.concepts[concept].passages if p.aspect == aspect)
