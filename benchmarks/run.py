"""`make bench`: measure in child processes, print medians, and write them to benchmarks/results.md."""

import argparse
import os
import platform
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import starts
from benchmarks.process import ROOT, ChildFailed, figures_of
from benchmarks.starts import Start
from knowledge.tutor import TOGETHER
from knowledge.vectors import SHIPPED
from tests.platforms import driver as drivers

RESULTS = Path(__file__).parent / "results.md"
MOST_MEMORY = 8 * 1024.0  # megabytes that a generated knowledge base may take
PARTS = ("starts", "load", "platforms", "growth", "learning")
PEER = "LangChain + FAISS"
MODELS = ("default", "none")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    repeats: int
    askers: tuple[int, ...]
    questions: int
    sizes: tuple[int, ...]
    searches: int
    learners: int  # at once on each platform
    study: tuple[int, int, int] = (100_000, 5_000_000, 2_000)  # learners, reviews in the database; answers graded
    embeds_all: bool = False  # measure a cold start even when it embeds the whole knowledge base: a quarter of an hour


FULL = Plan(3, (1, 10, 50), 200, (1_000, 10_000, 100_000), 200, 200)
QUICK = Plan(1, (1, 10), 40, (1_000,), 20, 20, (1_000, 20_000, 200))


class Report:
    """Prints lines and keeps them."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.lines: list[str] = []

    def __call__(self, *lines: str) -> None:
        """Print lines."""
        self.lines += lines
        print("\n".join(lines), flush=True)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a Markdown table."""
        widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
        line = ["-" * w for w in widths]
        self(
            *(
                "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |"
                for row in (head, line, *rows)
            )
        )


def progress(what: str) -> None:
    """Tell whoever waits what is being measured."""
    print(f"… {what}", file=sys.stderr, flush=True)


