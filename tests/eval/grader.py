"""Measure the grader of short answers on labelled ones: `python -m tests.eval.grader [--wrong]`."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import loader
from knowledge.passages import Lang
from knowledge.quiz.bank import Bank
from knowledge.quiz.model import NotAnAnswer

FILE = Path(__file__).parent / "short_answers.jsonl"
LABELS = ("right", "partial", "wrong", "off-topic", "stuffed", "negated")
MIXES = ("pt", "en", "mix")


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """One labelled answer; `mix` is its language: "mix" answers in both, or in the other than the question's."""

    id: str
    item: str
    lang: Lang
    mix: str
    label: str
    split: str
    answer: str


@dataclass(frozen=True, slots=True)
class Graded:
    """What the grader made of it."""

    label: ShortAnswer
    passed: bool
    score: float
    micros: float

    @property
    def agrees(self) -> bool:
        """Tell whether grader and label agree on right or not right."""
        return self.passed == (self.label.label == "right")


def load(path: Path = FILE) -> list[ShortAnswer]:
    """Read the labelled answers."""
    return [ShortAnswer(**json.loads(line)) for line in path.read_text("utf-8").splitlines()]


def grade(bank: Bank, label: ShortAnswer) -> Graded:
    """Have one answer graded."""
    started = time.perf_counter()
    verdict = bank.grade(label.item, label.lang, 0, label.answer)
    micros = (time.perf_counter() - started) * 1e6
    if isinstance(verdict, NotAnAnswer):
        return Graded(label, False, 0.0, micros)
    return Graded(label, verdict.correct, verdict.score, micros)


def share(rows: Iterable[Graded]) -> str:
    """Print how many agree, as percent and count."""
    agree = [row.agrees for row in rows]
    return f"{100 * sum(agree) / len(agree):5.1f} % {sum(agree):>3}/{len(agree):<3}" if agree else "      –      "


def report(rows: Sequence[Graded], out: Callable[[str], None]) -> None:
    """Print the table of one part."""
    out(f"{'label':12}" + "".join(f"{mix:>16}" for mix in (*MIXES, "all")))
    for label in (*LABELS, ""):
        cells = [[r for r in rows if label in ("", r.label.label) and mix in ("", r.label.mix)] for mix in (*MIXES, "")]
        out(f"{label or 'AGREEMENT':12}" + "".join(f"{share(cell):>16}" for cell in cells))
    negated = [r for r in rows if r.label.label == "negated"]
    out(f"negated answers passed as right: {sum(r.passed for r in negated)} of {len(negated)}")
    out(f"partly right answers with part of the score: {_partial(rows)}")
    out(f"milliseconds: p50 {_millis(rows, 50):.2f}, p95 {_millis(rows, 95):.2f}")


def _partial(rows: Iterable[Graded]) -> str:
    partial = [r for r in rows if r.label.label == "partial"]
    return f"{sum(0 < r.score < 1 for r in partial)} of {len(partial)}"


def _millis(rows: Sequence[Graded], percentile: int) -> float:
    return float(np.percentile([r.micros for r in rows], percentile)) / 1000


def section(out: Callable[[str], None]) -> list[Graded]:
    """Grade everything and print it, the tune part and the report part; gives what was graded."""
    bank = Bank.load(loader.load())
    graded = [grade(bank, label) for label in load()]
    for split in ("tune", "report"):
        rows = [row for row in graded if row.label.split == split]
        items = len({row.label.item for row in rows})
        out(f"\n=== short answers, {split} part: {len(rows)} answers to {items} questions ===")
        report(rows, out)
    return graded


def main() -> int:
    """Measure."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--wrong", action="store_true", help="print where grader and label disagree (of the tune part)")
    options = parser.parse_args()
    graded = section(print)
    for row in graded if options.wrong else ():
        if not row.agrees:
            print(f"[{row.label.id} {row.label.item} {row.label.label}] {row.label.answer}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
