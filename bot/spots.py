"""Where a run's message stands, written down: after a crash the next process can edit it."""

from bot.platforms.base import Surface
from handlers.demos.ports import Runs
from handlers.messages import Progress, Reply


class Spots:
    """Of the replies to one request."""

    def __init__(self, surface: Surface, runs: Runs) -> None:
        """Begin with none known."""
        self._surface, self._runs = surface, runs
        self._known: dict[str, str] = {}

    async def note(self, handle: object, reply: Reply) -> None:
        """Write down where the run that a reply shows stands, if that is new."""
        for run in (bar.run for bar in reply.of(Progress) if bar.run):
            spot = self._surface.spot(handle)
            if spot and self._known.get(run) != spot:
                await self._runs.stand(run, spot)
                self._known[run] = spot
