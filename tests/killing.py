"""Learners answer over stdio while the tutor is killed again and again: `python -m tests.killing FOLDER KILLS`.

One process loads everything, and forks the tutor from itself for each round: the real front-end, dispatcher, handlers
and storage over the small lecture. Before a moment drawn by chance it plays the learners; then comes SIGKILL. What was
on its way is sent again to the next one, as platforms do. It prints what was acknowledged, as JSON.

With `--program` each life is the whole program, `python -m bot stdio` over the real lecture: some seconds a kill.
"""

import asyncio
import io
import json
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.dispatcher import Dispatcher
from bot.platforms.stdio import Stdio
from knowledge.tutor import Knowledge
from tests import learning
from tests.conftest import write_small_lecture
from tests.learning import Time

LEARNERS = 4
MOST_LINES = 24  # that a tutor says in its life
LONGEST = 0.01  # seconds that it lives after the last of them: what it does then is cut off
PATIENCE = 30.0  # seconds after which a tutor that says nothing is given up
Row = dict[str, Any]


@dataclass
class Learner:
    """Asks for a quiz, answers, goes on; repeats what wasn't answered."""

    name: str
    sent: Row = field(default_factory=dict)  # what waits for its reply
    asked: str = ""  # the question that it answers
    acknowledged: list[str] = field(default_factory=list)  # questions whose verdict was read
    repeated: set[str] = field(default_factory=set)  # whose answer was kept, and its verdict cut off

    def hear(self, row: Row) -> None:
        """Take a reply."""
        if "correct" in row["data"]:
            self.acknowledged.append(self.asked)
        elif self.asked not in ("", *self.acknowledged) and "anotada" in row["text"]:
            self.repeated.add(self.asked)

    def next(self, row: Row | None, chance: random.Random) -> Row:
        """Give the next line; `row` is the reply to the last one."""
        if row is None or not row.get("choices"):
            return self._line(text="/quiz perceptron 50")
        options = [c["id"] for c in row["choices"] if c["id"].rpartition(".")[2].startswith("o")]
        options = options or [c["id"] for c in row["choices"] if c["id"].endswith(".x")]  # "não sei" where one types
        if row["data"].get("open") and options:
            press = chance.choice(options)
            self.asked = press.split(":")[2].partition(".")[0]
            return self._line(press=press)
        self.asked = ""
        return self._line(text="/quiz perceptron 50")

    def _line(self, **fields: str) -> Row:
        self.sent = {"id": self.name, "user": self.name, **fields}
        return self.sent


def tutor(folder: Path, knowledge: Knowledge, source: int, sink: int, seed: int) -> None:
    """Be the tutor, until the end of the input or the kill."""

    async def serve() -> None:
        async with learning.desk(knowledge, folder, Time(time.time()), start=seed * 1_000_000) as desk:
            dispatcher = Dispatcher(desk.tools, 60.0)
            lines = io.TextIOWrapper(io.FileIO(source))
            out = io.TextIOWrapper(io.FileIO(sink, "w"), write_through=True)
            await Stdio(lines, out).run(dispatcher.run)

    asyncio.run(serve())


class Round:
    """One life of the tutor."""

    def __init__(self, folder: Path, knowledge: Knowledge, seed: int) -> None:
        """Fork it."""
        source, self._to = os.pipe()
        self._from, sink = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._to)
            os.close(self._from)
            try:
                tutor(folder, knowledge, source, sink, seed)
            finally:
                os._exit(0)
        os.close(source)
        os.close(sink)
        self._rest = b""

    def write(self, row: Row) -> None:
        """Send a line."""
        os.write(self._to, json.dumps(row).encode() + b"\n")

    def rows(self, seconds: float | None) -> list[Row]:
        """Read what comes within so many seconds."""
        if not select.select([self._from], [], [], seconds)[0]:
            return []
        got = os.read(self._from, 1 << 16)
        *lines, self._rest = (self._rest + got).split(b"\n")
        return [json.loads(line) for line in lines]

    def kill(self) -> None:
        """Kill it, and read nothing more of it."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._to)
        os.close(self._from)


class Program(Round):
    """One life of the whole program."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        settings = {"DATA_DIR": str(folder), "KNOWLEDGE__MODEL": "none", "DEMOS__WARM": "false"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            env=os.environ | {f"SINAPSE_{name}": value for name, value in settings.items()},
        )  # fmt: skip
        assert self._process.stdin and self._process.stdout
        self._to, self._from, self._rest = self._process.stdin.fileno(), self._process.stdout.fileno(), b""

    def kill(self) -> None:
        """Kill it, and read nothing more of it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()


def play(life: Round, learners: dict[str, Learner], chance: random.Random) -> None:
    """Let the learners answer until the moment drawn by chance: after so many lines, and a little later."""
    for learner in learners.values():
        life.write(learner.sent or learner.next(None, chance))
    replies: dict[str, Row] = {}
    left = chance.randrange(MOST_LINES)
    while left > 0:
        rows = life.rows(PATIENCE)
        left -= len(rows) or left
        for row in rows:
            if row.get("final"):
                learner = learners[row["id"]]
                life.write(learner.next(replies.pop(row["id"], None), chance))
            else:
                learners[row["id"]].hear(row)
                replies[row["id"]] = row
    select.select([], [], [], chance.uniform(0, LONGEST))


def forks(folder: Path) -> Callable[[int], Round]:
    """Load everything once; gives what forks a tutor from this process."""
    knowledge = Knowledge.load(write_small_lecture(folder / "lecture"))
    knowledge.prepare()
    knowledge.use_letters(folder / "cache")
    return lambda seed: Round(folder, knowledge, seed)


def main(folder: Path, kills: int, program: bool = False) -> Row:
    """Kill so many times; gives what was acknowledged."""
    folder.mkdir(parents=True, exist_ok=True)
    start = (lambda _: Program(folder)) if program else forks(folder)
    chance = random.Random(kills)
    learners = {name: Learner(name) for name in (f"l{n}" for n in range(LEARNERS))}
    for seed in range(1, kills + 1):
        life = start(seed)
        try:
            play(life, learners, chance)
        finally:
            life.kill()
    acknowledged = [asked for learner in learners.values() for asked in learner.acknowledged]
    repeated = [asked for learner in learners.values() for asked in sorted(learner.repeated)]
    return {"acknowledged": acknowledged, "repeated": repeated}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), int(sys.argv[2]), "--program" in sys.argv)))
