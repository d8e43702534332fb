"""Cut an answer into sentences of words, and say which words a negation reaches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.text import fold, words

_SENTENCE = re.compile(r"[.!?;:\n]+(?=\s|$)|\n+")
# What negates is made one word; what only looks like a negation is made none.
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[’`´]", "'"),
        (r"\b(nao|n|not)[\s-]+(so|apenas|somente|only|just|merely)\b", " inclusive "),
        (r"\b(nao|non|not)[\s-]*(linear\w*)", r" nao\2 "),
        (r"\b(nao|non)[\s-]*(supervisionad\w+)", r" nao\2 "),
        (r"\bcan'?not\b|\bcan't\b|\bcant\b", " can not "),
        (r"\bwon'?t\b", " will not "),
        (r"n't\b", " not "),
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)nt\b", r" \1 not "),
        (r"(?<!\w)ñ(?!\w)|\bnaum\b|\bnum\b(?= (e|eh|ajust|aprend|consegu|pode|tem|ve|vai)\w*)", " nao "),
        (r"\b(em vez|ao inves|no lugar) de\b|\b(instead of|rather than)\b", " emvezde "),
        (r"\b(deix\w+|par(?:a|am|ar|ou|aram)) de\b(?= \w+r\b)", " deixade "),
        (r"\b(quase|almost) (nunca|never)\b", " nunca "),
        (r"\b(so que nao|sqn)\b", " somenteque falsoque "),
        (r"\bde (forma|jeito|maneira|modo) (alguma|nenhuma|algum|nenhum)\b|\bat all\b", " "),
        (r"\bno longer\b|\bno more\b", " not "),
        (r"\b(\w+)-(se|lo|la|los|las|o|a|os|as|lhe)\b", r"\1 \2"),
    )
)
_LEADING = re.compile(r"^\s*(nao|no|nope|n)\s*(,|\.|:|!|-|(?=(porque|pois|pq|because|since)\b))")
_DENIALS = re.compile(
    r"\b(falsoque|e (mentira|falso)|isso (e|eh) (mentira|falso)|is (false|a lie)|(is )?not true|nao e verdade)\s*$"
)


def _bag(text: str) -> frozenset[str]:
    return frozenset(text.split())


NEGATORS = _bag("nao not nunca jamais never nenhum nenhuma nem ninguem nada nobody nothing none neither nor tampouco")
CONCORD = NEGATORS - {"nao", "not"}  # "não aprende nada" negates once
REVERSERS = _bag("""
    sem without emvezde deixade evita evitar evitam evitando impede impedir impedem impedindo avoid avoids avoiding
    prevent prevents preventing falha falham fails fail incapaz incapazes unable stops stop raramente rarely hardly
    barely dispensa dispensam impossivel impossible falso false errado mentira lacks lack
""")
_NOUN_NEGATORS = _bag("sem without emvezde lacks lack")
_ENGLISH = _bag("the of is are and to it its in that by with be as for they there has have")
_PORTUGUESE = _bag("nao que os uma para com do da")
_STOPS = _bag("""
    mas porem contudo entretanto senao exceto but however except porque pois because since so entao then embora although
    though enquanto while whereas sim apenas somente only quando when inclusive pq somenteque
""")
_JOINS = _bag("e and")
_DETERMINERS = _bag("o a os as um uma the an ele ela eles elas it they")
REACH = 10  # words that a negation reaches
NOUN_REACH = 5
ENOUGH = 2  # words of its own that a negated clause has before "e" may begin another

LITTLE = _bag("""
    o a os as um uma uns umas de do da dos das em no na nos nas ao aos por pelo pela pelos pelas com para pra pro que se
    seu sua seus suas e ou isso isto esse essa este esta ele ela eles elas lhe me eu voce ja mais muito bem entao como
    quando porque pois pq tambem so ser eh sao foi era estao estar ter tem ha vai vao pode podem fica faz cada the an of
    in on at to for by with and or that this these those it its they them their is are was were be been being has have
    had do does did as so because when then there will would can could may very also into from which who what we you i
    ai la ate sobre entre nele nela dele dela num numa tudo todo toda algum alguma qual mesmo
""")


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word of an answer."""

    text: str
    place: int  # counted over the whole answer
    denied: frozenset[int]  # places of the negations that reach it


Sentence = tuple[Word, ...]


def normalise(text: str) -> str:
    """Fold, and write negations in one way."""
    folded = fold(text)
    for pattern, replacement in _REWRITES:
        folded = pattern.sub(replacement, folded)
    return folded


def tokens(text: str) -> list[str]:
    """Cut normalised text into words; hyphens separate."""
    return words(text.replace("-", " "))


def sentences(answer: str) -> tuple[Sentence, ...]:
    """Cut an answer into sentences whose words know their negations."""
    text = _LEADING.sub(" ", normalise(answer))
    found: list[Sentence] = []
    place = 0
    for piece in _SENTENCE.split(text):
        sentence = _sentence(piece, place)
        place += len(sentence)
        if sentence:
            found.append(sentence)
    return tuple(found)


def _sentence(piece: str, start: int) -> Sentence:
    clauses = [tokens(clause) for clause in re.split(r",(?!\d)|\(|\)|\s[-–—]\s", piece)]
    flat = [token for clause in clauses for token in clause]
    ends = _ends(clauses)
    english = sum(t in _ENGLISH for t in flat) > 0 and not any(t in _PORTUGUESE for t in flat)
    denied: list[set[int]] = [set() for _ in flat]
    for at in range(len(flat)):
        for reached in _reach(flat, at, ends[at], english):
            denied[reached].add(start + at)
    _merge_concord(flat, denied, start)
    if _DENIALS.search(piece):
        for marks in denied:
            marks.add(start + len(flat))
    return tuple(Word(t, start + i, frozenset(d)) for i, (t, d) in enumerate(zip(flat, denied, strict=True)))


def _ends(clauses: Sequence[Sequence[str]]) -> list[int]:
    """Give for each word the index after its clause."""
    ends: list[int] = []
    for clause in clauses:
        ends += [len(ends) + len(clause)] * len(clause)
    return ends


def negates(token: str, english: bool) -> bool:
    """Tell whether a word negates what follows; "no" does in English alone, "n" in Portuguese alone."""
    return token in NEGATORS or token in REVERSERS or token == ("no" if english else "n")


def _reach(flat: Sequence[str], at: int, end: int, english: bool) -> Iterable[int]:
    if not negates(flat[at], english):
        return
    noun = flat[at] in _NOUN_NEGATORS and not _verbal(flat, at + 1)
    own = 0
    for i in range(at + 1, min(end, at + 1 + (NOUN_REACH if noun else REACH))):
        token = flat[i]
        if token in _STOPS or (token in _JOINS and own >= ENOUGH) or (noun and own and token in _DETERMINERS):
            return
        own += token not in LITTLE
        yield i


def _verbal(flat: Sequence[str], at: int) -> bool:
    """Tell whether "sem …" goes on with a verb: "sem ver", "without seeing"."""
    return at < len(flat) and flat[at].endswith(("ar", "er", "ir", "ing", "rem"))


def _merge_concord(flat: Sequence[str], denied: list[set[int]], start: int) -> None:
    """Count "não … nada/nunca/nenhum" once."""
    for at, token in enumerate(flat):
        earlier = [n for n in denied[at] if flat[n - start] in NEGATORS] if token in CONCORD else []
        if earlier:
            for marks in denied:
                marks.discard(start + at)
