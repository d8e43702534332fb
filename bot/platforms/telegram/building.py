"""The SDK's objects, built from the settings. Nothing is connected here."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from telegram.ext import Application, ApplicationBuilder
from telegram.request import BaseRequest, HTTPXRequest

from bot.config import Telegram
from bot.platforms.telegram.polling import PollingBot

CONNECTIONS = 16  # httpx slows down with many; these carry far more than the 30 messages a second
CONNECT, ANSWER, ROOM = 10.0, 20.0, 60.0  # seconds: for a connection, for an answer, for a free connection
SECRET = "TELEGRAM_WEBHOOK_SECRET"
App = Application[PollingBot, Any, Any, Any, Any, Any]
Connections = tuple[BaseRequest, BaseRequest]  # for getUpdates, and for all else


def connections() -> Connections:
    """Give the connections: one for long polling, some for all else."""
    return HTTPXRequest(1, ANSWER, ANSWER, CONNECT, ROOM), HTTPXRequest(CONNECTIONS, ANSWER, ANSWER, CONNECT, ROOM)


def bot(settings: Telegram, token: str, connections: Connections) -> PollingBot:
    """Build the bot, on another server where the settings name one."""
    base = settings.base_url.rstrip("/")
    urls = {"base_url": f"{base}/bot", "base_file_url": f"{base}/file/bot"} if base else {}
    return PollingBot(token, get_updates_request=connections[0], request=connections[1], **urls)


def application(bot: PollingBot) -> App:
    """Build what passes updates on, one after the other: the inbox makes tasks of them."""
    return ApplicationBuilder().bot(bot).job_queue(None).build()


def secret(token: str, environment: Mapping[str, str] = os.environ) -> str:
    """Give the secret that Telegram's webhook calls carry: the host's, or one that follows from the token."""
    return environment.get(SECRET, "").strip() or hmac.new(token.encode(), b"webhook", hashlib.sha256).hexdigest()


def webhook_path(settings: Telegram) -> str:
    """Give the path at which updates arrive."""
    return urlsplit(settings.webhook_url).path.strip("/")
