"""The knowledge base put together: a message goes in; out comes what is asked, and what answers it if anything does."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import figures, formulas, language, learners, linking, loader, phrases
from knowledge.attacks import is_attack
from knowledge.calibrate import Parts, gate_for
from knowledge.gate import Gate, Vocabulary, features
from knowledge.kinds import Kind, kinds_of
from knowledge.language import TOPICS
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.phrases import Phrases
from knowledge.premises import Premise, check
from knowledge.questions import Context, Question, Understanding, content_words, points_back
from knowledge.retrieval import Cosines, Hit, Searcher
from knowledge.text import clean, fold, words
from knowledge.vectors import Encoder, Matrix, VectorStore

Vector = NDArray[np.float32] | None
_THANKS = re.compile(r"(vlw|valeu|obg|obrigad\w+|brigad\w+|thanks?|thx|ty|tks)\b")
_HELPED = re.compile(
    r"\b(brigad\w+|ajud(ou|aram)|salv(ou|aram)|helped|mto|mt|dms|tmj|(por|for) (explicar|ajudar|explaining|helping))\b"
)
_NAME = re.compile(r"\bsinapse\b", re.IGNORECASE)
_TO_THE_TUTOR = re.compile(r"\b(vc|vcs|voces?|tu|te|ti|seu|sua|teu|tua|contigo|bot|sinapse|you|u|your|ur|yourself)\b")


class Verdict(StrEnum):
    """What to do with a question."""

    ANSWER = "answer"
    ASK_BACK = "ask back"
    DECLINE = "decline"
    TALK = "talk"
    ATTACK = "attack"


@dataclass(frozen=True, slots=True)
class Found:
    """What the knowledge base has to say to one question."""

    question: Question
    verdict: Verdict
    hits: tuple[Hit, ...] = ()
    talk: str = ""  # the small talk's class
    premise: Premise | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Nearness:
    """A question's vector compared with all that is embedded."""

    texts: Cosines
    phrases: NDArray[np.float32]


