"""Tell whether what was typed fills a gap: case, accents, word forms and small typos are forgiven."""

import re
from collections.abc import Sequence

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.passages import LANGS
from knowledge.text import stem, words

_LITTLE = frozenset(
    ("o", "a", "os", "as", "um", "uma", "de", "do", "da", "dos", "das", "no", "na", "the", "an", "of", "to", "is")
)
_SEPARATORS = (re.compile(r"\s*[,;\n]\s*"), re.compile(r"\s+(?:e|and|/)\s+"), re.compile(r"\s+"))
TYPOS = ((12, 2), (5, 1))  # from how many letters how many slips are forgiven


def fill(answer: str, wanted: Sequence[Sequence[str]]) -> tuple[bool, ...]:
    """Say for each gap whether its part of the answer is one of the right words."""
    parts = _parts(answer, len(wanted))
    return tuple(any(alike(part, word) for word in right) for part, right in zip(parts, wanted, strict=True))


def _parts(answer: str, count: int) -> list[str]:
    """Cut an answer into as many parts as there are gaps; missing ones are empty."""
    if count == 1:
        return [answer]
    cuts = [[p for p in separator.split(answer.strip()) if p] for separator in _SEPARATORS]
    fitting = next((parts for parts in cuts if len(parts) == count), cuts[0])
    return (fitting + [""] * count)[:count]


def alike(typed: str, wanted: str) -> bool:
    """Tell whether two wordings are the same but for form and slips."""
    a, b = _content(typed), _content(wanted)
    return bool(a) and len(a) == len(b) and all(_same(x, y) for x, y in zip(a, b, strict=True))


def _content(text: str) -> list[str]:
    tokens = words(text.replace("-", " "))
    return [t for t in tokens if t not in _LITTLE] or tokens


def _same(a: str, b: str) -> bool:
    if a == b or (not a.isdigit() and any(stem(a, lang) == stem(b, lang) for lang in LANGS)):
        return True
    slips = next((n for letters, n in TYPOS if min(len(a), len(b)) >= letters), 0)
    return not b.isdigit() and DamerauLevenshtein.distance(a, b, score_cutoff=slips) <= slips
