"""Runs that the end of the last program left in the middle: their messages say so and offer them again.

Where a run's own message can't be edited any more, its learner gets a new one.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.outbox import Outbox
from bot.platforms.base import Forbidden, Gone, SurfaceError, Unreachable
from handlers.demos import pressing
from handlers.demos.ports import Run
from handlers.messages import Reply
from handlers.ports import Tools

PLATFORMS = ("discord", "telegram")  # that can be written to without being asked
TRIES, PAUSE = 60, 2.0  # looks whether a platform is connected by now, and seconds between them


class CutOff(Protocol):
    """Where the runs are."""

    async def cut_off(self, platforms: Sequence[str]) -> list[Run]:
        """Give the runs on these platforms that an earlier run of the program left in the middle, once."""
        ...


async def tell(
    runs: CutOff, tools: Tools, outbox: Outbox, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Tell each learner as soon as their platform is connected; only platforms of this process are asked about."""
    left: list[Run] = []
    asked: set[str] = set()
    for _ in range(TRIES):
        here = [name for name in PLATFORMS if name not in asked and outbox.reaches(f"{name}:")]
        if here:
            asked.update(here)
            left += await runs.cut_off(here)
        left = [run for run in left if not await _told(run, tools, outbox)]
        if len(asked) == len(PLATFORMS) and not left:
            return
        await sleep(PAUSE)


async def _told(run: Run, tools: Tools, outbox: Outbox) -> bool:
    """Write to one learner; tells whether that is settled."""
    if run.demo not in tools.training.runner.specs:
        return True
    reply = pressing.cut_off(f"cut.{run.id}", tools, run)
    try:
        if not await _amended(run, reply, outbox):
            await outbox.push(run.learner, reply)
    except (Gone, Forbidden):
        return True
    except (SurfaceError, KeyError):
        return False
    return True


async def _amended(run: Run, reply: Reply, outbox: Outbox) -> bool:
    """Let the run's own message say it; tells whether it could. Raises Unreachable, and KeyError."""
    if not run.spot:
        return False
    try:
        await outbox.amend(run.learner, run.spot, reply)
    except Unreachable:
        raise
    except SurfaceError:
        return False
    return True
