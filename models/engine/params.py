"""What a learner may set: each parameter with its bounds, and the values of one run."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from models.engine.words import BadParams, Both, Lang

Kind = Literal["int", "float", "choice", "text", "bool"]
FileKind = Literal["image", "csv"]
Value = int | float | str | bool
LONGEST_TEXT = 200  # characters of a text parameter
HIGHEST_SEED = 2**31 - 1
YES = {"sim", "s", "yes", "y", "true", "1", "on", "com", "with"}
NO = {"nao", "não", "n", "no", "false", "0", "off", "sem", "without"}


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few values, named for people."""

    value: str
    label: Both
    words: tuple[str, ...] = ()  # what a learner may type for it, in either language


@dataclass(frozen=True, slots=True)
class Param:
    """One thing that can be set. `words` are other names that a learner may type for it ("camadas", "layers")."""

    name: str  # as in code: "lr"
    kind: Kind
    default: Value
    label: Both
    low: float | None = None  # both needed for int and float
    high: float | None = None
    choices: tuple[Option, ...] = ()  # needed for choice
    words: tuple[str, ...] = ()
    help: Both | None = None

    def read(self, given: object) -> Value:
        """Check a value, typed or already of its kind. Raises BadParams."""
        match self.kind:
            case "int" | "float":
                return self._number(given)
            case "choice":
                return self._choice(given)
            case "bool":
                return self._bool(given)
            case _:
                return self._text(given)

    def _number(self, given: object) -> int | float:
        try:
            number = float(str(given).strip().replace(",", "."))
        except ValueError:
            raise self._bad(Both("precisa ser um número", "must be a number"), given) from None
        low, high = self.low or 0.0, self.high or 0.0
        if isinstance(given, bool) or not math.isfinite(number):
            raise self._bad(Both("precisa ser um número", "must be a number"), given)
        if self.kind == "int" and number != int(number):
            raise self._bad(Both("precisa ser um número inteiro", "must be a whole number"), given)
        if not low <= number <= high:
            raise self._bad(
                Both(f"vai de {_plain(low, 'pt')} a {_plain(high, 'pt')}", f"goes from {low:g} to {high:g}"), given
            )
        return int(number) if self.kind == "int" else number

    def _choice(self, given: object) -> str:
        typed = str(given).strip().casefold()
        for option in self.choices:
            if typed in {w.casefold() for w in (option.value, option.label.pt, option.label.en, *option.words)}:
                return option.value
        known = Both(*(", ".join(o.label[lang] for o in self.choices) for lang in LANGS))
        raise self._bad(Both(f"pode ser: {known.pt}", f"can be: {known.en}"), given)

    def _bool(self, given: object) -> bool:
        typed = str(given).strip().casefold()
        if typed not in YES | NO:
            raise self._bad(Both("é sim ou não", "is yes or no"), given)
        return typed in YES

    def _text(self, given: object) -> str:
        text = " ".join(str(given).split())
        if len(text) > LONGEST_TEXT:
            raise self._bad(
                Both(f"tem no máximo {LONGEST_TEXT} caracteres", f"has at most {LONGEST_TEXT} characters"), text
            )
        return text

    def _bad(self, rule: Both, given: object) -> BadParams:
        shown = str(given)[:20]
        return BadParams(
            (Both(f"“{self.label.pt}” {rule.pt} (veio {shown}).", f"“{self.label.en}” {rule.en} (got {shown})."),)
        )


@dataclass(frozen=True, slots=True)
class Params(Mapping[str, Value]):
    """The values of one run, complete and checked. Results may not depend on `lang`: it is for words in pictures."""

    values_: Mapping[str, Value]
    lang: Lang = "pt"
    files: Mapping[str, bytes] = field(default_factory=dict)  # what the learner sent, by FileKind

    def __getitem__(self, name: str) -> Value:
        """Give a value. Raises KeyError."""
        return self.values_[name]

    def __iter__(self) -> Iterator[str]:
        """List the names."""
        return iter(self.values_)

    def __len__(self) -> int:
        """Count them."""
        return len(self.values_)

    def int(self, name: str) -> int:
        """Give a whole number."""
        return int(self.values_[name])

    def float(self, name: str) -> float:
        """Give a number."""
        return float(self.values_[name])

    def text(self, name: str) -> str:
        """Give a text or a choice's value."""
        return str(self.values_[name])

    def bool(self, name: str) -> bool:
        """Give a yes or no."""
        return bool(self.values_[name])


LANGS: tuple[Lang, Lang] = ("pt", "en")


def _plain(number: float, lang: Lang) -> str:
    text = f"{number:g}"
    return text.replace(".", ",") if lang == "pt" else text
