"""Lexical scores without a model: BM25 on stems, cosine on letter n-grams. Inverted indexes in numpy."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from knowledge.passages import Lang
from knowledge.text import char_ngrams, stem, words

K1, B = 1.2, 0.75  # Robertson & Zaragoza 2009, the usual values
COMMON = 0.1  # an n-gram in more of the documents than this tells little and costs time
FEW = 50  # documents below which every n-gram is kept


@dataclass(frozen=True)
class Counts:
    """Term counts of all documents, sorted by term: one entry a (term, document) pair."""

    terms: dict[str, int]
    starts: NDArray[np.int64]  # (T + 1,): where each term's entries begin
    docs: NDArray[np.int32]  # (nnz,)
    counts: NDArray[np.float32]  # (nnz,)
    lengths: NDArray[np.float32]  # (N,): terms in each document

    @classmethod
    def of(cls, texts: Sequence[str], cut: Callable[[str], Iterable[str]]) -> "Counts":
        """Count the terms that `cut` finds in each text."""
        terms: dict[str, int] = {}
        ids, docs, counts, lengths = array("i"), array("i"), array("f"), array("f")
        for d, text in enumerate(texts):
            row = Counter(cut(text))
            lengths.append(sum(row.values()))
            for term, count in row.items():
                ids.append(terms.setdefault(term, len(terms)))
                docs.append(d)
                counts.append(count)
        order = np.argsort(np.frombuffer(ids, np.int32), kind="stable") if ids else np.zeros(0, np.int64)
        frequency = np.bincount(np.frombuffer(ids, np.int32), minlength=len(terms)) if ids else np.zeros(0, np.int64)
        starts = np.concatenate([[0], np.cumsum(frequency)]).astype(np.int64)
        return cls(
            terms,
            starts,
            np.array(docs, np.int32)[order],
            np.array(counts, np.float32)[order],
            np.array(lengths, np.float32),
        )

    @property
    def frequency(self) -> NDArray[np.int64]:
        """Give the number of documents that hold each term: (T,)."""
        return np.diff(self.starts)

    def score(self, query: Iterable[tuple[str, float]], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum entry weight · query weight over the query's terms, for each document: (N,) float32."""
        total = np.zeros(len(self.lengths), np.float32)
        for term, weight in query:
            t = self.terms.get(term)
            if t is not None:
                span = slice(self.starts[t], self.starts[t + 1])
                total[self.docs[span]] += np.float32(weight) * weights[span]  # a document is once in a span
        return total


class BM25:
    """Okapi BM25 over stemmed words of one language."""

    def __init__(self, texts: Sequence[str], lang: Lang) -> None:
        """Index `texts`."""
        self.lang = lang
        self._index = index = Counts.of(texts, self._cut)
        n, frequency = len(texts), np.repeat(index.frequency, index.frequency)
        idf = np.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
        relative = (index.lengths / max(float(index.lengths.mean()), 1e-9))[index.docs]
        saturated = index.counts * (K1 + 1) / (index.counts + K1 * (1 - B + B * relative))
        self._weights = (idf * saturated).astype(np.float32)

    def _cut(self, text: str) -> Iterable[str]:
        return (stem(w, self.lang) for w in words(text))

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32, 0 and up."""
        return self._index.score(((term, 1.0) for term in set(self._cut(query))), self._weights)


class CharNgrams:
    """Cosine of TF-IDF vectors over letter 3- to 5-grams: forgives typos and missing accents."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts` (short ones: titles, questions)."""
        self._index = index = Counts.of(texts, char_ngrams)
        frequency, n = index.frequency, len(texts)
        idf = np.where(frequency <= max(COMMON * n, FEW), np.log(1 + n / np.maximum(frequency, 1)), 0)
        self._idf = idf.astype(np.float32)
        self._unseen = log(1 + n)
        weights = index.counts * np.repeat(self._idf, frequency)
        norms = np.sqrt(np.bincount(index.docs, weights.astype(np.float64) ** 2, minlength=n))
        self._weights = (weights / np.maximum(norms, 1e-9)[index.docs]).astype(np.float32)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32 in 0..1."""
        counts = Counter(char_ngrams(query))
        found = {g: c * float(self._idf[self._index.terms[g]]) for g, c in counts.items() if g in self._index.terms}
        unseen = sum((c * self._unseen) ** 2 for g, c in counts.items() if g not in found)
        norm = (sum(w * w for w in found.values()) + unseen) ** 0.5 or 1.0
        return self._index.score(((g, w / norm) for g, w in found.items() if w), self._weights)
