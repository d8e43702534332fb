"""What every item must keep to, beyond what loading checks."""

from collections.abc import Iterator

from knowledge.passages import LANGS, Lang
from knowledge.quiz.bank import Bank
from knowledge.quiz.model import Item, NotAnAnswer
from knowledge.quiz.options import Options
from knowledge.quiz.picture_body import Body
from knowledge.text import fold

ASK = 280  # a Telegram poll's question has 300, and says which quiz it is
OPTION = 90  # a Telegram poll's option has 100, and so has a Discord select's, which also says its letter
TEXT = 300  # why, feedback: a native quiz shows 190 of them, the rest is sent as text
HINT = 200
SEEDS = range(3)


def problems(item: Item, bank: Bank) -> Iterator[str]:
    """Name what is wrong with an item."""
    for lang in LANGS:
        yield from _lengths(item, lang, bank)
        yield from _same_options(item, lang, bank)
        yield from _leaks(item, lang, bank)
        for seed in SEEDS:
            verdict = bank.grade(item.id, lang, seed, bank.key(item.id, lang, seed))
            if isinstance(verdict, NotAnAnswer) or not verdict.correct:
                missing = () if isinstance(verdict, NotAnAnswer) else verdict.missing
                yield f"the model answer isn't graded right in {lang} {list(missing)}"
                break


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
