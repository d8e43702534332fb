"""A number to compute; a generator makes the question, the answer and the worked solution from the seed."""

from dataclasses import dataclass

from knowledge.passages import Lang
from knowledge.quiz import generators
from knowledge.quiz.entry import Entry
from knowledge.quiz.generators import Problem
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Verdict
from knowledge.quiz.numbers import readings, written
from knowledge.quiz.wording import say

NEARLY = 5  # tolerances: a slip of rounding


@dataclass(frozen=True, slots=True)
class Numeric:
    """The kind."""

    name: str = "numeric"
    fields: frozenset[str] = frozenset({"generator"})
    asks: bool = False
    produced: bool = True

    def read(self, raw: Entry, /) -> str:
        """Read the generator's name."""
        name = raw.text("generator")
        if name not in generators.names():
            raw.fail("generator", f"no generator is called {name!r}; there are {', '.join(generators.names())}")
        return name

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Ask with the numbers of the seed."""
        prompt = _problem(item, seed).prompt[lang]
        return Question(item.id, self.name, item.concept, lang, seed, Input.NUMBER, prompt)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade a typed number: comma or point, fraction, percent."""
        problem = _problem(item, seed)
        values = readings(answer, percent=problem.percent) if isinstance(answer, str) else frozenset[float]()
        if not values:
            unknown = isinstance(answer, str) and gives_up(answer)
            return NotAnAnswer(Reason.DONT_KNOW if unknown else Reason.UNREADABLE)
        correct = _near(values, problem.value, problem.tolerance)
        return Verdict(
            item.id, correct, float(correct), "" if correct else _feedback(values, problem, lang), item.why[lang],
            _right(problem, lang), steps=problem.steps[lang], source=item.source,
        )  # fmt: skip

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the number as it is shown."""
        return _right(_problem(item, seed), lang)


def _problem(item: Item, seed: int) -> Problem:
    assert isinstance(item.body, str)
    return generators.problem(item.body, item.id, seed)


def _right(problem: Problem, lang: Lang) -> str:
    return written(problem.value, lang, problem.digits) + (" %" if problem.percent else "")


def _near(values: frozenset[float], value: float, tolerance: float) -> bool:
    return any(abs(v - value) <= tolerance + 1e-9 for v in values)


def _feedback(values: frozenset[float], problem: Problem, lang: Lang) -> str:
    if problem.signed and problem.value and _near(values, -problem.value, problem.tolerance):
        return say("number.sign", lang)
    if _near(values, problem.value, NEARLY * problem.tolerance):
        return say("number.close", lang)
    return say("number.is", lang, value=_right(problem, lang))


KIND = Numeric()
