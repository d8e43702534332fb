"""What the chat platforms must remember: updates taken, votes' meanings, threads opened."""

import json
import time
from collections.abc import Callable, Sequence
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import reading, writing
from bot.storage.direct import lane
from bot.storage.sqlite import insert
from bot.storage.tables import deliveries, polls, threads

KEPT = 3 * 24 * 3600.0  # seconds; Telegram repeats an update for a day, Discord for minutes
PRUNE_EVERY = 500  # updates between two looks for old ones
Clock = Callable[[], float]
# Made once: putting a statement together takes longer than SQLite needs to execute it.
_NEW = insert(deliveries)
_CLAIM = _NEW.on_conflict_do_update(
    ["platform", "delivery"],
    set_={"at": _NEW.excluded.at, "run": _NEW.excluded.run},
    where=sa.not_(deliveries.c.done) & (deliveries.c.run != _NEW.excluded.run),
).returning(deliveries.c.delivery)
_FINISH = (
    sa.update(deliveries)
    .where(deliveries.c.platform == sa.bindparam("of"), deliveries.c.delivery == sa.bindparam("this"))
    .values(done=True)
)


class StoredDeliveries:
    """Implements `bot.platforms.base.Deliveries`."""

    def __init__(self, engine: AsyncEngine, clock: Clock = time.time) -> None:
        """Use an open database. Each instance is one run of the program."""
        self._engine, self._clock = engine, clock
        self._run, self._taken = uuid4().hex, 0

    async def first(self, platform: str, delivery: str) -> bool:
        """Tell whether this update is new, and remember it; an earlier run's unfinished one is new once more."""
        mine = {"platform": platform, "delivery": delivery, "at": self._clock(), "run": self._run, "done": False}
        if self._taken % PRUNE_EVERY == 0:
            async with writing(self._engine) as connection:
                await connection.execute(sa.delete(deliveries).where(deliveries.c.at < self._clock() - KEPT))
        self._taken += 1
        return bool(await lane(self._engine).change(_CLAIM, mine))

    async def finish(self, platform: str, delivery: str) -> None:
        """Note that it was handled to its end."""
        await lane(self._engine).change(_FINISH, {"of": platform, "this": delivery, "done": True})


class StoredPolls:
    """Implements `bot.platforms.base.Polls`."""

    def __init__(self, engine: AsyncEngine, clock: Clock = time.time) -> None:
        """Use an open database."""
        self._engine, self._clock = engine, clock

    async def keep(self, platform: str, poll_id: str, choices: Sequence[str], chat: str) -> None:
        """Keep which choice each option presses, in order, and the chat of the poll."""
        values = {"choices": json.dumps(list(choices), ensure_ascii=False), "chat": chat, "at": self._clock()}
        statement = insert(polls).values(platform=platform, poll=poll_id, **values)
        async with writing(self._engine) as connection:
            await connection.execute(statement.on_conflict_do_update(["platform", "poll"], set_=values))

    async def choices(self, platform: str, poll_id: str) -> tuple[tuple[str, ...], str] | None:
        """Give the choices' ids and the chat; None for a poll that isn't ours."""
        this = (polls.c.platform == platform) & (polls.c.poll == poll_id)
        async with reading(self._engine) as connection:
            row = (await connection.execute(sa.select(polls.c.choices, polls.c.chat).where(this))).first()
        return (tuple(json.loads(row.choices)), row.chat) if row else None


class StoredThreads:
    """Implements `bot.platforms.base.Threads`."""

    def __init__(self, engine: AsyncEngine, clock: Clock = time.time) -> None:
        """Use an open database."""
        self._engine, self._clock = engine, clock

    async def open(self, platform: str, thread_id: str, learner: str) -> None:
        """Remember a thread, and for whom it is."""
        values = {"learner": learner, "at": self._clock()}
        statement = insert(threads).values(platform=platform, thread=thread_id, **values)
        async with writing(self._engine) as connection:
            await connection.execute(statement.on_conflict_do_update(["platform", "thread"], set_=values))

    async def opened(self, platform: str, thread_id: str) -> bool:
        """Tell whether the bot opened this thread."""
        this = (threads.c.platform == platform) & (threads.c.thread == thread_id)
        async with reading(self._engine) as connection:
            return bool(await connection.scalar(sa.select(sa.exists().where(this))))
