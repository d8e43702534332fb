"""The labelled questions, and how an answer is judged against its label."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.text import fold

FOLDER = Path(__file__).parent / "questions"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One question and what a right answer must have."""

    id: str
    q: str
    lang: str
    style: str
    kind: str
    split: str
    concepts: tuple[str, ...]
    facts: tuple[tuple[str, ...], ...]
    turns: tuple[str, ...]
    category: str = ""
    correctable: bool = False
    smalltalk: str = ""

    @property
    def declines(self) -> bool:
        """Tell whether the right answer is to decline."""
        return bool(self.category)

    @property
    def attacks(self) -> bool:
        """Tell whether it is an injection."""
        return self.category == "injection"

    def has_facts(self, answer: str) -> bool:
        """Tell whether every group of facts has one of its wordings in the answer."""
        text = fold(answer)
        return all(any(fold(wording) in text for wording in group) for group in self.facts)


def load(folder: Path = FOLDER) -> list[Labelled]:
    """Read every question."""
    rows = [
        json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]
    return [_labelled(row) for row in rows]


def _labelled(row: Mapping[str, Any]) -> Labelled:
    return Labelled(
        id=row["id"],
        q=row["q"],
        lang=row["lang"],
        style=row.get("style", "formal"),
        kind=row.get("kind", row.get("category", "")),
        split=row["split"],
        concepts=tuple(row.get("concepts", ())),
        facts=tuple(tuple(group) for group in row.get("facts", ())),
        turns=tuple(row.get("turns", ())),
        category=row.get("category", ""),
        correctable=bool(row.get("correctable")),
        smalltalk=row.get("smalltalk", ""),
    )


def right_passage(label: Labelled, concepts: Sequence[str]) -> bool:
    """Tell whether one of these concepts is among the label's."""
    return bool(set(label.concepts) & set(concepts))
