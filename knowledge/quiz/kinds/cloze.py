"""A text with gaps to fill in by typing."""

import re
from dataclasses import dataclass

from knowledge.passages import LANGS, Lang
from knowledge.quiz import gaps
from knowledge.quiz.entry import Entry
from knowledge.quiz.giving_up import gives_up
from knowledge.quiz.model import Answer, Input, Item, NotAnAnswer, Question, Reason, Verdict
from knowledge.quiz.wording import say

GAP = re.compile(r"\[([^\[\]]+)\]")
BLANK = "_____"
MOST = 3


@dataclass(frozen=True, slots=True)
class Gaps:
    """For each language, and each gap in it, what is right; the first is shown."""

    words: dict[Lang, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class Cloze:
    """The kind."""

    name: str = "cloze"
    fields: frozenset[str] = frozenset()
    asks: bool = True
    produced: bool = True

    def read(self, raw: Entry, /) -> Gaps:
        """Read the gaps out of `ask`."""
        words = {lang: tuple(_alternatives(g) for g in GAP.findall(text)) for lang, text in raw.twin("ask").items()}
        counts = {len(words[lang]) for lang in LANGS}
        if len(counts) > 1 or not 1 <= counts.pop() <= MOST:
            raw.fail("ask", f"a cloze has 1 to {MOST} gaps like [word], as many in both languages")
        return Gaps(words)

    def present(self, item: Item, lang: Lang, seed: int, /) -> Question:
        """Show the text with blanks, numbered where there are several."""
        count = len(_body(item).words[lang])
        blanks = iter(f"({n}) {BLANK}" if count > 1 else BLANK for n in range(1, count + 1))
        prompt = GAP.sub(lambda _: next(blanks), item.ask[lang])
        slots = tuple(str(n) for n in range(1, count + 1))
        return Question(item.id, self.name, item.concept, lang, seed, Input.TEXT, prompt, slots=slots)

    def grade(self, item: Item, lang: Lang, seed: int, answer: Answer, /) -> Verdict | NotAnAnswer:
        """Grade the typed words in turn; the score is the share of gaps that are right."""
        if not isinstance(answer, str):
            return NotAnAnswer(Reason.UNREADABLE)
        if gives_up(answer):
            return NotAnAnswer(Reason.DONT_KNOW)
        wanted = tuple(
            tuple(dict.fromkeys(own + other)) for own, other in zip(*_in(item, lang), strict=True)
        )  # an answer in the other language is right, too
        filled = gaps.fill(answer, wanted)
        wrong = [i for i, good in enumerate(filled) if not good]
        return Verdict(
            item.id, not wrong, 1 - len(wrong) / len(wanted), _feedback(wanted, wrong, lang), item.why[lang],
            ", ".join(words[0] for words in wanted), source=item.source,
        )  # fmt: skip

    def key(self, item: Item, lang: Lang, seed: int, /) -> Answer:
        """Give the words."""
        return ", ".join(words[0] for words in _body(item).words[lang])


def _alternatives(gap: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in gap.split("/") if word.strip())


def _in(item: Item, lang: Lang) -> tuple[tuple[tuple[str, ...], ...], ...]:
    words = _body(item).words
    return words[lang], words["en" if lang == "pt" else "pt"]


def _feedback(wanted: tuple[tuple[str, ...], ...], wrong: list[int], lang: Lang) -> str:
    if len(wanted) == 1:
        return say("cloze.one", lang, word=wanted[0][0]) if wrong else ""
    return " ".join(say("cloze.gap", lang, n=i + 1, word=wanted[i][0]) for i in wrong)


def _body(item: Item) -> Gaps:
    assert isinstance(item.body, Gaps)
    return item.body


KIND = Cloze()
