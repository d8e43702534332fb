"""What is said to the tutor besides questions about the lecture: small talk, attacks, and topics that it doesn't cover.

Each file of `knowledge/chat/` is one class: `kind` (talk, attack or outside) and sample phrases in both languages.
The replies are texts of the catalogues, by the file's name.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import yaml
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge import yamls
from knowledge.errors import KnowledgeError
from knowledge.passages import LANGS
from knowledge.text import words
from knowledge.vectors import Matrix, VectorStore, compared

CHAT = Path(__file__).parent / "chat"
ClassKind = Literal["talk", "attack", "outside"]
RECENT = 512  # messages whose class is remembered: one is looked up several times on its way
SHORT = 4  # letters: below five, only the same is the same
SAME = 90  # 0..100: letters alike for a phrase to be the same one, typos and all


@dataclass(frozen=True, slots=True)
class PhraseClass:
    """One thing that people say."""

    name: str
    kind: ClassKind
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The class whose phrase is nearest in meaning, with the cosine."""

    phrase_class: PhraseClass
    score: float


def load(folder: Path = CHAT) -> tuple[PhraseClass, ...]:
    """Read the classes. Raises KnowledgeError."""
    return tuple(_read(path) for path in sorted(folder.glob("*.yaml")))


def _read(path: Path) -> PhraseClass:
    try:
        data = yamls.parse(path.read_text("utf-8"))
    except UnicodeDecodeError as error:
        raise KnowledgeError(path, 1, "not UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise KnowledgeError(path, mark.line + 1 if mark else 1, "not valid YAML") from error
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind not in ("talk", "attack", "outside"):
        raise KnowledgeError(path, 1, "kind is talk, attack or outside")
    for lang in LANGS:
        if not data.get(lang) or not isinstance(data[lang], list):
            raise KnowledgeError(path, 1, f"no list of phrases in {lang!r}")
    return PhraseClass(path.stem, kind, tuple(str(p) for lang in LANGS for p in data[lang]))


def _letters(text: str) -> str:
    return " ".join(words(text)) or text.strip()


def _shortened(letters: str) -> str:
    """Make "oiiii" and "kkkk" one letter shorter than shouting: "oi", "k"."""
    return re.sub(r"(.)\1{2,}", r"\1", letters)


class _Alike:
    """Texts by length: only those of about a text's length can be alike."""

    def __init__(self, texts: Iterable[tuple[str, int]]) -> None:
        """Sort texts, each with a number of its own."""
        pairs = sorted(texts, key=lambda pair: len(pair[0]))
        self._texts, self._numbers = [text for text, _ in pairs], [number for _, number in pairs]
        self._lengths = [len(text) for text in self._texts]

    def nearest(self, text: str) -> int | None:
        """Give the number of the most alike text, if any is as good as the same."""
        least = SAME if len(text) > SHORT else 100  # the share of letters in common: 2 · common / (both lengths)
        first = bisect_left(self._lengths, len(text) * least / (200 - least))
        last = bisect_right(self._lengths, len(text) * (200 - least) / least)
        best = process.extractOne(text, self._texts[first:last], scorer=fuzz.ratio, score_cutoff=least)
        return self._numbers[first + best[2]] if best else None


class Phrases:
    """All classes, searchable by letters and, once there are vectors, by meaning."""

    def __init__(self, classes: Sequence[PhraseClass]) -> None:
        """Index the phrases."""
        self.classes = tuple(classes)
        self.flat = [(phrase, c) for c in classes for phrase in c.phrases]
        letters = {n: _letters(phrase) for n, (phrase, c) in enumerate(self.flat) if c.kind != "outside"}
        shortened = [(_shortened(text), n) for n, text in letters.items()]
        self._letters, self._shortened = _Alike((text, n) for n, text in letters.items()), _Alike(shortened)
        self._changed = _Alike((short, n) for short, n in shortened if short != letters[n])
        self._places = {
            kind: np.array([n for n, (_, c) in enumerate(self.flat) if c.kind == kind], np.intp)
            for kind in get_args(ClassKind)
        }
        self._said = lru_cache(RECENT)(self._find)
        self._vectors: Matrix | None = None

    def use_vectors(self, store: VectorStore) -> None:
        """Embed the phrases."""
        self._vectors = store.get("query", [phrase for phrase, _ in self.flat])

    def said(self, text: str) -> PhraseClass | None:
        """Name the class of a message that is (nearly) letter by letter small talk or an attack.

        What lies outside the lecture is told by meaning: its words are no phrases.
        """
        return self._said(_letters(text))

    def _find(self, letters: str) -> PhraseClass | None:
        shortened = _shortened(letters)
        # whatever shortening doesn't change was compared already
        known = self._shortened if shortened != letters else self._changed
        for said, phrases in ((letters, self._letters), (shortened, known)):
            nearest = phrases.nearest(said)
            if nearest is not None:
                return self.flat[nearest][1]
        return None

    def cosines(self, vectors: Matrix) -> Matrix:
        """Compare several questions' vectors [N, D] with all phrases at once: [N, P]."""
        if self._vectors is None:
            raise RuntimeError("no vectors: call use_vectors first")
        return compared(vectors, self._vectors)

    def nearest(
        self,
        vector: NDArray[np.float32] | None,
        kinds: Sequence[ClassKind],
        without: int = -1,
        cosines: NDArray[np.float32] | None = None,
    ) -> Nearest | None:
        """Find the class of these kinds nearest in meaning; `without` hides one phrase.

        `cosines` are the vector's, where they are there already.
        """
        if self._vectors is None or vector is None:
            return None
        scores = self._vectors @ vector if cosines is None else cosines
        if without >= 0:
            scores[without] = 0
        places = [self._places[kind] for kind in kinds if len(self._places[kind])]
        best = max((int(some[scores[some].argmax()]) for some in places), key=scores.__getitem__, default=-1)
        return Nearest(self.flat[best][1], float(scores[best])) if best >= 0 else None
