"""Find the concepts that a text names: aliases of both languages, typos forgiven."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import log1p

from rapidfuzz import fuzz, process

from knowledge.passages import LANGS, Lecture
from knowledge.text import fold, remembering, words

FUZZY_FROM = 6  # letters: shorter words have too many neighbours
FUZZY_RATIO = 84  # 0..100; one wrong letter in six passes
LONGEST = 7  # words in an alias
RECENT = 256  # texts whose mentions are remembered
OFTEN = 4  # mentions in questions about other concepts that begin to make a name generic


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept named in a text."""

    concept: str
    surface: str  # the folded words that name it
    start: int  # index of the first word
    end: int  # index after the last word


@dataclass(frozen=True)
class Linker:
    """Alias table: folded words -> concept."""

    aliases: Mapping[str, str]
    vocabulary: frozenset[str]
    specific: Mapping[str, float] = field(default_factory=dict)  # concept -> 0..1: how much naming it tells
    _fuzzy: Mapping[tuple[int, str], list[str]] = field(init=False)  # aliases by number of words and first letter
    _heads: frozenset[str] = field(init=False)  # the words that aliases begin with
    _found: Callable[[str], tuple[Mention, ...]] = field(init=False, repr=False, compare=False)
    _named: Callable[[tuple[str, ...]], frozenset[str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Collect what spares most words a closer look."""
        fuzzy: dict[tuple[int, str], list[str]] = {}
        for alias in self.aliases:
            if len(alias) >= FUZZY_FROM:
                fuzzy.setdefault((1 + alias.count(" "), alias[0]), []).append(alias)
        object.__setattr__(self, "_fuzzy", fuzzy)
        object.__setattr__(self, "_heads", frozenset(alias.partition(" ")[0] for alias in self.aliases))
        object.__setattr__(self, "_found", remembering(RECENT)(self._find))
        object.__setattr__(self, "_named", remembering(RECENT)(self._name))

    def mentions(self, text: str) -> tuple[Mention, ...]:
        """Find the named concepts, longest alias first at each place, in order of appearance."""
        return self._found(text)

    def _find(self, text: str) -> tuple[Mention, ...]:
        tokens = words(text)
        found: list[Mention] = []
        i = 0
        while i < len(tokens):
            hit = self._longest(tokens, i) or self._typo(tokens, i)
            if hit:
                found.append(hit)
                i = hit.end
            else:
                i += 1
        return tuple(found)

    def concepts(self, text: str) -> tuple[str, ...]:
        """Name the concepts once each, in order of appearance."""
        return tuple(dict.fromkeys(m.concept for m in self.mentions(text)))

    def exact(self, text: str) -> set[str]:
        """Name the concepts whose aliases stand in the text letter by letter; quicker than `concepts`."""
        return set(self._named(tuple(words(text))))

    def _name(self, tokens: tuple[str, ...]) -> frozenset[str]:
        hits = (self._longest(tokens, i) for i in range(len(tokens)))
        return frozenset(hit.concept for hit in hits if hit)

    def _longest(self, tokens: Sequence[str], i: int) -> Mention | None:
        if tokens[i] not in self._heads and _singular(tokens[i]) not in self._heads:
            return None
        for n in range(min(LONGEST, len(tokens) - i), 0, -1):
            surface = " ".join(tokens[i : i + n])
            concept = self.aliases.get(surface) or (self.aliases.get(_singular(surface)) if len(surface) > 3 else None)
            if concept:
                return Mention(concept, surface, i, i + n)
        return None

    def _typo(self, tokens: list[str], i: int) -> Mention | None:
        for n in (3, 2, 1):
            chunk = tokens[i : i + n]
            surface = " ".join(chunk)
            if len(chunk) < n or len(surface) < FUZZY_FROM or all(w in self.vocabulary for w in chunk):
                continue
            alike = self._fuzzy.get((n, surface[0]), ())  # a typo of the first letter or of a space is rare
            if best := process.extractOne(surface, alike, scorer=fuzz.ratio, score_cutoff=FUZZY_RATIO):
                return Mention(self.aliases[best[0]], surface, i, i + n)
        return None


def _singular(surface: str) -> str:
    return surface[:-1] if surface.endswith("s") else surface


def build(lecture: Lecture) -> Linker:
    """Collect aliases and titles; where two concepts claim one, the one written as an alias first wins."""
    aliases: dict[str, str] = {}
    for names in (_aliases, _titles):
        for concept in lecture.concepts.values():
            for name in names(lecture, concept.id):
                key = " ".join(words(name))
                for variant in (key, key.replace("-", " ")) if key else ():  # "self driving cars", too
                    aliases.setdefault(variant, concept.id)
    plain = Linker(aliases, _vocabulary(lecture))
    return replace(plain, specific=_specificity(lecture, plain))


def _specificity(lecture: Lecture, linker: Linker) -> dict[str, float]:
    """Weigh concepts down that the questions about others name all the time ("rede neural", "deep learning")."""
    elsewhere: Counter[str] = Counter()
    for passage in lecture.passages.values():
        for question in passage.twins["pt"].questions:
            named = linker.exact(question)
            if len(named) > 1:
                elsewhere.update(named - {passage.concept})
    return {c: 1 / (1 + log1p(elsewhere[c] / OFTEN)) for c in lecture.concepts}


def _aliases(lecture: Lecture, concept: str) -> Iterable[str]:
    return (a for lang in LANGS for a in lecture.concepts[concept].aliases[lang])


def _titles(lecture: Lecture, concept: str) -> Iterable[str]:
    return (fold(lecture.concepts[concept].titles[lang]) for lang in LANGS)


def _vocabulary(lecture: Lecture) -> frozenset[str]:
    """Every word that the knowledge base spells: a word of it is never a typo of an alias."""
    text = (
        " ".join((twin.title, twin.body, twin.note))
        for passage in lecture.passages.values()
        for twin in passage.twins.values()
    )
    return frozenset(w for t in text for w in words(t))
