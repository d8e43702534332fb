"""A statement that is true or false; a false one comes with its correction."""

from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import options
from knowledge.quiz.entry import Entry
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Twin, Verdict
from knowledge.quiz.wording import say
from knowledge.text import fold

WORDS = (  # the first is true, the second false
    ("v", "f"), ("verdade", "mentira"), ("certo", "errado"), ("certa", "errada"), ("sim", "não"), ("t", "f"),
    ("yes", "no"), ("right", "wrong"), ("correto", "incorreto"), ("correct", "incorrect"), ("verdadeira", "falsa"),
)  # fmt: skip
_SHORTHAND = {"n": "nao", "s": "sim", "y": "yes"}


@dataclass(frozen=True, slots=True)
class Statement:
    """Whether it holds, and what holds instead."""

    true: bool
    correction: Twin


@dataclass(frozen=True, slots=True)
class TrueFalse:
    """The kind."""

    name: str = "true-false"
    fields: frozenset[str] = frozenset({"true", "correction"})
    asks: bool = True
    produced: bool = False

    def read(self, raw: Entry, /) -> Statement:
        """Read whether it holds."""
        true = raw.truth("true")
        if true and "correction" in raw.values:
            raw.fail("correction", "a true statement has no 'correction'")
        return Statement(true, {} if true else raw.twin("correction"))

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the statement; true always stands first, as learners expect."""
        return Question(item.id, self.name, item.concept, lang, seed, Input.OPTIONS, item.ask[lang], _labels(lang))

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade a press or a typed word."""
        statement = _body(item)
        if isinstance(answer, str) and fold(answer).strip(" .!") in _SHORTHAND:
            answer = _SHORTHAND[fold(answer).strip(" .!")]
        position = options.position(answer, *map(_labels, LANGS), *WORDS)
        if isinstance(position, NotAnAnswer):
            return position
        correct = (position == 0) == statement.true
        feedback = (
            statement.correction.get(lang, "") if not statement.true else "" if correct else say("true.holds", lang)
        )
        right = _labels(lang)[0 if statement.true else 1]
        return Verdict(item.id, correct, float(correct), feedback, item.why[lang], right, source=item.source)

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the right position."""
        return 0 if _body(item).true else 1


def _labels(lang: Lang) -> tuple[str, str]:
    return say("true", lang), say("false", lang)


def _body(item: Item) -> Statement:
    assert isinstance(item.body, Statement)
    return item.body


KIND = TrueFalse()
