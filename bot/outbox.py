"""What the tutor says by itself: to a learner, on the platform where they are, if it is connected."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from handlers.messages import Reply

Push = Callable[[str, Reply], Awaitable[None]]  # a platform's user, what they are told; raises SurfaceError


class Outbox:
    """The platforms that can be written to without being asked."""

    def __init__(self) -> None:
        """Begin with none."""
        self._pushes: dict[str, Push] = {}

    @contextmanager
    def serving(self, platform: object) -> Iterator[None]:
        """Write to a platform's learners while it runs, where it has `push(user, reply)`."""
        name, push = getattr(platform, "name", ""), getattr(platform, "push", None)
        if push:
            self._pushes[name] = push
        try:
            yield
        finally:
            self._pushes.pop(name, None)

    def reaches(self, learner: str) -> bool:
        """Tell whether a learner's platform is connected."""
        return learner.partition(":")[0] in self._pushes

    async def push(self, learner: str, reply: Reply) -> None:
        """Write to a learner. Raises SurfaceError, and KeyError where their platform isn't connected."""
        platform, _, user = learner.partition(":")
        await self._pushes[platform](user, reply)
