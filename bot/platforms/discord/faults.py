"""Discord's failures -> the platform's words for them; tries again where that helps.

discord.py itself waits out rate limits and repeats what failed with 500, 502, 504 or a reset connection.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

import aiohttp
import discord

from bot.platforms import base

log = logging.getLogger(__name__)
T = TypeVar("T")
Act = Callable[[], Awaitable[T]]
Sleep = Callable[[float], Awaitable[None]]

UNKNOWN_MESSAGE = 10008
UNKNOWN_INTERACTION = 10062  # it was acknowledged too late, or its token is over
UNKNOWN_WEBHOOK = 10015
ACKNOWLEDGED = 40060
INVALID_TOKEN = 50027  # an interaction's, after its 15 minutes
NO_HISTORY = 160002  # no right to refer to an earlier message
THREAD_EXISTS = 160004
EXPIRED = (UNKNOWN_INTERACTION, UNKNOWN_WEBHOOK, INVALID_TOKEN)
PAUSES = (0.5, 2.0, 5.0, 10.0)  # seconds before each new try
TOO_MANY = 429
NETWORK = (aiohttp.ClientError, OSError, asyncio.TimeoutError)
FAILURES = (discord.HTTPException, *NETWORK)


async def tried(act: Act[T], sleep: Sleep = asyncio.sleep) -> T:
    """Do it; again after a pause where the network, the server or a limit was in the way. Raises what stays."""
    for pause in PAUSES:
        try:
            return await act()
        except FAILURES as error:
            wait = _pause(error, pause)
            if wait is None:
                raise
            log.warning("discord: %s; again in %g s", said(error), wait)
            await sleep(wait)
    return await act()


def _pause(error: Exception, pause: float) -> float | None:
    """Tell how long to wait before a new try; None where it doesn't help."""
    if isinstance(error, discord.HTTPException):
        if error.status == TOO_MANY:  # of a proxy or a server that discord.py doesn't take for Discord's
            return retry_after(error) or pause
        return pause if error.status >= 500 else None
    return pause


def retry_after(error: discord.HTTPException) -> float:
    """Read how long the server wants a pause; 0 where it doesn't say."""
    try:
        return float(error.response.headers.get("Retry-After", 0))
    except ValueError:
        return 0.0


def surface_error(error: Exception) -> base.SurfaceError:
    """Put a failure into the words that every platform shares."""
    if isinstance(error, discord.NotFound):
        return base.Gone(f"discord: {said(error)}")
    if isinstance(error, discord.Forbidden):
        return base.Forbidden(f"discord: {said(error)}")
    return base.Unreachable(f"discord: {said(error)}")


def said(error: BaseException) -> str:
    """Describe a failure in one line, without tokens or addresses."""
    if isinstance(error, discord.HTTPException):
        text = " ".join((error.text or "").split())[:200]
        return f"HTTP {error.status}, code {error.code}{': ' if text else ''}{text}"
    if isinstance(error, discord.ConnectionClosed):
        return f"the gateway closed the connection ({error.code})"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection to {error.host}"
    return f"{type(error).__name__}"
