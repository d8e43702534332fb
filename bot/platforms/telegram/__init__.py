"""Telegram: the one package that imports python-telegram-bot. Most of its files are pure."""

from bot.platforms.telegram.platform import TelegramPlatform

__all__ = ["TelegramPlatform"]
