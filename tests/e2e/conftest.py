"""The program as a child process."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.discord_server import DiscordServer
from tests.integration.bot_world import World

ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds until a child that says nothing is ended
Row = dict[str, Any]


def environment(data: Path, **variables: str) -> dict[str, str]:
    """Give a child's environment: its own data folder, and no model unless it is asked for."""
    base = {k: v for k, v in os.environ.items() if not k.startswith("SINAPSE_")}
    ours = {"DATA_DIR": str(data), "KNOWLEDGE__MODEL": "none", "DEMOS__WARM": "false", "DEMOS__AT_ONCE": "2"}
    return base | {f"SINAPSE_{name}": value for name, value in ours.items()} | {"LC_ALL": "pt_BR.UTF-8"} | variables


class Program:
    """Talks the stdio protocol with a child process."""

    def __init__(self, data: Path, **variables: str) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot", "stdio"], cwd=ROOT, env=environment(data, **variables),
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._watchdog = threading.Timer(PATIENCE, self.process.kill)
        self._watchdog.start()
        self._ids = 0

    def send(self, line: bytes) -> None:
        """Send a line as it is."""
        assert self.process.stdin
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def row(self) -> Row:
        """Read a line; an error tells what the child wrote before it ended."""
        assert self.process.stdout and self.process.stderr
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read().decode()[-2000:]
        row: Row = json.loads(line)
        return row

    def ask(self, text: str = "", user: str = "ana", **fields: str) -> list[Row]:
        """Ask, and read the replies up to the final line."""
        self._ids += 1
        message = {"id": str(self._ids), "user": user} | (fields or {"text": text})
        self.send(json.dumps(message).encode())
        rows = [self.row()]
        while not rows[-1].get("final"):
            rows.append(self.row())
        assert {row["id"] for row in rows} == {str(self._ids)}
        return rows[:-1]

    def end(self) -> int:
        """End the input; give the exit code."""
        assert self.process.stdin
        with suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            return self.process.wait(PATIENCE)
        finally:
            self._watchdog.cancel()
            for stream in (self.process.stdout, self.process.stderr):
                if stream:
                    stream.close()


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Program]]:
    """Give what starts programs on one data folder; all are ended after the test."""
    started: list[Program] = []

    def start(**variables: str) -> Program:
        started.append(Program(tmp_path / "data", **variables))
        return started[-1]

    yield start
    for program in started:  # also those that a test killed: their pipes are still open here
        program.end()


@pytest.fixture
def warm_data(tmp_path: Path, warm: Callable[[Path], Path]) -> Path:
    """Make the data folder of the test's programs as after a first start."""
    return warm(tmp_path / "data")


@pytest.fixture
def world() -> World:
    """Give a Telegram without messages."""
    return World()


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """Give a Discord on loopback."""
    async with DiscordServer().running() as server:
        yield server


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """Give one program over the real lecture, searching by words alone; its users are the tests'."""
    program = Program(tmp_path_factory.mktemp("data"))
    yield program
    program.end()
