"""What learners and the knowledge base write, made harmless: no ping, no broken markup, no cut grapheme. Pure."""

import re
import unicodedata

from bot import rendering

ZERO = "\u200b"  # zero-width space: parsers see it, people don't
# What Discord reads as a mention, a channel, an emoji, a time, a command or a sound.
_ANGLE = re.compile(r"<(?=@|#|:|/|a:|t:|id:|sound:)", re.IGNORECASE)
_EVERYONE = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_SPECIAL = re.compile(r"([\\*_~|`\[\]])")
_LINE_START = re.compile(r"^(\s*)(\d{0,9})([#>+.)-])", re.MULTILINE)
_UNSENDABLE = ("Cc", "Cs")  # control characters, lone surrogates
_UNSEEN = (*_UNSENDABLE, "Cf", "Cn", "Zl", "Zp", "Zs")


def defuse(text: str) -> str:
    """Keep a text from pinging anyone: "@everyone", "<@1>" and their like stay readable and lose their meaning."""
    return _EVERYONE.sub(f"@{ZERO}", _ANGLE.sub(f"<{ZERO}", text))


def escape(text: str) -> str:
    """Show a text within a line as it is written: nothing in it is markup any more."""
    return _SPECIAL.sub(r"\\\1", text)


def escape_starts(text: str) -> str:
    """Escape what would begin a heading, a quote or a list at the start of a line."""
    return _LINE_START.sub(r"\1\2\\\3", text)


def size(text: str) -> int:
    """Count UTF-16 units."""
    return len(text) + sum(ch > "\uffff" for ch in text)


def line(text: str, limit: int) -> str:
    """Make one plain line of a text, for a label or a footer. Never empty."""
    words = " ".join(clean(text).split())
    return rendering.cut(defuse(words), limit, size) if visible(words) else rendering.ELLIPSIS


def clean(text: str) -> str:
    """Take away what can't be sent."""
    return "".join(ch for ch in text if ch in "\n\t" or unicodedata.category(ch) not in _UNSENDABLE)


def visible(text: str) -> bool:
    """Tell whether there is anything to see."""
    return any(unicodedata.category(ch) not in _UNSEEN for ch in text)
