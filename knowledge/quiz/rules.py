"""What every item must keep to, beyond what loading checks."""

from collections.abc import Iterator

from knowledge.passages import LANGS, Lang
from knowledge.quiz.bank import Bank
from knowledge.quiz.gaps import alike
from knowledge.quiz.grading import Rubric
from knowledge.quiz.kinds.cloze import Gaps
from knowledge.quiz.model import Item, NotAnAnswer
from knowledge.quiz.options import Options
from knowledge.quiz.picture_body import Body
from knowledge.text import fold, words

ASK = 280  # a Telegram poll's question has 300, and says which quiz it is
OPTION = 90  # a Telegram poll's option has 100, and so has a Discord select's, which also says its letter
TEXT = 300  # why, feedback: a native quiz shows 190 of them, the rest is sent as text
HINT = 200
SEEDS = range(3)
DENIED: dict[Lang, str] = {"pt": "Não é verdade que ", "en": "It is not true that "}


def problems(item: Item, bank: Bank) -> Iterator[str]:
    """Name what is wrong with an item."""
    for lang in LANGS:
        yield from _lengths(item, lang, bank)
        yield from _same_options(item, lang, bank)
        yield from _leaks(item, lang, bank)
        yield from _denial(item, lang, bank)
        yield from _filled(item, lang, bank)
        for seed in SEEDS:
            verdict = bank.grade(item.id, lang, seed, bank.key(item.id, lang, seed))
            if isinstance(verdict, NotAnAnswer) or not verdict.correct:
                missing = () if isinstance(verdict, NotAnAnswer) else verdict.missing
                yield f"the model answer isn't graded right in {lang} {list(missing)}"
                break


def _filled(item: Item, lang: Lang, bank: Bank) -> Iterator[str]:
    """Find a gap's word in the hints, or elsewhere in the text."""
    if not isinstance(item.body, Gaps):
        return
    for gap in item.body.words[lang]:
        for place, text in (
            ("the text", bank.present(item.id, lang, 0).prompt),
            *(("a hint", h) for h in item.hints[lang]),
        ):
            if any(_says(text, word) for word in gap):
                yield f"{place} holds the word of a gap, {gap[0]!r}, in {lang}"


def _says(text: str, word: str) -> bool:
    tokens, wanted = words(text.replace("-", " ")), words(word.replace("-", " "))
    return any(alike(" ".join(tokens[i : i + len(wanted)]), word) for i in range(len(tokens) - len(wanted) + 1))


def _denial(item: Item, lang: Lang, bank: Bank) -> Iterator[str]:
    """Find a model answer that is graded right even when it is denied."""
    if isinstance(item.body, Rubric):
        answer = item.body.answer[lang]
        verdict = bank.grade(item.id, lang, 0, DENIED[lang] + answer[0].lower() + answer[1:])
        if not isinstance(verdict, NotAnAnswer) and verdict.correct:
            yield f"the model answer is graded right in {lang} even after {DENIED[lang]!r}"


def shared_problems(bank: Bank) -> Iterator[str]:
    """Name what is wrong between items: two that ask the same, twins that aren't two languages."""
    for lang in LANGS:
        asked: dict[str, str] = {}
        for item in (i for i in bank.items.values() if i.ask and i.kind != "picture"):
            other = asked.setdefault(fold(item.ask[lang]), item.id)
            if other != item.id:
                yield f"{item.id} asks in {lang} what {other} asks"
    for item in bank.items.values():
        if item.hints["pt"] == item.hints["en"] or item.why["pt"] == item.why["en"]:
            yield f"{item.id} has the same hints or reasons in both languages"


def _lengths(item: Item, lang: Lang, bank: Bank) -> Iterator[str]:
    question = bank.present(item.id, lang, 1)
    texts = [("ask", question.prompt, ASK if item.kind != "numeric" else 2 * ASK), ("why", item.why[lang], TEXT)]
    texts += [("option", label, OPTION) for label in (*question.options, *question.slots)]
    texts += [("hint", hint, HINT) for hint in item.hints[lang]]
    if options := _options(item):
        texts += [("feedback", wrong.feedback[lang], TEXT) for wrong in options.wrong]
    for name, text, most in texts:
        if len(text) > most:
            yield f"{name} of {len(text)} characters in {lang}, {most} at most: {text[:40]!r}…"


def _options(item: Item) -> Options | None:
    if isinstance(item.body, Body):
        return item.body.options
    return item.body if isinstance(item.body, Options) else None


def _same_options(item: Item, lang: Lang, bank: Bank) -> Iterator[str]:
    for labels in (bank.present(item.id, lang, 1).options, bank.present(item.id, lang, 1).slots):
        folded = [" ".join(fold(label).split()) for label in labels]
        if len(set(folded)) < len(folded):
            yield f"two options are the same in {lang}"


def _leaks(item: Item, lang: Lang, bank: Bank) -> Iterator[str]:
    """Find the right option's words in a hint."""
    if options := _options(item):
        right = fold(options.right[lang])
        if len(right) > 2 and any(right in fold(hint) for hint in item.hints[lang]):
            yield f"a hint gives the right option away in {lang}"
