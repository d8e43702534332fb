"""`python -m bot backup` and `python -m bot appeals`: what hosts and teachers do beside the running bot."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from bot.config import Settings
from bot.storage import sqlite
from bot.storage.database import open_database
from bot.storage.study import contested


def backup(settings: Settings, target: Path, out: TextIO) -> int:
    """Copy the database, also while the bot runs. Raises StorageError."""
    sqlite.copy(settings.data_dir / "sinapse.db", target)
    out.write(f"{target}: {target.stat().st_size:,} bytes\n")
    return 0


async def appeals(settings: Settings, out: TextIO) -> int:
    """List the answers that learners contest, the newest first, without saying whose they are."""
    engine = await open_database(settings.data_dir / "sinapse.db")
    try:
        for appeal in await contested(engine):
            at = datetime.fromtimestamp(appeal.at, UTC).strftime("%Y-%m-%d %H:%M")
            out.write(f"{at}  {appeal.item} (v{appeal.version})  {appeal.score:.0%}  {appeal.said!r}\n")
    finally:
        await engine.dispose()
    return 0
