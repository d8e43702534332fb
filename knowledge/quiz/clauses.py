"""Cut an answer into sentences of words, and say which words a negation reaches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.quiz import grammar
from knowledge.text import fold, words


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of an answer."""

    text: str
    place: int  # counted over the whole answer
    denied: frozenset[int]  # places of the negations that reach it
    subject: frozenset[int]  # places of the negations whose subject it belongs to
    clause: int  # counted over the sentence


Sentence = tuple[Word, ...]


def normalise(text: str) -> str:
    """Fold, spell shorthand out, and write negations in one way."""
    folded = grammar.SHORT.sub(lambda m: grammar.SHORTHAND[m[0]], fold(text))
    for pattern, replacement in grammar.REWRITES:
        folded = pattern.sub(replacement, folded)
    return folded


def tokens(text: str) -> list[str]:
    """Cut normalised text into words; hyphens separate."""
    return words(text.replace("-", " "))


def denied_whole(answer: str) -> str:
    """Give what an answer denies as a whole ("não é verdade que …", "… Mentira!"); "" where it doesn't."""
    text = normalise(answer)
    denial = re.search(r"\b(?:falsoque|naoque)\b", text)
    if denial:
        return text[denial.end() :] if "somenteque" not in text[: denial.end()] else text[: denial.start()]
    pieces = [piece for piece in grammar.SENTENCE.split(text) if tokens(piece)]
    retracted = len(pieces) > 1 and grammar.RETRACTS.fullmatch(" ".join(tokens(pieces[-1])))
    return ". ".join(pieces[:-1]) if retracted else ""


def sentences(answer: str) -> tuple[Sentence, ...]:
    """Cut an answer into sentences whose words know their negations."""
    text = grammar.LEADING.sub(" ", normalise(answer))
    found: list[Sentence] = []
    place = 0
    whole: frozenset[int] = frozenset()
    for piece in grammar.SENTENCE.split(text):
        sentence = tuple(replace(word, denied=word.denied | whole) for word in _sentence(piece, place))
        whole |= {word.place for word in sentence if word.text == grammar.WHOLE}
        if grammar.RETRACTS.fullmatch(" ".join(word.text for word in sentence)):
            found = [tuple(replace(w, denied=w.denied | {place}) for w in earlier) for earlier in found]
        place += len(sentence)
        if sentence:
            found.append(sentence)
    return tuple(found)


def _sentence(piece: str, start: int) -> Sentence:
    clauses = [tokens(clause) for clause in re.split(r",(?!\d)|\(|\)|\s[-–—]\s", piece)]
    flat = [token for clause in clauses for token in clause]
    numbers = [number for number, clause in enumerate(clauses) for _ in clause]
    denied: list[set[int]] = [set() for _ in flat]
    subject: list[set[int]] = [set() for _ in flat]
    for at in (at for at in range(len(flat)) if negates(flat, at)):
        for reached in _ahead(flat, at, numbers):
            denied[reached].add(start + at)
        for reached in _back(flat, at, numbers):
            (denied if _irrelevant(flat, at) else subject)[reached].add(start + at)
    _merge_concord(flat, denied, subject, start)
    if grammar.DENIALS.search(piece):
        for marks in denied:
            marks.add(start + len(flat))
    return tuple(
        Word(token, start + i, frozenset(denied[i]), frozenset(subject[i]), numbers[i]) for i, token in enumerate(flat)
    )


def negates(flat: Sequence[str], at: int) -> bool:
    """Tell whether a word negates; "no" does in English alone, "n" in Portuguese alone."""
    if flat[at] == "no":
        following = flat[at + 1] if at + 1 < len(flat) else ""
        return following.endswith("s") or _english(flat)
    return flat[at] in grammar.NEGATORS or flat[at] in grammar.REVERSERS or (flat[at] == "n" and not _english(flat))


def _english(flat: Sequence[str]) -> bool:
    return sum(t in grammar.ENGLISH for t in flat) > sum(t in grammar.PORTUGUESE for t in flat)


def _ahead(flat: Sequence[str], at: int, numbers: Sequence[int]) -> Iterable[int]:
    """Give the places after a negation that it reaches."""
    if flat[at] in grammar.SENTENCE_WIDE:
        yield from range(at + 1, len(flat))
        return
    noun = flat[at] in grammar.NOUN_NEGATORS and not _verbal(flat, at + 1)
    own = 0
    for i in range(at + 1, min(len(flat), at + 1 + (grammar.NOUN_REACH if noun else grammar.REACH))):
        if numbers[i] != numbers[at] or _ends(flat[i], own, noun):
            return
        own += flat[i] not in grammar.LITTLE
        yield i


def _ends(token: str, own: int, noun: bool) -> bool:
    """Tell whether a negation that has reached `own` words of content ends at a word."""
    if token in grammar.STOPS or (token in grammar.JOINS and own >= grammar.ENOUGH):
        return True
    return noun and own > 0 and token in grammar.DETERMINERS


def _back(flat: Sequence[str], at: int, numbers: Sequence[int]) -> Iterable[int]:
    """Give the subject before a negation: "o mesmo filtro não é usado" denies "o mesmo filtro" too."""
    if flat[at] not in grammar.DENIES_SUBJECT:
        return
    for i in range(at - 1, -1, -1):
        if numbers[i] != numbers[at] or flat[i] in grammar.OPENERS:
            return
        yield i


def _irrelevant(flat: Sequence[str], at: int) -> bool:
    """Tell whether a negation says that its subject doesn't count: "a ordem não importa"."""
    return any(token in grammar.COUNTS for token in flat[at + 1 : at + 3])


def _verbal(flat: Sequence[str], at: int) -> bool:
    """Tell whether "sem …" goes on with a verb: "sem ver", "without seeing"."""
    return at < len(flat) and flat[at].endswith(("ar", "er", "ir", "ing", "rem"))


def _merge_concord(flat: Sequence[str], denied: list[set[int]], subject: list[set[int]], start: int) -> None:
    """Count "não … nada/nunca/nenhum" once."""
    for at, token in enumerate(flat):
        earlier = [n for n in denied[at] if flat[n - start] in grammar.NEGATORS] if token in grammar.CONCORD else []
        if earlier:
            for marks in (*denied, *subject):
                marks.discard(start + at)
