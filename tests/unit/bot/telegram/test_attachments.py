"""What a Telegram message carries."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.error import TelegramError

from bot.platforms.telegram.attachments import attached
from tests.unit.bot.telegram.helpers import message

SIZES = [{"file_id": f"f{n}", "file_unique_id": f"u{n}", "width": n, "height": n, "file_size": n} for n in (90, 800)]
TABLE = {"file_id": "doc", "file_unique_id": "d", "file_size": 12, "file_name": "x.csv"}


class Files(Bot):
    """A bot whose files are in memory."""

    def __init__(self, error: TelegramError | None = None) -> None:
        super().__init__("1:x")
        self._error = error

    async def get_file(self, file_id: Any, **_: Any) -> Any:  # type: ignore[override]  # all that is asked
        if self._error:
            raise self._error
        return self.File(file_id)

    class File:
        def __init__(self, file_id: str) -> None:
            self.file_id = file_id

        async def download_to_drive(self, path: Path) -> None:
            await asyncio.to_thread(path.write_text, self.file_id)


@pytest.mark.parametrize(("sent", "size", "name"), [({"photo": SIZES}, 800, "f800"), ({"document": TABLE}, 12, "doc")])
async def test_a_picture_in_its_largest_size_or_a_document_is_fetched(
    tmp_path: Path, sent: dict[str, Any], size: int, name: str
) -> None:
    one = message(None, **sent)
    for part in (*(one.photo or ()), one.document):
        if part:
            part.set_bot(Files())
    [found] = attached(one)
    await found.save(tmp_path / "x")
    assert (found.size, (tmp_path / "x").read_text()) == (size, name)


async def test_a_file_that_telegram_does_not_give_is_not_there(tmp_path: Path) -> None:
    one = message(None, document=TABLE)
    assert one.document
    one.document.set_bot(Files(TelegramError("file is too big")))
    [found] = attached(one)
    await found.save(tmp_path / "x")
    assert not (tmp_path / "x").exists()


def test_a_message_of_words_carries_nothing() -> None:
    assert attached(message("oi")) == []
