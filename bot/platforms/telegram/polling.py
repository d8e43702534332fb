"""The bot as the updater uses it: keeps asking for updates, and says once that the connection is lost or back."""

import asyncio
import logging
from collections.abc import Iterator
from itertools import chain, repeat
from typing import Any

from telegram import Update
from telegram import error as telegram
from telegram.ext import ExtBot

from bot.platforms.base import PlatformError
from bot.platforms.telegram import faults

PAUSES = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)  # seconds between tries; the last one for ever
CONFLICT = "telegram: another process takes this bot's updates, and only one can; waiting for it to end"
log = logging.getLogger(__name__)


def pauses() -> Iterator[float]:
    """Give the seconds between tries that never end."""
    return chain(PAUSES, repeat(PAUSES[-1]))


class Watch:
    """What is known of the connection."""

    def __init__(self) -> None:
        """Begin connected."""
        self.rejected = asyncio.Event()  # set when Telegram doesn't know the token any more
        self._down = False

    def failed(self, error: telegram.TelegramError) -> None:
        """Note a failed call, and say so at the first one."""
        if not self._down:
            log.warning("%s", CONFLICT if isinstance(error, telegram.Conflict) else f"telegram: {error.message}")
        self._down = True

    def worked(self) -> None:
        """Note that the connection is there, and say so when it was away."""
        if self._down:
            log.info("telegram: connected again")
        self._down = False


class PollingBot(ExtBot[None]):
    """Asks for updates until it gets an answer; the updater cancels it at the end."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        """Begin connected."""
        super().__init__(*arguments, **named)
        self._watch, self._ending = Watch(), False

    @property
    def watch(self) -> Watch:
        """Give what is known of the connection."""
        return self._watch

    def end(self) -> None:
        """Ask for nothing more: the updater would confirm updates at its end that nobody took."""
        self._ending = True

    async def set_webhook(self, *arguments: Any, **named: Any) -> bool:
        """Tell Telegram where to bring updates. Raises PlatformError where it can't: no use in trying again."""
        try:
            return await super().set_webhook(*arguments, **named)
        except telegram.BadRequest as error:
            raise PlatformError(f"telegram: the webhook isn't taken: {error.message}") from error

    async def get_updates(self, *arguments: Any, **named: Any) -> tuple[Update, ...]:
        """Get updates, however long it takes."""
        for pause in pauses():
            if self._ending:
                break
            try:
                updates = await super().get_updates(*arguments, **named)
            except telegram.InvalidToken:
                self._watch.rejected.set()
                await asyncio.Future()
            except telegram.TelegramError as error:
                self._watch.failed(error)
                await asyncio.sleep(faults.pause_of(error) if isinstance(error, telegram.RetryAfter) else pause)
            else:
                self._watch.worked()
                return updates
        return ()
