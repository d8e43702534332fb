"""What the client does with failures that nobody awaits, and what discord.py logs of them."""

import logging
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands

from bot.config import Discord
from bot.platforms.base import Ties
from bot.platforms.discord import faults
from bot.platforms.discord.client import Client
from bot.platforms.discord.custom_ids import Pressed, pressed
from bot.platforms.discord.logs import one_line, readable_logs
from handlers.ports import Tools

log = logging.getLogger("discord.client")


class Broken:
    """Fails with what a test gives it."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def pressed(self, interaction: object, pressed: object) -> None:
        raise self.error


@pytest.fixture
def client(tools: Tools) -> Client:
    async def dispatch(request: object, surface: object) -> None: ...

    nothing: Any = None
    return Client(Discord(), Ties(tools, nothing, nothing, nothing), dispatch)


async def test_a_lost_connection_is_one_line_and_a_mistake_of_ours_says_where(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for error in (aiohttp.ServerDisconnectedError(), KeyError("x")):
        client.desk = Broken(error)  # type: ignore[assignment]
        await client.pressed(None, Pressed("p:pt:x", "press"))  # type: ignore[arg-type]
    assert caplog.messages == [
        "discord: a button failed: ServerDisconnectedError",
        "discord: a button failed: KeyError",
    ]
    assert [bool(record.exc_info) for record in caplog.records] == [False, True]


async def test_a_failing_event_or_command_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise aiohttp.ServerDisconnectedError
    except aiohttp.ClientError:
        await client.on_error("on_message")
    command: Any = client.tree.get_command("ajuda")
    failed = app_commands.CommandInvokeError(command, OSError())
    failed.__cause__ = OSError()
    await client.tree.on_error(None, failed)  # type: ignore[arg-type]
    assert caplog.messages[0] == "discord: on_message failed: ServerDisconnectedError"
    assert caplog.messages[1] == "discord: a slash command failed: OSError"


def record_of(error: BaseException) -> logging.LogRecord:
    trouble = (type(error), error, None)
    return logging.LogRecord("x", logging.ERROR, "x", 1, "Reconnect in %.1f", (1.0,), trouble)


def test_discord_pys_traceback_of_a_lost_connection_becomes_words() -> None:
    record = record_of(OSError("secret address"))
    assert one_line(record) and record.getMessage() == "Reconnect in 1.0: OSError" and not record.exc_info


def test_other_tracebacks_stay() -> None:
    record = record_of(KeyError("x"))
    assert one_line(record) and record.exc_info


def test_debug_lines_are_left_out_while_the_bot_runs_and_the_logs_are_as_before_afterwards() -> None:
    with readable_logs():
        assert logging.getLogger("discord").level == logging.INFO and one_line in log.filters
    assert logging.getLogger("discord").level == logging.NOTSET and one_line not in log.filters


def test_a_failure_is_said_without_addresses() -> None:
    error = OSError("http://secret")
    assert faults.said(error) == "OSError"


def test_a_custom_id_that_is_not_ours_is_none() -> None:
    assert pressed("another bot's") is None and pressed("c:p:pt:x") == Pressed("p:pt:x", "press")


def test_the_intent_for_all_messages_is_asked_for_only_where_the_settings_say_so(tools: Tools) -> None:
    from bot.platforms.discord.client import intents

    assert intents(Discord(message_content=True)).message_content
    assert not intents(Discord()).message_content and isinstance(intents(Discord()), discord.Intents)
