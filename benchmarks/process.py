"""Child processes, their memory, and bounds on both."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
POLL = 0.05  # seconds between two looks at a child
THREADS = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_WAIT_POLICY": "passive",
    "TOKENIZERS_PARALLELISM": "false",
}


class ChildFailed(Exception):
    """A child gave no figures; says why."""


@dataclass(frozen=True, slots=True)
class Memory:
    """Megabytes that a process holds now and held at most."""

    rss: float
    peak: float


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Give a child's environment: ours without any setting of the tutor's, one thread, then `extra`."""
    kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("SINAPSE_")}
    return {**kept, **THREADS, **(extra or {})}


def memory(pid: int | str = "self") -> Memory | None:
    """Read a process's memory; None where the system doesn't tell (no /proc) or the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return None
    kilobytes = {name: value.split()[0] for name, _, value in (line.partition(":") for line in lines) if "kB" in value}
    if not {"VmRSS", "VmHWM"} <= kilobytes.keys():
        return None
    return Memory(int(kilobytes["VmRSS"]) / 1024, int(kilobytes["VmHWM"]) / 1024)


def model_of(pid: int | str = "self") -> int | None:
    """Find the process that a bot's embedding model runs in; None where there is none, or the system doesn't tell."""
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, path.read_text("utf-8").split()):
            try:
                if b"models.encoding" in Path(f"/proc/{child}/cmdline").read_bytes():
                    return child
            except OSError:  # gone since
                continue
    return None


def both(*memories: Memory | None) -> Memory | None:
    """Add up what processes hold; the peaks may not have come at once, so their sum is the most that it can be."""
    known = [m for m in memories if m]
    return Memory(sum(m.rss for m in known), sum(m.peak for m in known)) if known else None


def processor(pid: int | None) -> float:
    """Give the seconds of processor that another process has used; 0 where the system doesn't tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")  # utime and stime, proc(5)


def has_torch(pid: int) -> bool | None:
    """Tell whether a process has torch's library mapped; None where the system doesn't tell."""
    try:
        return "libtorch" in Path(f"/proc/{pid}/maps").read_text("utf-8", "replace")
    except OSError:
        return None


def figures_of(
    module: str, arguments: Sequence[str], *, most: float = float("inf"), seconds: float = 1800
) -> dict[str, Any]:
    """Run a module of ours in a process of its own; it prints one JSON object.

    Raises ChildFailed when it fails, holds more than `most` megabytes or takes longer than `seconds`.
    """
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdout=out,
            env=environment(),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
        )
        try:
            _watch(process, most, time.monotonic() + seconds)
        finally:
            process.kill()
            process.wait()
        out.seek(0)
        lines = out.read().decode("utf-8").splitlines()
    if process.returncode or not lines:
        raise ChildFailed(f"exit code {process.returncode}")
    figures: dict[str, Any] = json.loads(lines[-1])
    return figures


def _watch(process: "subprocess.Popen[bytes]", most: float, deadline: float) -> None:
    while process.poll() is None:
        held = memory(process.pid)
        if held and held.rss > most:
            raise ChildFailed(f"more than {most / 1024:.0f} GB of memory")
        if time.monotonic() > deadline:
            raise ChildFailed("out of time")
        time.sleep(POLL)
