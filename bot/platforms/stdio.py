"""One JSON object a line in, some lines out: for scripts, other chat systems and end-to-end tests."""

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from bot import rendering
from bot.platforms.base import Dispatch
from handlers.demos import pressing
from handlers.messages import Choice, Progress, Reply, Request, Sources

LONGEST_LINE = 4 * 1024 * 1024  # bytes of a line; a longer one is refused, not kept in memory for ever
FIELDS = {"id", "user", "text", "press", "chat", "name", "lang", "files"}


class BadLine(Exception):
    """An input line that isn't a request; says why."""


def to_request(line: str) -> Request:
    """Read one line. Raises BadLine."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"not JSON: {error}") from error
    if not isinstance(data, dict):
        raise BadLine("a line is one JSON object")
    unknown = sorted(set(data) - FIELDS)
    if unknown:
        raise BadLine(f"unknown field {unknown[0]!r}")
    for name in FIELDS - {"files"}:
        if not isinstance(data.get(name, ""), str):
            raise BadLine(f"{name!r} is text")
        if name in data:  # a lone surrogate can be neither stored nor written
            data[name] = data[name].encode("utf-8", "replace").decode("utf-8")
    if not data.get("id") or not data.get("user"):
        raise BadLine("'id' and 'user' are needed")
    if "text" not in data and "press" not in data:
        raise BadLine("'text' or 'press' is needed")
    return _request(data)


def _request(data: dict[str, Any]) -> Request:
    files = data.get("files", [])
    if not isinstance(files, list) or not all(isinstance(f, str) for f in files):
        raise BadLine("'files' is a list of paths")
    return Request(
        id=data["id"],
        user=data["user"],
        platform="stdio",
        text=data.get("text", ""),
        press=data.get("press", ""),
        chat=data.get("chat", ""),
        name=data.get("name", ""),
        locale=data.get("lang", ""),
        files=tuple(map(Path, files)),
        scripted=True,
    )


def to_dict(request_id: str | None, reply: Reply) -> dict[str, Any]:
    """Describe a reply for machines; `text` is Markdown."""
    progress = next((b.fraction for b in reply.of(Progress)), None)
    return {
        "id": request_id,
        "key": reply.key,
        "text": rendering.markdown(reply),
        "lang": reply.lang,
        "refused": reply.refused,
        "sources": [{"id": s.id, "title": s.title} for b in reply.of(Sources) for s in b.items],
        "choices": [_choice(c) for c in rendering.choices(reply)],
        "figures": [{"path": str(f.light), "mime": f.mime, "alt": f.alt} for f in rendering.figures(reply)],
        "progress": progress,
        "data": dict(reply.data),
    }


def _choice(choice: Choice) -> dict[str, str]:
    """Describe a choice; with a `prompt`, its press wants typed `text` too."""
    return {"id": choice.id, "label": choice.label} | ({"prompt": choice.prompt} if choice.prompt else {})


@dataclass(frozen=True, slots=True)
class StdioSurface:
    """Writes the replies to one request."""

    request_id: str
    write: Callable[[dict[str, Any]], None]
    impatient: bool = False

    async def working(self) -> None:
        """Need not be shown."""

    async def send(self, reply: Reply) -> object:
        """Write a line."""
        self.write(to_dict(self.request_id, reply))
        return reply.key

    async def edit(self, handle: object, reply: Reply) -> None:
        """Write a line with the same key: it replaces the earlier one."""
        self.write(to_dict(self.request_id, reply))

    def spot(self, handle: object) -> str:
        """Give none: what was written stays."""
        return ""

    async def done(self) -> None:
        """Write the final line."""
        self.write({"id": self.request_id, "final": True})


class Stdio:
    """The front-end for machines. Requests of different users run side by side."""

    name = "stdio"

    def __init__(self, source: TextIO | None = None, sink: TextIO | None = None) -> None:
        """Use the process's streams unless given others."""
        self._source, self._sink = source or sys.stdin, sink or sys.stdout
        self._last: dict[str, asyncio.Task[None]] = {}
        self._running: set[asyncio.Task[None]] = set()  # all: a /stop overtakes, and what it overtook still ends

    async def run(self, dispatch: Dispatch) -> None:
        """Read lines until the input ends, then finish what runs."""
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, self._source.buffer.readline, LONGEST_LINE):
            if not line.endswith(b"\n") and len(line) == LONGEST_LINE:
                await loop.run_in_executor(None, self._skip_line)
                self._error("the line is too long")
            elif line.strip():
                self._take(line.decode("utf-8", "replace"), dispatch)
        await asyncio.gather(*self._running, return_exceptions=True)

    async def push(self, user: str, reply: Reply) -> None:
        """Write what the tutor says by itself: a line without an id, for a user."""
        self._write({**to_dict(None, reply), "user": user})

    def _skip_line(self) -> None:
        while (rest := self._source.buffer.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass

    def _take(self, line: str, dispatch: Dispatch) -> None:
        try:
            request = to_request(line)
        except BadLine as error:
            self._error(str(error))
            return
        earlier = self._last.get(request.user)
        if request.text.strip().lower() in ("/parar", "/stop") or pressing.stops(request.press):
            earlier = None
        task = asyncio.create_task(self._after(earlier, request, dispatch))
        self._last[request.user] = task
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        task.add_done_callback(lambda t: self._last.pop(request.user) if self._last.get(request.user) is t else None)

    async def _after(self, earlier: asyncio.Task[None] | None, request: Request, dispatch: Dispatch) -> None:
        """Keep one user's requests in the order of their lines."""
        if earlier:
            await asyncio.wait([earlier])
        await dispatch(request, StdioSurface(request.id, self._write))

    def _error(self, problem: str) -> None:
        self._write({"id": None, "error": problem, "final": True})

    def _write(self, data: dict[str, Any]) -> None:
        self._sink.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8") + "\n")
        self._sink.flush()
