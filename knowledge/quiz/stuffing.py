"""Tell a heap of keywords from an answer that says what does what."""

from collections.abc import Sequence

from knowledge.quiz.clauses import LITTLE, Sentence

FEWEST = 4  # words of content that make a heap
GLUE = 0.15  # share of little words below which words aren't in a relation
_LISTING = frozenset({"e", "and", "ou", "or"})


def is_stuffed(answer: str, sentences: Sequence[Sentence]) -> bool:
    """Tell whether an answer only lists words."""
    tokens = [word.text for sentence in sentences for word in sentence]
    glue = sum(t in LITTLE and t not in _LISTING for t in tokens)
    content = sum(t not in LITTLE for t in tokens)
    return content >= FEWEST and glue / (glue + content) < GLUE
