"""FSRS parameters of learners' own, and the reviews that they are fitted to."""

import json
from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage.database import reading, writing
from bot.storage.tables import answers, memories, people


def weights(text: str | None) -> list[float] | None:
    """Read a learner's own weights; None for the package's."""
    return json.loads(text)["weights"] if text else None


async def waiting(engine: AsyncEngine, enough: int, grown: float) -> list[int]:
    """Find the people with enough reviews, and enough more than at their last fit."""
    total = sa.func.sum(memories.c.reps)
    found = sa.select(people.c.id, people.c.parameters, total.label("reviews"))
    found = found.join(memories, memories.c.person == people.c.id).group_by(people.c.id).having(total >= enough)
    async with reading(engine) as connection:
        rows = (await connection.execute(found)).all()
    fitted = {row.id: json.loads(row.parameters)["reviews"] if row.parameters else 0 for row in rows}
    return [row.id for row in rows if row.reviews >= grown * fitted[row.id]]


async def reviews(engine: AsyncEngine, person: int) -> list[tuple[str, float, int]]:
    """Give a person's scheduled reviews: item, when, rating."""
    mine = (answers.c.person == person) & (answers.c.kind == "schedule")
    found = sa.select(answers.c.item, answers.c.at, answers.c.rating).where(mine).order_by(answers.c.at)
    async with reading(engine) as connection:
        return [(row.item, row.at, row.rating) for row in await connection.execute(found)]


async def keep(engine: AsyncEngine, person: int, count: int, fitted: Sequence[float]) -> None:
    """Keep the weights that were fitted to so many reviews."""
    text = json.dumps({"reviews": count, "weights": list(fitted)})
    async with writing(engine) as connection:
        await connection.execute(sa.update(people).where(people.c.id == person).values(parameters=text))