def number(value: float | None, digits: int = 0) -> str:
    """Write a figure, or a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"


def middle(values: Sequence[float | None]) -> float | None:
    """Give the median of what is known."""
    known = [v for v in values if v is not None]
    return median(known) if known else None


# Starts


def measure_starts(plan: Plan, warm: Path, out: Report) -> None:
    """Start the bot cold and warm, with and without the model; leaves `warm` filled."""
    shipped = "ship with it" if any(SHIPPED.glob("*.npz")) else "do NOT ship with it: a cold start embeds everything"
    out(
        "## Starts",
        "",
        f"Real processes. Cold: an empty data folder (not an empty disk cache). The passages' vectors {shipped}.",
        "First word: the first byte in reply to small talk sent at the start; answer: of a question sent at the start",
        "(in the chat: when both are on the screen, the question typed after the small talk's answer).",
        "Memory is the bot's and that of its model's process together, peaks added up; demos' process isn't in it.",
        "",
    )
    for model in MODELS:
        progress(f"start: model {model}, to fill the cache")
        starts.stdio(warm, model)
    rows = [_start_row(plan, warm, *case) for case in _cases()]
    head = (
        "model",
        "data",
        "command",
        "prompt s",
        "first word s",
        "answer s",
        "RSS at rest MB",
        "peak MB",
        "torch loaded",
        "runs",
    )
    out.table(head, rows)
    out("")


def _cases() -> list[tuple[str, bool, str]]:
    return [(model, cold, form) for model in MODELS for cold in (True, False) for form in starts.FORMS]


def _start_row(plan: Plan, warm: Path, model: str, cold: bool, form: str) -> list[str]:
    what = [model, "cold" if cold else "warm", form]
    if cold and model == "default" and not plan.embeds_all and not any(SHIPPED.glob("*.npz")):
        return [*what, "–", "–", "not measured: embeds everything (`--embed-all`)", *["–"] * 3, "0"]
    progress(f"start: model {model}, {what[1]}, {form}")
    try:
        runs = starts.repeated(form, None if cold else warm, model, plan.repeats)
    except ChildFailed as error:
        return [*what, str(error), *["–"] * 5, "0"]
    return [*what, *_start_cells(runs), str(len(runs))]


def _start_cells(runs: Sequence[Start]) -> list[str]:
    torch = {True: "yes", False: "no", None: "–"}[runs[0].torch]
    answer = number(middle([r.answer for r in runs]), 2) if all(r.real for r in runs) else "WRONGLY DECLINED"
    return [
        number(middle([r.prompt for r in runs]), 2),
        number(middle([r.word for r in runs]), 2),
        answer,
        number(middle([r.rest for r in runs])),
        number(middle([r.peak for r in runs])),
        torch,
    ]


# Askers at once

Runs = list[dict[str, Any]]


def measure_load(plan: Plan, warm: Path, out: Report) -> None:
    """Put the same questions to the tutor and to the peer, in turns."""
    out(
        "## Many at once",
        "",
        f"{plan.questions} distinct questions, each asked once in a process (nothing repeats: no cache helps), "
        f"median of {plan.repeats} processes.",
        "Sinapse: the whole life of a message (language, follow-ups, search, whether to answer, composing, SQLite).",
        f"{PEER}: the same model, vectors and thread count; embeds, finds the nearest passage, gives its text. "
        "It never refuses.",
        "",
    )
    rows, ratios, missing = [], [], ""
    for askers in plan.askers:
        ours: Runs = []
        peers: Runs = []
        for _ in range(plan.repeats):
            ours.append(_load("benchmarks.ours", warm, askers, plan.questions))
            if not missing:
                peers.append(_peer(warm, askers, plan.questions))
                missing = peers[-1].get("missing", "")
        rows.append(_load_row("Sinapse", ours))
        if not missing:
            rows.append(_load_row(PEER, peers))
            ratios.append(_ratio_row(ours, peers))
    head = (
        "system",
        "askers",
        "answers/s",
        "p50 ms",
        "p95 ms",
        "longest stall ms",
        "CPU ms",
        "answered",
        "errors",
        "RSS MB",
    )
    out.table(head, rows)
    out("")
    if missing:
        out(f"{PEER} is not measured: {missing}", "")
    if not ratios:
        return
    out(
        "Sinapse / peer, each pair of runs made one after the other "
        "(CPU: of all threads and of the model's process, for each question):",
        "",
    )
    out.table(("askers", "answers/s", "p50", "p95", "longest stall", "CPU"), ratios)
    out("")


def _load(module: str, data: Path, askers: int, questions: int) -> dict[str, Any]:
    progress(f"{module.rpartition('.')[2]}: {askers} at once")
    return figures_of(module, [str(data), str(askers), str(questions)])


def _peer(data: Path, askers: int, questions: int) -> dict[str, Any]:
    try:
        return _load("benchmarks.peer", data, askers, questions)
    except ChildFailed as error:
        return {"missing": str(error)}


def _load_row(name: str, runs: Runs) -> list[str]:
    def mid(key: str, digits: int = 0) -> str:
        return number(middle([r[key] for r in runs]), digits)

    answered = f"{mid('answered')}/{runs[0]['questions']}"
    return [name, str(runs[0]["askers"]), mid("rate", 1), mid("p50"), mid("p95"), mid("stall"), mid("cpu", 1), answered,
            str(sum(r["failed"] for r in runs)), mid("rss")]  # fmt: skip


def _ratio_row(ours: Runs, peers: Runs) -> list[str]:
    def ratio(key: str) -> str:
        return number(middle([a[key] / b[key] for a, b in zip(ours, peers, strict=True) if b[key]]), 2)

    return [str(ours[0]["askers"]), *(ratio(key) for key in ("rate", "p50", "p95", "stall", "cpu"))]


# Platforms

LIMIT = {"telegram": 30.0, "discord": 50.0}  # messages a second that the platform lets a bot send
SHARE = 0.95  # of it that learners ask for when they arrive at a pace: at the limit itself any queue grows for ever
PACES = ((False, False), (False, True), (True, False), (True, True))  # (all at once, busy neighbour)


def measure_platforms(plan: Plan, warm: Path, out: Report) -> None:
    """Let a class ask at once on each platform, and then arrive at a pace, alone and beside a busy process."""
    out(
        "## On each platform",
        "",
        f"{plan.learners} learners, one question each, the platform's simulated server in the same process (its work "
        f"counts as ours); median of {plan.repeats} processes.",
        "At once: all in the same moment, so the platform's own limit on sending decides. "
        "Busy: a niced process computes beside.",
        "",
    )
    rows = [_platform_row(plan, warm, name, *pace) for name in drivers.names() for pace in PACES]
    head = (
        "platform",
        "learners come",
        "beside",
        "answers/s",
        "messages/s",
        "p50 ms",
        "p95 ms",
        "longest stall ms",
        "unanswered",
    )
    out.table(head, rows)
    out("")


def _platform_row(plan: Plan, warm: Path, name: str, at_once: bool, busy: bool) -> list[str]:
    pace = 0.0 if at_once else SHARE * LIMIT.get(name, max(LIMIT.values()))
    what = [name, "at once" if at_once else f"{pace:.1f} a second", "busy" if busy else "idle"]
    progress(" · ".join(what))
    arguments = [str(warm), name, str(plan.learners), "--arriving", str(pace), *(["--busy"] if busy else [])]
    try:
        runs = [figures_of("benchmarks.crowd", arguments) for _ in range(plan.repeats)]
    except ChildFailed as error:
        return [*what, str(error), *["–"] * 5]
    figures = [
        number(middle([r[key] for r in runs]), digits)
        for key, digits in (("rate", 1), ("messages", 1), ("p50", 0), ("p95", 0), ("stall", 0))
    ]
    return [*what, *figures, str(sum(r["failed"] for r in runs))]


# Growth


def measure_growth(plan: Plan, _warm: Path, out: Report) -> None:
    """Search generated knowledge bases of growing size."""
    out(
        "## Growth",
        "",
        "Generated passages (the real ones' words and lengths, two languages, two sample questions in each), random "
        f"vectors of 384, {plan.searches} real questions; ranking alone, one thread, without encoding "
        f"the question; each of {TOGETHER}: where that many wait and are searched for together.",
        "",
    )
    rows = [_growth_row(size, plan.searches) for size in plan.sizes]
    out.table(
        ("passages", "search p50 ms", "search p95 ms", f"each of {TOGETHER} ms", "index s", "RSS MB", "peak MB"), rows
    )
    out("")


def _growth_row(size: int, searches: int) -> list[str]:
    progress(f"growth: {size:,} passages")
    try:
        f = figures_of("benchmarks.growth", [str(size), str(searches)], most=MOST_MEMORY)
    except ChildFailed as error:
        return [number(size), f"skipped: {error}", *["–"] * 5]
    return [
        number(size),
        *(number(f[k], 1) for k in ("p50", "p95", "together", "build")),
        number(f["rss"]),
        number(f["peak"]),
    ]


# Quizzes


def measure_learning(plan: Plan, _warm: Path, out: Report) -> None:
    """Grade, schedule, choose and draw, also with millions of reviews in the database."""
    learners, reviews, answers = plan.study
    out(
        "## Quizzes",
        "",
        f"{answers:,} answers graded and kept, each in its transaction; then {learners:,} learners and {reviews:,} "
        "reviews are generated into the same database, and the next question is chosen for learners drawn by chance.",
        "The picture of progress: light and dark together.",
        "",
    )
    progress(f"quizzes: {reviews:,} reviews")
    f = figures_of("benchmarks.learning", [str(n) for n in plan.study])
    head = ("answers/s", "KB per 1,000 answers", "next question p50 ms", "p95 ms", "p95 CPU ms",
            "picture p95 ms", "database MB")  # fmt: skip
    names = ("answers_per_s", "kb_per_1000", "choice_p50", "choice_p95", "choice_cpu_p95", "picture_p95", "database_mb")
    out.table(head, [[number(f[name], 1) for name in names]])
    out("")


# All together

MEASURES: dict[str, Callable[[Plan, Path, Report], None]] = {
    "starts": measure_starts,
    "load": measure_load,
    "platforms": measure_platforms,
    "growth": measure_growth,
    "learning": measure_learning,
}


def seed(warm: Path) -> None:
    """Take over what this checkout already embedded; the starts fill in the rest."""
    cache = ROOT / "data" / "cache"
    if cache.is_dir():
        shutil.copytree(cache, warm / "cache", ignore=shutil.ignore_patterns("tmp*", ".*"))


def main() -> int:
    """Measure what is asked for; only a whole and full run is written down."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--quick", action="store_true", help="small counts, to see that it runs")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part; may be given more than once")
    parser.add_argument("--embed-all", action="store_true", help="cold starts even where no vectors ship: very slow")
    options = parser.parse_args()
    plan = replace(QUICK if options.quick else FULL, embeds_all=options.embed_all)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave no child and no folder behind
    out, failed = Report(), False
    cores = os.cpu_count()
    out("# Benchmarks", "", f"{cores} cores, Python {platform.python_version()}, torch {version('torch')}.", "")
    with tempfile.TemporaryDirectory() as folder:
        warm = Path(folder) / "data"
        warm.mkdir()
        seed(warm)
        for part in options.only or PARTS:
            try:
                MEASURES[part](plan, warm, out)
            except ChildFailed as error:  # the other parts are still worth having
                failed = True
                out(f"The part {part!r} failed: {error}", "")
    if not options.quick and not options.only:
        RESULTS.write_text("\n".join(out.lines).rstrip() + "\n", "utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
