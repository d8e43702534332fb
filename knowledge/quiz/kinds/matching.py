"""Left sides to match with right ones, among which there may be decoys."""

from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import options, typed
from knowledge.quiz.entry import Entry
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Twin, Verdict
from knowledge.quiz.wording import say

FEWEST, MOST = 3, 5
EQUALS = " = "


@dataclass(frozen=True, slots=True)
class Pairs:
    """Left and right sides, as many; then the decoys."""

    left: tuple[Twin, ...]
    right: tuple[Twin, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """The kind."""

    name: str = "matching"
    fields: frozenset[str] = frozenset({"pairs", "decoys"})
    asks: bool = True
    produced: bool = True

    def read(self, raw: Entry, /) -> Pairs:
        """Read the pairs and decoys."""
        halves = [_halves(entry) for entry in raw.subs("pairs")]
        if not FEWEST <= len(halves) <= MOST:
            raw.fail("pairs", f"'pairs' has {FEWEST} to {MOST} of them")
        decoys = tuple(entry.both() for entry in raw.subs("decoys"))
        return Pairs(tuple(a for a, _ in halves), (*(b for _, b in halves), *decoys))

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the left sides as written and the right ones shuffled."""
        body = _body(item)
        labels = tuple(body.right[i][lang] for i in options.shuffled(item, seed, len(body.right)))
        slots = tuple(left[lang] for left in body.left)
        return Question(item.id, self.name, item.concept, lang, seed, Input.MATCH, item.ask[lang], labels, slots)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade one position for each left side; the score is the share of pairs that are right."""
        body, shown = _body(item), options.shuffled(item, seed, len(_body(item).right))
        slots = len(body.left)
        given = typed.pairs(answer, slots, len(shown)) if isinstance(answer, str) else answer
        if not isinstance(given, tuple) or len(given) != slots or not all(0 <= p < len(shown) for p in given):
            unknown = isinstance(answer, str) and gives_up(answer)
            return NotAnAnswer(Reason.DONT_KNOW if unknown else Reason.UNREADABLE)
        wrong = [slot for slot, position in enumerate(given) if shown[position] != slot]
        pair = [say("match.pair", lang, left=body.left[i][lang], right=body.right[i][lang]) for i in wrong]
        return Verdict(
            item.id, not wrong, 1 - len(wrong) / slots, " ".join(pair), item.why[lang],
            "; ".join(f"{body.left[i][lang]} = {body.right[i][lang]}" for i in range(slots)), source=item.source,
        )  # fmt: skip

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the right position for each left side."""
        body = _body(item)
        shown = options.shuffled(item, seed, len(body.right))
        return tuple(shown.index(slot) for slot in range(len(body.left)))


def _halves(entry: Entry) -> tuple[Twin, Twin]:
    split = {lang: text.partition(EQUALS) for lang, text in entry.both().items()}
    for lang in LANGS:
        if not split[lang][0].strip() or not split[lang][2].strip():
            entry.fail(lang, f"a pair is 'left{EQUALS}right'")
    return {k: v[0].strip() for k, v in split.items()}, {k: v[2].strip() for k, v in split.items()}


def _body(item: Item) -> Pairs:
    assert isinstance(item.body, Pairs)
    return item.body


KIND = Matching()
