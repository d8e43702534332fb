"""Real starts of `python -m bot`: seconds to the prompt, the first word and the first answer, and memory."""

import json
import os
import pty
import select
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.process import ROOT, ChildFailed, Memory, both, environment, has_torch, memory, model_of

QUESTION = "o que é backpropagation?"
REST = 2.0  # seconds of silence before the memory at rest is read
LONGEST = 3600  # seconds that a start may take
LOOK = 0.01  # seconds between two looks at the peak of a process that leaves by itself
Bot = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds from launching the process, megabytes; None where it doesn't apply or isn't told."""

    prompt: float | None  # of the chat in a terminal
    word: float | None  # the first byte, to small talk
    answer: float
    real: bool  # it was an answer with a source, not "that isn't in the lecture"
    rest: float | None
    peak: float | None
    torch: bool | None


@contextmanager
def bot(arguments: Sequence[str], data: Path, model: str, terminal: int | None = None) -> Iterator[Bot]:
    """Run the bot on a data folder; it is ended when the block is left or after LONGEST seconds.

    `terminal`: a descriptor to talk through instead of pipes.
    """
    settings = {
        "SINAPSE_DATA_DIR": str(data),
        "SINAPSE_KNOWLEDGE__MODEL": model,
        "SINAPSE_BOT__READY_WAIT": str(LONGEST),  # a cold start without a shipped index embeds everything first
        "SINAPSE_TERMINAL__PICTURES": "none",
        "TERM": "xterm-256color",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        stdin=subprocess.PIPE if terminal is None else terminal,
        stdout=subprocess.PIPE if terminal is None else terminal,
        env=environment(settings),
        cwd=ROOT,
    )
    limit = threading.Timer(LONGEST, process.kill)
    limit.start()
    try:
        yield process
    finally:
        limit.cancel()
        process.kill()
        process.communicate()


def stdio(data: Path, model: str) -> Start:
    """Start the stdio front-end; one learner greets and another asks, both at once."""
    began = time.perf_counter()
    with bot(["stdio"], data, model) as process:
        if process.stdin is None:
            raise ChildFailed("no pipe")
        lines = [{"id": "hi", "user": "ana", "text": "oi"}, {"id": "q", "user": "rui", "text": QUESTION}]
        process.stdin.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        process.stdin.flush()
        at, real = _first_replies(process, began)
        time.sleep(REST)
        held, torch = _held(process.pid)
    return Start(None, at["hi"], at["q"], real, *_pair(held), torch)


def _first_replies(process: Bot, began: float) -> tuple[dict[str, float], bool]:
    """Read until both requests are done; seconds to the first line of each, and whether the question was answered."""
    at: dict[str, float] = {}
    done, real = set[str](), False
    while done != {"hi", "q"}:
        line = process.stdout.readline() if process.stdout else b""
        now = time.perf_counter() - began
        if not line:
            raise ChildFailed("the bot ended early")
        row = json.loads(line)
        if row.get("final"):
            done.add(row["id"])
        elif row["id"] == "q":
            real = real or is_real(row)
        at.setdefault(row["id"], now)
    return at, real


def ask(data: Path, model: str) -> Start:
    """Start the one-shot form; the answer is its first byte."""
    began = time.perf_counter()
    with bot(["ask", "--json", QUESTION], data, model) as process:
        if process.stdout is None:
            raise ChildFailed("no pipe")
        seen: list[tuple[Memory | None, bool | None]] = []
        while not select.select([process.stdout], [], [], LOOK)[0]:
            seen.append(_held(process.pid))
        seconds = time.perf_counter() - began
        seen.append(_held(process.pid))
        out, _ = process.communicate()
    if process.returncode or not out:
        raise ChildFailed(f"`ask` ended with code {process.returncode}")
    peak = max((held.peak for held, _ in seen if held), default=None)
    torch = any(loaded for _, loaded in seen) or seen[-1][1]
    return Start(None, None, seconds, is_real(json.loads(out)), None, peak, torch)


def is_real(row: dict[str, object]) -> bool:
    """Tell whether a reply answers the question."""
    return not row["refused"] and bool(row["sources"])


def _held(pid: int) -> tuple[Memory | None, bool | None]:
    """Give what the bot and its model's process hold, and whether either has torch."""
    model = model_of(pid)
    return both(memory(pid), memory(model) if model else None), has_torch(model or pid)


def _pair(held: Memory | None) -> tuple[float | None, float | None]:
    return (held.rss, held.peak) if held else (None, None)


def chat(data: Path, model: str) -> Start:
    """Start the chat in a terminal; greet at the first prompt, ask at the second."""
    began = time.perf_counter()
    ours, theirs = pty.openpty()
    try:
        with bot([], data, model, theirs) as process:
            prompt = _shown(ours, PROMPT) - began
            os.write(ours, b"oi\r")
            word = _shown(ours, OFFER) - began
            os.write(ours, f"{QUESTION}\r".encode())
            answer = _shown(ours, OFFER) - began
            time.sleep(REST)
            held, torch = _held(process.pid)
    finally:
        os.close(ours)
        os.close(theirs)
    return Start(prompt, word, answer, True, *_pair(held), torch)


def _shown(terminal: int, mark: str) -> float:
    """Read what is shown until `mark` is; answers where the cursor is asked for. Gives the time."""
    shown, end = b"", time.monotonic() + LONGEST
    while mark.encode() not in shown:
        if time.monotonic() > end or not select.select([terminal], [], [], LONGEST)[0]:
            raise ChildFailed("the chat fell silent")
        shown += os.read(terminal, 65536)
        if CURSOR in shown:
            shown = shown.replace(CURSOR, b"")
            os.write(terminal, b"\x1b[1;1R")
    return time.perf_counter()


PROMPT, OFFER = "›", "[1]"  # what the chat shows when it listens, and under an answer
CURSOR = b"\x1b[6n"  # asks a terminal where its cursor is

FORMS = {"chat": chat, "stdio": stdio, "ask": ask}
LONG = 60.0  # seconds: a start that takes longer is measured once


def repeated(form: str, data: Path | None, model: str, times: int) -> list[Start]:
    """Start several times: on `data`, or each time on an empty folder."""
    starts: list[Start] = []
    while len(starts) < times and not (starts and starts[-1].answer > LONG):
        with tempfile.TemporaryDirectory() as empty:
            starts.append(FORMS[form](data or Path(empty), model))
    return starts
