"""Turn a passage into the blocks of an answer. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from handlers.messages import Block, Choice, Choices, Code, Figure, Formula, Note, Source, Sources, Table, Text
from handlers.ports import Texts
from knowledge import code_examples, figures, formulas
from knowledge.kinds import Kind
from knowledge.passages import Concept, Lang, Lecture, Passage

FACT_FIRST = {"who", "when", "number"}
# Aspects that a learner may want next, in the order of the buttons.
NEXT = ("simple", "example", "how", "use", "code", "formula")
MOST_CHOICES = 5
STARTERS = ("rede-neural", "perceptron", "cnn", "gan", "linha-do-tempo")
PICTURED = {"definition", "how", "history", "list", "comparison"}
_SENTENCE = re.compile(r"(?<=[.!?])(?<!\s[A-Z]\.)\s+(?=[A-ZÀ-Ý“\"(])")
_LIST = re.compile(r"\n\s*(?:[-*]|\d+\.) ")
_ROW = re.compile(r"^\|(.*)\|\s*$")


def show_id(lang: Lang, passage: str) -> str:
    """Name the choice that shows a passage."""
    return f"p:{lang}:{passage}"


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes answers in one language."""

    lecture: Lecture
    texts: Texts
    lang: Lang
    named: Callable[[str], tuple[str, ...]] = lambda _: ()  # the concepts that a text names
    demos: Mapping[str, str] = field(default_factory=dict)  # the demo that shows a concept, by its id

    def passage(
        self, passage: Passage, kind: Kind = Kind.OPEN, shown: Sequence[str] = (), library: str = "torch"
    ) -> list[Block]:
        """Give a passage's text, table, code, formula, figure and note; no figure twice in a row about one concept."""
        twin = passage.twins[self.lang]
        blocks: list[Block] = list(body_blocks(twin.body, passage.aspect in FACT_FIRST))
        concept = self.lecture.concepts[passage.concept]
        if passage.code:
            blocks += code_blocks(passage.code, library)
        if concept.formula and (passage.aspect == "formula" or kind is Kind.FORMULA):
            blocks.append(formula_block(concept.formula, self.lang))
        elif concept.figure and passage.aspect in PICTURED and not self._pictured(shown):
            blocks.append(figure_block(concept.figure, self.lang))
        if twin.note:
            blocks.append(Note(twin.note, self.texts(self.lang, "note.label")))
        return blocks

    def _pictured(self, shown: Sequence[str]) -> bool:
        return any(self.lecture.passages[p].aspect in PICTURED for p in shown if p in self.lecture.passages)

    def sources(self, passages: Sequence[Passage]) -> Sources:
        """Name the slides and references of the passages."""
        items = tuple(Source(p.id, self.source_title(p)) for p in passages)
        return Sources(self.texts(self.lang, "sources.label"), items)

    def source_title(self, passage: Passage) -> str:
        """Say where a passage comes from, for people."""
        slides = [self.lecture.slides[s].title for s in passage.source.slides]
        parts = []
        if slides:
            parts.append(self.texts(self.lang, "sources.slide", titles=" · ".join(f"“{t}”" for t in slides)))
        if passage.source.reference:
            parts.append(self.texts(self.lang, "sources.complement", reference=passage.source.reference))
        return "; ".join(parts) or self.texts(self.lang, "sources.tutor")

    def choices(self, passage: Passage, shown: Sequence[str] = (), library: str = "torch") -> Choices:
        """Offer the code in the other library, the concept's other aspects, then its neighbours."""
        concept, seen = self.lecture.concepts[passage.concept], {passage.id, *shown}
        items = []
        for aspect in NEXT:
            nxt = next((p for p in self.lecture.with_aspect(concept.id, aspect) if p.id not in seen), None)
            if nxt:
                items.append(Choice(show_id(self.lang, nxt.id), self.texts(self.lang, f"choice.{aspect}")))
        items = items[: MOST_CHOICES - 1]
        if passage.code and code_examples.listings(passage.code, "keras"):
            items.insert(0, self._other_library(passage, library))
        if demo := self.demos.get(concept.id):
            items.append(Choice(f"t:{self.lang}:o:{demo}", self.texts(self.lang, "demo.train")))
        items.append(Choice(f"s:{self.lang}:{passage.id}", self.texts(self.lang, "choice.source")))
        items += [self.concept_choice(c) for c in concept.related[:2]]
        quiz = Choice(f"q:{self.lang}:{concept.id}", self.texts(self.lang, "choice.quiz"))
        return Choices((*items[: MOST_CHOICES + (2 if demo else 1)], quiz))

    def _other_library(self, passage: Passage, shown: str) -> Choice:
        """Offer a passage's code in Keras; where that is shown, in PyTorch."""
        if shown == "keras":
            return Choice(show_id(self.lang, passage.id), self.texts(self.lang, "choice.torch"))
        return Choice(f"k:{self.lang}:{passage.id}", self.texts(self.lang, "choice.keras"))

    def concept_choice(self, concept: str) -> Choice:
        """Offer a concept by its title."""
        return Choice(f"c:{self.lang}:{concept}", self.lecture.concepts[concept].titles[self.lang])

    def starters(self) -> Choices:
        """Offer good concepts to begin with; of another lecture, its first ones."""
        known = [c for c in STARTERS if c in self.lecture.concepts] or list(self.lecture.concepts)[: len(STARTERS)]
        return Choices(tuple(self.concept_choice(c) for c in known))

    def side_by_side(self, *some: Concept) -> list[Block]:
        """Compare concepts that have no comparison of their own, from their passages."""
        rows = []
        for aspect in ("definition", "how", "use", "limits"):
            cells = [first_sentence(self._aspect(c, aspect)) for c in some]
            if all(cells):
                rows.append((self.texts(self.lang, f"compare.{aspect}"), *cells))
        header = ("", *(c.titles[self.lang] for c in some))
        uses = [s for c in some if (s := self._aspect(c, "use"))]
        blocks: list[Block] = [Table(header, tuple(rows))] if rows else []
        if len(uses) == len(some):
            lead = self.texts(self.lang, "compare.choose")
            blocks.append(Text(" ".join([lead, *map(first_sentence, uses)])))
        return blocks

    def _aspect(self, concept: Concept, aspect: str) -> str:
        found = next(self.lecture.with_aspect(concept.id, aspect), None)
        return plain_start(found.twins[self.lang].body) if found else ""


