"""Query -> ranked passages. Scores keep cosine's absolute scale, so that a threshold means something."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from knowledge.kinds import ASPECTS_FOR, Kind
from knowledge.lexical import BM25, CharNgrams
from knowledge.passages import LANGS, Lang, Lecture, Passage
from knowledge.questions import Question
from knowledge.vectors import Matrix, VectorStore, compared

BARE = 12.0  # a bare follow-up says nothing but its kind: the aspect decides
SAME_FROM = 0.9  # cosine from which two questions are nearly the same
SEVERAL = 3  # sample questions that speak for a passage together: one alone may be near by chance
NOWHERE = np.zeros(0, np.intp)
BM25_HALF = 8.0  # BM25 score that counts as half of the most


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each signal counts; tuned on the tune part of `tests/eval` (`make eval`)."""

    passage: float = 0.55
    question: float = 1.0
    several: float = 0.2
    same: float = 1.5  # of a sample question that is nearly the one asked
    bm25: float = 0.45
    chars: float = 0.019
    aspect: float = 0.012
    concept: float = 0.0425
    versus: float = 0.05
    form: float = 0.16


@dataclass(frozen=True, slots=True)
class Signals:
    """What spoke for each passage, arrays over passages (float32)."""

    passage: NDArray[np.float32]  # cosine to the nearest twin
    question: NDArray[np.float32]  # cosine to the nearest sample question
    several: NDArray[np.float32]  # mean cosine to the SEVERAL nearest
    bm25: NDArray[np.float32]  # 0..1
    chars: NDArray[np.float32]  # 0..1
    body: NDArray[np.float32]  # 0..1: BM25 of names and body alone, without the sample questions


