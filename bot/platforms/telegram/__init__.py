"""Telegram: the one package that imports python-telegram-bot. Pure files beside the two that talk to it."""
