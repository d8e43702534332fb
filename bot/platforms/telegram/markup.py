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

Stamp = tuple[int, int]  # when a file was written, in nanoseconds, and its size
UNKNOWN: Stamp = (0, 0)


def inline(rows: Rows) -> InlineKeyboardMarkup | None:
    """Give an inline keyboard, or none."""
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.label, callback_data=b.id) for b in row] for row in rows])


class Pictures:
    """Uploads each picture once: afterwards Telegram's own id of the file stands for it."""

    def __init__(self) -> None:
        """Begin with nothing uploaded."""
        self._files: dict[Path, tuple[Stamp, str]] = {}  # with Telegram's id of it; the last used one last

    async def file(self, path: Path, attach: bool = False) -> str | InputFile:
        """Give what to send for a file; inside a media object it is attached. Raises Refused where it can't be read."""
        written, known = self._files.pop(path, (UNKNOWN, ""))
        try:
            now, content = await asyncio.to_thread(_read, path, written if known else UNKNOWN)
        except OSError as error:
            raise Refused(f"telegram: {path.name} can't be read ({error.strerror})") from error
        self._files[path] = (now, known if content is None else "")
        if len(self._files) > KEPT:
            del self._files[next(iter(self._files))]
        return known if content is None else InputFile(content, filename=path.name, attach=attach)

    async def photo(self, picture: Picture) -> InputMediaPhoto:
        """Give a photo for an album."""
        return InputMediaPhoto(await self.file(picture.path, True), caption=picture.caption, parse_mode=ParseMode.HTML)

    async def media(self, picture: Picture) -> InputMediaPhoto | InputMediaAnimation:
        """Give a picture that takes the place of another."""
        if not picture.moving:
            return await self.photo(picture)
        file = await self.file(picture.path, True)
        return InputMediaAnimation(file, caption=picture.caption, parse_mode=ParseMode.HTML)

    def keep(self, picture: Picture, message: Message) -> None:
        """Remember Telegram's id of a picture that was sent."""
        file = message.animation if picture.moving else message.photo[-1] if message.photo else None
        if file and picture.path in self._files:
            self._files[picture.path] = (self._files[picture.path][0], file.file_id)

    def forget(self, picture: Picture) -> bool:
        """Forget Telegram's id of a picture; tells whether there was one."""
        return bool(self._files.pop(picture.path, (UNKNOWN, ""))[1])


def _read(path: Path, known: Stamp) -> tuple[Stamp, bytes | None]:
    """Give a file's stamp and what is in it; None where it is the one that is known."""
    state = path.stat()
    stamp = (state.st_mtime_ns, state.st_size)
    return stamp, None if stamp == known else path.read_bytes()
