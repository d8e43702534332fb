"""Questions as learners asked them, labelled: what the gate learns from beside the knowledge base's own."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS, Lang

FILE = Path(__file__).parent / "learners.jsonl"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, and the concepts that answer it; none where the lecture doesn't cover it."""

    text: str
    lang: Lang
    concepts: tuple[str, ...]
    line: int = 0  # of the file


def load(path: Path = FILE) -> tuple[Labelled, ...]:
    """Read and check the file. Raises KnowledgeError, which names the line."""
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    return tuple(_asked(path, number, line) for number, line in lines if line.strip())


def about(asked: tuple[Labelled, ...], known: Collection[str]) -> tuple[Labelled, ...]:
    """Give the questions where they are about a lecture of these concepts; none where they are about another."""
    return asked if all(concept in known for one in asked for concept in one.concepts) else ()


def check(asked: tuple[Labelled, ...], known: Collection[str], path: Path = FILE) -> None:
    """Refuse a question that names a concept which isn't there. Raises KnowledgeError."""
    for one in asked:
        for concept in one.concepts:
            if concept not in known:
                raise KnowledgeError(path, one.line, f"there is no concept {concept!r}")


def _asked(path: Path, number: int, line: str) -> Labelled:
    try:
        row: Any = json.loads(line)
    except ValueError as error:
        raise KnowledgeError(path, number, f"this is no JSON object: {error}") from error
    text, lang, concepts = (row.get(key) for key in ("q", "lang", "concepts")) if isinstance(row, dict) else (None,) * 3
    if not isinstance(text, str) or not text.strip() or lang not in LANGS:
        raise KnowledgeError(path, number, f"a line needs 'q' and 'lang' ({' or '.join(LANGS)})")
    if not isinstance(concepts, list) or not all(isinstance(concept, str) for concept in concepts):
        raise KnowledgeError(path, number, "'concepts' is a list of concept ids, [] where the lecture doesn't cover it")
    return Labelled(text, lang, tuple(concepts), number)
