"""Telegram: the one package that imports python-telegram-bot. Most of its files are pure."""

import os

os.environ.setdefault("PTB_TIMEDELTA", "true")  # the library's coming way to tell seconds; without it each 429 warns

from bot.platforms.telegram.platform import TelegramPlatform

__all__ = ["TelegramPlatform"]
