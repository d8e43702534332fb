"""Whose token it is, asked of a real server on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.config import Discord, Settings, Telegram
from bot.whoami import Rejected, Unreachable, whoami

TOKEN = "123456:AAH-abc_def"


@asynccontextmanager
async def server(status: int, body: str, seen: list[tuple[str, str]] | None = None) -> AsyncIterator[Settings]:
    """Serve one answer to everything; gives settings that point both platforms there."""

    async def answer(request: web.Request) -> web.Response:
        if seen is not None:
            seen.append((request.raw_path, request.headers.get("Authorization", "")))
        return web.Response(status=status, text=body, content_type="application/json")

    application = web.Application()
    application.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield Settings(discord=Discord(api_url=f"{base}/api/v10/"), telegram=Telegram(base_url=base))
    await runner.cleanup()


async def test_discord_is_asked_with_the_token_in_a_header() -> None:
    seen: list[tuple[str, str]] = []
    async with server(200, '{"id": "1", "username": "sinapse"}', seen) as settings:
        assert await whoami("discord", "x.y", settings) == "sinapse"
    assert seen == [("/api/v10/users/@me", "Bot x.y")]


async def test_telegram_is_asked_with_the_token_in_the_address() -> None:
    seen: list[tuple[str, str]] = []
    async with server(200, '{"ok": true, "result": {"id": 1, "username": "sinapse_bot"}}', seen) as settings:
        assert await whoami("telegram", TOKEN, settings) == "sinapse_bot"
    assert seen == [(f"/bot{TOKEN}/getMe", "")]


@pytest.mark.parametrize(("name", "status"), [("discord", 401), ("telegram", 401), ("telegram", 404)])
async def test_an_unknown_token_is_rejected(name: str, status: int) -> None:
    async with server(status, "{}") as settings:
        with pytest.raises(Rejected):
            await whoami(name, TOKEN, settings)


@pytest.mark.parametrize("token", ["two words", "new\nline", "ção"])
async def test_what_cannot_be_a_token_is_rejected_unasked(token: str) -> None:
    with pytest.raises(Rejected):
        await whoami("discord", token, Settings())


@pytest.mark.parametrize(("status", "body"), [(502, ""), (404, ""), (200, "<html>"), (200, "[1]"), (200, '{"a": 1}')])
async def test_a_server_that_does_not_say_is_named_without_the_token(status: int, body: str) -> None:
    async with server(status, body) as settings:
        with pytest.raises(Unreachable, match=r"127\.0\.0\.1") as found:
            await whoami("discord", TOKEN, settings)
    assert "AAH" not in str(found.value)


async def test_a_server_that_is_not_there_is_unreachable(unused_tcp_port: int) -> None:
    settings = Settings(telegram=Telegram(base_url=f"http://127.0.0.1:{unused_tcp_port}"))
    with pytest.raises(Unreachable, match=f"{unused_tcp_port}: ClientConnectorError") as found:
        await whoami("telegram", TOKEN, settings)
    assert "AAH" not in str(found.value)
