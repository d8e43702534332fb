"""The platforms' tokens: read from the environment, and kept out of everything that is written."""

import logging
import os
from collections.abc import Iterable, Mapping
from urllib.parse import quote

VARIABLES = {"discord": "DISCORD_TOKEN", "telegram": "TELEGRAM_TOKEN"}
SECRETS = (*VARIABLES.values(), "TELEGRAM_WEBHOOK_SECRET")
WHERE = {
    "discord": "https://discord.com/developers/applications",
    "telegram": "https://t.me/BotFather",
}
HIDDEN = "[secret]"
SHORTEST = 6  # characters; anything shorter is no secret, and stands in every other word


def read(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Give the token of each platform that has one."""
    tokens = {name: environment.get(variable, "").strip() for name, variable in VARIABLES.items()}
    return {name: token for name, token in tokens.items() if token}


def missing(names: Iterable[str]) -> list[str]:
    """Say in both languages where to get the tokens of these platforms."""
    wanted = [f"{VARIABLES[name]} ({WHERE[name]})" for name in names]
    return [
        f"no token: set {' or '.join(wanted)} and start again; `make run` chats in the terminal without any · "
        f"sem token: defina {' ou '.join(wanted)} e inicie de novo; `make run` conversa no terminal sem nenhum"
    ]


def secrets(environment: Mapping[str, str] = os.environ) -> list[str]:
    """List every form in which a secret could be written, the longest first."""
    values = [environment.get(name, "").strip() for name in SECRETS]
    halves = [half for value in values for half in value.split(":", 1)[1:]]  # Telegram's: the id before it is public
    forms = {form for value in (*values, *halves) for form in (value, quote(value, safe=""), repr(value)[1:-1])}
    return sorted((form for form in forms if len(form) >= SHORTEST), key=len, reverse=True)


def redact(text: str, hidden: Iterable[str]) -> str:
    """Put a sign in each secret's place."""
    for secret in hidden:
        text = text.replace(secret, HIDDEN)
    return text


class RedactingFormatter(logging.Formatter):
    """Formats a log line, its traceback too, without any secret."""

    def __init__(self, layout: str, hidden: Iterable[str]) -> None:
        """Keep what is never written."""
        super().__init__(layout)
        self._hidden = tuple(hidden)

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        return redact(super().format(record), self._hidden)
