"""The Discord front-end: the one package that imports discord."""

from bot.platforms.discord.platform import DiscordPlatform

__all__ = ["DiscordPlatform"]
