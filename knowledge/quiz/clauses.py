"""Cut an answer into sentences of words, and say which words a negation reaches."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from knowledge.text import fold, words

_SENTENCE = re.compile(r"[.!?;:\n]+(?=\s|$)|\n+")
# What negates is made one word; what only looks like a negation is made none.
_REWRITES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"[’`´]", "'"),
        (r"\b(it|that|this|there|what|he|she)'s\b", r"\1 is"),
        (r"\b(nao|n|not)[\s-]+(so|apenas|somente|only|just|merely)\b", " inclusive "),
        (r"\b(nao|non|not)[\s-]*(linear\w*)", r" nao\2 "),
        (r"\b(nao|non)[\s-]*(supervisionad\w+)", r" nao\2 "),
        (r"\bcan'?not\b|\bcan't\b|\bcant\b", " can not "),
        (r"\bwon'?t\b", " will not "),
        (r"n't\b", " not "),
        (r"\b(?:nao\s+(?:e|eh) (?:verdade|o caso)|is\s+not\s+(?:true|the case)) (?:que|that)\b", " falsoque "),
        (r"\bnao\s+(?:e|eh) que\b", " naoque "),
        (r"\bw/o\b", " without "),
        (r"\bfails? (to|at)\b|\bfalha\w* (em|ao)\b", " deixade "),
        (r"\b(stop|stops|stopped|stopping) (?=\w+ing\b)", " deixade "),
        (r"\b(e|eh|is) (falso|mentira|false|a lie|errado|wrong) (que|dizer|that|to say)\b", " falsoque "),
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)nt\b", r" \1 not "),
        (r"(?<!\w)ñ(?!\w)|\bnaum\b|\bnum\b(?= (?:(?:e|eh|pode|tem|ve|vai)\b|(?:ajust|aprend|consegu)))", " nao "),
        (r"\b(em vez|ao inves|no lugar) de\b|\b(instead of|rather than)\b", " emvezde "),
        (r"\b(deix\w+|par(?:a|am|ar|ou|aram)) de\b(?= \w+r\b)", " deixade "),
        (r"\b(quase|almost) (nunca|never)\b", " nunca "),
        (r"\b(?:keep|stop)(?:s|ing|ped)? (?:(?:the|a|its) )?(\w+) from\b", r" \1 deixade "),
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


SHORTHAND = {
    "mt": "muito", "mto": "muito", "mtos": "muitos", "mta": "muita", "mtas": "muitas", "msm": "mesmo", "td": "todo",
    "tds": "todos", "tb": "tambem", "tbm": "tambem", "vc": "voce", "qd": "quando", "qdo": "quando", "qnd": "quando",
    "bc": "because", "cuz": "because", "rn": "rede", "nn": "network", "mlhr": "melhor", "dps": "depois",
}  # fmt: skip
_SHORT = re.compile(rf"\b({'|'.join(SHORTHAND)})\b")
_RETRACTS = re.compile(  # a sentence that takes back those before it
    r"(?:(?:nao|not|no|mas|but|isso|this|that|e|eh|is|tudo|all|it|inclusive|somenteque|so|que) )*"
    r"(?:mentira|falso|errado|false|wrong|a lie|untrue|falsoque)"
)
NEGATORS = _bag("nao not nunca jamais never nenhum nenhuma nem ninguem nada nobody nothing none neither nor tampouco")
CONCORD = NEGATORS - {"nao", "not"}  # "não aprende nada" negates once
REVERSERS = _bag("""
    sem without emvezde deixade evita evitar evitam evitando impede impedir impedem impedindo avoid avoids avoiding
    prevent prevents preventing incapaz incapazes unable raramente rarely hardly barely dispensa dispensam impossivel
    impossible falsoque naoque lacks lack
""")
WHOLE = "falsoque"  # "não é verdade que": denies all that follows
_COUNTS = _bag("importa importam matter matters existe existem exist exists conta contam count counts interessa vale")
_SENTENCE_WIDE = _bag("falsoque naoque")
_DENIES_SUBJECT = _bag("nao not nunca jamais never n deixade")
_NOUN_NEGATORS = _bag("sem without emvezde lacks lack")
_ENGLISH = _bag("the of is are and to it its in that by with be for they there has have")
_PORTUGUESE = _bag("nao que o os as um uma para com de do da dos das e em se ela ele mas por ao")
_STOPS = _bag("""
    mas porem contudo entretanto senao exceto but however except porque pois because since so entao then embora although
    though enquanto while whereas sim apenas somente only inclusive pq somenteque
