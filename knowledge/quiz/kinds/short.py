"""A short answer in words, graded against key points."""

from dataclasses import dataclass
from functools import cached_property

from knowledge.passages import LANGS, Lang
from knowledge.quiz import grading, patterns, wordforms
from knowledge.quiz.entry import Entry
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.grading import Grade, Point, Rubric, Trap
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Verdict
from knowledge.quiz.patterns import Pattern
from knowledge.quiz.wordforms import Synonyms
from knowledge.quiz.wording import say

LONGEST = 800  # characters read of an answer: two or three sentences are asked for, and more would take its time


@dataclass(frozen=True)
class Short:
    """The kind."""

    name: str = "short"
    fields: frozenset[str] = frozenset({"answer", "points", "need", "traps", "list"})
    asks: bool = True
    produced: bool = True

    @cached_property
    def synonyms(self) -> Synonyms:
        """Read the synonyms when the first answer comes."""
        return wordforms.load_synonyms()

    def read(self, raw: Entry, /) -> Rubric:
        """Read the rubric."""
        points = tuple(_point(entry) for entry in raw.subs("points"))
        if not points:
            raw.fail("points", "'points' has at least one")
        need = raw.number("need", len(points))
        if not 1 <= need <= len(points):
            raw.fail("need", "'need' is 1 to the number of points")
        traps = tuple(_trap(entry) for entry in raw.subs("traps"))
        return Rubric(points, need, traps, raw.twin("answer"), "list" in raw.values and raw.truth("list"))

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the question."""
        return Question(item.id, self.name, item.concept, lang, seed, Input.TEXT, item.ask[lang])

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade what was typed, in either language."""
        if not isinstance(answer, str):
            return NotAnAnswer(Reason.UNREADABLE)
        if gives_up(answer):
            return NotAnAnswer(Reason.DONT_KNOW)
        rubric = _body(item)
        result = grading.grade(answer[:LONGEST], rubric, self.synonyms)
        found, missing = result.labels(lang)
        return Verdict(
            item.id, result.correct, result.score, _feedback(result, lang), item.why[lang], rubric.answer[lang],
            found, missing, source=item.source,
        )  # fmt: skip

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the model answer."""
        return _body(item).answer[lang]


def _point(entry: Entry) -> Point:
    entry.only(frozenset(LANGS))
    parts = entry.parts()
    for lang in LANGS:
        if len(parts[lang]) < 2:
            entry.fail(lang, "a point is 'label | pattern | pattern …'")
    found = tuple(_pattern(entry, lang, text) for lang in LANGS for text in parts[lang][1:])
    return Point({lang: parts[lang][0] for lang in LANGS}, found)


def _trap(entry: Entry) -> Trap:
    entry.only(frozenset({*LANGS, "say"}))
    parts = entry.parts()
    found = tuple(_pattern(entry, lang, text) for lang in LANGS for text in parts[lang])
    return Trap(found, entry.twin("say"))


def _pattern(entry: Entry, lang: Lang, text: str) -> Pattern:
    try:
        return patterns.parse(text, lang)
    except ValueError as error:
        entry.fail(lang, str(error))


def _feedback(result: Grade, lang: Lang) -> str:
    if result.stuffed:
        return say("short.stuffed", lang)
    if result.trap:
        return result.trap.say[lang]
    return say("short.denied", lang) if result.denied else ""


def _body(item: Item) -> Rubric:
    assert isinstance(item.body, Rubric)
    return item.body


KIND = Short()
