"""What the platform remembers is bounded, and what it can't read is told."""

from pathlib import Path
from typing import cast

import pytest
from telegram import Message

from bot.platforms.telegram import answers, markup
from bot.platforms.telegram.answers import Answer, Answers
from bot.platforms.telegram.faults import Refused
from bot.platforms.telegram.html import is_web
from bot.platforms.telegram.markup import Pictures
from bot.platforms.telegram.parts import Picture
from bot.platforms.telegram.places import Place
from bot.platforms.telegram.sender import Sender
from tests.unit.bot.telegram.helpers import message

NOBODY = cast("Sender", None)


def test_only_the_last_answers_are_remembered() -> None:
    kept, first = Answers(), Place(7, message=1)
    kept.take(first, "oi")
    kept.keep(first, Answer(NOBODY, first))
    assert kept.repeats(first, "oi")
    for number in range(answers.KEPT):
        kept.take(Place(8, message=number), "oi")
    assert not kept.repeats(first, "oi") and not kept.take(first, "oi")


def test_an_answer_to_a_question_that_isn_t_remembered_isn_t_kept() -> None:
    kept, place = Answers(), Place(7, message=1)
    kept.keep(place, Answer(NOBODY, place))
    assert not kept.take(place, "oi")


def shown(path: Path) -> Message:
    return message(None, photo=[{"file_id": path.name, "file_unique_id": "u", "width": 1, "height": 1}])


async def test_only_the_last_pictures_are_remembered(tmp_path: Path) -> None:
    pictures = Pictures()
    for number in range(markup.KEPT + 1):
        path = tmp_path / f"{number}.png"
        path.write_bytes(b"\x89PNG")
        await pictures.file(path)
        pictures.keep(Picture(path), shown(path))
    assert await pictures.file(path) == path.name
    assert not isinstance(await pictures.file(tmp_path / "0.png"), str)


async def test_a_picture_that_was_drawn_anew_is_uploaded_anew(tmp_path: Path) -> None:
    pictures, path = Pictures(), tmp_path / "a.png"
    path.write_bytes(b"\x89PNG")
    await pictures.file(path)
    pictures.keep(Picture(path), shown(path))
    path.write_bytes(b"\x89PNG2")
    assert not isinstance(await pictures.file(path), str)


async def test_a_message_without_the_picture_teaches_nothing(tmp_path: Path) -> None:
    pictures = Pictures()
    pictures.keep(Picture(tmp_path / "a.png"), message("oi"))
    assert not pictures.forget(Picture(tmp_path / "a.png"))


async def test_a_picture_that_can_t_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"a\.png can't be read"):
        await Pictures().file(tmp_path / "a.png")


@pytest.mark.parametrize(("url", "web"), [("https://x.org", True), ("http://[::1", False), ("tg://user?id=1", False)])
def test_only_addresses_on_the_web_are_linked(url: str, web: bool) -> None:
    assert is_web(url) is web
