"""One sentence in both languages, with numbers as each writes them."""

from collections.abc import Mapping

from models.engine.params import LANGS
from models.engine.protocol import Both, Lang
from models.kit.lettering import number, percent

Said = float | int | str | Both


class _Written:
    """A value in a language: `{x}` 2 digits, `{x:3}` 3 digits, `{x:%}` percent with 1 digit, `{x:%0}` without."""

    def __init__(self, value: Said, lang: Lang) -> None:
        self._value, self._lang = value, lang

    def __format__(self, how: str) -> str:
        match self._value:
            case Both() as both:
                return both[self._lang]
            case str() as text:
                return text
            case value if how.startswith("%"):
                return percent(value, self._lang, int(how[1:] or 1))
            case int() as whole if not how:
                return str(whole)
            case value:
                return number(value, self._lang, int(how or 2))


def say(pt: str, en: str, **values: Said) -> Both:
    """Fill both texts with the same values: `say("erra {e:%}", "errs {e:%}", e=0.02)`."""
    return Both(*(_filled(text, lang, values) for text, lang in zip((pt, en), LANGS, strict=True)))


def _filled(text: str, lang: Lang, values: Mapping[str, Said]) -> str:
    return text.format(**{name: _Written(value, lang) for name, value in values.items()})
