"""How the Telegram platform connects, notices trouble, and ends."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from bot.config import Telegram
from bot.platforms.base import BadToken, PlatformError
from bot.platforms.telegram import TelegramPlatform, building
from handlers.messages import Reply, Request, Text
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.integration.bot_world import TOKEN, Refusal
from tests.integration.telegram_rig import ANA, Rig, rig_in

UNAUTHORIZED = Refusal(401, "Unauthorized")


@pytest.fixture
def rig(tmp_path: Path, small_knowledge: Knowledge) -> Rig:
    return rig_in(tmp_path, small_knowledge)


@pytest.fixture
def port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        number: int = found.getsockname()[1]
        return number


def lines(caplog: pytest.LogCaptureFixture, level: str) -> list[str]:
    return [r.getMessage() for r in caplog.records if r.levelname == level and r.name.startswith("bot.")]


async def test_the_menu_speaks_each_language(rig: Rig) -> None:
    async with rig.bot():
        await rig.world.until(lambda: len(rig.world.commands) == 3)
    first = {language: commands[0]["command"] for language, commands in rig.world.commands.items()}
    assert first == {"": "perguntar", "pt": "perguntar", "en": "ask"}
    assert {"command": "stop", "description": "stop the answer in progress"} in rig.world.commands["en"]


async def test_a_bad_token_is_told_without_the_token(rig: Rig) -> None:
    rig.world.fail("getMe", UNAUTHORIZED)
    with pytest.raises(BadToken) as told:
        async with rig.bot():
            pass
    assert TOKEN not in str(told.value) and "@BotFather" in str(told.value)


@pytest.mark.parametrize("method", ["deleteWebhook", "getUpdates"])
async def test_a_token_that_is_revoked_ends_the_platform(rig: Rig, method: str) -> None:
    rig.world.fail(method, UNAUTHORIZED)
    with pytest.raises(BadToken):
        async with rig.bot():
            await rig.task


async def test_an_outage_at_the_start_is_waited_out(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    rig.world.fail("getMe", None, Refusal(502, "Bad Gateway"), None)
    async with rig.bot():
        assert (await rig.say(ANA, "oi"))["text"] == "oi"
    assert lines(caplog, "WARNING") == ["telegram: dropped"]
    assert [line for line in lines(caplog, "INFO") if "connected" in line] == [
        "telegram: connected again", "telegram: connected as @SinapseTestBot",
    ]  # fmt: skip


async def test_an_outage_while_polling_is_told_once(rig: Rig, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    conflict = Refusal(409, "Conflict: terminated by other getUpdates request")
    rig.world.fail("getUpdates", conflict, Refusal(429, "Too Many Requests", retry_after=1))
    async with rig.bot():
        assert (await rig.say(ANA, "oi"))["text"] == "oi"
    assert [line for line in lines(caplog, "WARNING") if "another process" in line] == lines(caplog, "WARNING")
    assert "telegram: connected again" in lines(caplog, "INFO")


async def test_what_runs_is_finished_at_the_end(rig: Rig) -> None:
    async def slow(request: Request, _: Tools) -> AsyncIterator[Reply]:
        await rig.world.until(rig.task.cancelling)
        yield Reply("k", "pt", (Text("pronto"),))

    async with rig.bot(slow):
        await rig.world.say(ANA, "oi")
        await rig.world.until(lambda: rig.requests)
        rig.task.cancel()
        await rig.world.notify()
        with suppress(asyncio.CancelledError):
            await rig.task
    assert rig.world.sent(ANA)[0]["text"] == "pronto"


def webhook(rig: Rig, port: int) -> str:
    rig.settings = Telegram(webhook_url="https://tutor.example/telegram/hook", webhook_port=port)
    return f"http://127.0.0.1:{port}/telegram/hook"


async def bring(url: str, secret: str, text: str) -> int:
    """Do what Telegram does with a webhook."""
    sender = {"id": ANA, "is_bot": False, "first_name": "Ana"}
    chat = {"id": ANA, "type": "private", "first_name": "Ana"}
    message = {"message_id": 5, "date": 1, "chat": chat, "from": sender, "text": text}
    async with httpx.AsyncClient() as client:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret, "Content-Type": "application/json"}
        body = json.dumps({"update_id": 1, "message": message})
        return (await client.post(url, content=body, headers=headers)).status_code


async def test_updates_can_be_brought_to_a_webhook(rig: Rig, port: int) -> None:
    url = webhook(rig, port)
    rig.world.private(ANA)
    async with rig.bot():
        hook = rig.world.webhook
        assert hook["url"] == rig.settings.webhook_url
        assert await bring(url, hook["secret_token"], "oi") == 200
        await rig.handled(1)
    assert rig.world.sent(ANA)[0]["text"] == "oi"


async def test_a_webhook_call_without_the_secret_is_turned_away(rig: Rig, port: int) -> None:
    url = webhook(rig, port)
    async with rig.bot():
        assert await bring(url, "guessed", "oi") == 403
    assert not rig.requests


async def test_a_webhook_that_telegram_doesn_t_take_ends_the_platform(rig: Rig, port: int) -> None:
    webhook(rig, port)
    rig.world.fail("setWebhook", Refusal(400, "Bad Request: bad webhook: HTTPS url must be provided for webhook"))
    with pytest.raises(PlatformError, match="https url must be provided"):
        async with rig.bot():
            pass


async def test_a_port_that_is_taken_is_told(rig: Rig) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        webhook(rig, taken.getsockname()[1])
        with pytest.raises(PlatformError, match="can't listen on"):
            async with rig.bot():
                await rig.task


def test_the_webhook_s_secret_follows_from_the_token_unless_the_host_sets_one() -> None:
    assert building.secret(TOKEN, {}) == building.secret(TOKEN, {}) != building.secret("other", {})
    assert TOKEN not in building.secret(TOKEN, {})
    assert building.secret(TOKEN, {"TELEGRAM_WEBHOOK_SECRET": "mine"}) == "mine"


def test_the_bot_s_own_server_is_used(rig: Rig) -> None:
    bot = building.bot(Telegram(base_url="http://127.0.0.1:8081/"), TOKEN, building.connections())
    assert (bot.base_url, bot.base_file_url) == (
        f"http://127.0.0.1:8081/bot{TOKEN}", f"http://127.0.0.1:8081/file/bot{TOKEN}",
    )  # fmt: skip


def test_the_platform_is_named() -> None:
    assert TelegramPlatform.name == "telegram"
