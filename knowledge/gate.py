"""Does the lecture cover this question? A logistic model, fitted on the knowledge base itself when it is built.

It sees the features and their products two by two: a strange word says little beside a near-verbatim question, and much
where a concept is only named (`unsaid` alone, a hand-made product, separated far worse).

Positives are the passages' sample questions, each asked as if it and its siblings in the same language weren't there;
negatives are the phrases of `knowledge/chat/` that the tutor doesn't handle, each asked without itself.
"""

import json
import re
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from math import ceil, log
from operator import itemgetter
from sys import intern

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.kinds import Kind
from knowledge.language import CHAT_WORDS, TOPICS
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.probe import Probe
from knowledge.questions import Question, content_words
from knowledge.retrieval import Hit
from knowledge.text import fold, stem, words

FEATURES = (
    *("question", "passage", "margin", "bm25", "chars", "covered", "strange", "names", "named", "which", "probe"),
    *("unsaid", "unsaid fact", "fact", "size", "private", "coined", "lacking", "odd"),
)
FACTS = {Kind.WHEN, Kind.WHO, Kind.NUMBER}  # kinds that ask for one fact: what happened must be in the record
_COINED = (  # what theorems, networks and the like are called by: "teorema de Bragança", "Kowalski activation"
    r"(?:teoremas?|theorems?|lemas?|lemmas?|leis?|laws?|redes?|networks?|nets?|camadas?|layers?|func(?:ao|oes)|functions?|"
    r"ativac(?:ao|oes)|activations?|algoritmos?|algorithms?|metodos?|methods?|modelos?|models?|otimizador(?:es)?|"
    r"optimi[sz]ers?|perdas?|loss(?:es)?|regras?|rules?|principios?|principles?|conjecturas?|conjectures?|datasets?|"
    r"paradoxos?|paradox|efeitos?|effects?|indices?|index|transformadas?|transforms?|arquiteturas?|architectures?|"
    r"processos?|process|filtros?|filters?|maquinas?|machines?|distribuic(?:ao|oes)|distributions?|criterios?|criterion)"
)
_AFTER = re.compile(rf"\b{_COINED}\s+(?:d[aeo]s?\s+|of\s+)?(\w+(?:-\w+)*)")
_BEFORE = re.compile(rf"(?=\b(\w+(?:-\w+)*)\s+{_COINED}\b)")
TYPO = 82  # 0..100: letters alike for a word to be a known one typed wrong
NAME = 3.0  # weight of a word that names the concept, however ordinary ("tempo" in "linha do tempo")
STEM = 4  # letters of a stem from which two words with it are forms of one
PREFIX = 5  # letters that two forms of a word share ("adiciono", "adicionar")
SHARED = 0.6  # share of a word's letters that another form of it begins with: "zebraresnet" is no zebra
STILL = 1e-4  # a feature that varies less says nothing (without a model, the cosines)
RIDGE = 60.0  # strength of the penalty on the weights
LONG = 8  # telling words from which a question is long
FAR = 4.0  # spreads from the mean beyond which a feature says no more
HEARD = 0.7  # weight of learners' own questions among all, chosen on questions that took no part
HEARD_KEEP = 0.98  # share of learners' answerable questions that must pass
HEARD_DECLINED = 0.97  # share of the others that must not, whatever that costs: without a model it costs more
HEARD_MAYBE = 0.995  # share that must at least be asked back
FOLDS = 5  # learners' questions are scored by models that saw the other four fifths: thresholds hold for new ones
ENOUGH = 50  # of each kind, from which learners' questions tell something
SETTLED = 1e-8  # of a weight: a smaller step changes nothing
STEPS = 60  # Newton steps; converges in about ten
KEEP = 0.95  # share of answerable questions that must pass
MAYBE = 0.985  # share that must at least be asked back


