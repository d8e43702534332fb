"""Runs the bot on Discord until it is stopped."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.config import Discord as Settings
from bot.platforms.base import BadToken, Dispatch, PlatformError, Ties, Unreachable
from bot.platforms.discord import faults, looks, payloads, rights
from bot.platforms.discord.client import Client
from bot.platforms.discord.logs import readable_logs
from bot.platforms.discord.parts import Message
from bot.platforms.discord.requests import NAME
from handlers.messages import Reply

AUTHENTICATION_FAILED = 4004  # the gateway's close code for a bad token
FATAL = {4010: "sharding", 4011: "sharding", 4012: "API version", 4013: "intents"}  # no new try mends these
NONCE_BYTES = 12  # in hexadecimal below the 25 characters that Discord takes
EVENT = "discord.py: "  # how discord.py names its events' tasks begin
PAUSES = (1.0, 5.0, 15.0, 60.0)  # seconds between two tries to connect; the last again and again
log = logging.getLogger(__name__)


class DiscordPlatform:
    """The bot on Discord."""

    name = NAME

    def __init__(
        self, settings: Settings, token: str, ties: Ties, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        """Keep what is needed; nothing is connected yet."""
        self._settings, self._token, self._ties, self._sleep = settings, token, ties, sleep
        self._client: Client | None = None

    async def run(self, dispatch: Dispatch) -> None:
        """Answer until cancelled; connect again as often as needed. Raises PlatformError."""
        failures = 0
        with addresses(self._settings), readable_logs():
            while True:
                client = self._client = Client(self._settings, self._ties, dispatch)
                problem = await self._connected(client)
                failures = 0 if client.was_ready else failures
                pause = PAUSES[min(failures, len(PAUSES) - 1)]
                log.warning("discord: not connected: %s; again in %g s", problem, pause)
                await self._sleep(pause)
                failures += 1

    async def push(self, user: str, reply: Reply) -> None:
        """Write to a user in private, without being asked. Raises SurfaceError."""
        if self._client is None or not self._client.is_ready():
            raise Unreachable("discord: not connected")
        try:
            person = await self._client.fetch_user(int(user))
            for message in looks.messages(reply):
                await faults.tried(partial(_send, person, message, secrets.token_hex(NONCE_BYTES)))
        except faults.FAILURES as error:
            raise faults.surface_error(error) from error

    async def amend(self, spot: str, reply: Reply) -> None:
        """Turn a message that an earlier process left into a reply of one message. Raises SurfaceError."""
        if self._client is None or not self._client.is_ready():
            raise Unreachable("discord: not connected")
        channel, message = map(int, spot.split(":"))
        drawn = rights.for_channel(self._client.get_channel(channel)).look(self._ties.tools.texts, reply)[0]
        shown = self._client.get_partial_messageable(channel).get_partial_message(message)
        try:
            await faults.tried(lambda: shown.edit(**payloads.editing(drawn)))
        except faults.FAILURES as error:
            raise faults.surface_error(error) from error

    async def _connected(self, client: Client) -> str:
        """Stay connected as long as it goes well; gives what went wrong. Raises PlatformError."""
        try:
            await client.start(self._token)
        except discord.LoginFailure as error:
            raise BadToken(_REJECTED) from error
        except discord.PrivilegedIntentsRequired as error:
            raise PlatformError(_NO_INTENT) from error
        except discord.ConnectionClosed as error:
            _raise_if_fatal(error)
            return faults.said(error)
        except (discord.GatewayNotFound, *faults.FAILURES) as error:
            return faults.said(error)
        finally:
            await client.desk.drain()
            await client.close()
            await _end_events()
        return "closed"


async def _end_events() -> None:
    """End the events still under way: discord.py lets go of their tasks, which would hang without a connection."""
    events = [task for task in asyncio.all_tasks() if task.get_name().startswith(EVENT)]
    for task in events:
        task.cancel()
    await asyncio.gather(*events, return_exceptions=True)


async def _send(person: discord.User, message: Message, nonce: str) -> None:
    """Send a message, once however often it is tried; its files are read anew for each try."""
    await person.send(**payloads.sending(message), nonce=nonce)


_REJECTED = (
    "Discord doesn't know this token: get a new one at https://discord.com/developers/applications (Bot, Reset Token)"
)
_NO_INTENT = (
    "discord.message_content is on, but the application may not have this intent: switch on Message Content Intent at "
    "https://discord.com/developers/applications (Bot), or set discord.message_content = false"
)


def _raise_if_fatal(error: discord.ConnectionClosed) -> None:
    if error.code == AUTHENTICATION_FAILED:
        raise BadToken(_REJECTED) from error
    if error.code in FATAL:
        raise PlatformError(f"Discord's gateway refuses the connection ({error.code}, {FATAL[error.code]})") from error


@contextmanager
def addresses(settings: Settings) -> Iterator[None]:
    """Let discord.py call other addresses where the settings name them; it keeps them in classes, not in a client."""
    kept = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    if settings.api_url:
        Route.BASE = settings.api_url.rstrip("/")
    if settings.gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway_url)
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = kept
