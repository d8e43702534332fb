"""`make bench-demos`: each demo as a learner runs it, three seeds, one thread: seconds, memory, metrics and rivals.

Each run is a fresh child of the warm engine, one at a time; standard tools then get the same data and seed here.
Written to benchmarks/demos.md.
"""

import argparse
import asyncio
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median, stdev
from typing import TYPE_CHECKING

from models.demos import discover
from models.engine.protocol import DemoSpec, Failed, Job, Limits, Metric, Picture, Result
from models.engine.runner import Run, Runner

if TYPE_CHECKING:  # each demo's process imports this file: what it doesn't need would count as its time and memory
    from benchmarks.standard import Rival

RESULTS = Path(__file__).parent / "demos.md"
SEEDS = (1, 2, 3)
FIRST_UPDATE, FIRST_PICTURE, LONG, TOO_LONG = 1.0, 3.0, 60.0, 90.0  # seconds: what is aimed at
TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Measured:
    """One run."""

    first_update: float = 0.0  # seconds from the request
    first_picture: float = 0.0
    total: float = 0.0
    cpu: float = 0.0  # seconds of the child
    memory: float = 0.0  # MB: the largest resident set, what it shares with the warm engine included
    load: float = 0.0  # processes that wanted the cores in its last minute, it included
    metrics: tuple[Metric, ...] = ()
    problem: str = ""


@dataclass
class Row:
    """One demo's runs."""

    spec: DemoSpec
    runs: list[Measured] = field(default_factory=list)
    rivals: "list[Rival]" = field(default_factory=list)  # of all seeds

    def middle(self, name: str) -> float:
        """Give the median of a figure."""
        return median(getattr(run, name) for run in self.runs)


async def measure(runner: Runner, spec: DemoSpec, seed: int) -> Measured:
    """Run a demo once."""
    got, began = Measured(), time.perf_counter()
    async with runner.start(Job(spec.name, spec.complete(), seed)) as run:
        async for event in run:
            now = time.perf_counter() - began
            got.first_update = got.first_update or now
            _watch(run, got)
            if isinstance(event, Picture):
                got.first_picture = got.first_picture or now
            elif isinstance(event, Result):
                got.metrics, got.total, got.load = event.metrics, now, os.getloadavg()[0]
            elif isinstance(event, Failed):
                got.problem = f"{event.why}: {event.log}"
    return got


def _watch(run: Run, got: Measured) -> None:
    """Read what the child has used so far."""
    try:
        status = Path(f"/proc/{run.pid}/status").read_text("ascii")
        ticks = Path(f"/proc/{run.pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:  # it has just ended
        return
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    got.memory = max(got.memory, int(peak.split()[1]) / 1024)
    got.cpu = (int(ticks[11]) + int(ticks[12])) / TICK


def compete(spec: DemoSpec, seed: int) -> "list[Rival]":
    """Give standard tools the data of a demo's run, where there is one of its kind."""
    import torch

    from benchmarks.rivals import RIVALS

    torch.set_num_threads(1)
    return list(RIVALS[spec.name](spec.ready(), seed)) if spec.name in RIVALS else []


async def measure_all(names: Sequence[str], seeds: Sequence[int]) -> list[Row]:
    """Measure demos, each with all seeds."""
    runner = Runner(discover(), Limits(seconds=1800, cpu=600), at_once=1)
    warm = next(iter(runner.specs.values()))
    await measure(runner, warm, 0)  # the engine's own start is not a learner's
    rows = []
    for name in names or runner.specs:
        row = Row(runner.specs[name])
        for seed in seeds:
            row.runs.append(await measure(runner, row.spec, seed))
            row.rivals += compete(row.spec, seed)
            last = row.runs[-1]
            print(f"{name} seed {seed}: {last.total:.1f} s, {last.cpu:.1f} CPU s, {last.problem or 'ok'}", flush=True)
        rows.append(row)
    await runner.close()
    return rows


def report(rows: Sequence[Row], seeds: Sequence[int]) -> str:
    """Write the tables."""
    where = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, torch {version('torch')}"
    )
    lines = [
        "# The demos, measured",
        "",
        f"`make bench-demos`: seeds {', '.join(map(str, seeds))}; one thread each, on {where}. Times are in",
        "seconds from the request, medians over the seeds; memory is the largest resident set, mostly shared; load is",
        "how many processes wanted the cores in a run's last minute: much over 1, and a run waited for others.",
        "",
        *_times(rows),
        "",
        *_aims(rows),
        "",
        "## Numbers beside their baselines",
        "",
        "Mean ± standard deviation over the seeds. Standard tools (scikit-learn "
        f"{version('scikit-learn')}, Optuna {version('optuna')})",
        "get the same examples, divisions and seeds in the same run: see rivals.py.",
        "",
        *_numbers(rows),
        "",
        *_otherwise(rows, seeds),
    ]
    return "\n".join(lines)


