"""Signs of life for containers: a file that is touched, a page that answers. Both off unless configured."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config import ConfigError, Health

if TYPE_CHECKING:
    from aiohttp import web

EVERY = 10.0  # seconds between two touches
Status = Callable[[], Mapping[str, str]]  # each platform: "running", or why not
RUNNING = "running"


def alive(status: Mapping[str, str]) -> bool:
    """Tell whether learners reach the tutor anywhere."""
    return RUNNING in status.values()


@asynccontextmanager
async def signs(settings: Health, status: Status) -> AsyncGenerator[None]:
    """Give the configured signs of life during the block. Raises ConfigError where they can't be given."""
    file = Path(settings.file) if settings.file else None
    if file:
        _begin(file)
    toucher = asyncio.create_task(_keep_touching(file, status)) if file else None
    try:
        async with _page(settings, status):
            yield
    finally:
        if toucher and file:
            toucher.cancel()
            await asyncio.gather(toucher, return_exceptions=True)
            _end(file)


def _begin(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    except OSError as error:
        raise ConfigError([f"health.file: {error}"]) from error


def _end(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)


async def _keep_touching(file: Path, status: Status) -> None:
    """Touch the file while learners are reached; one that can't be written to grows old: that is the sign."""
    while True:
        await asyncio.sleep(EVERY)
        _touch(file, status)


def _touch(file: Path, status: Status) -> None:
    with suppress(OSError):
        if alive(status()):
            file.touch()


@asynccontextmanager
async def _page(settings: Health, status: Status) -> AsyncGenerator[None]:
    if not settings.port:
        yield
        return
    from aiohttp import web

    async def healthz(_: web.Request) -> web.Response:
        states = dict(status())
        return web.json_response(states, status=200 if alive(states) else 503)

    server = web.Application()
    server.router.add_get("/healthz", healthz)
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await _listen(web.TCPSite(runner, settings.host, settings.port))
        yield
    finally:
        await runner.cleanup()


async def _listen(site: "web.TCPSite") -> None:
    try:
        await site.start()
    except OSError as error:
        raise ConfigError([f"health.port: {error.strerror or error}"]) from error
