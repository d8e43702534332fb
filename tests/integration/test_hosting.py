"""Chat platforms side by side, until a signal."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import aiohttp
import pytest

from bot import hosting
from bot.app import bootstrap
from bot.config import ConfigError, Health, KnowledgeSettings, Settings
from bot.hosting import host, make
from bot.platforms.base import BadToken, Dispatch, PlatformError, Ties
from handlers.messages import Request
from tests.fakes import RecordingSurface

Behave = Callable[[Dispatch], Awaitable[None]]
TOKENS = {"discord": "d-token", "telegram": "t-token"}


class ScriptedPlatform:
    """A platform that behaves as a test wrote down."""

    def __init__(self, name: str, behave: Behave) -> None:
        self.name, self._behave = name, behave

    async def run(self, dispatch: Dispatch) -> None:
        await self._behave(dispatch)


def making(**behaviours: Behave) -> Callable[[str, Settings, str, Ties], ScriptedPlatform]:
    return lambda name, settings, token, ties: ScriptedPlatform(name, behaviours[name])


async def until_stopped(dispatch: Dispatch) -> None:
    """Run; at once the program is told to stop."""
    signal.raise_signal(signal.SIGTERM)
    await asyncio.Event().wait()


async def until_cancelled(dispatch: Dispatch) -> None:
    await asyncio.Event().wait()


def failing(error: Exception) -> Behave:
    async def behave(dispatch: Dispatch) -> None:
        raise error

    return behave


async def ending(dispatch: Dispatch) -> None:
    """End by itself, as no platform should."""


def signalled_later(number: int = signal.SIGTERM) -> Behave:
    """Send the signal once the other platforms have had their chance."""

    async def behave(dispatch: Dispatch) -> None:
        for _ in range(20):
            await asyncio.sleep(0)
        signal.raise_signal(number)
        await asyncio.Event().wait()

    return behave


def signalled_once_it_answers(number: int) -> Behave:
    """Send the signal when a question has been answered: nothing warms up any more."""

    async def behave(dispatch: Dispatch) -> None:
        await dispatch(Request("1", "ana", "telegram", "o que é uma gan?"), RecordingSurface())
        signal.raise_signal(number)
        await asyncio.Event().wait()

    return behave


@pytest.fixture
def settings(tmp_path: Path, small_lecture: Path, warm: Callable[[Path], Path]) -> Settings:
    table = KnowledgeSettings(model="none", folder=str(small_lecture), batch=8)
    return Settings(data_dir=warm(tmp_path / "data"), knowledge=table)


@pytest.fixture(autouse=True)
def _told(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_well(settings: Settings, caplog: pytest.LogCaptureFixture, number: int) -> None:
    make = making(discord=until_cancelled, telegram=signalled_once_it_answers(number))
    assert await host(settings, TOKENS, make) == 0
    assert "knowledge: 3 concepts, 4 passages" in caplog.messages
    assert caplog.messages[-2:] == ["stopping: discord, telegram", "goodbye · até logo"]


async def test_a_platform_with_a_bad_token_is_one_line_and_the_others_go_on(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    make = making(discord=failing(BadToken("the token isn't valid")), telegram=signalled_later())
    assert await host(settings, TOKENS, make) == 1
    assert "discord: ended: the token isn't valid" in caplog.messages
    assert "stopping: telegram" in caplog.messages and "Traceback" not in caplog.text


async def test_when_no_platform_is_left_it_ends_by_itself(settings: Settings) -> None:
    make = making(discord=failing(BadToken("no")), telegram=failing(PlatformError("no")))
    assert await host(settings, TOKENS, make) == 1


async def test_a_platform_that_ends_by_itself_is_a_failure(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert await host(settings, {"discord": "x"}, making(discord=ending)) == 1
    assert "discord: ended: by itself" in caplog.messages


async def test_a_platform_that_breaks_is_logged_with_its_traceback(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assert await host(settings, {"discord": "x"}, making(discord=failing(ZeroDivisionError()))) == 1
    assert "discord: ended: ZeroDivisionError" in caplog.messages and "Traceback" in caplog.text


async def test_a_platform_that_breaks_while_it_stops_is_a_failure_too(settings: Settings) -> None:
    async def breaking(dispatch: Dispatch) -> None:
        with suppress(asyncio.CancelledError):
            await until_stopped(dispatch)
        raise PlatformError("the session can't be closed")

    assert await host(settings, {"discord": "x"}, making(discord=breaking)) == 1


async def test_what_runs_is_finished_before_the_end(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    surface = RecordingSurface()
    monkeypatch.setattr(hosting, "GRACE", 60.0)  # on a busy machine the books take long to open
    monkeypatch.setattr(hosting, "END", 60.0)

    async def answering(dispatch: Dispatch) -> None:
        request = asyncio.create_task(dispatch(Request("1", "ana", "discord", "o que é uma gan?"), surface))
        await asyncio.sleep(0)
        with suppress(asyncio.CancelledError):
            await until_stopped(dispatch)
        await request

    assert await host(settings, {"discord": "x"}, making(discord=answering)) == 0
    assert "duas redes que competem" in surface.texts[0]


async def test_a_connection_that_does_not_close_is_left_behind(
    settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck, tasks = asyncio.Event(), list[asyncio.Task[object]]()

    async def hanging(dispatch: Dispatch) -> None:
        tasks.extend(t for t in [asyncio.current_task()] if t)
        with suppress(asyncio.CancelledError):
            await until_stopped(dispatch)
        await stuck.wait()

    monkeypatch.setattr(hosting, "END", 0.0)
    assert await host(settings, {"discord": "x"}, making(discord=hanging)) == 0
    assert "discord: its connection didn't close in time" in caplog.messages
    stuck.set()
    await asyncio.gather(*tasks)


async def test_a_second_signal_is_no_longer_held_back(settings: Settings) -> None:
    async def impatient(dispatch: Dispatch) -> None:
        with suppress(asyncio.CancelledError):
            await until_stopped(dispatch)
        handlers.append(signal.getsignal(signal.SIGTERM))

    handlers: list[object] = []
    await host(settings, {"discord": "x"}, making(discord=impatient))
    assert handlers == [signal.SIG_DFL]


async def test_the_health_page_shows_what_became_of_each_platform(settings: Settings, unused_tcp_port: int) -> None:
    seen: list[object] = []

    async def asking(dispatch: Dispatch) -> None:
        async with aiohttp.ClientSession() as session, session.get(page) as response:
            seen.append(await response.json())
        await until_stopped(dispatch)

    page = f"http://127.0.0.1:{unused_tcp_port}/healthz"
    watched = settings.model_copy(update={"health": Health(port=unused_tcp_port)})
    await host(watched, TOKENS, making(discord=failing(BadToken("bad token")), telegram=asking))
    assert seen == [{"discord": "bad token", "telegram": "running"}]


async def test_signs_of_life_that_cannot_be_given_stop_the_start(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "wall").touch()
    walled = settings.model_copy(update={"health": Health(file=str(tmp_path / "wall" / "alive"))})
    with pytest.raises(ConfigError):
        await host(walled, TOKENS, making())


@pytest.fixture
async def ties(settings: Settings) -> AsyncIterator[Ties]:
    tutor = await bootstrap(settings)
    yield tutor.ties
    await tutor.close()


def test_a_platform_whose_library_is_missing_says_what_to_do(
    settings: Settings, ties: Ties, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "bot.platforms.discord", None)
    with pytest.raises(PlatformError, match="make install"):
        make("discord", settings, "x", ties)


def test_a_platform_is_built_from_its_module_with_its_settings_and_token(
    settings: Settings, ties: Ties, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = SimpleNamespace(TelegramPlatform=lambda *parts: parts)
    monkeypatch.setitem(sys.modules, "bot.platforms.telegram", module)  # type: ignore[arg-type]
    assert make("telegram", settings, "t", ties) == (settings.telegram, "t", ties)  # type: ignore[comparison-overlap]
