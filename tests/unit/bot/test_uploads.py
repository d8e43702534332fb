"""Learners' files: bounded, and gone after the request."""

import asyncio
from functools import partial
from pathlib import Path

import pytest

from bot.uploads import MB, Attached, taken
from handlers.messages import Request

REQUEST = Request("1", "ana", "shell")


async def save(data: bytes, path: Path) -> None:
    await asyncio.to_thread(path.write_bytes, data)


def sent(data: bytes, size: int | None = None) -> Attached:
    return Attached(len(data) if size is None else size, partial(save, data))


async def test_a_file_is_there_during_the_request_and_gone_after_it() -> None:
    with pytest.raises(ZeroDivisionError):
        async with taken(REQUEST, [sent(b"abc")], 1) as request:
            [path] = request.files
            assert path.read_bytes() == b"abc"
            raise ZeroDivisionError
    assert not path.exists() and not path.parent.exists()


async def test_a_file_too_big_is_named_and_not_fetched() -> None:
    async with taken(REQUEST, [sent(b"abc", MB + 1)], 1) as request:
        assert len(request.files) == 1 and not request.files[0].exists()


async def test_of_many_files_a_few_are_taken() -> None:
    async with taken(REQUEST, [sent(b"a")] * 9, 1) as request:
        assert len(request.files) == 2


async def test_without_files_the_request_stays_as_it_is() -> None:
    async with taken(REQUEST, [], 1) as request:
        assert request is REQUEST