def _times(rows: Sequence[Row]) -> list[str]:
    lines = ["| demo | first update | first picture | all | CPU s | MB | load |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        problems = [run.problem for run in row.runs if run.problem]
        if problems:
            lines.append(f"| {row.spec.name} | failed: {problems[0]} | | | | | |")
            continue
        names = ("first_update", "first_picture", "total", "cpu", "memory", "load")
        update, picture, total, cpu, memory, load = (row.middle(name) for name in names)
        seconds = f"{update:.2f} | {picture:.2f} | {total:.1f} | {cpu:.1f}"
        lines.append(f"| {row.spec.name} | {seconds} | {memory:.0f} | {load:.1f} |")
    return lines


def _aims(rows: Sequence[Row]) -> list[str]:
    """Say how many keep to what is aimed at."""

    def within(name: str, most: float) -> str:
        return f"{sum(row.middle(name) <= most for row in rows)} of {len(rows)}"

    return [
        f"First update within {FIRST_UPDATE:g} s: {within('first_update', FIRST_UPDATE)}. "
        f"First picture within {FIRST_PICTURE:g} s: {within('first_picture', FIRST_PICTURE)}. "
        f"All within {LONG:g} s: {within('total', LONG)}; within {TOO_LONG:g} s: {within('total', TOO_LONG)}."
    ]


def _numbers(rows: Sequence[Row]) -> list[str]:
    lines = ["| demo | metric | network | baselines | standard tools |", "|---|---|---|---|---|"]
    for row in rows:
        first = row.runs[0].metrics
        for at, metric in enumerate(first):
            same = [run.metrics[at] for run in row.runs if len(run.metrics) == len(first)]
            beside = [
                f"{b.label.en} {_spread([m.baselines[n].value for m in same if n < len(m.baselines)], metric)}"
                for n, b in enumerate(metric.baselines)
            ]
            value = _spread([m.value for m in same], metric)
            lines.append(
                f"| {row.spec.name} | {metric.label.en} | **{value}** | {'; '.join(beside)} | {_tools(row, metric)} |"
            )
    return lines


def _otherwise(rows: Sequence[Row], seeds: Sequence[int]) -> list[str]:
    """Give the numbers that other protocols would."""
    from benchmarks.protocols import PROTOCOLS

    lines = [PROTOCOLS[row.spec.name](seeds) for row in rows if row.spec.name in PROTOCOLS]
    if not lines:
        return []
    words = "The demos average several draws and never choose by the test. Otherwise measured, in the same run:"
    return ["## By other protocols", "", words, "", *lines, ""]


def _tools(row: Row, metric: Metric) -> str:
    """Say how the standard tools did in a metric."""
    mine = [rival for rival in row.rivals if rival.metric == metric.name]
    names = dict.fromkeys(rival.tool for rival in mine)
    return "; ".join(f"{name} {_spread([r.value for r in mine if r.tool == name], metric)}" for name in names)


def _spread(values: Sequence[float], metric: Metric) -> str:
    scale, digits = (100, 1) if metric.percent else (1, metric.digits)
    sign = "%" if metric.percent else ""
    if not values:
        return "-"
    deviation = f" ± {stdev(values) * scale:.{digits}f}" if len(values) > 1 else ""
    return f"{mean(values) * scale:.{digits}f}{deviation}{sign}"


def main() -> None:
    """Measure what the command line says."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("names", nargs="*", help="only these demos; nothing is written then")
    options.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    given = options.parse_args()
    rows = asyncio.run(measure_all(given.names, given.seeds))
    text = report(rows, given.seeds)
    print(text)
    if not given.names:
        RESULTS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