""")
# A negation reaches back to one of these at most.
_OPENERS = _STOPS | _bag("e and to for para pra pro que that which who quando when se if")
_JOINS = _bag("e and")
_DETERMINERS = _bag("o a os as um uma the an ele ela eles elas it they")
REACH = 10  # words that a negation reaches
NOUN_REACH = 5
ENOUGH = 2  # words of its own that a negated clause has before "e" may begin another

LITTLE = _bag("""
    o a os as um uma uns umas de do da dos das em no na nos nas ao aos por pelo pela pelos pelas com para pra pro que se
    seu sua seus suas e ou isso isto esse essa este esta ele ela eles elas lhe me eu voce ja entao como
    quando porque pois pq tambem ser eh sao foi era estao estar ter tem ha vai vao pode podem fica faz the an of
    in on at to for by with and or that this these those it its they them their is are was were be been being has have
    had do does did as so because when then there will would can could may very also into from which who what we you i
    ai la ate sobre entre nele nela dele dela num numa algum alguma qual
""")


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
    folded = _SHORT.sub(lambda m: SHORTHAND[m[0]], fold(text))
    for pattern, replacement in _REWRITES:
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
    pieces = [piece for piece in _SENTENCE.split(text) if tokens(piece)]
    retracted = len(pieces) > 1 and _RETRACTS.fullmatch(" ".join(tokens(pieces[-1])))
    return ". ".join(pieces[:-1]) if retracted else ""


def sentences(answer: str) -> tuple[Sentence, ...]:
    """Cut an answer into sentences whose words know their negations."""
    text = _LEADING.sub(" ", normalise(answer))
    found: list[Sentence] = []
    place = 0
    whole: frozenset[int] = frozenset()
    for piece in _SENTENCE.split(text):
        sentence = tuple(replace(word, denied=word.denied | whole) for word in _sentence(piece, place))
        whole |= {word.place for word in sentence if word.text == WHOLE}
        if _RETRACTS.fullmatch(" ".join(word.text for word in sentence)):
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
    if _DENIALS.search(piece):
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
    return flat[at] in NEGATORS or flat[at] in REVERSERS or (flat[at] == "n" and not _english(flat))


def _english(flat: Sequence[str]) -> bool:
    return sum(t in _ENGLISH for t in flat) > sum(t in _PORTUGUESE for t in flat)


def _ahead(flat: Sequence[str], at: int, numbers: Sequence[int]) -> Iterable[int]:
    """Give the places after a negation that it reaches."""
    noun = flat[at] in _NOUN_NEGATORS and not _verbal(flat, at + 1)
    own = 0
    for i in range(
        at + 1, len(flat) if flat[at] in _SENTENCE_WIDE else min(len(flat), at + 1 + (NOUN_REACH if noun else REACH))
    ):
        token = flat[i]
        ends = token in _STOPS or (token in _JOINS and own >= ENOUGH) or (noun and own and token in _DETERMINERS)
        if (ends or numbers[i] != numbers[at]) and flat[at] not in _SENTENCE_WIDE:
            return
        own += token not in LITTLE
        yield i


def _back(flat: Sequence[str], at: int, numbers: Sequence[int]) -> Iterable[int]:
    """Give the subject before a negation: "o mesmo filtro não é usado" denies "o mesmo filtro" too."""
    if flat[at] not in _DENIES_SUBJECT:
        return
    for i in range(at - 1, -1, -1):
        if numbers[i] != numbers[at] or flat[i] in _OPENERS:
            return
        yield i


def _irrelevant(flat: Sequence[str], at: int) -> bool:
    """Tell whether a negation says that its subject doesn't count: "a ordem não importa"."""
    return any(token in _COUNTS for token in flat[at + 1 : at + 3])


def _verbal(flat: Sequence[str], at: int) -> bool:
    """Tell whether "sem …" goes on with a verb: "sem ver", "without seeing"."""
    return at < len(flat) and flat[at].endswith(("ar", "er", "ir", "ing", "rem"))


def _merge_concord(flat: Sequence[str], denied: list[set[int]], subject: list[set[int]], start: int) -> None:
    """Count "não … nada/nunca/nenhum" once."""
    for at, token in enumerate(flat):
        earlier = [n for n in denied[at] if flat[n - start] in NEGATORS] if token in CONCORD else []
        if earlier:
            for marks in (*denied, *subject):
                marks.discard(start + at)