class Vocabulary:
    """How telling each word is, and which words each concept uses."""

    def __init__(self, lecture: Lecture) -> None:
        """Count stems, by language, over passages; collect each concept's."""
        self._concepts: dict[str, array[int]] = {}  # the numbers of its stems, in order: a set takes ten times as much
        self._names: dict[str, frozenset[str]] = {}
        counts: Counter[str] = Counter()
        numbers: dict[str, int] = {}
        spelled: set[str] = set()
        for concept in lecture.concepts.values():
            own: set[int] = set()
            for passage in concept.passages:
                said = {intern(w) for lang in LANGS for w in _spelled(_text(lecture, passage.id, lang))}
                stems = {s for w in said for s in _both(w)}
                spelled |= said
                own.update(numbers.setdefault(s, len(numbers)) for s in stems)
                counts.update(stems)
            self._concepts[concept.id] = array("I", sorted(own))
            aliases = (a for lang in LANGS for a in (*concept.aliases[lang], concept.titles[lang]))
            self._names[concept.id] = frozenset(w for a in aliases for w in _pieces(words(a)))
        self._spelled, self._numbers = frozenset(spelled), numbers
        self._long = sorted({s[3:] for s in counts if len(s) >= 3 + PREFIX})
        known = (stem for stem in self._long if len(stem) > PREFIX)
        self._words = {letter: list(group) for letter, group in groupby(known, key=itemgetter(0))}
        self._size = max(len(lecture.passages), 1)
        self._idf = {s: log(1 + self._size / c) for s, c in counts.items()}
        self._ordinary = {s for lang in LANGS for w in {*CHAT_WORDS[lang].split()} - TOPICS for s in _stems(w)}

    def _weight(self, stems: tuple[str, ...]) -> float:
        if any(s in self._ordinary for s in stems):
            return 0.1
        return min((self._idf[s] for s in stems if s in self._idf), default=log(1 + self._size))

    def covered(self, text: str, concepts: Collection[str]) -> float:
        """Give the weighted share of a text's telling words that these concepts' passages use: 0..1; 1 without any."""
        return self.compared(text, concepts)[0]

    def compared(self, text: str, concepts: Collection[str]) -> tuple[float, float]:
        """Give the share of `covered`, and the weight of the most telling word not covered: 0..1; 0 without any."""
        weighted = self._weighted(text, concepts)
        total = sum(w for w, _ in weighted)
        covered = sum(w for w, there in weighted if there) / total if total else 1.0
        return covered, max((w for w, there in weighted if not there), default=0.0) / log(1 + self._size)

    def _weighted(self, text: str, concepts: Collection[str]) -> list[tuple[float, bool]]:
        """Weigh a text's telling words, and tell of each whether these concepts' passages use it."""
        own = [self._concepts[c] for c in concepts]
        names = frozenset().union(*(self._names[c] for c in concepts))
        telling = set(content_words(text))
        asked = [(w, _both(w)) for w in _pieces(w for w in words(text) if w in telling or w in names)]
        return [
            (max(self._weight(stems), NAME if word in names else 0), self._use(own, stems)) for word, stems in asked
        ]

    def _use(self, concepts: Sequence["array[int]"], stems: tuple[str, ...]) -> bool:
        """Tell whether one of these concepts uses one of these stems."""
        wanted = [number for s in stems if (number := self._numbers.get(s)) is not None]
        return any(_holds(own, number) for own in concepts for number in wanted)

    def strange(self, text: str) -> int:
        """Count telling words that the whole knowledge base never uses, not even in another form."""
        return sum(1 for word in _pieces(content_words(text)) if len(word) > 2 and self._is_strange(word))

    def odd(self, text: str) -> int:
        """Count telling words that may be a known word in another form, or typed wrong, or another word altogether."""
        pieces = [word for word in _pieces(content_words(text)) if len(word) > 2 and not self._is_known(word)]
        return sum(1 for word in pieces if not self._is_strange(word))

    def coined(self, text: str) -> bool:
        """Tell whether a theorem, a network or the like is called by a word that the knowledge base never uses."""
        called = (word for pattern in (_AFTER, _BEFORE) for word in pattern.findall(text))
        return any(len(w) > 2 and self._is_strange(w) for word in called for w in _pieces(content_words(word)))

    def unknown(self, names: Sequence[str]) -> int:
        """Count the names that the knowledge base doesn't spell: of a name, no other form is the same."""
        pieces = _pieces(word for name in names for word in words(name))
        return sum(1 for w in pieces if len(w) > 2 and not any(s in self._idf or s in self._ordinary for s in _both(w)))

    def _is_known(self, word: str) -> bool:
        if word.isdigit() or word in self._spelled or any(s in self._ordinary for s in _both(word)):
            return True
        return any(s in self._idf and len(s) >= 3 + STEM for s in _both(word))  # a shorter one: "Meier" is no "meio"

    def _is_strange(self, word: str) -> bool:
        if self._is_known(word):
            return False
        if len(word) > PREFIX and self._begins(word[: max(PREFIX, ceil(SHARED * len(word)))]):
            return False
        return not self._typed_wrong(word)

    def _begins(self, prefix: str) -> bool:
        """Tell whether a long stem begins like that."""
        at = bisect_left(self._long, prefix)
        return at < len(self._long) and self._long[at].startswith(prefix)

    def _typed_wrong(self, word: str) -> bool:
        """Tell whether a word is a known one with a letter or two wrong."""
        near = self._words.get(word[0], [])
        return len(word) > PREFIX and bool(process.extractOne(word, near, scorer=fuzz.ratio, score_cutoff=TYPO))


