"""`make tune`: teach the carried model what learners mean, from the knowledge base's own questions.

For maintainers, after many new questions: half an hour on two cores, then `make index`. Learners' questions
(knowledge/learners.jsonl) take no part: by them the gate is set, on vectors of a model that never saw them.
"""

import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import yaml

from bot.finder import cores
from knowledge.calibrate import FRAMES, Asked, nonsense_questions, outside_questions, sample_questions
from knowledge.passages import LANGS, Lang
from knowledge.text import without_accents
from knowledge.tutor import Knowledge
from models.embedder import Cutter
from models.quantized import CARRIED, TUNED, Quantized, write_sums
from models.tuning import Batch, Losses, Tuning

STEPS = 600
CONCEPTS, EACH = 14, 4  # of a batch: concepts, and passages of each: neighbours must be told apart
QUESTIONS = 2  # of each passage
BODIES = 16  # passages whose body takes part
OUTSIDE, NONSENSE = 44, 4  # questions that the lecture doesn't cover, by where they come from
TOLD = 25  # steps between two lines
SHARES = {"frame": 0.25, "lower": 0.3, "accents": 0.25, "end": 0.2, "typo": 0.1}  # how often a question is changed so


@dataclass(frozen=True, slots=True)
class Texts:
    """What batches are drawn from."""

    twins: Sequence[str]  # as retrieval embeds them: pt and en of each passage in turn
    concepts: Sequence[Sequence[int]]  # the passages of each
    asked: Sequence[Sequence[Asked]]  # the questions of each passage
    outside: Sequence[Asked]
    nonsense: Sequence[Asked]
    frames: dict[Lang, list[str]]

    @classmethod
    def of(cls, knowledge: Knowledge) -> "Texts":
        """Collect them; `prepare` was called."""
        texts = knowledge.parts.searcher.texts
        asked: list[list[Asked]] = [[] for _ in texts.passages]
        for one in sample_questions(knowledge.parts):
            asked[one.passage].append(one)
        concepts: dict[str, list[int]] = {}
        for n, passage in enumerate(texts.passages):
            concepts.setdefault(passage.concept, []).append(n)
        frames = yaml.safe_load(FRAMES.read_text("utf-8"))
        beyond = outside_questions(knowledge.parts), nonsense_questions(knowledge.lecture)
        return cls(texts.twins, tuple(concepts.values()), asked, *beyond, frames)


def batches(texts: Texts, seed: int = 0) -> Iterator[Batch]:
    """Draw batches without end."""
    draw = random.Random(seed)
    while True:
        some = draw.sample(texts.concepts, min(CONCEPTS, len(texts.concepts)))
        passages = [n for concept in some for n in draw.sample(concept, min(EACH, len(concept)))]
        asked = [one for n in passages for one in draw.sample(texts.asked[n], min(QUESTIONS, len(texts.asked[n])))]
        bodies = draw.sample(passages, min(BODIES, len(passages)))
        beyond = [*_some(draw, texts.outside, OUTSIDE), *_some(draw, texts.nonsense, NONSENSE)]
        yield Batch(
            [_as_typed(draw, one, texts.frames) for one in asked],
            [one.passage for one in asked],
            [texts.twins[len(LANGS) * n + draw.randrange(len(LANGS))] for n in bodies],
            bodies,
            [_as_typed(draw, one, texts.frames) for one in beyond],
        )


def _some(draw: random.Random, asked: Sequence[Asked], count: int) -> list[Asked]:
    return draw.sample(asked, min(count, len(asked)))


def _as_typed(draw: random.Random, asked: Asked, frames: dict[Lang, list[str]]) -> str:
    """Change a question as people type: in a frame of chat, without capitals, accents or an end, with a slip."""
    text = asked.text
    if draw.random() < SHARES["frame"]:
        text = draw.choice(frames[asked.lang]).format(text)
    if draw.random() < SHARES["lower"]:
        text = text.lower()
    if draw.random() < SHARES["accents"]:
        text = without_accents(text)
    if draw.random() < SHARES["end"]:
        text = text.rstrip("?.! ")
    if draw.random() < SHARES["typo"] and len(text) > len("oq é gan?"):
        at = draw.randrange(1, len(text) - 2)
        text = text[:at] + draw.choice((text[at + 1] + text[at], "")) + text[at + 2 :]
    return text


def tune(knowledge: Knowledge, out: TextIO, steps: int = STEPS, folder: Path = CARRIED) -> None:
    """Learn, and write the changes beside the carried model, into `folder`."""
    import torch

    knowledge.prepare()
    torch.set_num_threads(cores())
    tuning, started = Tuning(Quantized(tuned=False), Cutter()), time.monotonic()

    def tell(step: int, losses: Losses) -> None:
        if step % TOLD == 0 or step == steps:
            seconds = time.monotonic() - started
            figures = f"{losses.questions:.3f} {losses.passages:.3f} {losses.plane:.3f}"
            out.write(f"{step:4}/{steps}  {figures}  {seconds:.0f} s\n")
            out.flush()

    tuning.learn(batches(Texts.of(knowledge)), steps, tell)
    tuning.save(folder / TUNED)
    write_sums(folder)
    out.write("tuned; now `make index`\n")


if __name__ == "__main__":
    tune(Knowledge.load(), sys.stdout)
