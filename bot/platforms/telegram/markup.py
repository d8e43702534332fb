"""Rows and pictures as the SDK wants them."""

import asyncio
from pathlib import Path

from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputFile,
    InputMediaAnimation,
    InputMediaPhoto,
    LinkPreviewOptions,
    Message,
)
from telegram.constants import ParseMode

from bot.platforms.telegram.faults import Refused
from bot.platforms.telegram.parts import Picture, Rows

KEPT = 500  # pictures that Telegram has already
PLAIN_LINKS = LinkPreviewOptions(is_disabled=True)  # a preview would push the answer out of sight


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """Give an inline keyboard, or none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.id) for b in row] for row in rows])


class Pictures:
    """Uploads each picture once: afterwards Telegram's own id of the file stands for it."""

    def __init__(self) -> None:
        """Begin with nothing uploaded."""
        self._ids: dict[tuple[Path, int], str] = {}  # by file and when it was written; the last used one last

    async def file(self, path: Path, attach: bool = False) -> str | InputFile:
        """Give what to send for a file; inside a media object it is attached. Raises Refused where it can't be read."""
        try:
            written = await asyncio.to_thread(_written, path)
            known = self._ids.pop((path, written), None)
            if known:
                self._ids[path, written] = known
                return known
            return InputFile(await asyncio.to_thread(path.read_bytes), filename=path.name, attach=attach)
        except OSError as error:
            raise Refused(f"telegram: {path.name} can't be read ({error.strerror})") from error

    async def photo(self, picture: Picture) -> InputMediaPhoto:
        """Give a photo for an album."""
        return InputMediaPhoto(await self.file(picture.path, True), caption=picture.caption, parse_mode=ParseMode.HTML)

    async def media(self, picture: Picture) -> InputMediaPhoto | InputMediaAnimation:
        """Give a picture that takes the place of another."""
        if not picture.moving:
            return await self.photo(picture)
        file = await self.file(picture.path, True)
        return InputMediaAnimation(file, caption=picture.caption, parse_mode=ParseMode.HTML)

    async def keep(self, picture: Picture, message: Message) -> None:
        """Remember Telegram's id of a picture that was sent."""
        file = message.animation if picture.moving else message.photo[-1] if message.photo else None
        if file is None:
            return
        self._ids[picture.path, await asyncio.to_thread(_written, picture.path)] = file.file_id
        if len(self._ids) > KEPT:
            del self._ids[next(iter(self._ids))]

    def forget(self, picture: Picture) -> bool:
        """Forget Telegram's ids of a picture; tells whether there was one."""
        stale = [key for key in self._ids if key[0] == picture.path]
        for key in stale:
            del self._ids[key]
        return bool(stale)


def _written(path: Path) -> int:
    return path.stat().st_mtime_ns