@dataclass(frozen=True, slots=True)
class Cosines:
    """How near a question is to each text."""

    twins: NDArray[np.float32]  # [P * 2]
    short: NDArray[np.float32]  # [S]


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and why it was found."""

    passage: Passage
    score: float
    cosine: float  # the better of passage and sample question; 0 without a model
    question: float
    bm25: float
    chars: float
    body: float = 0.0  # BM25 without the sample questions: a sample question is no evidence for itself


@dataclass(frozen=True)
class Texts:
    """The texts of a lecture as the indexes need them."""

    passages: tuple[Passage, ...]
    twins: tuple[str, ...]  # twin texts, pt and en of each passage in turn
    short: tuple[str, ...]  # titles and sample questions, passage after passage
    owners: NDArray[np.int64] = field(repr=False)  # index of each passage's first short text

    @classmethod
    def of(cls, lecture: Lecture) -> "Texts":
        """Collect them."""
        passages = tuple(lecture.passages.values())
        twins = [f"{lecture.concepts[p.concept].titles[g]}. {p.twins[g].title}. {p.twins[g].body}"
                 for p in passages for g in LANGS]  # fmt: skip
        short: list[str] = []
        owners = []
        for p in passages:
            owners.append(len(short))
            short += [t for g in LANGS for t in (p.twins[g].title, *p.twins[g].questions)]
        return cls(passages, tuple(twins), tuple(short), np.asarray(owners))

    def to_embed(self) -> list[tuple[str, str]]:
        """List (role, text) of all that has a vector."""
        return [("passage", t) for t in self.twins] + [("query", t) for t in self.short]


def document(lecture: Lecture, passage: Passage, lang: Lang, *, asked: bool) -> str:
    """Give what BM25 reads of a passage: names and body, with `asked` the sample questions too."""
    concept, twin = lecture.concepts[passage.concept], passage.twins[lang]
    questions = twin.questions if asked else ()
    return " ".join((concept.titles[lang], *concept.aliases[lang], twin.title, twin.body, *questions))


class Searcher:
    """Ranks the passages of one lecture. Without vectors it is lexical only."""

    def __init__(
        self, lecture: Lecture, weights: Weights | None = None, specific: Mapping[str, float] | None = None
    ) -> None:
        """Build the lexical indexes; `use_vectors` adds the model's. `specific`: how telling each concept's name is.

        Without `weights`, those tuned with the model, and LEXICAL where there is none.
        """
        self.lecture, self.weights, self.texts = lecture, weights or Weights(), Texts.of(lecture)
        self._by_words = weights or LEXICAL
        self._bm25, self._bodies = (
            [BM25([document(lecture, p, g, asked=asked) for p in self.texts.passages], g) for g in LANGS]
            for asked in (True, False)
        )
        self._chars = CharNgrams(self.texts.short)
        self._sizes = np.diff(np.append(self.texts.owners, len(self.texts.short)))  # each passage's short texts
        self.specific = specific or {}
        self._twins: Matrix | None = None
        self._short: Matrix | None = None
        self._index = {p.id: i for i, p in enumerate(self.texts.passages)}
        self._aspects = self._positions_of(lambda p: p.aspect)
        self._concepts = self._positions_of(lambda p: p.concept)
        self._versus = self._positions_of(lambda p: p.versus)

    def _positions_of(self, key: Callable[[Passage], str]) -> dict[str, NDArray[np.intp]]:
        positions: dict[str, list[int]] = {}
        for i, passage in enumerate(self.texts.passages):
            positions.setdefault(key(passage), []).append(i)
        return {name: np.array(places, np.intp) for name, places in positions.items()}

    def use_vectors(self, store: VectorStore) -> None:
        """Embed what isn't embedded yet and rank with the model from now on."""
        twins = store.get("passage", self.texts.twins)
        self._short = store.get("query", self.texts.short)
        self._twins = twins

    @property
    def has_vectors(self) -> bool:
        """Tell whether the model takes part."""
        return self._twins is not None

    def twin_vectors(self) -> Matrix:
        """Give the passages' vectors, twin by twin: [P * 2, D]. Raises RuntimeError without a model."""
        if self._twins is None:
            raise RuntimeError("no vectors: call use_vectors first")
        return self._twins

    def cosines(self, vectors: Matrix) -> list[Cosines]:
        """Compare several questions' vectors [N, D] with all texts at once: far quicker than one by one."""
        if self._twins is None or self._short is None:
            raise RuntimeError("no vectors: call use_vectors first")
        near = (compared(vectors, texts) for texts in (self._twins, self._short))
        return [Cosines(*pair) for pair in zip(*near, strict=True)]

    def signals(
        self,
        text: str,
        vector: NDArray[np.float32] | None,
        without: Sequence[int] = (),
        cosines: Cosines | None = None,
    ) -> Signals:
        """Score every passage; `without` hides short texts (to ask a sample question as if it were new).

        `cosines` are the vector's, where they are there already.
        """
        size = len(self.texts.passages)
        bm25, body = (_halved(np.maximum(*(i.scores(text) for i in some))) for some in (self._bm25, self._bodies))
        chars = self._chars.scores(text)
        chars[list(without)] = 0
        zeros = np.zeros(size, np.float32)
        passage, question, several = zeros, zeros, zeros
        if vector is not None and self.has_vectors:
            near = cosines or self.cosines(vector[None])[0]
            passage = np.maximum.reduce([near.twins[n :: len(LANGS)] for n in range(len(LANGS))])
            near.short[list(without)] = 0
            question, several = self._nearest(near.short)
        return Signals(passage, question, several, bm25, np.maximum.reduceat(chars, self.texts.owners), body)

    def _nearest(self, cosines: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Give each passage's best cosine [P] and the mean of its SEVERAL best [P]; what is missing counts as 0."""
        owners, rest = self.texts.owners, cosines
        best = total = np.maximum.reduceat(rest, owners)
        last = best
        for _ in range(SEVERAL - 1):
            rest = np.where(rest < np.repeat(last, self._sizes), rest, np.float32(0))
            last = np.maximum.reduceat(rest, owners)
            total = total + last
        return best, (total / SEVERAL).astype(np.float32)

    def rank(self, question: Question, signals: Signals, top: int = 8) -> list[Hit]:
        """Order the passages for a question, the best first."""
        w = self.weights if signals.passage.any() else self._by_words
        score = w.bm25 * signals.bm25 + w.chars * signals.chars + self._bonus(question, w)
        if signals.passage.any():
            score += w.passage * signals.passage + w.question * signals.question + w.several * signals.several
            score += w.same * np.maximum(signals.question - np.float32(SAME_FROM), 0)
        best = np.argpartition(-score, top)[:top] if len(score) > top else np.arange(len(score))
        ordered = sorted(best.tolist(), key=lambda i: (-score[i], i))
        return [self._hit(i, float(score[i]), signals) for i in ordered]

    def _hit(self, i: int, score: float, s: Signals) -> Hit:
        cosine = float(max(s.passage[i], s.question[i]))
        lexical = float(s.bm25[i]), float(s.chars[i]), float(s.body[i])
        return Hit(self.texts.passages[i], score, cosine, float(s.question[i]), *lexical)

    def _bonus(self, question: Question, w: Weights) -> NDArray[np.float32]:
        """Favour the aspects that the kind of question wants and the concepts that it names."""
        bonus = np.zeros(len(self.texts.passages), np.float32)
        wanted: dict[str, float] = {}
        for k, kind in enumerate(question.kinds[:3]):
            for a, aspect in enumerate(ASPECTS_FOR[kind]):
                wanted[aspect] = max(wanted.get(aspect, 0.0), 0.7**k * 0.6**a)
        strength = w.aspect * (BARE if question.bare else 1)
        for aspect, share in wanted.items():
            bonus[self._aspects.get(aspect, NOWHERE)] += strength * share
        named = set(question.concepts)
        telling = {c: self.specific.get(c, 1.0) for c in question.concepts[:4]}
        for concept, share in telling.items():
            bonus[self._concepts[concept]] += w.concept * share
        if question.kind in FORMS and telling:
            concept = max(telling, key=telling.__getitem__)
            of_form = self._aspects.get(ASPECTS_FOR[question.kind][0], NOWHERE)
            bonus[np.intersect1d(of_form, self._concepts[concept], assume_unique=True)] += w.form
        if Kind.COMPARE in question.kinds and len(named) > 1:
            for concept in named:
                pairs = [i for i in self._versus.get(concept, NOWHERE) if self.texts.passages[i].concept in named]
                bonus[pairs] += w.versus
        return bonus


def _halved(bm25: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring BM25 scores to 0..1."""
    return (bm25 / (bm25 + np.float32(BM25_HALF))).astype(np.float32)


FORMS = {Kind.SIMPLE, Kind.EXAMPLE, Kind.CODE, Kind.FORMULA}  # kinds that ask for a form, of the concept named
# Without a model, tuned as the weights were; scores come to about the range of cosines
LEXICAL = Weights(bm25=0.9, chars=0.6, aspect=0.028, concept=0.05, versus=0.1, form=0.1)