class Knowledge:
    """Everything that the tutor knows, ready to be asked. Thread-safe once built."""

    def __init__(
        self,
        lecture: Lecture,
        phrase_classes: tuple[phrases.PhraseClass, ...],
        asked: tuple[learners.Labelled, ...] = (),
    ) -> None:
        """Build what small talk and the analysis of messages need; `prepare` builds the rest, in seconds."""
        self.lecture, self._asked = lecture, asked
        self.understanding = Understanding(lecture, language.train(lecture), linking.build(lecture))
        self.phrases = Phrases(phrase_classes)
        self._parts: Parts | None = None
        self._gate: Gate | None = None

    @classmethod
    def load(cls, lecture: Path = loader.LECTURE, chat: Path = phrases.CHAT) -> "Knowledge":
        """Read and check every file. Raises KnowledgeError."""
        read, asked = loader.load(lecture), learners.load()
        if lecture == loader.LECTURE:
            learners.check(asked, read.concepts)
        return cls(read, phrases.load(chat), learners.about(asked, read.concepts))

    @property
    def parts(self) -> Parts:
        """Give what a search needs. Raises RuntimeError before `prepare`."""
        if self._parts is None:
            raise RuntimeError("call prepare first")
        return self._parts

    def prepare(self) -> None:
        """Build the lexical indexes, and read what answers would have to wait for."""
        formulas.names()
        for name in figures.names():
            figures.alt(name, LANGS[0])
        if self._parts is None:
            self._parts = Parts(
                self.understanding,
                Searcher(self.lecture, specific=self.understanding.linker.specific),
                self.phrases,
                Vocabulary(self.lecture),
                self._asked,
            )

    def use_model(self, encoder: Encoder, cache: Path) -> None:
        """Search by meaning from now on; takes seconds after an edit of the knowledge base, else none."""
        store = VectorStore(encoder, cache)
        self.parts.phrases.use_vectors(store)
        self.parts.searcher.use_vectors(store)
        self._gate = gate_for(self.parts, store, encoder.fingerprint, cache)

    def use_letters(self, cache: Path) -> None:
        """Search by words and letters alone."""
        self._gate = gate_for(self.parts, None, "lexical", cache)

    def forget_learners(self) -> None:
        """Let go of learners' questions: once the gate is there, nothing asks for them again."""
        self._asked, self._parts = (), replace(self.parts, learners=())

    def split(self, message: str) -> list[str]:
        """Cut a message into its questions."""
        return self.understanding.parts(message)

    def talk(self, message: str, kind: str = "talk") -> str:
        """Name the small talk that a whole message is, or ""."""
        text = clean(message)
        called = _NAME.sub(" ", text)
        said = self.phrases.said(text) or (self.phrases.said(called) if called != text else None)
        if said is None and called != text and not kinds_of(fold(called)) and not content_words(fold(called)):
            return "greeting" if kind == "talk" else ""  # "e aí, Sinapse, suave?"
        if said is None and kind == "talk" and _thanks(text):
            return "thanks"
        return said.name if said and said.kind == kind else ""

    def attack(self, message: str) -> bool:
        """Tell whether a message tries to turn the tutor against its host or its learners."""
        return is_attack(clean(message)) or bool(self.talk(message, "attack"))

    def readings(self, part: str, lang: Lang, context: Context) -> tuple[Question, ...]:
        """Analyse one question, in every way that it may be meant."""
        return self.understanding.readings(part, lang, context)

    def choose(self, found: Sequence["Found"]) -> "Found":
        """Decide between the ways to read a message."""
        whole, *others = found
        sharp = others.pop() if others and others[-1].question.sharpened else whole
        # "boa noite, lab amanhã: me passa o código de um MLP?"
        alone = sharp if whole.verdict in REFUSALS and sharp.verdict is Verdict.ANSWER else whole
        return self._or_follow_up(alone, others)

    def _or_follow_up(self, alone: "Found", others: Sequence["Found"]) -> "Found":
        """Decide between a question by itself and as a follow-up."""
        changed = alone.question.follow_up and alone.verdict is Verdict.ANSWER  # "e em imagens?": the last question
        if changed or TOPICS & set(content_words(alone.question.folded)):  # "quanto custa?" isn't about the CNN
            return alone
        if alone.verdict is Verdict.ATTACK:
            return self._rather(alone, others)
        if (
            alone.verdict is Verdict.TALK and alone.question.kinds and not _TO_THE_TUTOR.search(alone.question.folded)
        ):  # "quem a desenvolveu?" isn't about the tutor
            return next((other for other in others if other.verdict is Verdict.ANSWER), alone)
        for other in others:
            form = self._wants_form(alone)
            if other.hits and (form or self._continues(alone, other)):
                sure = form or self._fits(alone, other) >= FITS
                return replace(other, verdict=Verdict.ANSWER) if sure else other
            if other.verdict is Verdict.ANSWER and self._lacks_subject(alone):
                return other
        return alone

    def _lacks_subject(self, alone: "Found") -> bool:
        """Tell whether a question isn't answered by itself but may go on: "who makes it", "quantas camadas"."""
        if alone.verdict is Verdict.ANSWER:
            return False
        return points_back(alone.question.folded) or alone.verdict is Verdict.ASK_BACK

    def _rather(self, alone: "Found", others: Sequence["Found"]) -> "Found":
        """Rather go on with the conversation than hear an attack in "mas no teste ele continua desligando?"."""
        if not points_back(alone.question.folded):
            return alone
        fitting = (o for o in others if o.hits and self._fits(alone, o) >= FITS / 2)
        return next((replace(other, verdict=Verdict.ANSWER) for other in fitting), alone)

    @staticmethod
    def _wants_form(alone: "Found") -> bool:
        """Tell whether a message asks, of nothing in particular, for simpler words or an example: "simpler??"."""
        question = alone.question
        if question.concepts or question.kind not in (Kind.SIMPLE, Kind.EXAMPLE):
            return False
        return not (alone.verdict is Verdict.ANSWER and alone.hits[0].question >= SURE)

    def _fits(self, alone: "Found", other: "Found") -> float:
        """Give the share of a short question's telling words that the conversation's concepts use."""
        said = " ".join(content_words(alone.question.folded))
        return self.parts.vocabulary.covered(said, other.question.concepts[:2])

    def _continues(self, alone: "Found", other: "Found") -> bool:
        """Tell whether a short question goes on with the conversation: what it speaks of is spoken of there."""
        if alone.question.concepts and alone.confidence < UNLIKELY:  # "quanto custa uma gpu?" tells its own subject
            return False
        fits = self._fits(alone, other)
        if points_back(alone.question.folded):
            return fits >= FITS / 2 or (other.verdict is Verdict.ANSWER and alone.confidence >= UNLIKELY)
        sure = alone.verdict is Verdict.ANSWER and alone.hits[0].question >= SURE and not alone.question.concepts
        if (
            other.verdict is Verdict.ANSWER
            and other.question.kind is Kind.NUMBER
            and other.hits[0].passage.aspect == "number"
        ):
            return len(words(alone.question.folded)) <= FEW  # "quantas camadas?": of what was spoken about
        return fits >= FITS and not sure

    def find_all(self, questions: Sequence[Question], vectors: Matrix | None) -> list["Found"]:
        """Search for several questions, with their vectors [N, D]: comparing these together is far quicker."""
        if vectors is None:
            return [self.find(question, None) for question in questions]
        found: list[Found] = []
        for start in range(0, len(questions), TOGETHER):
            some = slice(start, start + TOGETHER)
            texts, phrases = self.parts.searcher.cosines(vectors[some]), self.parts.phrases.cosines(vectors[some])
            compared = map(Nearness, texts, phrases)
            found += map(self.find, questions[some], vectors[some], compared)
        return found

    def find(self, question: Question, vector: Vector, compared: "Nearness | None" = None) -> "Found":
        """Search, and decide whether what was found answers the question; `compared` where that is done already."""
        gate, p = self._gate, self.parts
        if gate is None:
            raise RuntimeError("call use_model or use_letters first")
        texts, phrases = (compared.texts, compared.phrases) if compared else (None, None)
        near = p.phrases.nearest(vector, ("outside", "attack"), cosines=phrases)
        talk = p.phrases.nearest(vector, ("talk",), cosines=phrases)
        hits = p.searcher.rank(question, p.searcher.signals(question.text, vector, cosines=texts))
        rivals = (TALK_FROM, near.score if near else 0.0, *(h.cosine for h in hits[:2]))
        short = len(content_words(question.core or question.folded)) <= FEW
        if talk and short and not question.concepts and talk.score > max(rivals):
            return Found(question, Verdict.TALK, talk=talk.phrase_class.name)
        x = features(question, hits, near.score if near else 0.0, gate.probe.score(vector), p.vocabulary)
        confidence = gate.probability(x)
        premise = check(self.lecture, p.understanding.linker, question)
        verdict = self._verdict(gate, question, confidence, premise, hits[0].chars >= VERBATIM)
        felt = (
            talk is not None
            and talk.phrase_class.name in FEELINGS
            and talk.score > max(TALK_AT_LEAST, near.score if near else 0.0)
        )
        if verdict is Verdict.DECLINE and talk and felt:
            return Found(question, Verdict.TALK, talk=talk.phrase_class.name)
        wary = {Verdict.ANSWER: -SURELY, Verdict.DECLINE: WARY}.get(verdict, -WARY if question.exact else 0.0)
        if (
            near
            and near.phrase_class.kind == "attack"
            and near.score > max(ATTACK_FROM, *(h.cosine - wary for h in hits[:2]))
        ):
            verdict = Verdict.ATTACK
        return Found(question, verdict, tuple(hits), premise=premise, confidence=confidence)

    @staticmethod
    def _verdict(gate: Gate, question: Question, confidence: float, premise: Premise | None, verbatim: bool) -> Verdict:
        if confidence >= gate.answer_from[question.lang] or premise or question.bare or question.plain or verbatim:
            return Verdict.ANSWER
        return Verdict.ASK_BACK if confidence >= gate.ask_back_from[question.lang] else Verdict.DECLINE


