"""Tokens come from the environment and appear nowhere."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest

from bot import logs, tokens

TELEGRAM = "123456:AAH-abc_def"
DISCORD = "MTk4.Cl2FMQ.ZnCj\\m"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Log as the program does; gives what was written."""
    monkeypatch.setenv("TELEGRAM_TOKEN", TELEGRAM)
    monkeypatch.setenv("DISCORD_TOKEN", f" {DISCORD}\n")
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    logs.start("info", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


def test_a_platform_without_a_token_is_left_out() -> None:
    assert tokens.read({"DISCORD_TOKEN": " x.y \n", "TELEGRAM_TOKEN": "  "}) == {"discord": "x.y"}


def test_who_has_no_token_is_told_where_to_get_one_in_both_languages() -> None:
    [line] = tokens.missing(["discord", "telegram"])
    assert "discord.com/developers" in line and "BotFather" in line and "make run" in line and "sem token" in line


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://api.telegram.org/bot{TELEGRAM}/getMe",
        "GET https://api.telegram.org/bot123456%3AAAH-abc_def/getMe",
        "the token AAH-abc_def was rejected",
        f"Authorization: Bot {DISCORD}",
        f"{DISCORD!r}",
    ],
)
def test_no_form_of_a_token_is_written(written: io.StringIO, text: str) -> None:
    logging.getLogger("httpx2").warning("%s", text)
    line = written.getvalue()
    assert tokens.HIDDEN in line and "AAH" not in line and "ZnCj" not in line


def test_no_traceback_holds_a_token(written: io.StringIO) -> None:
    try:
        raise ValueError(f"bad url /bot{TELEGRAM}/x")
    except ValueError:
        logging.getLogger("bot").exception("failed")
    assert "Traceback" in written.getvalue() and "AAH" not in written.getvalue()


def test_what_nobody_caught_is_logged_without_a_token(written: io.StringIO) -> None:
    error = ValueError(TELEGRAM)
    sys.excepthook(ValueError, error, None)
    assert "the program fails: ValueError" in written.getvalue() and "AAH" not in written.getvalue()


def test_libraries_that_log_every_call_are_hushed(written: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST …")
    assert written.getvalue() == ""


def test_a_token_too_short_to_be_one_is_not_searched_for() -> None:
    assert tokens.secrets({"DISCORD_TOKEN": "bot"}) == []


def test_without_tokens_nothing_is_changed() -> None:
    assert tokens.redact("a line", tokens.secrets({})) == "a line"
