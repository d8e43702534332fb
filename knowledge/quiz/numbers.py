"""Read and write numbers as people do in both languages."""

import re
from fractions import Fraction

from knowledge.passages import Lang
from knowledge.text import fold

_NUMBER = re.compile(r"[-+]?\s?(?:\d[\d.,]*\d|\d)(?:e[-+]?\d+)?(?:\s?/\s?\d+)?")
_PERCENT = re.compile(r"%|por ?cento|per ?cent")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_WORDS = {
    "zero": 0, "um": 1, "uma": 1, "one": 1, "dois": 2, "duas": 2, "two": 2, "tres": 3, "three": 3, "quatro": 4,
    "four": 4, "cinco": 5, "five": 5, "seis": 6, "six": 6, "sete": 7, "seven": 7, "oito": 8, "eight": 8, "nove": 9,
    "nine": 9, "dez": 10, "ten": 10, "menos um": -1, "minus one": -1,
}  # fmt: skip


def written(value: float, lang: Lang, digits: int = 2) -> str:
    """Write a number without needless zeros: "0,75" in Portuguese, "0.75" in English."""
    text = f"{round(value, digits):.{digits}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    text = "0" if text == "-0" else text.replace("-", "−")
    return text.replace(".", ",") if lang == "pt" else text


def term(value: float, lang: Lang = "en", digits: int = 2) -> str:
    """Write a number as the next term of a sum: "+ 2" or "− 2"."""
    return f"{'−' if value < 0 else '+'} {written(abs(value), lang, digits)}"


def readings(text: str, *, percent: bool = False) -> frozenset[float]:
    """Read the one number in a text, in every way it may be meant ("1.234" is two); none, or several: empty.

    `percent`: the answer is a percentage, so "0,75" may mean 75, and "75%" is 75 instead of 0.75.
    """
    spoken = fold(text).replace("−", "-").replace("–", "-").rpartition("=")[2].strip()
    marked = bool(_PERCENT.search(spoken))
    found = {_tight(m[0]) for m in _NUMBER.finditer(_PERCENT.sub(" ", spoken))}
    if not found and spoken.strip(" .!") in _WORDS:
        return frozenset({float(_WORDS[spoken.strip(" .!")])})
    if len(found) != 1:
        return frozenset()
    values = _values(found.pop())
    if percent:
        return values if marked else values | {v * 100 for v in values if abs(v) <= 1}
    return frozenset(v / 100 for v in values) if marked else values


def _tight(number: str) -> str:
    return re.sub(r"\s", "", number).rstrip(".,")


def _values(number: str) -> frozenset[float]:
    if "/" in number:
        above, _, below = number.partition("/")
        tops = _values(above)
        return frozenset(float(Fraction(t) / int(below)) for t in tops) if int(below) else frozenset()
    plain = [number.replace(",", ".")] if number.count(",") + number.count(".") <= 1 else []
    if _THOUSANDS.fullmatch(number):
        plain.append(re.sub(r"[.,]", "", number))
    if "," in number and "." in number:
        last = max(number.rfind(","), number.rfind("."))
        plain = [re.sub(r"[.,]", "", number[:last]) + "." + number[last + 1 :]]
    return frozenset(float(p) for p in plain)
