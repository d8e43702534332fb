"""Patterns of key points: which words an answer must hold together, in which order, and whether denied."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from knowledge.passages import Lang
from knowledge.quiz import clauses, grammar
from knowledge.quiz.clauses import Sentence, Word
from knowledge.quiz.grammar import LITTLE
from knowledge.quiz.wordforms import Phrase, Synonyms, load_synonyms, means

__all__ = ["Hit", "Pattern", "Synonyms", "hits", "load_synonyms", "parse"]

SPAN = 16  # words that a pattern may be spread over
CROSSING = 3  # words that a comma between two counts for
MOST = 400  # combinations of places looked at
ORDER = {">>": 1, ">": 4}  # words of content that may stand between two that are in order
_ENGLISH_NO = re.compile(r"\bno (?=\w)")
EITHER = re.compile(r"\((?:não|not)\)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots that must all be filled, each by one of its phrases."""

    slots: tuple[tuple[Phrase, ...], ...]
    denied: bool
    gap: int | None = None  # the slots' order counts, with so many words between two at most
    either: bool = False  # denied or not, it is the same point

    def agrees(self, hit: "Hit") -> bool:
        """Tell whether it is denied in an answer as it is here."""
        return self.either or hit.denied == self.denied


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a pattern stands in an answer."""

    spread: int  # words from its first to its last
    denied: bool
    places: tuple[int, ...]


def parse(text: str, lang: Lang) -> Pattern:
    """Read a pattern. Raises ValueError when it has no words."""
    text = _ENGLISH_NO.sub("not ", text) if lang == "en" else text
    gap, either = next((n for sign, n in ORDER.items() if f" {sign} " in text), None), bool(EITHER.search(text))
    slots: list[tuple[Phrase, ...]] = []
    denials = 0
    for raw in clauses.normalise(EITHER.sub(" ", text)).replace(">", " ").split():
        phrases = tuple(tuple(p for p in word.replace("-", "_").split("_") if p) for word in raw.split("/") if word)
        if len(phrases) == 1 and len(phrases[0]) == 1 and _only_denies(phrases[0][0]):
            denials += 1
        elif phrases and (gap is not None or not all(len(p) == 1 and p[0] in LITTLE for p in phrases)):
            slots.append(phrases)
    if not slots:
        raise ValueError(f"the pattern {text!r} has no words that count")
    return Pattern(tuple(slots), bool(denials % 2), gap, either)


def _only_denies(word: str) -> bool:
    return word in grammar.NEGATORS or word in ("sem", "without")


def hits(pattern: Pattern, sentences: Iterable[Sentence], synonyms: Synonyms) -> list[Hit]:
    """Find a pattern in an answer, the tightest first."""
    found = [hit for sentence in sentences for hit in _in_sentence(pattern, sentence, synonyms)]
    return sorted(found, key=lambda hit: (hit.spread, pattern.agrees(hit)))


def _in_sentence(pattern: Pattern, sentence: Sentence, synonyms: Synonyms) -> list[Hit]:
    candidates = [[place for phrase in slot for place in _places(phrase, sentence, synonyms)] for slot in pattern.slots]
    if not all(candidates):
        return []
    found = []
    for count, choice in enumerate(product(*candidates)):
        if count >= MOST:
            break
        hit = _hit(choice, pattern.gap, sentence)
        if hit:
            found.append(hit)
    return found


def _hit(choice: tuple[range, ...], gap: int | None, sentence: Sentence) -> Hit | None:
    places = [i for span in choice for i in span]
    if len(set(places)) < len(places) or max(places) - min(places) >= SPAN:
        return None
    if gap is not None and not _in_order(places, gap, sentence):
        return None
    words = [sentence[i] for i in places]
    crossed = sentence[max(places)].clause - sentence[min(places)].clause
    spread = max(places) - min(places) + CROSSING * crossed
    return Hit(spread, _denied(words), tuple(sorted(w.place for w in words)))


def _denied(words: Sequence[Word]) -> bool:
    """Tell whether an odd number of negations reaches one of the words; those among the words don't count."""
    matched = {w.place for w in words}
    if len(words) == 1:  # it may be the subject of what is denied: "quando a validação não melhora"
        return len(words[0].denied - matched) % 2 == 1
    return any(len((w.denied | w.subject) - matched) % 2 for w in words)


def _in_order(places: list[int], gap: int, sentence: Sentence) -> bool:
    """Tell whether words stand one after another, with little between them."""
    between = [sentence[a + 1 : b] for a, b in pairwise(places)]
    return places == sorted(places) and all(sum(w.text not in LITTLE for w in words) <= gap for words in between)


def _places(phrase: Phrase, sentence: Sentence, synonyms: Synonyms) -> list[range]:
    """Find where a phrase, or one that means the same, begins and ends."""
    same = [phrase]
    if len(phrase) == 1:
        same += [other for group in synonyms.groups(phrase[0]) for other in synonyms.phrases.get(group, ())]
    found = []
    for wanted in same:
        n = len(wanted)
        for start in range(len(sentence) - n + 1):
            if all(means(sentence[start + i].text, wanted[i], synonyms) for i in range(n)):
                found.append(range(start, start + n))
    return found
