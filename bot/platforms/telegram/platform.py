"""The platform itself: connects, and takes updates until the end."""

import logging
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import cast

from telegram import Update
from telegram import error as telegram
from telegram.ext import TypeHandler, Updater

from bot import config
from bot.platforms.base import BadToken, Dispatch, PlatformError, Ties, Unreachable
from bot.platforms.telegram import building, menu
from bot.platforms.telegram.answers import Answer
from bot.platforms.telegram.calls import Calls
from bot.platforms.telegram.inbox import Inbox
from bot.platforms.telegram.looks import look
from bot.platforms.telegram.parts import Words
from bot.platforms.telegram.places import Place
from bot.platforms.telegram.polling import PollingBot, pauses
from bot.platforms.telegram.requests import NAME
from bot.platforms.telegram.sender import Sender
from handlers.messages import Reply

FOR_EVER = -1  # tries
LONG_POLL = timedelta(seconds=20)
KINDS = [
    Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.POLL_ANSWER, Update.MY_CHAT_MEMBER,
]  # fmt: skip
REJECTED = "telegram: unknown token in TELEGRAM_TOKEN; @BotFather shows the right one (/mybots, API Token)"
log = logging.getLogger(__name__)


class TelegramPlatform:
    """The Telegram front-end."""

    name = NAME

    def __init__(
        self,
        settings: config.Telegram,
        token: str,
        ties: Ties,
        connections: Callable[[], building.Connections] = building.connections,
        calls: Callable[[], Calls] = Calls,
    ) -> None:
        """Keep the parts; nothing is built or connected yet."""
        self._settings, self._token, self._ties = settings, token, ties
        self._connections, self._calls = connections, calls
        self._sender: Sender | None = None  # while connected

    async def run(self, dispatch: Dispatch) -> None:
        """Take updates until cancelled. Raises PlatformError."""
        bot, calls = building.bot(self._settings, self._token, self._connections()), self._calls()
        application = building.application(bot)
        try:
            await _connect(application, bot, calls)
            self._sender = Sender(bot, calls, self._ties.polls)
            inbox = Inbox(self._sender, self._ties, dispatch)
            async with self._listening(application, bot, inbox):
                log.info("telegram: connected as @%s", bot.username)
                await menu.publish(bot, calls, self._ties.tools)
                await bot.watch.rejected.wait()
                raise BadToken(REJECTED)
        finally:
            self._sender = None
            await application.shutdown()
            await bot.shutdown()

    async def push(self, user: str, reply: Reply) -> None:
        """Write to a user in private, without being asked. Raises SurfaceError."""
        if self._sender is None:
            raise Unreachable("telegram: not connected")
        answer = Answer(self._sender, Place(int(user)))
        answer.wanted = look(reply, self._sender.bot.username)
        await answer.show()

    async def amend(self, spot: str, reply: Reply) -> None:
        """Turn a message that an earlier process left into a reply of words. Raises SurfaceError."""
        if self._sender is None:
            raise Unreachable("telegram: not connected")
        words = next(part for part in look(reply, self._sender.bot.username) if isinstance(part, Words))
        await self._sender.amend(Place.read(spot), words)

    @asynccontextmanager
    async def _listening(self, application: building.App, bot: PollingBot, inbox: Inbox) -> AsyncIterator[None]:
        """Take updates during the block; at its end, first take no more, then finish what was taken."""
        application.add_handler(TypeHandler(Update, inbox.take))
        await application.start()
        updater = cast("Updater", application.updater)
        try:
            await self._listen(updater)
            yield
        except telegram.InvalidToken:
            raise BadToken(REJECTED) from None
        finally:
            bot.end()
            if updater.running:
                await updater.stop()
            await application.stop()
            await inbox.finish()

    async def _listen(self, updater: Updater) -> None:
        """Ask for updates, or let Telegram bring them where a public address is set. Raises PlatformError."""
        if not self._settings.webhook_url:
            await updater.start_polling(timeout=LONG_POLL, bootstrap_retries=FOR_EVER, allowed_updates=KINDS)
            return
        host, port = self._settings.webhook_host, self._settings.webhook_port
        _check_free(host, port)
        await updater.start_webhook(
            host,
            port,
            building.webhook_path(self._settings),
            bootstrap_retries=FOR_EVER,
            webhook_url=self._settings.webhook_url,
            allowed_updates=KINDS,
            secret_token=building.secret(self._token),
        )


def _check_free(host: str, port: int) -> None:
    """Look whether the webhook can be served, before Telegram is told of it. Raises PlatformError."""
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError as error:
        raise PlatformError(f"telegram: can't listen on {host}:{port} ({error.strerror})") from error


async def _connect(application: building.App, bot: PollingBot, calls: Calls) -> None:
    """Ask who the bot is, as often as it takes. Raises BadToken."""
    for pause in pauses():
        try:
            await application.initialize()
        except telegram.InvalidToken:
            raise BadToken(REJECTED) from None  # its text names the token
        except telegram.TelegramError as error:
            bot.watch.failed(error)
            await calls.sleep(pause)
        else:
            bot.watch.worked()
            return
