"""Signs of life for containers."""

import asyncio
import os
from itertools import count
from pathlib import Path

import aiohttp
import pytest

from bot import health
from bot.config import ConfigError, Health

UP, DOWN = {"discord": "running", "telegram": "bad token"}, {"telegram": "bad token"}


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def get(port: int) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}/healthz") as response:
        return response.status, await response.json()


async def test_off_by_default_nothing_is_written_or_served(tmp_path: Path) -> None:
    async with health.signs(Health(), lambda: UP):
        assert names(tmp_path) == []


@pytest.mark.parametrize(("states", "code"), [(UP, 200), (DOWN, 503)])
async def test_the_page_tells_each_platforms_state(states: dict[str, str], code: int, unused_tcp_port: int) -> None:
    async with health.signs(Health(port=unused_tcp_port), lambda: states):
        assert await get(unused_tcp_port) == (code, states)


async def test_the_page_is_gone_at_the_end(unused_tcp_port: int) -> None:
    async with health.signs(Health(port=unused_tcp_port), lambda: UP):
        pass
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(unused_tcp_port)


async def test_a_port_in_use_is_said_as_a_setting(unused_tcp_port: int) -> None:
    settings = Health(port=unused_tcp_port)
    async with health.signs(settings, lambda: UP):
        with pytest.raises(ConfigError, match=r"health\.port"):
            async with health.signs(settings, lambda: UP):
                pass


@pytest.mark.parametrize(("states", "touched"), [(UP, True), (DOWN, False)])
def test_the_file_is_touched_while_a_platform_runs(tmp_path: Path, states: dict[str, str], touched: bool) -> None:
    file = tmp_path / "alive"
    file.touch()
    os.utime(file, (0, 0))
    health._touch(file, lambda: states)
    assert (file.stat().st_mtime > 0) is touched


async def test_the_file_is_there_from_the_start_and_gone_at_the_end(tmp_path: Path) -> None:
    file = tmp_path / "run" / "alive"
    async with health.signs(Health(file=str(file)), lambda: UP):
        assert names(file.parent) == ["alive"]
    assert names(file.parent) == []


async def test_the_platforms_are_looked_at_again_and_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "EVERY", 0.0)
    looks, enough = count(1), asyncio.Event()

    def states() -> dict[str, str]:
        if next(looks) == 3:
            enough.set()
        return UP

    async with health.signs(Health(file=str(tmp_path / "alive")), states), asyncio.timeout(10):
        await enough.wait()


async def test_a_file_that_cannot_be_written_is_said_as_a_setting(tmp_path: Path) -> None:
    (tmp_path / "wall").touch()
    with pytest.raises(ConfigError, match=r"health\.file"):
        async with health.signs(Health(file=str(tmp_path / "wall" / "alive")), lambda: UP):
            pass
