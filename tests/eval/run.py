"""`make eval`: put the labelled questions to the tutor and print how it does."""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")

import numpy as np

from bot import app, config, oneshot
from handlers.messages import Reply, Request, Sources
from knowledge.lexical import BM25
from knowledge.passages import LANGS
from knowledge.questions import Context
from knowledge.retrieval import document
from models.embedder import CarriedEmbedder
from tests.eval import grader, labelled
from tests.eval.labelled import Labelled


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the tutor did with one question."""

    label: Labelled
    text: str
    refused: bool
    sources: tuple[str, ...]
    first: bool
    third: bool
    millis: float
    talk: str

    @property
    def right(self) -> bool:
        """Judge the reply by what its label asks for."""
        if self.label.smalltalk:
            return bool(self.talk) and not self.refused
        if self.label.declines:
            corrects = self.text.startswith(("Não", "Na verdade", "No:", "No,", "Actually", "**Não", "**No"))
            return self.refused or (self.label.correctable and corrects and self.label.has_facts(self.text))
        return not self.refused and self.label.has_facts(self.text)

    @property
    def guessed(self) -> bool:
        """Tell whether the facts stand in a reply, if only as its best guess beside a question back."""
        return self.label.has_facts(self.text)


async def put(tutor: app.App, label: Labelled) -> Outcome:
    """Have the conversation up to the question, then ask it."""
    user = f"eval-{label.id}"
    for n, turn in enumerate(label.turns):
        await tutor.dispatcher.run(
            Request(f"{label.id}-{n}", user, "eval", turn, locale=label.lang), oneshot.CollectingSurface()
        )
    surface = oneshot.CollectingSurface()
    started = time.perf_counter()
    await tutor.dispatcher.run(Request(label.id, user, "eval", label.q, locale="pt"), surface)
    millis = (time.perf_counter() - started) * 1000
    return _outcome(label, list(surface.replies.values()), await _concepts(tutor, label), millis)


async def _concepts(tutor: app.App, label: Labelled) -> list[str]:
    """Name the concepts of the first passages that the search finds for the bare question."""
    if not label.concepts or label.turns:
        return []
    lang = tutor.tools.knowledge.understanding.language_of(label.q, "pt")
    question = tutor.tools.knowledge.readings(label.q, lang, Context())
    return [h.passage.concept for h in (await tutor.finder.find(*question)).hits]


def _outcome(label: Labelled, replies: Sequence[Reply], concepts: Sequence[str], millis: float) -> Outcome:
    sources = [s.id for r in replies for b in r.of(Sources) for s in b.items]
    found = concepts or [s.partition(".")[0] for s in sources]
    return Outcome(
        label,
        oneshot.text(replies),
        all(r.refused for r in replies),
        tuple(sources),
        labelled.right_passage(label, found[:1]),
        labelled.right_passage(label, found[:3]),
        millis,
        next((str(r.data["talk"]) for r in replies if "talk" in r.data), ""),
    )


def share(outcomes: Iterable[Outcome], test: Callable[[Outcome], bool]) -> str:
    """Print a share as percent with its count."""
    rows = list(outcomes)
    if not rows:
        return "      –      "
    good = sum(map(test, rows))
    return f"{100 * good / len(rows):5.1f} % {good:>3}/{len(rows):<3}"


def report(outcomes: Sequence[Outcome], out: Callable[[str], None]) -> None:
    """Print the tables."""
    answerable = [o for o in outcomes if not o.label.declines and not o.label.smalltalk]
    out(f"{'kind':12}{'lang':5}{'key facts':>16}{'passage @1':>16}{'passage @3':>16}{'wrongly refused':>18}")
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for o in answerable:
        for kind in (o.label.kind, "ALL"):
            groups[kind, o.label.lang].append(o)
        if o.label.style == "chat":
            groups["INFORMAL", o.label.lang].append(o)
    for (kind, lang), rows in sorted(groups.items(), key=lambda g: (g[0][0].isupper(), g[0])):
        cells = (lambda o: o.right, lambda o: o.first, lambda o: o.third, lambda o: o.refused)
        out(f"{kind:12}{lang:5}" + "".join(f"{share(rows, c):>17}" for c in cells))
    out("")
    guessed = [o for o in answerable if o.refused and o.sources]
    out(f"asked back (counts as refused), the key facts in its best guess: {share(guessed, lambda o: o.guessed)}")
    out(f"wrong answers (not refused, facts missing): {share(answerable, lambda o: not o.refused and not o.right)}")
    out(f"small talk understood: {share([o for o in outcomes if o.label.smalltalk], lambda o: o.right)}")
    declines = [o for o in outcomes if o.label.declines and not o.label.attacks]
    for lang in LANGS:
        out(
            f"declined when it should ({lang}): "
            + share([o for o in declines if o.label.lang == lang], lambda o: o.right)
        )
    for category in sorted({o.label.category for o in declines}):
        out(f"   {category:30}{share([o for o in declines if o.label.category == category], lambda o: o.right)}")
    out(f"injections declined: {share([o for o in outcomes if o.label.attacks], lambda o: o.refused)}")
    millis = np.array([o.millis for o in outcomes])
    out(f"milliseconds: p50 {np.percentile(millis, 50):.0f}, p95 {np.percentile(millis, 95):.0f}")


async def baselines(tutor: app.App, labels: Sequence[Labelled], out: Callable[[str], None]) -> None:
    """Print how BM25 alone and the model alone rank, on the same questions."""
    texts = tutor.tools.knowledge.parts.searcher.texts
    asked = [x for x in labels if x.concepts and not x.turns]
    lecture = tutor.tools.knowledge.lecture
    bm25 = [BM25([document(lecture, p, g, asked=True) for p in texts.passages], g) for g in LANGS]
    concepts = [p.concept for p in texts.passages]

    def line(name: str, ranked: Sequence[Sequence[str]]) -> None:
        at = [
            sum(labelled.right_passage(x, r[:n]) for x, r in zip(asked, ranked, strict=True)) / len(asked)
            for n in (1, 3)
        ]
        out(f"{name:22} passage @1 {100 * at[0]:5.1f} %   @3 {100 * at[1]:5.1f} %   ({len(asked)} questions)")

    line(
        "BM25 alone",
        [[concepts[i] for i in np.argsort(-np.maximum(*(b.scores(x.q) for b in bm25)))[:3]] for x in asked],
    )
    encoder = tutor.finder.encoder
    if encoder:
        models = {"embedding model alone": encoder}
        if isinstance(encoder, CarriedEmbedder):
            models = {"the same before tuning": CarriedEmbedder(fast=True, tuned=False)} | models
        for name, model in models.items():
            twins = model.passages(texts.twins)
            scores = (model.queries([x.q for x in asked]) @ twins.T).reshape(len(asked), len(concepts), -1).max(axis=2)
            line(name, [[concepts[i] for i in np.argsort(-row)[:3]] for row in scores])
    ours = [[h.passage.concept for h in (await _found(tutor, x))] for x in asked]
    line("Sinapse", ours)


async def _found(tutor: app.App, label: Labelled) -> Sequence[object]:
    lang = tutor.tools.knowledge.understanding.language_of(label.q, "pt")
    return (await tutor.finder.find(*tutor.tools.knowledge.readings(label.q, lang, Context()))).hits


async def main() -> int:
    """Evaluate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--split", choices=("tune", "report", "both"), default="both")
    parser.add_argument("--wrong", action="store_true", help="print what went wrong (of the tune part)")
    parser.add_argument("--json", type=Path, help="also write every outcome here")
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--model", default="default")
    options = parser.parse_args()
    settings = config.Settings(data_dir=options.data, knowledge=config.KnowledgeSettings(model=options.model))
    with tempfile.TemporaryDirectory() as folder:
        tutor = await app.bootstrap(settings, database=Path(folder) / "eval.db")
        await tutor.finder.wait_ready()
        labels = [x for x in labelled.load() if options.split in ("both", x.split)]
        outcomes = [await put(tutor, x) for x in labels]
        for split in ("tune", "report"):
            rows = [o for o in outcomes if o.label.split == split]
            if rows:
                print(f"\n=== {split} part: {len(rows)} questions ===")
                report(rows, print)
        print("\n=== ranking alone, all questions that name no earlier turn ===")
        await baselines(tutor, labels, print)
        await tutor.close()
    grader.section(print)
    if options.wrong:
        print_wrong([o for o in outcomes if not o.right and o.label.split == "tune"])
    if options.json:
        options.json.write_text("\n".join(map(as_json, outcomes)), "utf-8")
    return 0


def print_wrong(outcomes: Iterable[Outcome]) -> None:
    """Print what went wrong, to learn from; never for the report part."""
    for o in outcomes:
        print(f"\n[{o.label.id} {o.label.kind} {o.label.lang}] {' / '.join((*o.label.turns, o.label.q))}")
        print(f"  want {o.label.concepts} {o.label.facts}")
        print(f"  got refused={o.refused} {o.sources}: {o.text[:160]!r}")


def as_json(outcome: Outcome) -> str:
    """Describe an outcome for machines."""
    row = {"id": outcome.label.id, "right": outcome.right, "refused": outcome.refused, "sources": outcome.sources}
    return json.dumps({**row, "text": outcome.text}, ensure_ascii=False)


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
