"""The contract of a platform: how replies reach a learner, and how a platform runs."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from handlers.messages import Reply, Request


class Surface(Protocol):
    """Where the replies to one request go."""

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

    async def done(self) -> None:
        """Say that nothing more comes for this request."""
        ...


Dispatch = Callable[[Request, Surface], Awaitable[None]]


class Platform(Protocol):
    """One place where learners are."""

    name: str

    async def run(self, dispatch: Dispatch) -> None:
        """Take requests and dispatch them until the platform ends."""
        ...