def plain_start(body: str) -> str:
    """Give the first paragraph that isn't a table or a list."""
    paragraphs = [p for p in re.split(r"\n\s*\n", body) if not p.lstrip().startswith(("|", "- ", "* ", "1."))]
    return " ".join(_LIST.split(paragraphs[0])[0].split()) if paragraphs else ""


def first_sentence(text: str, count: int = 1) -> str:
    """Cut after the first sentence, or the first few."""
    return " ".join(_SENTENCE.split(text, maxsplit=count)[:count])


def body_blocks(body: str, fact_first: bool = False) -> Iterator[Block]:
    """Split a passage's Markdown into text and tables; a fact stands alone in the first line."""
    first = True
    for chunk in re.split(r"\n\s*\n", body.strip()):
        lines = chunk.strip().splitlines()
        rows = [m[1] for line in lines if (m := _ROW.match(line.strip()))]
        if len(rows) == len(lines) >= 3:
            cells = [tuple(c.strip() for c in row.split("|")) for row in rows]
            yield Table(cells[0], tuple(cells[2:]))
        elif first and fact_first:
            parts = _SENTENCE.split(chunk.strip(), maxsplit=1)
            fact = parts[0] if "**" in parts[0] else f"**{parts[0]}**"
            yield Text("\n\n".join([fact, *parts[1:]]))
        else:
            yield Text(chunk.strip())
        first = False


def code_blocks(name: str, library: str = "torch") -> list[Block]:
    """Show the example in one library; where it has none in that one, in the other."""
    found = code_examples.listings(name, library) or code_examples.listings(name)
    return [Code(source, "python", label) for label, source in found[:1]]


def figure_block(name: str, lang: Lang) -> Figure:
    """Show one of the knowledge base's figures."""
    light, dark = (Path(figures.path(name, lang, theme)) for theme in ("light", "dark"))
    return Figure(light, dark, figures.alt(name, lang))


def formula_block(name: str, lang: Lang) -> Formula:
    """Show a formula as picture and as plain text."""
    formula = formulas.get(name)
    light, dark = formula.path("light"), formula.path("dark")
    return Formula(formula.plain, formula.legend[lang], Figure(light, dark, formula.plain))
