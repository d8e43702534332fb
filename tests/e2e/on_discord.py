"""The real process on Discord, as a host starts it."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from simcord.components import walk_components

from tests.discord_server import TOKEN, DiscordServer

SLOW = 60  # seconds: the first start prepares the knowledge base


@asynccontextmanager
async def bot(server: DiscordServer, data: Path, **environment: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start `python -m bot discord`; end it if the test didn't."""
    settings = {
        "DISCORD_TOKEN": TOKEN,
        "SINAPSE_DISCORD__API_URL": server.api_url,
        "SINAPSE_DISCORD__GATEWAY_URL": server.gateway_url,
        "SINAPSE_DATA_DIR": str(data),
        "SINAPSE_KNOWLEDGE__MODEL": "none",
        "SINAPSE_DEMOS__AT_ONCE": "2",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "discord", env=os.environ | settings | environment, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ended(process: asyncio.subprocess.Process) -> str:
    """Stop it as systemd does; gives the log."""
    process.send_signal(signal.SIGTERM)
    _, log = await asyncio.wait_for(process.communicate(), 20)
    return log.decode()


def title(message: Any) -> str:
    return str(message.embeds[0]["title"])


def text(message: Any) -> str:
    """Give what the cards of a message say."""
    return "\n".join(embed.get("description", "") for embed in message.embeds)


def labels(message: Any) -> list[str]:
    """List what can be pressed."""
    return [part["label"] for part in walk_components(message.components) if part.get("label")]
