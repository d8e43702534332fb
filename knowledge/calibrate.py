"""Fit the gate on the knowledge base: what `make index` and a start after an edit do.

Half of the questions are asked in the wraps of chat (frames.yaml); the probe also sees what is never answered of any
name (nonsense.yaml). Beside them stand questions as learners asked them (learners.jsonl), with the concepts that answer
them, or none: a question that was wrongly refused or answered can be added there.
"""

import hashlib
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge.gate import Gate, Heard, Vocabulary, features, fit
from knowledge.learners import Labelled
from knowledge.passages import LANGS, Lang, Lecture
from knowledge.phrases import Phrases
from knowledge.probe import Probe, out_of_fold
from knowledge.probe import fit as fit_probe
from knowledge.questions import Context, Question, Understanding
from knowledge.retrieval import Searcher
from knowledge.vectors import SHIPPED, VectorStore

# The modules whose code decides what the gate sees: an edit of one makes a new gate.
ANALYSIS = ("gate", "kinds", "language", "lexical", "light", "linking", "probe", "questions", "retrieval", "text")
SAMPLE = 2600  # sample questions that take part: more changes nothing and costs seconds
KIN = 2  # of so many sample questions, one is asked as if its siblings weren't there: people ask like them, or not
FRAMED = 2  # every how manieth question is asked in one of the frames of chat
FRAMES = Path(__file__).parent / "frames.yaml"
NONSENSE = Path(__file__).parent / "nonsense.yaml"
NAMES = 4  # names that each line of NONSENSE is asked with


@dataclass(frozen=True)
class Parts:
    """What calibration needs of the knowledge base."""

    understanding: Understanding
    searcher: Searcher
    phrases: Phrases
    vocabulary: Vocabulary
    learners: tuple[Labelled, ...] = ()


def digest(parts: Parts, fingerprint: str) -> str:
    """Name the state of the knowledge base that a gate belongs to."""
    texts = parts.searcher.texts
    code = [(Path(__file__).parent / f"{module}.py").read_text("utf-8") for module in ANALYSIS]
    content = "\0".join(
        (
            fingerprint,
            *code,
            *(f.read_text("utf-8") for f in (FRAMES, NONSENSE)),
            *(f"{one.lang} {bool(one.concepts)} {one.text}" for one in parts.learners),
            *texts.twins,
            *texts.short,
            *(p for p, _ in parts.phrases.flat),
        )
    )
    return hashlib.sha1(content.encode()).hexdigest()[:16]


def gate_for(parts: Parts, store: VectorStore | None, fingerprint: str, cache: Path, shipped: Path = SHIPPED) -> Gate:
    """Read the gate that fits this state of the knowledge base, or fit and cache it."""
    name = name_of(parts, "lexical" if store is None else "model", fingerprint)
    for folder in (shipped, cache / "gates"):
        try:
            return Gate.from_json((folder / name).read_text("utf-8"))
        except (OSError, ValueError, KeyError):
            continue
    gate = calibrate(parts, store)
    write(cache / "gates" / name, gate)
    return gate


def name_of(parts: Parts, kind: str, fingerprint: str) -> str:
    """Name the file of a gate for this state of the knowledge base."""
    return f"gate-{kind}-{digest(parts, fingerprint)}.json"