def _holds(numbers: "array[int]", number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _pieces(tokens: Iterable[str]) -> list[str]:
    split = (re.split(r"[-.]", token) if "-" in token or "." in token else (token,) for token in tokens)
    return [piece for pieces in split for piece in pieces if piece]


@lru_cache(maxsize=2048)
def _both(word: str) -> tuple[str, ...]:
    return tuple(f"{lang}:{stem(word, lang)}" for lang in LANGS)


def _spelled(text: str) -> set[str]:
    found = words(text)
    return {*found, *_pieces(found)}


def _stems(text: str) -> set[str]:
    return {s for w in _spelled(text) for s in _both(w)}


def _text(lecture: Lecture, passage_id: str, lang: Lang) -> str:
    passage = lecture.passages[passage_id]
    twin, concept = passage.twins[lang], lecture.concepts[passage.concept]
    return " ".join((concept.titles[lang], *concept.aliases[lang], twin.title, twin.body, twin.note))


def features(
    question: Question, hits: Sequence[Hit], outside: float, probe: float, vocabulary: Vocabulary
) -> NDArray[np.float64]:
    """Describe a search's outcome, in the order of FEATURES."""
    best = hits[0]
    text = fold(question.text) if question.follow_up else question.core
    concepts = {best.passage.concept, *question.concepts}
    covered, lacking = vocabulary.compared(text, concepts)
    named = best.passage.concept in question.concepts
    return np.array(
        [
            best.question,
            best.cosine,
            max(h.question for h in hits[:3]) - outside,
            best.body,
            best.chars,
            covered,
            min(vocabulary.strange(text), 3),
            min(vocabulary.unknown(proper_names(question.unlinked)), 2),
            float(named),
            float(Kind.WHICH in question.kinds),
            probe,
            (1 - covered) * named,
            (1 - covered) * bool(FACTS & set(question.kinds)),
            float(bool(FACTS & set(question.kinds))),
            min(len(content_words(text)), LONG),
            float(question.private),
            float(vocabulary.coined(text)),
            lacking,
            min(vocabulary.odd(text), 2),
        ]
    )


@dataclass(frozen=True)
class Gate:
    """The fitted model and the two thresholds that it was calibrated to."""

    weights: NDArray[np.float64]  # (F + F (F + 1) / 2 + 1,): the features, their products, the bias
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    answer_from: Mapping[Lang, float]
    ask_back_from: Mapping[Lang, float]
    probe: Probe

    def probability(self, x: NDArray[np.float64]) -> float:
        """Give the probability that the question is covered."""
        z = _expanded(((x - self.mean) / self.spread)[None])[0]
        return float(1 / (1 + np.exp(-np.clip(z @ self.weights, -30, 30))))

    def to_json(self) -> str:
        """Write it down."""
        data = {
            "features": FEATURES,
            "weights": self.weights.round(5).tolist(),
            "mean": self.mean.round(5).tolist(),
            "spread": self.spread.round(5).tolist(),
            "answer_from": {lang: round(p, 5) for lang, p in self.answer_from.items()},
            "ask_back_from": {lang: round(p, 5) for lang, p in self.ask_back_from.items()},
            "probe": self.probe.weights.round(5).tolist(),
        }
        return json.dumps(data, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Gate":
        """Read it back. Raises ValueError or KeyError when it isn't one."""
        data = json.loads(text)
        if not isinstance(data, dict) or tuple(data["features"]) != FEATURES:
            raise ValueError("made for other features")
        sizes = [np.shape(np.asarray(data[k], np.float64)) for k in ("weights", "mean", "spread")]
        if sizes != [(_expanded(np.zeros((1, len(FEATURES)))).shape[1],), (len(FEATURES),), (len(FEATURES),)]:
            raise ValueError("numbers are missing")
        if not all(np.isfinite(np.asarray(data[k], np.float64)).all() for k in ("weights", "mean", "spread")):
            raise ValueError("not all are numbers")
        if not all(isinstance(data[k], dict) for k in ("answer_from", "ask_back_from")):
            raise ValueError("no thresholds by language")
        weights, mean, spread = (np.array(data[k], np.float64) for k in ("weights", "mean", "spread"))
        probe = Probe(np.array(data["probe"], np.float64))
        answer, back = ({lang: float(data[k][lang]) for lang in LANGS} for k in ("answer_from", "ask_back_from"))
        return cls(weights, mean, spread, answer, back, probe)


@lru_cache(maxsize=2)
def _pairs(size: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Number all pairs of features, each with itself too."""
    one, other = np.triu_indices(size)
    return one, other


def _expanded(z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add to standardised rows [N, F] their products two by two, bounded, and a one: [N, F + F (F + 1) / 2 + 1]."""
    bounded = np.clip(z, -FAR, FAR)
    one, other = _pairs(z.shape[1])
    return np.concatenate([bounded, bounded[:, one] * bounded[:, other], np.ones((len(z), 1))], axis=1)


def proper_names(text: str) -> list[str]:
    """List the words written as names: a capital inside a sentence, or inside a word, in a text that doesn't shout."""
    if text.isupper():
        return []
    return [m[0] for m in re.finditer(r"(?<=[^.?!\n] )[A-ZÀ-Ý]\w+|\b\w+[a-z][A-Z]\w*", text)]


@dataclass(frozen=True)
class Heard:
    """Questions as learners asked them, searched for as any question is."""

    rows: NDArray[np.float64]  # (M, F)
    covered: NDArray[np.bool_]  # (M,)
    langs: Sequence[Lang]
    plain: NDArray[np.bool_]  # (M,): answered whatever the gate says

    @property
    def tells(self) -> bool:
        """Tell whether there are enough of both kinds to learn from."""
        return min(int(self.covered.sum()), int((~self.covered).sum())) >= ENOUGH


def fit(
    covered: NDArray[np.float64],
    langs: Sequence[Lang],
    outside: NDArray[np.float64],
    probe: Probe,
    heard: Heard | None = None,
) -> Gate:
    """Fit on feature rows [N, F] of covered and of outside questions; both classes weigh the same.

    `langs` [N] are the covered questions' languages: each has its own thresholds, for the same share to pass. Where
    learners' own questions are known, they weigh HEARD of all, and the thresholds are theirs.
    """
    told = heard if heard and heard.tells else None
    inner, outer = (covered, outside) if told is None else _with(told, covered, outside)
    x = np.concatenate([inner, outer])
    y = np.concatenate([np.ones(len(inner)), np.zeros(len(outer))])
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread < STILL] = 1.0
    z = _expanded((x - mean) / spread)
    share = len(x) / 2 * np.concatenate([_shares(len(covered), len(inner)), _shares(len(outside), len(outer))])
    weights = _logistic(z, y, share)
    gate = Gate(weights, mean, spread, {}, {}, probe)
    if told is None:
        scores = [gate.probability(row) for row in covered]
        return _with_thresholds(gate, scores, langs, np.zeros(len(covered), bool), (KEEP, MAYBE))
    heard_rows = np.concatenate([np.arange(len(covered), len(inner)), np.arange(len(inner) + len(outside), len(x))])
    unseen, mine = _out_of_fold(z, y, share, heard_rows, weights), int(told.covered.sum())
    heard_langs = np.asarray(told.langs)
    keeps = HEARD_KEEP, HEARD_MAYBE
    spoken: list[Lang] = heard_langs[told.covered].tolist()
    gate = _with_thresholds(gate, unseen[:mine], spoken, told.plain[told.covered], keeps)
    declined = {lang: unseen[mine:][heard_langs[~told.covered] == lang] for lang in LANGS}
    least = {lang: float(np.quantile(p, HEARD_DECLINED)) for lang, p in declined.items()}
    return replace(gate, answer_from={lang: max(p, least[lang]) for lang, p in gate.answer_from.items()})


def _out_of_fold(
    z: NDArray[np.float64],
    y: NDArray[np.float64],
    share: NDArray[np.float64],
    rows: NDArray[np.int_],
    start: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Give the probabilities of some rows by models that never saw them: what a new question of theirs would get."""
    unseen = np.zeros(len(rows))
    for part in range(FOLDS):
        hidden = np.arange(len(rows)) % FOLDS == part
        weight = share.copy()
        weight[rows[hidden]] = 0.0
        unseen[hidden] = _sigmoid(z[rows[hidden]] @ _logistic(z, y, weight, start))
    return unseen


def _with_thresholds(
    gate: Gate,
    scores: Sequence[float] | NDArray[np.float64],
    langs: Sequence[Lang],
    plain: NDArray[np.bool_],
    keeps: tuple[float, float],
) -> Gate:
    """Set each language's thresholds so that these shares of its covered questions pass, and are asked back."""
    p, spoken = np.where(plain, 1.0, scores), np.asarray(langs)
    answer, back = ({lang: float(np.quantile(p[spoken == lang], 1 - keep)) for lang in LANGS} for keep in keeps)
    return replace(gate, answer_from=answer, ask_back_from=back)


def _with(
    told: Heard, covered: NDArray[np.float64], outside: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Put learners' questions behind the knowledge base's own, class by class."""
    return (
        np.concatenate([covered, told.rows[told.covered]]),
        np.concatenate([outside, told.rows[~told.covered]]),
    )


def _shares(own: int, all_of_them: int) -> NDArray[np.float64]:
    """Give each row of a class its share of the class: the first `own` are the knowledge base's, the rest learners'."""
    heard = all_of_them - own
    if not heard:
        return np.full(own, 1 / own)
    return np.concatenate([np.full(own, (1 - HEARD) / own), np.full(heard, HEARD / heard)])


def _sigmoid(z: NDArray[np.float64]) -> NDArray[np.float64]:
    bounded: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
    return bounded


def _logistic(
    z: NDArray[np.float64],
    y: NDArray[np.float64],
    share: NDArray[np.float64],
    start: NDArray[np.float64] | None = None,
) -> NDArray[np.float64]:
    """Fit a penalised logistic regression by iteratively reweighted least squares; the last column is the bias."""
    penalty = np.diag([RIDGE] * (z.shape[1] - 1) + [0.0])
    weights = np.zeros(z.shape[1]) if start is None else start
    for _ in range(STEPS):
        p = _sigmoid(z @ weights)
        gradient = z.T @ (share * (y - p)) - penalty @ weights
        hessian = (z * (share * p * (1 - p))[:, None]).T @ z + penalty
        step = np.linalg.solve(hessian, gradient)
        weights = weights + step
        if np.abs(step).max() < SETTLED:
            break
    return weights
