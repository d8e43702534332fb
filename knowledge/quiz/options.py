"""A right option and wrong ones: what choice and picture questions share."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import typed
from knowledge.quiz.entry import PART, Entry
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Answer, Item, NotAnAnswer, Reason, Twin, Verdict

FEWEST, MOST = 2, 4  # wrong options


@dataclass(frozen=True, slots=True)
class Wrong:
    """A wrong option: which misconception it is, and what to say to who holds it."""

    label: Twin
    feedback: Twin
    myth: str


@dataclass(frozen=True, slots=True)
class Options:
    """Option 0 is the right one, 1… the wrong ones as written."""

    right: Twin
    wrong: tuple[Wrong, ...]

    @property
    def count(self) -> int:
        """Count the options."""
        return 1 + len(self.wrong)

    def label(self, option: int, lang: Lang) -> str:
        """Give an option's words."""
        return (self.wrong[option - 1].label if option else self.right)[lang]


def read(raw: Entry) -> Options:
    """Read `right` and `wrong`. Raises KnowledgeError."""
    wrong = tuple(_wrong(entry) for entry in raw.subs("wrong"))
    if not FEWEST <= len(wrong) <= MOST:
        raw.fail("wrong", f"'wrong' has {FEWEST} to {MOST} options, each a mapping")
    if len({w.myth for w in wrong}) < len(wrong):
        raw.fail("wrong", "two wrong options have one 'myth'")
    return Options(raw.twin("right"), wrong)


def _wrong(entry: Entry) -> Wrong:
    entry.only(frozenset({*LANGS, "myth"}))
    parts = entry.parts()
    for lang in LANGS:
        if len(parts[lang]) != 2 or not all(parts[lang]):
            entry.fail(lang, f"a wrong option is 'label{PART}feedback'")
    label: Twin = {lang: parts[lang][0] for lang in LANGS}
    return Wrong(label, {lang: parts[lang][1] for lang in LANGS}, entry.text("myth"))


def body(item: Item) -> Options:
    """Give an item's options."""
    assert isinstance(item.body, Options)
    return item.body


def shuffled(item: Item, seed: int, count: int) -> tuple[int, ...]:
    """Say which option stands at each position; the same for the same item and seed."""
    order = list(range(count))
    random.Random(f"{item.id}:{seed}").shuffle(order)
    return tuple(order)


def position(answer: Answer, *labels: Sequence[str]) -> int | NotAnAnswer:
    """Read a press or typed words as a position; each of `labels` names the same options."""
    if isinstance(answer, int):
        return answer if 0 <= answer < len(labels[0]) else NotAnAnswer(Reason.UNREADABLE)
    if isinstance(answer, tuple):
        return position(answer[0], *labels) if len(answer) == 1 else NotAnAnswer(Reason.UNREADABLE)
    found = (typed.option(answer, names) for names in labels)
    first = next((p for p in found if p is not None), None)
    if first is not None:
        return first
    return NotAnAnswer(Reason.DONT_KNOW if gives_up(answer) else Reason.UNREADABLE)


def verdict(item: Item, found: Options, lang: Lang, option: int, right: str) -> Verdict:
    """Grade an option of the item, as written; `right` is the right one in words."""
    feedback = found.wrong[option - 1].feedback[lang] if option else ""
    return Verdict(item.id, not option, float(not option), feedback, item.why[lang], right, source=item.source)
