"""Files that learners send: a few, of bounded size, in a folder that is gone when the request is over."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handlers.messages import Request

MOST = 2  # files of one message that are looked at
MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attached:
    """A file at a platform: its size in bytes, and what writes it down. `save` raises nothing of the platform's."""

    size: int
    save: Callable[[Path], Awaitable[None]]


@asynccontextmanager
async def taken(request: Request, attached: Sequence[Attached], most: int) -> AsyncGenerator[Request]:
    """Give a request with its files, of at most `most` MB each; one that is too big is named, and isn't there."""
    if not attached:
        yield request
        return
    with TemporaryDirectory(prefix="sinapse-") as folder:
        paths = [Path(folder) / str(n) for n in range(min(len(attached), MOST))]
        for path, one in zip(paths, attached, strict=False):
            if one.size <= most * MB:
                await one.save(path)
        yield replace(request, files=tuple(paths))
