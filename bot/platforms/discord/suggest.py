"""What a slash command proposes while its learner types. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.platforms.discord import limits, marks
from handlers.demos.words import names
from knowledge.passages import LANGS, Concept, Lang, Lecture
from knowledge.text import fold
from models.engine.protocol import DemoSpec, Param

FIRST = ("definition", "how", "comparison")  # aspects asked for most


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is shown, what is sent, and the folded names by which it is found, in both languages."""

    name: str
    value: str
    names: tuple[str, ...]


def concepts(lecture: Lecture, lang: Lang) -> list[Suggestion]:
    """Propose every concept by its title."""
    return [_suggestion(c.titles[lang], c.id, _names(c)) for c in lecture.concepts.values()]


def questions(lecture: Lecture, lang: Lang) -> list[Suggestion]:
    """Propose what the passages answer, what is asked for most first."""
    ranked = sorted(lecture.passages.values(), key=lambda p: FIRST.index(p.aspect) if p.aspect in FIRST else len(FIRST))
    names = {concept.id: _names(concept) for concept in lecture.concepts.values()}
    return [
        _suggestion(p.twins[lang].title, p.twins[lang].title, (*names[p.concept], *(t.title for t in p.twins.values())))
        for p in ranked
    ]


def demos(specs: Mapping[str, DemoSpec], lang: Lang) -> list[Suggestion]:
    """Propose every demo by its title, found by its other names too."""
    return [
        _suggestion(f"{s.title[lang]} (~{max(round(s.seconds), 1)} s)", s.name, (*names(s, asks=True), s.name))
        for s in specs.values()
    ]


def settings(spec: DemoSpec, lang: Lang, typed: str) -> list[Suggestion]:
    """Propose what can be set: presets, then each parameter with its default and bounds, after what was typed."""
    before, _, last = typed.rpartition(" ")
    kept = f"{before} " if before else ""
    proposed = [
        (preset.label[lang], " ".join(f"{name}={value}" for name, value in preset.params.items()))
        for preset in spec.presets
    ]
    proposed += [(f"{p.label[lang]}: {_range(p)}", f"{p.name}={p.default}") for p in spec.params]
    proposed.append(("semente" if lang == "pt" else "seed", "seed=7"))
    wanted = fold(last.partition("=")[0])
    fitting = [(name, value) for name, value in proposed if wanted in fold(f"{name} {value}") and value not in before]
    found = [_suggestion(f"{kept}{name}", f"{kept}{value}", ()) for name, value in fitting]
    return [s for s in found if s.value][: limits.SUGGESTIONS]


def _range(param: Param) -> str:
    """Write which values a parameter takes."""
    if param.kind in ("int", "float"):
        return f"{param.low:g} – {param.high:g}"
    return " · ".join(option.value for option in param.choices) or str(param.default)


def matching(suggestions: Sequence[Suggestion], typed: str) -> list[Suggestion]:
    """Pick those that have every word typed, the nearest first; at most as many as Discord shows."""
    wanted = " ".join(fold(typed).split())
    found = [(nearness, s) for s in suggestions if (nearness := _nearness(s, wanted)) is not None]
    ranked = [s for _, s in sorted(found, key=lambda pair: pair[0])]  # stable: else as they came
    return list({s.value: s for s in ranked}.values())[: limits.SUGGESTIONS]


def _nearness(suggestion: Suggestion, wanted: str) -> int | None:
    """Give 0 for a name of exactly these words, 1 for one that begins so, 2 where all are in it, None for neither."""
    if wanted in suggestion.names:
        return 0
    if any(name.startswith(wanted) for name in suggestion.names):
        return 1
    return 2 if all(any(word in name for name in suggestion.names) for word in wanted.split()) else None


def _names(concept: Concept) -> tuple[str, ...]:
    return tuple(name for lang in LANGS for name in (concept.titles[lang], *concept.aliases.get(lang, ())))


def _suggestion(name: str, value: str, names: Iterable[str]) -> Suggestion:
    shown = marks.line(name, limits.SUGGESTION)
    sent = value if marks.size(value) <= limits.SUGGESTION else shown
    return Suggestion(shown, sent, tuple(dict.fromkeys(map(fold, names))))
