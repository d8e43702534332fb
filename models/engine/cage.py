"""What a child process may use, set before it runs a demo."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType

from models.engine.jobs import Limits

NICE = 10  # demos give way to the chat
SPOKEN = 10_000  # characters that a demo may print; the rest is dropped
FILES = 128  # open at once
FILE_BYTES = 1024 * 1024  # that a file may be made to hold
GRACE = 2  # CPU seconds between the signal that says why and the one that kills
MB = 1024 * 1024


class Murmur(io.TextIOBase):
    """What is printed: passed on to the log until it is too much."""

    def __init__(self, sink: io.TextIOBase, limit: int = SPOKEN) -> None:
        """Begin with nothing said."""
        self._sink, self._left = sink, limit

    def write(self, text: str, /) -> int:
        """Pass on what there is room for."""
        said = text[: self._left]
        self._left -= len(said)
        self._sink.write(said)
        return len(text)

    def flush(self) -> None:
        """Pass it on now."""
        self._sink.flush()


def lower_priority() -> None:
    """Step behind the chat, once."""
    if hasattr(os, "nice") and os.nice(0) < NICE:
        os.nice(NICE - os.nice(0))


def shut(limits: Limits) -> None:
    """Bound this process: a group of its own, one thread, memory, CPU seconds, files, no children, little said."""
    with suppress(AttributeError, OSError):  # Windows has no sessions; a leader has one already
        os.setsid()
    _quiet()
    _one_thread()
    with suppress(ImportError):  # Windows
        import resource

        _limit(resource, limits)


def _quiet() -> None:
    """Let what is printed go to the log, and not without end."""
    os.dup2(2, 1)
    if isinstance(sys.stderr, io.TextIOBase):
        sys.stdout = sys.stderr = Murmur(sys.stderr)


def _one_thread() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"  # for a torch that is imported later
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


def _limit(resource: ModuleType, limits: Limits) -> None:
    seconds = int(limits.cpu) + 1
    wanted = {
        "RLIMIT_CORE": 0,
        "RLIMIT_CPU": seconds,
        "RLIMIT_FSIZE": FILE_BYTES,
        "RLIMIT_NOFILE": FILES,
        "RLIMIT_NPROC": 0,  # no process and no thread more; the superuser is let be
        "RLIMIT_DATA": data_bytes() + limits.memory * MB if data_bytes() else None,
    }
    for name, value in wanted.items():
        if value is not None and hasattr(resource, name):
            with suppress(ValueError, OSError):  # a lower limit is there already
                resource.setrlimit(getattr(resource, name), (value, value + (GRACE if name == "RLIMIT_CPU" else 0)))


def data_bytes() -> int:
    """Give the memory of this process's own that can be written to; 0 where that isn't told."""
    with suppress(OSError, ValueError, IndexError):
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[5])
        return pages * os.sysconf("SC_PAGE_SIZE")
    return 0
