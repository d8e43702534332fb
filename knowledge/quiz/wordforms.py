"""Which words of an answer mean the same: forms, synonyms of both languages, and slips of typing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import DamerauLevenshtein

from knowledge import yamls
from knowledge.passages import LANGS
from knowledge.text import fold, stem

SYNONYMS = Path(__file__).parent / "synonyms.yaml"
TYPOS = ((11, 2), (5, 1))  # from how many letters how many slips are forgiven
SWAPPED_FROM = 5  # letters of a stem
# Snowball leaves the endings of short verbs on.
_ENDING = re.compile(r"(?<=\w{3})(?:[aei]r|[aeo]s?|am|em|ou|ei|[aei]ndo|[ai]d[ao]s?)$")
_PLURALS = tuple(  # what Snowball leaves on, or folding hides from it: "portões", "ruins", "iguais", "valores", "GPUs"
    (re.compile(rf"(?<=\w{{2}}){ending}$"), singular)
    for ending, singular in (
        ("(?:oes|aes|aos)", "ao"), ("ns", "m"), ("([aeou])is", r"\1l"), ("([rzl])es", r"\1"), ("s", ""),
    )
)  # fmt: skip

Phrase = tuple[str, ...]  # words that stand together


@dataclass(frozen=True, eq=False)
class Synonyms:
    """Which words mean the same: stem -> group; phrases of several words separately."""

    words: Mapping[str, frozenset[int]]
    phrases: Mapping[int, tuple[Phrase, ...]]

    def groups(self, word: str) -> frozenset[int]:
        """Give a folded word's groups."""
        return frozenset().union(*(self.words.get(key, frozenset()) for key in keys(word)))


def load_synonyms(path: Path = SYNONYMS) -> Synonyms:
    """Read the groups of synonyms."""
    found: dict[str, set[int]] = {}
    phrases: dict[int, list[Phrase]] = {}
    for number, group in enumerate(yamls.parse(path.read_text("utf-8"))):
        for name in group:
            phrase = tuple(fold(str(name)).split("_"))
            if len(phrase) > 1:
                phrases.setdefault(number, []).append(phrase)
            for key in keys(phrase[0]) if len(phrase) == 1 else ():
                found.setdefault(key, set()).add(number)
    return Synonyms({k: frozenset(v) for k, v in found.items()}, {k: tuple(v) for k, v in phrases.items()})


@lru_cache(maxsize=32768)
def keys(word: str) -> frozenset[str]:
    """Give a folded word's forms: itself and its stems in both languages."""
    if word.isdigit():
        return frozenset({word})
    forms = {word, *(form for ending, singular in _PLURALS if (form := ending.sub(singular, word)) != word)}
    stems = (stem(form, lang) for form in forms for lang in LANGS)
    return frozenset({*forms, *(_ENDING.sub("", form) for form in forms), *stems})


@lru_cache(maxsize=65536)
def means(word: str, wanted: str, synonyms: Synonyms) -> bool:
    """Tell whether a word of an answer is a form, a synonym or a slip of the wanted one."""
    if keys(word) & keys(wanted):
        return True
    groups = synonyms.groups(wanted)
    if groups & synonyms.groups(word):
        return True
    return _slip(word, wanted) or any(_swapped(a, b) for a in keys(word) for b in keys(wanted))


def _slip(typed: str, wanted: str) -> bool:
    if not typed or typed[0] != wanted[0] or wanted.isdigit():
        return False
    allowed = next((n for letters, n in TYPOS if min(len(typed), len(wanted)) >= letters), 0)
    return allowed > 0 and DamerauLevenshtein.distance(typed, wanted, score_cutoff=allowed) <= allowed


def _swapped(typed: str, wanted: str) -> bool:
    """Tell whether two stems differ by two neighbouring letters changed over: "ajsut" and "ajust"."""
    if len(wanted) < SWAPPED_FROM or len(typed) != len(wanted) or sorted(typed) != sorted(wanted):
        return False
    return DamerauLevenshtein.distance(typed, wanted, score_cutoff=1) <= 1
