"""The menu of commands that Telegram's clients show."""

from collections.abc import Iterable

from telegram import Bot, BotCommand

from bot.platforms.telegram.calls import Calls
from handlers.commands import COMMANDS, STOP
from handlers.ports import Tools
from knowledge.passages import LANGS, Lang


def menu(tools: Tools, lang: Lang) -> list[BotCommand]:
    """List the commands by their names in a language."""
    return [BotCommand(name, tools.texts(lang, f"command.{key}")) for name, key in _names(lang)]


def _names(lang: Lang) -> Iterable[tuple[str, str]]:
    """Give each command's name and the key of its text."""
    yield from ((command.en if lang == "en" else command.pt, command.pt) for command in COMMANDS)
    yield STOP[LANGS.index(lang)], STOP[0]


async def publish(bot: Bot, calls: Calls, tools: Tools) -> None:
    """Set the menu for each language, and the tutor's own for all others."""
    for language, lang in (("", tools.language), *((lang, lang) for lang in LANGS)):
        commands = menu(tools, lang)

        async def send(commands: list[BotCommand] = commands, language: str = language) -> object:
            return await bot.set_my_commands(commands, language_code=language or None)

        await calls.quick(send, patient=True)
