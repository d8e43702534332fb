"""Steps or events to put in order."""

from dataclasses import dataclass
from itertools import combinations

from knowledge.passages import Lang
from knowledge.quiz import options, typed
from knowledge.quiz.entry import Entry
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Twin, Verdict
from knowledge.quiz.wording import say

FEWEST, MOST = 3, 7


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps in the right order."""

    steps: tuple[Twin, ...]


@dataclass(frozen=True, slots=True)
class Ordering:
    """The kind."""

    name: str = "ordering"
    fields: frozenset[str] = frozenset({"steps"})
    asks: bool = True
    produced: bool = True

    def read(self, raw: Entry, /) -> Steps:
        """Read the steps."""
        steps = tuple(step.both() for step in raw.subs("steps"))
        if not FEWEST <= len(steps) <= MOST:
            raw.fail("steps", f"'steps' has {FEWEST} to {MOST} of them")
        return Steps(steps)

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the steps shuffled, never in their order."""
        labels = tuple(_steps(item)[i][lang] for i in _shown(item, seed))
        return Question(item.id, self.name, item.concept, lang, seed, Input.ORDER, item.ask[lang], labels)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade positions in the order given; the score is the share of pairs that stand right."""
        shown = _shown(item, seed)
        given = typed.order(answer, len(shown)) if isinstance(answer, str) else answer
        if not isinstance(given, tuple) or sorted(given) != list(range(len(shown))):
            unknown = isinstance(answer, str) and gives_up(answer)
            return NotAnAnswer(Reason.DONT_KNOW if unknown else Reason.UNREADABLE)
        ranks = [shown[i] for i in given]
        pairs = [a < b for a, b in combinations(ranks, 2)]
        return Verdict(
            item.id, all(pairs), sum(pairs) / len(pairs), _feedback(item, lang, ranks), item.why[lang],
            " → ".join(step[lang] for step in _steps(item)), source=item.source,
        )  # fmt: skip

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the positions in the right order."""
        shown = _shown(item, seed)
        return tuple(shown.index(rank) for rank in range(len(shown)))


def _steps(item: Item) -> tuple[Twin, ...]:
    assert isinstance(item.body, Steps)
    return item.body.steps


def _shown(item: Item, seed: int) -> tuple[int, ...]:
    """Say which step stands at each position; a shuffle that changes nothing is turned round by one."""
    order = options.shuffled(item, seed, len(_steps(item)))
    return order if order != tuple(sorted(order)) else (*order[1:], order[0])


def _feedback(item: Item, lang: Lang, ranks: list[int]) -> str:
    """Name the first step that stands wrong."""
    steps = _steps(item)
    wrong = next((i for i, rank in enumerate(ranks) if rank != i), None)
    if wrong is None:
        return ""
    if wrong == 0:
        return say("order.first", lang, step=steps[0][lang])
    return say("order.next", lang, before=steps[wrong - 1][lang], step=steps[wrong][lang])


KIND = Ordering()
