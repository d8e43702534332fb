"""Places for runs: so many at once, so many waiting, first come, first served."""

import asyncio
from collections import deque

from models.engine.jobs import QueueFull


class Ticket:
    """A run's claim to a place."""

    def __init__(self) -> None:
        """Begin without one."""
        self.position = 0  # 0: it has its place; else how many turns away
        self._changed = asyncio.Event()

    def move(self, position: int) -> None:
        """Note that the line moved."""
        if position != self.position:
            self.position = position
            self._changed.set()

    async def moved(self) -> None:
        """Wait until the line moves."""
        await self._changed.wait()
        self._changed.clear()


class Places:
    """Gives places to tickets in their order."""

    def __init__(self, at_once: int, waiting: int) -> None:
        """Begin with all free."""
        self._free, self._most = at_once, waiting
        self._line: deque[Ticket] = deque()

    def take(self) -> Ticket:
        """Claim a place, now or in turn. Raises QueueFull."""
        ticket = Ticket()
        if self._free > 0 and not self._line:
            self._free -= 1
            return ticket
        if len(self._line) >= self._most:
            raise QueueFull
        self._line.append(ticket)
        ticket.position = len(self._line)
        return ticket

    def give_back(self, ticket: Ticket) -> None:
        """Give up the place, or the wait for it."""
        if ticket in self._line:
            self._line.remove(ticket)
        elif self._line:
            self._line.popleft().move(0)
        else:
            self._free += 1
        for i, other in enumerate(self._line, 1):
            other.move(i)
