"""Lexical scores without a model: BM25 on stems, cosine on letter n-grams. Inverted indexes in numpy."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from knowledge.passages import Lang
from knowledge.text import char_ngrams, stem, words

K1, B = 1.2, 0.75  # Robertson & Zaragoza 2009, the usual values
COMMON = 0.2  # an n-gram in more of the documents than this tells nothing and costs time


@dataclass(frozen=True)
class Postings:
    """An inverted index: for each term, the documents that hold it and the term's weight there."""

    terms: dict[str, int]
    starts: NDArray[np.int64]  # (T + 1,)
    docs: NDArray[np.int32]  # (nnz,)
    weights: NDArray[np.float32]  # (nnz,)
    size: int  # documents

    def score(self, query: Iterable[tuple[str, float]]) -> NDArray[np.float32]:
        """Sum weight · query weight for each document: (size,) float32."""
        total = np.zeros(self.size, np.float32)
        for term, weight in query:
            t = self.terms.get(term)
            if t is not None:
                a, b = self.starts[t], self.starts[t + 1]
                total[self.docs[a:b]] += weight * self.weights[a:b]  # a term is once in a document: no collisions
        return total


def _postings(rows: Sequence[Counter[str]], weigh: Callable[[str, int, float, int], float]) -> Postings:
    """Build an index; `weigh(term, count, document length, document frequency)`."""
    frequency = Counter(term for row in rows for term in row)
    terms = {term: t for t, term in enumerate(frequency)}
    lists: list[list[tuple[int, float]]] = [[] for _ in terms]
    for d, row in enumerate(rows):
        length = float(sum(row.values()))
        for term, count in row.items():
            lists[terms[term]].append((d, weigh(term, count, length, frequency[term])))
    starts = np.cumsum([0, *map(len, lists)], dtype=np.int64)
    flat = [pair for entries in lists for pair in entries]
    docs = np.fromiter((d for d, _ in flat), np.int32, len(flat))
    weights = np.fromiter((w for _, w in flat), np.float32, len(flat))
    return Postings(terms, starts, docs, weights, len(rows))


class BM25:
    """Okapi BM25 over stemmed words of one language."""

    def __init__(self, texts: Sequence[str], lang: Lang) -> None:
        """Index `texts`."""
        self.lang = lang
        rows = [Counter(stem(w, lang) for w in words(text)) for text in texts]
        mean = sum(sum(row.values()) for row in rows) / max(len(rows), 1)
        n = len(rows)

        def weigh(_: str, count: int, length: float, frequency: int) -> float:
            idf = log(1 + (n - frequency + 0.5) / (frequency + 0.5))
            return idf * count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean))

        self._postings = _postings(rows, weigh)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32, 0 and up."""
        return self._postings.score((term, 1.0) for term in {stem(w, self.lang) for w in words(query)})


class CharNgrams:
    """Cosine of TF-IDF vectors over letter 3- to 5-grams: forgives typos and missing accents."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts` (short ones: titles, questions)."""
        rows = [Counter(char_ngrams(text)) for text in texts]
        n = len(rows)
        frequency = Counter(gram for row in rows for gram in row)
        self._idf = {g: log(1 + n / f) for g, f in frequency.items() if f <= max(COMMON * n, 5)}
        kept = [Counter({g: c for g, c in row.items() if g in self._idf}) for row in rows]
        norms = [sum((c * self._idf[g]) ** 2 for g, c in row.items()) ** 0.5 or 1.0 for row in kept]
        self._postings = _postings(kept, lambda g, c, _l, _f: c * self._idf[g])
        self._norms = np.asarray(norms, np.float32)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32 in 0..1."""
        counts = Counter(char_ngrams(query))
        weights = {g: c * self._idf[g] for g, c in counts.items() if g in self._idf}
        unseen = sum(c for g, c in counts.items() if g not in self._idf)
        norm = (sum(w * w for w in weights.values()) + unseen) ** 0.5 or 1.0
        return self._postings.score(weights.items()) / (self._norms * np.float32(norm))
