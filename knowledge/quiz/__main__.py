"""Check the question bank: `python -m knowledge.quiz [concept …]`; a named concept's items are also shown."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge import loader
from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS
from knowledge.quiz import rules
from knowledge.quiz.bank import ITEMS, Bank
from knowledge.quiz.typed import letter

Out = Callable[[str], object]


def main(concepts: Sequence[str], out: Out, folder: Path = ITEMS) -> int:
    """Print what is wrong with the bank, and the items of the named concepts; 1 when something is."""
    try:
        bank = Bank.load(loader.load(), folder)
    except KnowledgeError as error:
        out(f"{error}\n")
        return 1
    for concept in concepts:
        for item in bank.of(concept):
            show(bank, item.id, out)
    problems = [f"{item.id}: {problem}" for item in bank.items.values() for problem in rules.problems(item, bank)]
    problems += rules.shared_problems(bank)
    out("".join(f"{line}\n" for line in problems))
    out(
        f"{len(bank.items)} items, {len({i.concept for i in bank.items.values()})} concepts, {len(problems)} problems\n"
    )
    return bool(problems)


def show(bank: Bank, item: str, out: Out, seed: int = 1) -> None:
    """Print an item as a learner meets it, with its key."""
    for lang in LANGS:
        question = bank.present(item, lang, seed)
        out(f"\n[{item} · {question.kind} · {lang}] {question.prompt}\n")
        for position, label in enumerate(question.options):
            out(f"  {letter(position)}) {label}\n")
        for number, label in enumerate(question.slots, 1):
            out(f"  {number}. {label}\n")
        out(f"  key: {bank.key(item, lang, seed)}\n  hints: {' | '.join(bank.items[item].hints[lang])}\n")
        out(f"  why: {bank.items[item].why[lang]}\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], sys.stdout.write))
