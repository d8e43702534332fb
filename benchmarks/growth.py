"""Child process: searching a generated knowledge base of a given size. Prints one JSON object."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.load import questions
from benchmarks.process import memory
from knowledge import loader
from knowledge.kinds import kinds_of
from knowledge.passages import ASPECTS, LANGS, Concept, Lang, Lecture, Passage, Source, Twin
from knowledge.questions import Question
from knowledge.retrieval import Searcher
from knowledge.text import fold
from knowledge.tutor import TOGETHER
from knowledge.vectors import Matrix

SEED = 20
WIDTH = 384  # of a vector
PER_CONCEPT = 5  # passages; about what the real knowledge base has
SAMPLE_QUESTIONS = 2  # in each language
CHUNK = 20_000  # vectors made at once
WORDS_OF_A_TITLE, WORDS_OF_A_QUESTION = 5, 8


@dataclass(frozen=True)
class Language:
    """The words of the real passages of one language, as often as they are used, and the passages' lengths."""

    words: tuple[str, ...]
    lengths: tuple[int, ...]

    @classmethod
    def of(cls, lecture: Lecture, lang: Lang) -> "Language":
        """Collect them."""
        bodies = [p.twins[lang].body.split() for p in lecture.passages.values()]
        return cls(tuple(w for body in bodies for w in body), tuple(map(len, bodies)))

    def say(self, rng: np.random.Generator, count: int) -> str:
        """Draw words as often as they are used."""
        return " ".join(self.words[i] for i in rng.integers(len(self.words), size=count))

    def twin(self, rng: np.random.Generator) -> Twin:
        """Make up a passage of the length of a real one."""
        asked = tuple(self.say(rng, WORDS_OF_A_QUESTION) + "?" for _ in range(SAMPLE_QUESTIONS))
        length = self.lengths[int(rng.integers(len(self.lengths)))]
        return Twin(self.say(rng, WORDS_OF_A_TITLE), self.say(rng, length), asked)


def generate(count: int, real: Lecture, rng: np.random.Generator) -> Lecture:
    """Make up a lecture of `count` passages."""
    languages: dict[Lang, Language] = {lang: Language.of(real, lang) for lang in LANGS}
    aspects = sorted(ASPECTS)
    starts = range(0, count, PER_CONCEPT)
    return Lecture(
        {c.id: c for c in (_concept(s, min(PER_CONCEPT, count - s), languages, aspects, rng) for s in starts)}, {}
    )


def _concept(
    start: int, size: int, languages: dict[Lang, Language], aspects: Sequence[str], rng: np.random.Generator
) -> Concept:
    name = f"concept-{start}"
    passages = tuple(
        Passage(
            f"{name}.{n}",
            name,
            aspects[(start + n) % len(aspects)],
            Source(),
            {lang: words.twin(rng) for lang, words in languages.items()},
        )
        for n in range(size)
    )
    titles = {lang: words.say(rng, 2) for lang, words in languages.items()}
    return Concept(name, "section", "concept", titles, dict.fromkeys(LANGS, ()), (), (), passages)


class RandomVectors:
    """Stands in for `VectorStore`: random directions, since only the time of a search is asked for."""

    def __init__(self, rng: np.random.Generator) -> None:
        """Keep the source of chance."""
        self._rng = rng

    def get(self, role: str, texts: Sequence[str]) -> Matrix:
        """Give [N, WIDTH] float32 rows of length 1."""
        del role
        rows = np.empty((len(texts), WIDTH), np.float32)
        for start in range(0, len(rows), CHUNK):
            rows[start : start + CHUNK] = unit(self._rng, len(rows[start : start + CHUNK]))
        return rows


def unit(rng: np.random.Generator, count: int) -> Matrix:
    """Draw random directions: [count, WIDTH] float32."""
    rows: NDArray[np.float32] = rng.standard_normal((count, WIDTH), np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return rows


def asked(searcher: Searcher, count: int, rng: np.random.Generator) -> Iterator[tuple[Question, NDArray[np.float32]]]:
    """Give real questions, each naming a made-up concept, with random vectors."""
    concepts = list(searcher.lecture.concepts)
    vectors = unit(rng, count)
    for text, vector in zip(questions(count), vectors, strict=True):
        folded, named = fold(text), concepts[int(rng.integers(len(concepts)))]
        yield Question(text, text, folded, "pt", kinds_of(folded), (named,)), vector


def each_of_many(searcher: Searcher, rng: np.random.Generator) -> float:
    """Search for many questions at once, as the tutor does when many wait: milliseconds for each."""
    some = list(asked(searcher, TOGETHER, rng))
    vectors = np.stack([vector for _, vector in some])
    started = time.perf_counter()
    for (question, vector), near in zip(some, searcher.cosines(vectors), strict=True):
        searcher.rank(question, searcher.signals(question.text, vector, cosines=near))
    return (time.perf_counter() - started) * 1000 / TOGETHER


def measure(size: int, searches: int) -> dict[str, float]:
    """Build the index and search it."""
    rng = np.random.default_rng(SEED)
    lecture = generate(size, loader.load(loader.LECTURE), rng)
    started = time.perf_counter()
    searcher = Searcher(lecture)
    searcher.use_vectors(RandomVectors(rng))  # type: ignore[arg-type]  # only `get` is asked for
    build = time.perf_counter() - started
    millis = []
    for question, vector in asked(searcher, searches, rng):
        before = time.perf_counter()
        searcher.rank(question, searcher.signals(question.text, vector))
        millis.append((time.perf_counter() - before) * 1000)
    p50, p95 = np.percentile(millis, (50, 95)).tolist()
    together = each_of_many(searcher, rng)
    held = memory()
    return {
        "passages": len(lecture.passages),
        "short": len(searcher.texts.short),
        "build": build,
        "p50": p50,
        "p95": p95,
        "together": together,
        "rss": held.rss if held else 0.0,
        "peak": held.peak if held else 0.0,
    }


def main() -> int:
    """Measure one size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("passages", type=int)
    parser.add_argument("searches", type=int)
    options = parser.parse_args()
    print(json.dumps(measure(options.passages, options.searches)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
