"""Lexical scores without a model: BM25 on stems, cosine on letter n-grams. Inverted indexes in numpy."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from knowledge.passages import Lang
from knowledge.text import char_ngrams, stem, word_ngrams, words

K1, B = 1.2, 0.75  # Robertson & Zaragoza 2009, the usual values
COMMON = 0.05  # an n-gram in more of the documents than this tells little and costs time
AT_ONCE = 1024  # documents counted at once: bounds what is held while they are sorted
FEW = 50  # documents below which every n-gram is kept


class _Terms(dict[str, NDArray[np.int32]]):
    """Word -> the ids of its terms; takes each word apart once."""

    def __init__(self, pieces: Callable[[str], Sequence[str]]) -> None:
        super().__init__()
        self.ids: dict[str, int] = {}
        self._pieces = pieces

    def __missing__(self, word: str) -> NDArray[np.int32]:
        ids = self.ids
        self[word] = found = np.array([ids.setdefault(t, len(ids)) for t in self._pieces(word)], np.int32)
        return found

    def count(self, texts: Sequence[str]) -> "tuple[Entries, NDArray[np.int64]]":
        """Count a few texts' terms: (term, text, count) sorted by term and text, and how many terms each text has."""
        rows = [np.concatenate([NOTHING, *(self[word] for word in words(text))]) for text in texts]
        lengths = np.array([len(row) for row in rows], np.int64)
        pairs = np.concatenate([NOTHING, *rows]).astype(np.int64) * len(rows) + np.repeat(np.arange(len(rows)), lengths)
        pairs, counts = np.unique(pairs, return_counts=True)
        terms, docs = np.divmod(pairs, max(len(rows), 1))
        return (terms.astype(np.int32), docs.astype(np.int32), counts.astype(np.float32)), lengths


NOTHING = np.zeros(0, np.int32)
Entries = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]


@dataclass(frozen=True)
class Counts:
    """Terms of all documents, sorted by term: one entry a (term, document) pair."""

    terms: Mapping[str, int]
    starts: NDArray[np.int64]  # (T + 1,): where each term's entries begin
    docs: NDArray[np.integer]  # (nnz,), as short as the documents are few
    values: NDArray[np.floating]  # (nnz,): counts; in an index, weights, in half precision: there are millions
    lengths: NDArray[np.float32]  # (N,): terms in each document

    @classmethod
    def of(cls, texts: Sequence[str], pieces: Callable[[str], Sequence[str]]) -> "Counts":
        """Count the terms of each text: what `pieces` makes of its words."""
        table = _Terms(pieces)
        entries: list[Entries] = [(NOTHING, NOTHING, NOTHING.astype(np.float32))]
        lengths = [np.zeros(0, np.int64)]
        for start in range(0, len(texts), AT_ONCE):
            (terms, docs, counts), some = table.count(texts[start : start + AT_ONCE])
            entries.append((terms, docs + np.int32(start), counts))
            lengths.append(some)
        terms, docs, counts = (np.concatenate(column) for column in zip(*entries, strict=True))
        order = np.argsort(terms, kind="stable")
        starts = np.concatenate([[0], np.cumsum(np.bincount(terms, minlength=len(table.ids)))]).astype(np.int64)
        docs = docs.astype(np.min_scalar_type(len(texts)))
        return cls(table.ids, starts, docs[order], counts[order], np.concatenate(lengths).astype(np.float32))

    @property
    def frequency(self) -> NDArray[np.int64]:
        """Give the number of documents that hold each term: (T,)."""
        return np.diff(self.starts)

    def weighted(self, weights: NDArray[np.floating]) -> "Counts":
        """Put weights in the counts' place: an index has no more use for these, nor for entries without weight."""
        there = weights != 0
        starts = np.concatenate([[0], np.cumsum(there)])[self.starts]
        return replace(self, starts=starts, docs=self.docs[there], values=weights[there].astype(np.float16))

    def score(self, terms: NDArray[np.integer], weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """Sum entry weight · query weight over the query's terms [Q] with their weights [Q]: (N,) float32."""
        if not len(terms):
            return np.zeros(len(self.lengths), np.float32)
        starts, ends = self.starts[terms], self.starts[terms + 1]
        spans = [slice(*span) for span in zip(starts.tolist(), ends.tolist(), strict=True)]
        docs = np.concatenate([self.docs[span] for span in spans])
        values = np.concatenate([self.values[span] for span in spans])
        return np.bincount(docs, values * np.repeat(weights, ends - starts), len(self.lengths)).astype(np.float32)


class BM25:
    """Okapi BM25 over stemmed words of one language."""

    def __init__(self, texts: Sequence[str], lang: Lang) -> None:
        """Index `texts`."""
        self.lang = lang
        index = Counts.of(texts, lambda word: (stem(word, lang),))
        n, frequency = len(texts), np.repeat(index.frequency, index.frequency)
        idf = np.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
        relative = (index.lengths / max(float(index.lengths.mean()), 1e-9))[index.docs]
        saturated = index.values * (K1 + 1) / (index.values + K1 * (1 - B + B * relative))
        self._index = index.weighted(idf * saturated)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32, 0 and up."""
        terms = dict.fromkeys(stem(w, self.lang) for w in words(query))
        ids = np.array([known for t in terms if (known := self._index.terms.get(t)) is not None], np.int32)
        return self._index.score(ids, np.ones(len(ids), np.float32))


class CharNgrams:
    """Cosine of TF-IDF vectors over letter 3- to 5-grams: forgives typos and missing accents."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Index `texts` (short ones: titles, questions)."""
        index = Counts.of(texts, word_ngrams)
        frequency, n = index.frequency, len(texts)
        idf = np.where(frequency <= max(COMMON * n, FEW), np.log(1 + n / np.maximum(frequency, 1)), 0)
        self._idf = idf.astype(np.float32)
        self._unseen = log(1 + n)
        weights = index.values * np.repeat(self._idf, frequency)
        norms = np.sqrt(np.bincount(index.docs, weights.astype(np.float64) ** 2, minlength=n))
        numbers = _numbers(index.terms)  # to find an n-gram by: as texts they would take ten times as much
        self._terms = np.argsort(numbers).astype(np.int32)
        self._numbers = numbers[self._terms]
        self._index = replace(index.weighted(weights / np.maximum(norms, 1e-9)[index.docs]), terms={})

    def scores(self, query: str) -> NDArray[np.float32]:
        """Score each text: (N,) float32 in 0..1."""
        counted = Counter(char_ngrams(query))
        if not counted or not len(self._numbers):
            return np.zeros(len(self._index.lengths), np.float32)
        asked, counts = _numbers(counted), np.array(list(counted.values()), np.float32)
        at = np.minimum(np.searchsorted(self._numbers, asked), len(self._numbers) - 1)
        known = self._numbers[at] == asked
        terms = self._terms[at[known]]
        weights = counts[known] * self._idf[terms]
        unseen = counts[~known] * np.float32(self._unseen)
        norm = float(np.sqrt(weights @ weights + unseen @ unseen)) or 1.0
        told = weights > 0
        return self._index.score(terms[told], weights[told] / np.float32(norm))


def _numbers(ngrams: Iterable[str]) -> NDArray[np.int64]:
    """Read each n-gram's letters, five at most and all of them ASCII, as one number."""
    return np.array([int.from_bytes(ngram.encode()) for ngram in ngrams], np.int64)