def _thanks(text: str) -> bool:
    """Tell whether a message says thanks and asks nothing, in whatever words: "vlw demais, ajudou mto"."""
    folded = fold(text)
    rest = _HELPED.sub(" ", folded)
    return bool(_THANKS.match(folded)) and "?" not in text and not kinds_of(rest) and not content_words(rest)


REFUSALS = {Verdict.ASK_BACK, Verdict.DECLINE}
TOGETHER = 32  # questions compared at once: bounds the memory where there are many passages
SURE = 0.935  # cosine to a sample question from which a question stands by itself
UNLIKELY = 0.05  # confidence below which a question isn't about the lecture, whatever it points back to
ATTACK_FROM = 0.87  # cosine below which nothing is like an attack
FEW = 4  # words: what is said to the tutor itself is short, and so are follow-ups
SURELY = 0.005  # by which it must be nearer where the question seems covered
WARY = 0.01  # cosine by which an attack's phrase may be farther than a passage's and still count
VERBATIM = 0.98  # 0..1: letters alike for a question to be one of the sample questions
FITS = 0.99  # share of a follow-up's telling words that its concept must use
FEELINGS = {"frustration", "confused-general", "greeting", "thanks", "goodbye", "praise", "laugh"}
TALK_AT_LEAST = 0.86  # cosine: small talk when nothing else is left
TALK_FROM = 0.875  # cosine: small talk in other words; below it a question is looked up
