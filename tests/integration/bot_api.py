"""Two ways to the small Telegram of the tests: over HTTP on loopback, and straight from python-telegram-bot's calls."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from aiohttp import web
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from tests.integration.bot_world import Dropped, Refusal, World


async def answer(world: World, method: str, values: dict[str, str], files: dict[str, bytes]) -> tuple[int, Any]:
    """Do a call; gives the status and the body. Raises Dropped."""
    try:
        return 200, {"ok": True, "result": await world.call(method, values, files)}
    except Refusal as refusal:
        return refusal.code, refusal.body


class InProcess(BaseRequest):
    """Answers calls without a network."""

    def __init__(self, world: World) -> None:
        self._world = world

    @property
    def read_timeout(self) -> float:
        return 5.0

    async def initialize(self) -> None:
        """Need not be done."""

    async def shutdown(self) -> None:
        """Need not be done."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        values = request_data.json_parameters if request_data else {}
        sent = (request_data.multipart_data if request_data else None) or {}
        files = {name: content[1] for name, content in sent.items()}
        try:
            code, body = await answer(self._world, url.rpartition("/")[2], values, files)
        except Dropped:
            raise NetworkError("dropped") from httpx.RemoteProtocolError("dropped")
        return code, json.dumps(body).encode()


@asynccontextmanager
async def served(world: World) -> AsyncIterator[str]:
    """Serve the Bot API on loopback; gives its address."""

    async def handle(request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != world.token:
            return web.json_response(Refusal(401, "Unauthorized").body, status=401)
        values, files = await _form(request)
        try:
            code, body = await answer(world, request.match_info["method"], values, files)
        except Dropped:
            assert request.transport
            request.transport.abort()
            return web.Response()
        return web.json_response(body, status=code)

    application = web.Application(client_max_size=2**25)
    application.router.add_route("*", "/bot{token}/{method}", handle)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        host, port = runner.addresses[0][:2]
        yield f"http://{host}:{port}"
    finally:
        await runner.cleanup()


async def _form(request: web.Request) -> tuple[dict[str, str], dict[str, bytes]]:
    values: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = value.file.read()
        else:
            values[name] = str(value)
    return values, files
