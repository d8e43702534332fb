"""discord.py's own log lines, made readable: one line for what goes wrong between it and Discord."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import discord

from bot.platforms.discord import faults

SPEAKERS = ("discord.client", "discord.gateway", "discord.http", "discord.webhook.async_", "discord.state")
EXPECTED = (discord.ConnectionClosed, discord.GatewayNotFound, *faults.FAILURES)


@contextmanager
def readable_logs() -> Iterator[None]:
    """Write failures of the connection without a traceback, and no debug lines: those hold interactions' tokens."""
    root = logging.getLogger("discord")
    level = root.level
    root.setLevel(max(level, logging.INFO))
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody wants the bot to speak
    for name in SPEAKERS:
        logging.getLogger(name).addFilter(one_line)
    try:
        yield
    finally:
        root.setLevel(level)
        for name in SPEAKERS:
            logging.getLogger(name).removeFilter(one_line)


def one_line(record: logging.LogRecord) -> bool:
    """Turn the traceback of a failure that was to be expected into a few words."""
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, EXPECTED):
        record.msg, record.args = f"{record.getMessage()}: {faults.said(error)}", ()
        record.exc_info = record.exc_text = None
    return True
