"""The knowledge base put together: a message goes in; out comes what is asked, and what answers it if anything does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import formulas, language, linking, loader, phrases
from knowledge.attacks import is_attack
from knowledge.calibrate import Parts, gate_for
from knowledge.gate import Gate, Vocabulary, features
from knowledge.passages import Lang, Lecture
from knowledge.phrases import Phrases
from knowledge.premises import Premise, check
from knowledge.questions import Context, Question, Understanding, content_words, points_back
from knowledge.retrieval import Hit, Searcher
from knowledge.text import clean
from knowledge.vectors import Encoder, VectorStore

Vector = NDArray[np.float32] | None


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


class Knowledge:
    """Everything that the tutor knows, ready to be asked. Thread-safe once built."""

    def __init__(self, lecture: Lecture, phrase_classes: tuple[phrases.PhraseClass, ...]) -> None:
        """Build what small talk and the analysis of messages need; `prepare` builds the rest, in seconds."""
        self.lecture = lecture
        self.understanding = Understanding(lecture, language.train(lecture), linking.build(lecture))
        self.phrases = Phrases(phrase_classes)
        self._parts: Parts | None = None
        self._gate: Gate | None = None

    @classmethod
    def load(cls, lecture: Path = loader.LECTURE, chat: Path = phrases.CHAT) -> "Knowledge":
        """Read and check every file. Raises KnowledgeError."""
        return cls(loader.load(lecture), phrases.load(chat))

    @property
    def parts(self) -> Parts:
        """Give what a search needs. Raises RuntimeError before `prepare`."""
        if self._parts is None:
            raise RuntimeError("call prepare first")
        return self._parts

    def prepare(self) -> None:
        """Build the lexical indexes, and read what answers would have to wait for."""
        formulas.names()
        if self._parts is None:
            self._parts = Parts(
                self.understanding,
                Searcher(self.lecture, specific=self.understanding.linker.specific),
                self.phrases,
                Vocabulary(self.lecture),
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

    def split(self, message: str) -> list[str]:
        """Cut a message into its questions."""
        return self.understanding.parts(message)

    def talk(self, message: str, kind: str = "talk") -> str:
        """Name the small talk that a whole message is, or ""."""
        said = self.phrases.said(clean(message))
        return said.name if said and said.kind == kind else ""

    def attack(self, message: str) -> bool:
        """Tell whether a message tries to turn the tutor against its host or its learners."""
        return is_attack(clean(message)) or bool(self.talk(message, "attack"))

    def readings(self, part: str, lang: Lang, context: Context) -> tuple[Question, ...]:
        """Analyse one question, in every way that it may be meant."""
        return self.understanding.readings(part, lang, context)

    def choose(self, found: Sequence["Found"]) -> "Found":
        """Decide between a question by itself and as a follow-up."""
        alone, *others = found
        for other in others:
            if other.hits and self._continues(alone, other):
                return replace(other, verdict=Verdict.ANSWER) if self._fits(alone, other) >= FITS else other
        return alone

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
        return fits >= FITS and not sure

    def find(self, question: Question, vector: Vector) -> "Found":
        """Search, and decide whether what was found answers the question."""
        gate, p = self._gate, self.parts
        if gate is None:
            raise RuntimeError("call use_model or use_letters first")
        near = p.phrases.nearest(vector, ("outside", "attack"))
        talk = p.phrases.nearest(vector, ("talk",))
        hits = p.searcher.rank(question, p.searcher.signals(question.text, vector))
        rivals = (TALK_FROM, near.score if near else 0.0, *(h.cosine for h in hits[:2]))
        if talk and not question.concepts and talk.score > max(rivals):
            return Found(question, Verdict.TALK, talk=talk.phrase_class.name)
        x = features(question, hits, near.score if near else 0.0, gate.probe.score(vector), p.vocabulary)
        confidence = gate.probability(x)
        premise = check(self.lecture, p.understanding.linker, question)
        verdict = self._verdict(gate, question, confidence, premise)
        if near and near.phrase_class.kind == "attack" and near.score > max(h.cosine for h in hits[:2]):
            verdict = Verdict.ATTACK
        return Found(question, verdict, tuple(hits), premise=premise, confidence=confidence)

    @staticmethod
    def _verdict(gate: Gate, question: Question, confidence: float, premise: Premise | None) -> Verdict:
        if confidence >= gate.answer_from[question.lang] or premise or question.bare:
            return Verdict.ANSWER
        return Verdict.ASK_BACK if confidence >= gate.ask_back_from[question.lang] else Verdict.DECLINE


SURE = 0.935  # cosine to a sample question from which a question stands by itself
UNLIKELY = 0.05  # confidence below which a question isn't about the lecture, whatever it points back to
FITS = 0.99  # share of a follow-up's telling words that its concept must use
TALK_FROM = 0.90  # cosine: small talk in other words; below it a question is looked up
