"""Ask a platform whose token this is: plain HTTP, no SDK."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from bot.config import Settings

DISCORD = "https://discord.com/api/v10"
TELEGRAM = "https://api.telegram.org"
PATIENCE = 10.0  # seconds until a platform counts as unreachable


class Rejected(Exception):
    """The platform doesn't know the token."""


class Unreachable(Exception):
    """The platform didn't say; the message says why, without the token."""


@dataclass(frozen=True, slots=True)
class _Call:
    base: str
    path: str
    headers: dict[str, str]
    rejected: tuple[int, ...]  # what it answers to an unknown token


async def whoami(name: str, token: str, settings: Settings) -> str:
    """Give the bot's name on a platform. Raises Rejected and Unreachable."""
    if not token.isascii() or not token.isprintable() or " " in token:
        raise Rejected
    call = _discord(token, settings) if name == "discord" else _telegram(token, settings)
    account = await _get(call)
    inner = account.get("result", account)
    username = inner.get("username") if isinstance(inner, dict) else None
    if not isinstance(username, str):
        raise Unreachable(f"{call.base} answers, but not as {name} does")
    return username


def _discord(token: str, settings: Settings) -> _Call:
    base = settings.discord.api_url.rstrip("/") or DISCORD
    return _Call(base, "/users/@me", {"Authorization": f"Bot {token}"}, (401,))


def _telegram(token: str, settings: Settings) -> _Call:
    base = settings.telegram.base_url.rstrip("/") or TELEGRAM
    return _Call(base, f"/bot{quote(token, safe=':')}/getMe", {}, (401, 404))


async def _get(call: _Call) -> dict[str, Any]:
    import aiohttp

    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout, trust_env=True) as session,
            session.get(call.base + call.path, headers=call.headers) as response,
        ):
            if response.status in call.rejected:
                raise Rejected
            if response.status != 200:
                raise Unreachable(f"{call.base} answers {response.status}")
            found = json.loads(await response.text())
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        raise Unreachable(
            f"{call.base}: {type(error).__name__}"
        ) from None  # its text may hold the address, token and all
    return found if isinstance(found, dict) else {}
