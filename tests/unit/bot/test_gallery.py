"""Where runs' pictures lie."""

import os
from pathlib import Path

from bot.gallery import KEPT, KeptPictures
from models.engine.protocol import Both, Picture
from tests.fakes import FakeClock

PICTURE = Picture(b"light", b"dark", Both("Uma curva.", "A curve."), "summary", "image/gif")


async def test_a_picture_is_a_file_a_theme_described_in_the_language(tmp_path: Path) -> None:
    figure = await KeptPictures(tmp_path / "runs").keep("abc", PICTURE, "en")
    assert (figure.light.read_bytes(), figure.dark.read_bytes()) == (b"light", b"dark")
    assert (figure.alt, figure.mime, figure.light.name) == ("A curve.", "image/gif", "summary-1.light.gif")


async def test_no_picture_takes_the_place_of_one_that_is_still_being_shown(tmp_path: Path) -> None:
    kept = KeptPictures(tmp_path)
    assert (await kept.keep("abc", PICTURE, "pt")).light != (await kept.keep("abc", PICTURE, "pt")).light


async def test_old_runs_pictures_are_removed(tmp_path: Path) -> None:
    clock = FakeClock()
    clock.now = 1e9
    old = await KeptPictures(tmp_path, clock).keep("old", PICTURE, "pt")
    (tmp_path / "note").write_text("no folder")
    os.utime(old.light.parent, (clock.now, clock.now))
    await clock.sleep(KEPT + 10)
    new = await KeptPictures(tmp_path, clock).keep("new", PICTURE, "pt")
    assert not old.light.exists() and new.light.exists()
