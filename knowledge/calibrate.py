"""Fit the gate on the knowledge base: what `make index` and a start after an edit do."""

import hashlib
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.gate import Gate, Vocabulary, features, fit
from knowledge.passages import LANGS, Lang
from knowledge.phrases import Phrases
from knowledge.questions import Context, Understanding
from knowledge.retrieval import Searcher
from knowledge.vectors import SHIPPED, VectorStore

SAMPLE = 1200  # sample questions that take part: more changes nothing and costs seconds


@dataclass(frozen=True)
class Parts:
    """What calibration needs of the knowledge base."""

    understanding: Understanding
    searcher: Searcher
    phrases: Phrases
    vocabulary: Vocabulary


def digest(parts: Parts, fingerprint: str) -> str:
    """Name the state of the knowledge base that a gate belongs to."""
    texts = parts.searcher.texts
    content = "\0".join((fingerprint, *texts.twins, *texts.short, *(p for p, _ in parts.phrases.flat)))
    return hashlib.sha1(content.encode()).hexdigest()[:16]


def gate_for(parts: Parts, store: VectorStore | None, fingerprint: str, cache: Path, shipped: Path = SHIPPED) -> Gate:
    """Read the gate that fits this state of the knowledge base, or fit and cache it."""
    name = f"gate-{'lexical' if store is None else 'model'}-{digest(parts, fingerprint)}.json"
    for folder in (shipped, cache / "gates"):
        try:
            return Gate.from_json((folder / name).read_text("utf-8"))
        except (OSError, ValueError, KeyError):
            continue
    gate = calibrate(parts, store)
    write(cache / "gates" / name, gate)
    return gate


def write(path: Path, gate: Gate) -> None:
    """Write a gate in one step; a folder that can't be written to only costs time next start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(gate.to_json())
    Path(temporary).replace(path)


def calibrate(parts: Parts, store: VectorStore | None) -> Gate:
    """Ask the knowledge base its own questions, and those that it doesn't handle, and fit the gate."""
    covered = list(_covered(parts, store))
    outside = list(_outside(parts, store))
    return fit(np.array(covered), np.array(outside))


def _covered(parts: Parts, store: VectorStore | None) -> Iterator[NDArray[np.float64]]:
    asked = _sample_questions(parts)
    step = max(1, len(asked) // SAMPLE)
    asked = asked[::step]
    vectors = _vectors(store, [text for text, _, _ in asked])
    for (text, lang, siblings), vector in zip(asked, vectors, strict=True):
        yield _features(parts, text, lang, vector, siblings, -1)


def _sample_questions(parts: Parts) -> list[tuple[str, Lang, range]]:
    """List each sample question with its language and the short texts to hide: itself and its siblings."""
    asked: list[tuple[str, Lang, range]] = []
    position = 0
    for passage in parts.searcher.texts.passages:
        for lang in LANGS:
            count = 1 + len(passage.twins[lang].questions)
            hidden = range(position, position + count)
            asked += [(q, lang, hidden) for q in passage.twins[lang].questions]
            position += count
    return asked


def _outside(parts: Parts, store: VectorStore | None) -> Iterator[NDArray[np.float64]]:
    flat = parts.phrases.flat
    chosen = [i for i, (_, c) in enumerate(flat) if c.kind == "outside"]
    vectors = _vectors(store, [flat[i][0] for i in chosen])
    for i, vector in zip(chosen, vectors, strict=True):
        lang = parts.understanding.language_of(flat[i][0], "pt")
        yield _features(parts, flat[i][0], lang, vector, (), i)


def _vectors(store: VectorStore | None, texts: Sequence[str]) -> Sequence[NDArray[np.float32] | None]:
    return [None] * len(texts) if store is None else list(store.get("query", texts))


def _features(
    parts: Parts, text: str, lang: Lang, vector: NDArray[np.float32] | None, hidden: Sequence[int], phrase: int
) -> NDArray[np.float64]:
    question = parts.understanding.understand(text, lang, Context())
    hits = parts.searcher.rank(question, parts.searcher.signals(question.text, vector, hidden))
    nearest = parts.phrases.nearest(vector, ("outside", "attack"), phrase)
    return features(question, hits, nearest.score if nearest else 0.0, parts.vocabulary)
