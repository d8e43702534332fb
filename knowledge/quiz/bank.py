"""Load the question bank and put its questions: the one way into `knowledge.quiz` for sessions."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS, Concept, Lang, Lecture
from knowledge.quiz import entry, kinds
from knowledge.quiz.entry import Entry
from knowledge.quiz.kinds import Kind
from knowledge.quiz.model import Answer, Item, NotAnAnswer, Origin, Question, Verdict

ITEMS = Path(__file__).parent / "items"
COMMON = frozenset({"id", "kind", "difficulty", "source", "status", "ask", "hints", "why", "group"})
STATES = ("draft", "reviewed")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
STATUS = re.compile(r"(\w+), v(\d+), (\S.*)")
MAX_HINTS = 2


@dataclass(frozen=True)
class Bank:
    """Every item by id, and the kinds that put and grade them."""

    items: Mapping[str, Item]
    kinds: Mapping[str, Kind]

    @classmethod
    def load(cls, lecture: Lecture, folder: Path = ITEMS) -> "Bank":
        """Read every item below `folder`. Raises KnowledgeError."""
        found = kinds.discover()
        items: dict[str, Item] = {}
        for path in sorted(folder.glob("*/*.yaml")):
            concept = _concept(path, lecture)
            for raw in entry.read(path):
                item = _item(raw, concept, lecture, found)
                if item.id in items:
                    raw.fail("id", f"an item is already called {item.id!r}")
                items[item.id] = item
        return cls(items, found)

    def of(self, concept: str) -> tuple[Item, ...]:
        """Give a concept's items, in file order."""
        return tuple(i for i in self.items.values() if i.concept == concept)

    def produced(self, item: str) -> bool:
        """Tell whether the learner produces the answer (types, orders, matches, computes it)."""
        return self.kinds[self.items[item].kind].produced

    def present(self, item: str, lang: Lang, seed: int) -> Question:
        """Show an item. Raises KeyError for an unknown one."""
        found = self.items[item]
        return self.kinds[found.kind].present(found, lang, seed)

    def grade(self, item: str, lang: Lang, seed: int, answer: Answer) -> Verdict | NotAnAnswer:
        """Grade an answer to the question that `present` showed for this language and seed."""
        found = self.items[item]
        return self.kinds[found.kind].grade(found, lang, seed, answer)

    def key(self, item: str, lang: Lang, seed: int) -> Answer:
        """Give a right answer: for a platform's native quiz, and never for what a learner's client keeps."""
        found = self.items[item]
        return self.kinds[found.kind].key(found, lang, seed)


def _concept(path: Path, lecture: Lecture) -> Concept:
    concept = lecture.concepts.get(path.stem)
    if concept is None:
        raise KnowledgeError(path, 1, f"no concept is called {path.stem!r}")
    if concept.section != path.parent.name:
        raise KnowledgeError(path, 1, f"{path.stem!r} belongs into {concept.section}/")
    return concept


def _item(raw: Entry, concept: Concept, lecture: Lecture, found: Mapping[str, Kind]) -> Item:
    kind = found.get(raw.text("kind"))
    if kind is None:
        raw.fail("kind", f"kind {raw.text('kind')!r} is none of {', '.join(sorted(found))}")
    raw.only(COMMON | kind.fields)
    difficulty = raw.number("difficulty")
    if not 1 <= difficulty <= 5:
        raw.fail("difficulty", "'difficulty' is 1 to 5")
    state, version, author = _status(raw)
    return Item(
        id=_id(raw, concept),
        concept=concept.id,
        section=concept.section,
        kind=kind.name,
        difficulty=difficulty,
        source=_source(raw, lecture),
        author=author,
        state=state,
        version=version,
        ask=raw.twin("ask") if kind.asks else {},
        hints=_hints(raw),
        why=raw.twin("why"),
        body=kind.read(raw),
        group=str(raw.values.get("group", "")),
    )


def _id(raw: Entry, concept: Concept) -> str:
    slug = raw.text("id")
    if not SLUG.fullmatch(slug):
        raw.fail("id", f"{slug!r} isn't lower-case letters, digits and hyphens")
    return f"{concept.id}.{slug}"


def _status(raw: Entry) -> tuple[str, int, str]:
    match = STATUS.fullmatch(raw.text("status"))
    if not match or match[1] not in STATES:
        raw.fail("status", "'status' is 'draft, v1, author' or 'reviewed, v1, author'")
    return match[1], int(match[2]), match[3].strip()


def _source(raw: Entry, lecture: Lecture) -> Origin:
    anchors, _, reference = (part.strip() for part in raw.text("source").partition("|"))
    names = tuple(name.strip() for name in anchors.split(",") if name.strip())
    for name in names:
        if name not in lecture.slides and name not in lecture.passages:
            raw.fail("source", f"no slide or passage is called {name!r}")
    if not names:
        raw.fail("source", "'source' names no slide and no passage")
    passages = tuple(name for name in names if "." in name)
    return Origin(tuple(name for name in names if "." not in name), passages, reference)


def _hints(raw: Entry) -> dict[Lang, tuple[str, ...]]:
    hints = raw.sub("hints").parts()
    if len({len(hints[lang]) for lang in LANGS}) > 1 or len(hints["pt"]) > MAX_HINTS:
        raw.fail("hints", f"'hints' is 1 to {MAX_HINTS} in each language, as many in both")
    return hints
