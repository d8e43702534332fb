"""The log: one stream, one layout, no secret in it."""

import logging
import sys
from types import TracebackType
from typing import TextIO

from bot import tokens

LAYOUT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
CHATTY = ("httpx", "httpcore", "aiohttp", "apscheduler", "alembic")  # a line a call, at INFO
log = logging.getLogger(__name__)


def start(level: str, stream: TextIO | None = None) -> None:
    """Log to standard error from `level` on, without secrets; what nobody caught is logged too."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(tokens.RedactingFormatter(LAYOUT, tokens.secrets()))
    logging.basicConfig(level=level.upper(), handlers=[handler])
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING if level != "debug" else logging.NOTSET)
    sys.excepthook = _uncaught


def _uncaught(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
    log.critical("the program fails: %s", kind.__name__, exc_info=(kind, error, traceback))
