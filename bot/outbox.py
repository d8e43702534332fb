"""What the tutor says by itself: to a learner, on the platform where they are, if it is connected."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from handlers.messages import Reply

Push = Callable[[str, Reply], Awaitable[None]]  # a platform's user, what they are told; raises SurfaceError
Amend = Callable[[str, Reply], Awaitable[None]]  # where a message stands, what it is from now on; raises SurfaceError


class Outbox:
    """The platforms that can be written to without being asked."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pushes: dict[str, Push] = {}
        self._amends: dict[str, Amend] = {}

    @contextmanager
    def serving(self, platform: object) -> Iterator[None]:
        """Write to a platform's learners while it runs, where it has `push(user, reply)` and `amend(spot, reply)`."""
        name, push, amend = getattr(platform, "name", ""), *(getattr(platform, n, None) for n in ("push", "amend"))
        if push:
            self._pushes[name] = push
        if amend:
            self._amends[name] = amend
        try:
            yield
        finally:
            self._pushes.pop(name, None)
            self._amends.pop(name, None)

    def reaches(self, learner: str) -> bool:
        """Tell whether a learner's platform is connected."""
        return learner.partition(":")[0] in self._pushes

    async def push(self, learner: str, reply: Reply) -> None:
        """Write to a learner. Raises SurfaceError, and KeyError where their platform isn't connected."""
        platform, _, user = learner.partition(":")
        await self._pushes[platform](user, reply)

    async def amend(self, learner: str, spot: str, reply: Reply) -> None:
        """Turn a message of an earlier process into this. Raises SurfaceError, and KeyError as `push` does."""
        await self._amends[learner.partition(":")[0]](spot, reply)
