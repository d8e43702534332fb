"""Read what was typed as an answer to options, to steps in order, or to pairs. None: it isn't that."""

import re
import string
from collections.abc import Sequence

from rapidfuzz import fuzz

from knowledge.text import fold, words

LETTERS = string.ascii_uppercase
ALIKE = 88  # 0..100 between a typed option and its label
_LEAD = re.compile(
    r"^(?:eh|e|is|it s|its|it is|acho (?:que )?(?:e|eh|a|o)?|i think (?:it s|its|it is)?|"
    r"(?:a )?(?:letra|opcao|alternativa|resposta|numero)(?: e| eh)?|"
    r"(?:the )?(?:letter|option|answer|number|choice)(?: is)?|"
    r"panel|painel|curva|rede|curve|network|a|the)\s+"
)
_ONE = re.compile(r"\(?([a-h]|\d{1,2})\)?[).:!]*")
_TOKEN = re.compile(r"[a-h]|\d{1,2}")
_PAIR = re.compile(r"(\d)\s*[-=:.→>)]*\s*([a-h])\b|\b([a-h])\s*[-=:.→>)]*\s*(\d)")


def letter(position: int) -> str:
    """Name a position as options are numbered: A, B, C."""
    return LETTERS[position]


def option(text: str, labels: Sequence[str]) -> int | None:
    """Find the option that was typed: its letter, its number from 1, or its words."""
    spoken = _bare(text)
    while True:
        exact = [i for i, label in enumerate(labels) if _bare(label) == spoken]
        if len(exact) == 1:
            return exact[0]
        lead = _LEAD.match(spoken)
        if not lead:
            break
        spoken = spoken[lead.end() :]
    match = _ONE.fullmatch(spoken)
    return index(match[1], len(labels)) if match else _by_words(_bare(text), labels)


def _bare(text: str) -> str:
    return " ".join(re.sub(r"['’]", " ", fold(text)).split()).strip(" .!?")


def index(token: str, count: int) -> int | None:
    """Read "b" or "2" as a position from 0 among `count`."""
    position = int(token) - 1 if token.isdigit() else ord(token) - ord("a")
    return position if 0 <= position < count else None


def _by_words(spoken: str, labels: Sequence[str]) -> int | None:
    tokens = " ".join(words(spoken))
    scores = sorted(((fuzz.ratio(tokens, " ".join(words(label))), i) for i, label in enumerate(labels)), reverse=True)
    if not scores or not tokens or scores[0][0] < ALIKE or (len(scores) > 1 and scores[1][0] == scores[0][0]):
        return None
    return scores[0][1]


def order(text: str, count: int) -> tuple[int, ...] | None:
    """Read "c a b", "CAB", "3,1,2" or "3 > 1 > 2" as every position once."""
    spoken = fold(text).strip().replace(" and ", " ")
    if re.search(r"[i-z]", spoken):
        return None
    tokens = _TOKEN.findall(spoken) if re.search(r"\d\D+\d|[a-h]", spoken) else list(re.sub(r"\D", "", spoken))
    if len(tokens) != count:
        tokens = [t for t in tokens if t != "e"] if " e " in spoken else tokens
    positions = tuple(p for t in tokens if (p := index(t, count)) is not None)
    return positions if len(tokens) == count and sorted(positions) == list(range(count)) else None


def pairs(text: str, slots: int, count: int) -> tuple[int, ...] | None:
    """Read "1b 2a 3c", "b1 a2 c3", or "b a c" for the slots in turn, as one option for each slot."""
    spoken = fold(text).strip()
    found = [(a or d, b or c) for a, b, c, d in _PAIR.findall(spoken)]
    if found:
        chosen = {int(slot) - 1: index(token, count) for slot, token in found}
        rest = _PAIR.sub("", spoken)
        complete = sorted(chosen) == list(range(slots)) and len(found) == slots
        if not complete or re.search(r"[a-z0-9]{2,}", rest):
            return None
        positions = [chosen[i] for i in range(slots)]
    else:
        tokens = re.split(r"[\s,;]+", spoken) if re.search(r"[\s,;]", spoken) else list(spoken)
        positions = [index(t, count) if _TOKEN.fullmatch(t) else None for t in tokens]
    known = tuple(p for p in positions if p is not None)
    return known if len(positions) == slots == len(known) else None
