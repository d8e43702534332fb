"""The contract of a platform: how replies reach a learner, how a platform runs, and what may go wrong.

PlatformError    the platform can't run; the message says why and what to do
└── BadToken     the platform doesn't know the token

SurfaceError     a reply can't be delivered; the message is one readable line
├── Gone         the chat or the message that was to be edited isn't there (any more)
├── Forbidden    the learner blocked the bot, the bot was put out, or a permission is missing
└── Unreachable  the platform didn't take it, after every retry that helps
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from handlers.messages import Reply, Request
from handlers.ports import Tools


class PlatformError(Exception):
    """The platform can't run. The message names no token."""


class BadToken(PlatformError):
    """The platform doesn't know the token."""


class SurfaceError(Exception):
    """A reply can't be delivered; nothing in the tutor is wrong. The message names no learner's text."""


class Gone(SurfaceError):
    """The chat or the message isn't there any more."""


class Forbidden(SurfaceError):
    """The platform doesn't let the bot write there."""


class Unreachable(SurfaceError):
    """The platform didn't take it, after every retry that helps."""


class Surface(Protocol):
    """Where the replies to one request go. `send`, `edit` and `done` may raise SurfaceError."""

    @property
    def impatient(self) -> bool:
        """A busy learner is told so after a moment; else the next request waits its turn."""
        ...

    async def working(self) -> None:
        """Show that the tutor is at it."""
        ...

    async def send(self, reply: Reply) -> object:
        """Deliver a reply; the handle returned edits it."""
        ...

    async def edit(self, handle: object, reply: Reply) -> None:
        """Replace an earlier reply."""
        ...

    def spot(self, handle: object) -> str:
        """Write down where a reply stands now, for a later process to amend it; "" where none could."""
        ...

    async def done(self) -> None:
        """Say that nothing more comes for this request; every edit is delivered when this returns."""
        ...


Dispatch = Callable[[Request, Surface], Awaitable[None]]


class Platform(Protocol):
    """One place where learners are."""

    name: str

    async def run(self, dispatch: Dispatch) -> None:
        """Take requests and dispatch them until the platform ends or this is cancelled. Raises PlatformError.

        Cancelled: it takes no more, and closes its connection after the requests that it dispatched have ended.
        It logs "<name>: connected as …" at INFO once requests really arrive.
        """
        ...


class Deliveries(Protocol):
    """Which updates were taken already."""

    async def first(self, platform: str, delivery: str) -> bool:
        """Tell whether this update is new, and remember it."""
        ...

    async def finish(self, platform: str, delivery: str) -> None:
        """Note that it was handled to its end: one that a crash cut off counts as new once more."""
        ...


class Polls(Protocol):
    """What a vote in a native poll means."""

    async def keep(self, platform: str, poll_id: str, choices: Sequence[str], chat: str) -> None:
        """Keep which choice each option presses, in order, and the chat of the poll."""
        ...

    async def choices(self, platform: str, poll_id: str) -> tuple[tuple[str, ...], str] | None:
        """Give the choices' ids and the chat; None for a poll that isn't ours."""
        ...


class Threads(Protocol):
    """The threads that the bot opened: there it answers without being mentioned."""

    async def open(self, platform: str, thread_id: str, learner: str) -> None:
        """Remember a thread, and for whom it is."""
        ...

    async def opened(self, platform: str, thread_id: str) -> bool:
        """Tell whether the bot opened this thread."""
        ...


@dataclass(frozen=True, slots=True)
class Ties:
    """What a chat platform is given beside `dispatch`."""

    tools: Tools
    deliveries: Deliveries
    polls: Polls
    threads: Threads
    data_dir: Path = Path("data")  # where small things of a platform's own may be kept
