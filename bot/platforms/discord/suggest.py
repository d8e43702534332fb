"""What a slash command proposes while its learner types. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from bot.platforms.discord import limits, marks
from knowledge.passages import Lang, Lecture
from knowledge.text import fold

FIRST = ("definition", "how", "comparison")  # aspects asked for most


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is shown, what is sent, and the folded words by which it is found."""

    name: str
    value: str
    folded: str


def concepts(lecture: Lecture, lang: Lang) -> list[Suggestion]:
    """Propose every concept by its title and its other names."""
    return [
        _suggestion(concept.titles[lang], concept.id, concept.aliases.get(lang, ()))
        for concept in lecture.concepts.values()
    ]


def questions(lecture: Lecture, lang: Lang) -> list[Suggestion]:
    """Propose what the passages answer, those asked for most first."""
    ranked = sorted(lecture.passages.values(), key=lambda p: FIRST.index(p.aspect) if p.aspect in FIRST else len(FIRST))
    return [_suggestion(p.twins[lang].title, p.twins[lang].title) for p in ranked]


def matching(suggestions: Sequence[Suggestion], typed: str) -> list[Suggestion]:
    """Pick those with every word typed, those that begin so first; at most as many as Discord shows."""
    words = fold(typed).split()
    found = [s for s in suggestions if all(word in s.folded for word in words)]
    first = [s for s in found if s.folded.startswith(" ".join(words))]
    return list(islice(_unique([*first, *found]), limits.SUGGESTIONS))


def _unique(found: Iterable[Suggestion]) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for one in found:
        if one.value not in seen:
            seen.add(one.value)
            yield one


def _suggestion(name: str, value: str, others: Iterable[str] = ()) -> Suggestion:
    shown = marks.line(name, limits.SUGGESTION)
    return Suggestion(shown, value if len(value) <= limits.SUGGESTION else shown, " ".join(map(fold, [name, *others])))
