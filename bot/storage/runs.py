"""The runs of demos that learners asked for."""

import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import reading, writing
from bot.storage.tables import runs
from handlers.demos.ports import Run, Status
from knowledge.passages import Lang
from models.engine.protocol import Value

DAY = 24 * 3600.0
KEPT = 30 * DAY  # seconds that a run can be pressed
LONGEST_MEMORY = 4000  # characters
LARGEST_STATE = 4 * 1024 * 1024  # bytes
PRUNE_EVERY = 100  # runs between two looks for old ones


class StoredRuns:
    """Implements `handlers.demos.ports.Runs`."""

    def __init__(self, engine: AsyncEngine, clock: Callable[[], float] = time.time) -> None:
        """Use an open database. Each instance is one run of the program."""
        self._engine, self._clock, self._process = engine, clock, uuid4().hex
        self._added = 0

    async def add(self, learner: str, chat: str, demo: str, params: Mapping[str, Value], seed: int, lang: Lang) -> Run:
        """Keep a new run, and give it its id."""
        run = Run(secrets.token_hex(5), learner, chat, demo, dict(params), seed, lang)
        row = {
            "id": run.id, "learner": learner, "chat": chat, "demo": demo, "seed": seed, "language": lang,
            "params": json.dumps(run.params, ensure_ascii=False), "status": run.status, "guess": "", "memory": "",
            "spot": "", "at": self._clock(), "process": self._process,
        }  # fmt: skip
        async with writing(self._engine) as connection:
            if self._added % PRUNE_EVERY == 0:
                await connection.execute(sa.delete(runs).where(runs.c.at < self._clock() - KEPT))
            self._added += 1
            await connection.execute(sa.insert(runs).values(row))
        return run

    async def get(self, run: str) -> Run | None:
        """Give a run."""
        return await self._one(sa.select(runs).where(runs.c.id == run))

    async def begin(self, run: str, guess: str) -> bool:
        """Note that it runs, unless it did already; tells which."""
        fresh = (runs.c.id == run) & (runs.c.status == "asked")
        values = {"status": "running", "guess": guess, "began": self._clock(), "process": self._process}
        async with writing(self._engine) as connection:
            return (await connection.execute(sa.update(runs).where(fresh).values(values))).rowcount == 1

    async def stand(self, run: str, spot: str) -> None:
        """Note where its message stands."""
        await self._change(run, {"spot": spot})

    async def end(self, run: str, status: Status) -> None:
        """Note how it ended."""
        await self._change(run, {"status": status})

    async def keep(self, run: str, memory: str, state: bytes | None = None) -> None:
        """Keep what the next move needs; None leaves the trained network as it is."""
        values: dict[str, Any] = {"memory": memory[:LONGEST_MEMORY]}
        if state is not None:
            values["state"] = state if len(state) <= LARGEST_STATE else b""
        await self._change(run, values)

    async def state(self, run: str) -> bytes:
        """Give the trained network; b"" where there is none (any more)."""
        async with reading(self._engine) as connection:
            found: bytes | None = await connection.scalar(sa.select(runs.c.state).where(runs.c.id == run))
        return found or b""

    async def latest(self, learner: str, chat: str) -> Run | None:
        """Give a learner's last finished run in a chat."""
        mine = (runs.c.learner == learner) & (runs.c.chat == chat) & (runs.c.status == "done")
        return await self._one(sa.select(runs).where(mine).order_by(runs.c.at.desc()).limit(1))

    async def began_today(self, learner: str) -> int:
        """Count a learner's runs of the last 24 hours."""
        mine = (runs.c.learner == learner) & (runs.c.began > self._clock() - DAY)
        async with reading(self._engine) as connection:
            return await connection.scalar(sa.select(sa.func.count()).select_from(runs).where(mine)) or 0

    async def cut_off(self, platforms: Sequence[str]) -> list[Run]:
        """Give the runs on these platforms that an earlier run of the program left in the middle, once."""
        theirs = sa.or_(*(runs.c.learner.startswith(f"{name}:", autoescape=True) for name in platforms))
        left = (runs.c.status == "running") & (runs.c.process != self._process) & theirs
        async with writing(self._engine) as connection:
            rows = (await connection.execute(sa.select(runs).where(left))).all()
            found = [_run(row) for row in rows]
            await connection.execute(sa.update(runs).where(runs.c.id.in_([r.id for r in found])).values(status="cut"))
        return found

    async def _change(self, run: str, values: Mapping[str, Any]) -> None:
        async with writing(self._engine) as connection:
            await connection.execute(sa.update(runs).where(runs.c.id == run).values(values))

    async def _one(self, query: "sa.Select[Any]") -> Run | None:
        async with reading(self._engine) as connection:
            row = (await connection.execute(query)).first()
        return _run(row) if row else None


def _run(row: Any) -> Run:
    return Run(
        row.id, row.learner, row.chat, row.demo, json.loads(row.params), row.seed,
        "en" if row.language == "en" else "pt", row.status, row.guess, row.memory, row.spot,
    )  # fmt: skip
