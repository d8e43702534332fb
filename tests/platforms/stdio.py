"""Talks to the tutor over stdio: a pipe in, lines out."""

import asyncio
import io
import json
import os
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from typing import Any

from bot.platforms.stdio import Stdio
from tests.platforms.driver import Shown, Tutor


class StdioDriver:
    """Learners are the `user` of lines."""

    name = "stdio"
    repeats = False  # nothing is delivered twice through a pipe

    def __init__(self) -> None:
        """Begin with no line written."""
        self._ids, self._choices = count(1), dict[str, dict[str, str]]()
        self._sink = io.StringIO()

    async def start(self, tutor: Tutor) -> None:
        """Start with a new pipe."""
        self._tutor = tutor
        reading, writing = os.pipe()
        self._source, self._lines = os.fdopen(reading, encoding="utf-8"), os.fdopen(writing, "wb", buffering=0)
        self._task = asyncio.create_task(Stdio(self._source, self._sink).run(tutor.dispatch))

    async def stop(self) -> None:
        """End the input."""
        self._lines.close()
        await self._task
        self._source.close()

    async def say(self, user: str, text: str) -> Sequence[Shown]:
        """Write a line with `text`."""
        return await self._send(user, {"text": text})

    async def press(self, user: str, message: Shown, label: str) -> Sequence[Shown]:
        """Write a line with `press`."""
        return await self._send(user, {"press": self._choices[message.id][label]})

    async def _send(self, user: str, fields: dict[str, str]) -> Sequence[Shown]:
        number = str(next(self._ids))
        async with self._tutor.done(user):
            self._lines.write(json.dumps({"id": number, "user": user, **fields}).encode() + b"\n")
        rows = [json.loads(line) for line in self._sink.getvalue().splitlines()]
        newest = {row["key"]: row for row in rows if row["id"] == number and not row.get("final")}
        return [self._shown(row) for row in newest.values()]

    def _shown(self, row: dict[str, Any]) -> Shown:
        self._choices[row["key"]] = {choice["label"]: choice["id"] for choice in row["choices"]}
        progress = [] if row["progress"] is None else [f"{row['progress']:.0%}"]
        text = "\n".join([row["text"], *progress])
        return Shown(row["key"], text, tuple(self._choices[row["key"]]), tuple(f["alt"] for f in row["figures"]))


def driver(folder: Path) -> StdioDriver:
    """Give a driver."""
    return StdioDriver()
