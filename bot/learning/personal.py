"""FSRS parameters of a learner's own, once they have answered enough; off unless the host wants it."""

import asyncio
import json
import logging
import sys
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence

from fsrs import Scheduler
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.learning.optimal import NOT_INSTALLED
from bot.storage import parameters

EVERY = 24 * 3600.0  # seconds between two looks
GROWN = 1.5  # times as many reviews as at the last fit make a new one worth while
COMMAND = (sys.executable, "-m", f"{__package__}.optimal")
log = logging.getLogger(__name__)


class Personal:
    """Fits learners one after the other, each in a child process."""

    def __init__(self, engine: AsyncEngine, enough: int, command: Sequence[str] = COMMAND) -> None:
        """Keep the parts; `enough`: reviews from which a learner is fitted."""
        self._engine, self._enough, self._command = engine, enough, command

    async def run(self) -> None:
        """Look once a day, until it turns out that it can't be done here."""
        while await self.sweep():  # noqa: ASYNC110  # nothing tells it that learners have answered more
            await asyncio.sleep(EVERY)  # nothing tells it that learners have answered more

    async def sweep(self) -> bool:
        """Fit every learner who has enough new reviews; False where the optimizer isn't installed."""
        for person in await parameters.waiting(self._engine, self._enough, GROWN):
            reviews = await parameters.reviews(self._engine, person)
            code, out = await self._fit(json.dumps(reviews))
            if code == NOT_INSTALLED:
                log.warning("learning.personal needs the optimizer: pip install 'fsrs[optimizer]'")
                return False
            if code == 0 and (weights := _weights(out)):
                await parameters.keep(self._engine, person, len(reviews), weights)
            else:
                log.warning("a learner's parameters couldn't be fitted (exit code %d)", code)
        return True

    async def _fit(self, reviews: str) -> tuple[int, bytes]:
        child = await asyncio.create_subprocess_exec(*self._command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)
        try:
            out, _ = await child.communicate(reviews.encode())
        except asyncio.CancelledError:
            child.kill()
            await child.wait()
            raise
        return child.returncode or 0, out


def _weights(out: bytes) -> list[float]:
    """Read the weights; [] for what FSRS doesn't take."""
    try:
        weights = [float(weight) for weight in json.loads(out)]
        Scheduler(weights)
    except (ValueError, TypeError):
        return []
    return weights
