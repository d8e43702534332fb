"""Tell a heap of keywords from an answer that says what does what."""

import re

from knowledge.quiz import clauses
from knowledge.quiz.grammar import LITTLE

FEWEST = 4  # words of content that make a heap
SHORT = 2  # words of content in an entry of a list
ENTRIES = 4  # of them that make a list
LONG = 5  # words of content with no little word among them that can't be a phrase
LOOSE = 0.1  # little words for each word of content: fewer don't hold a long text together
_ENTRY = re.compile(r"[,;:/\n.|]+|\s[-–—]\s|\b(?:e|and)\b")
_LISTING = frozenset({"e", "and", "ou", "or"})


def is_stuffed(answer: str) -> bool:
    """Tell whether an answer only lists words."""
    entries = [clauses.tokens(entry) for entry in _ENTRY.split(clauses.normalise(answer))]
    entries = [entry for entry in entries if entry]
    content = [sum(t not in LITTLE for t in entry) for entry in entries]
    glue = sum(t in LITTLE and t not in _LISTING for entry in entries for t in entry)
    if sum(content) < FEWEST or glue >= max(2, sum(content) * LOOSE):
        return False
    entered = sum(n for n in content if n <= SHORT)
    listed = sum(0 < n <= SHORT for n in content) >= ENTRIES and entered * 2 > sum(content)
    return listed or (glue == 0 and max(content) >= LONG)
