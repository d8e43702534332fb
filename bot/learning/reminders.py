"""The task that reminds learners of what is due: claimed in the database before it is sent, so never sent twice."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncEngine

from bot.learning import calendar, reminding
from bot.learning.reminding import Past
from bot.platforms.base import SurfaceError
from bot.storage import reminders
from bot.storage.errors import StorageError
from bot.storage.reminders import Waiting

EVERY = 60.0  # seconds between two looks
log = logging.getLogger(__name__)


class Teller(Protocol):
    """Sends reminders."""

    def reaches(self, learner: str) -> bool:
        """Tell whether the learner's platform is connected."""
        ...

    async def remind(self, learner: str, due: int) -> None:
        """Tell a learner how many items are due. Raises SurfaceError."""
        ...


class Reminders:
    """Looks for learners whose time has come, and tells them."""

    def __init__(self, engine: AsyncEngine, teller: Teller, zone: str, clock: Callable[[], float] = time.time) -> None:
        """Keep the parts. `zone` is that of learners who set none."""
        self._engine, self._teller, self._zone, self._clock = engine, teller, zone, clock

    async def run(self) -> None:
        """Look again and again."""
        while True:
            try:
                await self.sweep()
            except StorageError as error:
                log.warning("reminders: %s; trying again", error)
            await asyncio.sleep(EVERY)

    async def sweep(self) -> int:
        """Remind everyone whose time has come; gives how many were."""
        now = self._clock()
        return sum([await self._remind(one, now) for one in await reminders.waiting(self._engine, now)])

    async def _remind(self, one: Waiting, now: float) -> bool:
        if not self._teller.reaches(one.learner):
            return False
        zone = one.preferences.zone or self._zone
        at = reminding.next_at(one.preferences, zone, one.past, now)
        if at is None or at > now:
            await reminders.postpone(self._engine, one.person, at)
            return False
        if not one.due:
            await reminders.postpone(self._engine, one.person, reminding.later(one.preferences, zone, one.past, now))
            return False
        past = Past((*one.past.reminders, now), one.past.answered)
        again = reminding.next_at(one.preferences, zone, past, now)
        if not await reminders.claim(self._engine, one, calendar.day(now, zone), now, again):
            return False
        return await self._told(one)

    async def _told(self, one: Waiting) -> bool:
        """Send it. What doesn't arrive isn't sent again: tomorrow is another day."""
        try:
            await self._teller.remind(one.learner, one.due)
        except SurfaceError as error:
            log.warning("a reminder wasn't delivered: %s", error)
            return False
        return True
