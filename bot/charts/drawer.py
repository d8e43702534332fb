"""Keeps the pictures of learners' progress: drawn in a thread, written whole, removed after a day."""

import asyncio
import hashlib
import time
from collections.abc import Callable
from pathlib import Path

from handlers.messages import Figure
from handlers.ports import Texts
from handlers.study import Overview
from knowledge.passages import Lang
from models.kit.palette import THEMES, ThemeName

KEPT = 24 * 3600.0  # seconds that a picture stays on disk
NAMES: tuple[ThemeName, ...] = ("light", "dark")


class Drawer:
    """Implements `handlers.study.Charts`."""

    def __init__(self, texts: Texts, folder: Path) -> None:
        """Draw into a folder."""
        self._texts, self._folder = texts, folder

    async def progress(self, overview: Overview, alt: str, lang: Lang) -> Figure:
        """Draw a learner's progress, light and dark, in a thread."""
        light, dark = await asyncio.to_thread(self._both, overview, lang)
        return Figure(light, dark, alt)

    def _both(self, overview: Overview, lang: Lang) -> tuple[Path, Path]:
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(f"{overview}{lang}".encode()).hexdigest()[:24]
        light, dark = (self._write(self._folder / f"{name}.{theme}.png", overview, theme, lang) for theme in NAMES)
        return light, dark

    def _write(self, path: Path, overview: Overview, theme: ThemeName, lang: Lang) -> Path:
        """Write a picture, whole or not at all; one that is there already shows the same."""
        if not path.exists():
            from bot.charts.progress import picture  # Pillow takes 4 MB: many bots never draw

            half = path.with_suffix(".half")
            half.write_bytes(picture(overview, THEMES[theme], lang, self._texts).png())
            half.replace(path)
        return path

    def remove_old(self, clock: Callable[[], float] = time.time) -> None:
        """Remove pictures that nobody will fetch any more."""
        for path in self._folder.glob("*.png"):
            if path.stat().st_mtime < clock() - KEPT:
                path.unlink(missing_ok=True)
