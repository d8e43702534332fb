"""Where the pictures of runs lie: files that platforms read when they show them."""

import asyncio
import shutil
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from handlers.messages import Figure
from knowledge.passages import Lang
from models.engine.protocol import Picture

KEPT = 24 * 3600.0  # seconds; long enough for whoever reads a path, and for an edit that waits its turn
SUFFIX = {"image/png": "png", "image/gif": "gif"}


class KeptPictures:
    """Implements `handlers.demos.ports.Pictures`: a folder a run."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        """Write nothing yet."""
        self._folder, self._clock, self._numbers = folder, clock, count(1)
        self._tidied = float("-inf")

    async def keep(self, run: str, picture: Picture, lang: Lang) -> Figure:
        """Write a picture down and show it in a reply."""
        name = f"{picture.name}-{next(self._numbers)}"
        light, dark = (self._folder / run / f"{name}.{theme}.{SUFFIX[picture.mime]}" for theme in ("light", "dark"))
        await asyncio.to_thread(self._write, {light: picture.light, dark: picture.dark})
        return Figure(light, dark, picture.alt[lang], picture.mime)

    def _write(self, files: dict[Path, bytes]) -> None:
        for path, data in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        if self._clock() - self._tidied > KEPT / 24:
            self._tidied = self._clock()
            self._tidy()

    def _tidy(self) -> None:
        """Remove old runs' folders."""
        for folder in self._folder.iterdir():
            if folder.is_dir() and folder.stat().st_mtime < self._clock() - KEPT:
                shutil.rmtree(folder, ignore_errors=True)