def write(path: Path, gate: Gate) -> None:
    """Write a gate in one step; a folder that can't be written to only costs time next start."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent)
    except OSError:
        return
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(gate.to_json())
    Path(temporary).replace(path)


def calibrate(parts: Parts, store: VectorStore | None) -> Gate:
    """Ask the knowledge base its own questions, and those that it doesn't handle, and fit the gate."""
    asked = sample_questions(parts)
    asked = asked[:: max(1, len(asked) // SAMPLE)]
    asked, outside = _framed(asked), _framed(outside_questions(parts))
    # nonsense is for the probe alone: it has no neighbours among the phrases
    beyond = [*outside, *_framed(nonsense_questions(parts.searcher.lecture))]
    heard = [Asked(one.text, one.lang, range(0), -1) for one in parts.learners]
    questions = [[_question(parts, a) for a in some] for some in (asked, beyond, heard)]
    vectors = [_vectors(store, [q.text for q in some]) for some in questions]
    known = np.array([bool(one.concepts) for one in parts.learners], bool)
    probe, scores = _probe([a.passage for a in asked], vectors, known)
    groups = zip((asked, outside, heard), questions, vectors, scores, strict=True)
    rows = [
        np.array([_features(parts, *one) for one in zip(*group, strict=group[0] is not outside)]) for group in groups
    ]
    told = Heard(rows[2], known, [a.lang for a in heard], np.array([q.plain for q in questions[2]])) if heard else None
    return fit(rows[0], [a.lang for a in asked], rows[1], probe, told)


Vectors = Sequence[NDArray[np.float32] | None]


def _probe(
    groups: Sequence[int], vectors: Sequence[Vectors], known: NDArray[np.bool_]
) -> tuple[Probe, tuple[Sequence[float], ...]]:
    """Fit the probe on what is covered, what is outside and what learners asked (as much as all else of its class).

    Also gives the scores of the same rows from probes that never saw them.
    """
    width = {0 if v is None else len(v) for some in vectors for v in some}.pop()
    if not width:  # no model
        return Probe(np.zeros(1)), tuple([0.0] * len(some) for some in vectors)
    asked, beyond, heard = (np.array(some, np.float32).reshape(len(some), width) for some in vectors)
    mine, theirs = heard[known], heard[~known]
    inside, outside = np.concatenate([asked, mine]), np.concatenate([beyond, theirs])
    weights = _evenly(len(asked), len(mine)), _evenly(len(beyond), len(theirs))
    inner, outer = out_of_fold(inside, [*groups, *range(len(mine))], outside, weights)
    spoken = np.zeros(len(heard))
    spoken[known], spoken[~known] = inner[len(asked) :], outer[len(beyond) :]
    scores = inner[: len(asked)].tolist(), outer[: len(beyond)].tolist(), spoken.tolist()
    return fit_probe(inside, outside, weights), scores


def _evenly(some: int, others: int) -> NDArray[np.float64]:
    """Weigh two groups of rows so that each counts as much as the other."""
    return np.concatenate([np.ones(some), np.full(others, some / max(others, 1))])


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to calibrate on, and what to hide when it is asked: itself and its siblings."""

    text: str
    lang: Lang
    hidden: range  # short texts of the knowledge base
    passage: int  # its position; -1 for a phrase
    phrase: int = -1  # position of the phrase that it is


def sample_questions(parts: Parts) -> list[Asked]:
    """List every passage's sample questions."""
    asked: list[Asked] = []
    position = 0
    for n, passage in enumerate(parts.searcher.texts.passages):
        for lang in LANGS:
            count = 1 + len(passage.twins[lang].questions)
            hidden = range(position, position + count)
            for i, q in enumerate(passage.twins[lang].questions):
                itself = range(position + 1 + i, position + 2 + i)
                asked.append(Asked(q, lang, itself if i % KIN else hidden, n))
            position += count
    return asked


def outside_questions(parts: Parts) -> list[Asked]:
    """List the phrases that the tutor doesn't handle."""
    flat = enumerate(parts.phrases.flat)
    return [
        Asked(phrase, parts.understanding.language_of(phrase, "pt"), range(0), -1, i)
        for i, (phrase, c) in flat
        if c.kind == "outside"
    ]


def nonsense_questions(lecture: Lecture) -> list[Asked]:
    """Ask what is never answered of many names in turn."""
    lines = yaml.safe_load(NONSENSE.read_text("utf-8"))
    asked = []
    for lang in LANGS:
        for group, person in (("things", False), ("people", True)):
            names = [c.titles[lang] for c in lecture.concepts.values() if (c.kind == "person") is person]
            turns = [(line, i * 41 + n * 7) for i, line in enumerate(lines[lang][group]) for n in range(NAMES) if names]
            asked += [Asked(line.format(names[turn % len(names)]), lang, range(0), -1) for line, turn in turns]
    return asked


def _framed(asked: Sequence[Asked]) -> list[Asked]:
    """Wrap every FRAMED-th question as people do in chat."""
    frames = yaml.safe_load(FRAMES.read_text("utf-8"))
    wrapped = list(asked)
    for n in range(0, len(asked), FRAMED):
        frame = frames[asked[n].lang][n // FRAMED % len(frames[asked[n].lang])]
        wrapped[n] = replace(asked[n], text=frame.format(asked[n].text))
    return wrapped


def _question(parts: Parts, asked: Asked) -> Question:
    return parts.understanding.understand(asked.text, asked.lang, Context())


def _vectors(store: VectorStore | None, texts: Sequence[str]) -> Sequence[NDArray[np.float32] | None]:
    return [None] * len(texts) if store is None else list(store.get("query", texts))


def _features(
    parts: Parts, asked: Asked, question: Question, vector: NDArray[np.float32] | None, probe: float
) -> NDArray[np.float64]:
    hits = parts.searcher.rank(question, parts.searcher.signals(question.text, vector, asked.hidden))
    nearest = parts.phrases.nearest(vector, ("outside", "attack"), asked.phrase)
    return features(question, hits, nearest.score if nearest else 0.0, probe, parts.vocabulary)
