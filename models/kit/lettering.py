"""Words in pictures: Inter, how wide they are, where they break, and numbers as each language writes them."""

from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from models.engine.protocol import Lang

FONTS = Path(__file__).parents[2] / "knowledge" / "figures" / "fonts"  # one copy for all pictures
SMALLEST = 26  # px on a sheet of 1080: still legible across a phone
SIGNS = str.maketrans({"₋": "-", "‑": "-", "\u202f": " ", "\u00a0": " "})  # what Inter lacks


@cache
def font(size: int, bold: bool = False) -> ImageFont.FreeTypeFont:
    """Load Inter in a size, pixels."""
    return ImageFont.truetype(str(FONTS / ("Inter-SemiBold.otf" if bold else "Inter-Regular.otf")), size)


@lru_cache(maxsize=4096)
def width_of(words: str, size: float, bold: bool = False) -> float:
    """Width of one line of words, in pixels of the sheet."""
    return font(100, bold).getlength(words) * size / 100


def wrap(words: str, size: float, width: float) -> list[str]:
    """Break words into lines no wider than width; a word that is longer is broken too."""
    lines = [""]
    for word in (part for whole in words.split() for part in _broken(whole, size, width)):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and width_of(longer, size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _broken(word: str, size: float, width: float) -> list[str]:
    """Cut a word into parts that fit; nearly always it is one."""
    parts = [""]
    for letter in word:
        if parts[-1] and width_of(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts if width_of(word, size) > width else [word]


@lru_cache(maxsize=256)
def balance(words: str, size: float, width: float) -> tuple[str, ...]:
    """Break words into as few lines as wrap does, of about the same length."""
    lines = wrap(words, size, width)
    while len(narrower := wrap(words, size, width := width - size)) == len(lines) > 1:
        lines = narrower
    return tuple(lines)


def number(value: float, lang: Lang, digits: int = 2) -> str:
    """Write a number as the language does: a decimal comma in Portuguese, a true minus sign."""
    text = f"{value:.{digits}f}".replace("-", "−")
    if not text.strip("−0."):  # a little below nothing is nothing
        text = text.removeprefix("−")
    return text.replace(".", ",") if lang == "pt" else text


def percent(value: float, lang: Lang, digits: int = 1) -> str:
    """Write 0.974 as 97,4 % or 97.4%."""
    return number(100 * value, lang, digits) + ("\u00a0%" if lang == "pt" else "%")
