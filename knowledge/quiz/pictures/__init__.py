"""The pictures of picture questions: what there is, and where each finished one lies.

A picture is a module of this package with ALT and draw(); its public name has hyphens for underscores.
Recipe: `README.md`. Nothing here needs matplotlib: the pictures are drawn beforehand by
`python -m knowledge.quiz.pictures.render`.
"""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from knowledge.passages import Lang

FOLDER = Path(__file__).parent
PNG = FOLDER / "png"
SHARED = frozenset({"render", "runs", "charts", "boxes"})  # modules that aren't pictures


@cache
def names() -> tuple[str, ...]:
    """Public names of every picture."""
    found = (module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    return tuple(sorted(name.replace("_", "-") for name in found if name not in SHARED))


def panels(name: str) -> tuple[str, ...]:
    """Name what the panels show, in the module's order; none where the picture is one. Raises KeyError."""
    found: tuple[str, ...] = getattr(module(name), "PANELS", ())
    return found


def turns(name: str) -> int:
    """Count the ways in which its panels may stand: each turn moves every panel on by one. Raises KeyError."""
    return max(1, len(panels(name)))


def wordless(name: str) -> bool:
    """Tell whether a picture has no words, and so is the same in both languages. Raises KeyError."""
    return bool(getattr(module(name), "WORDLESS", False))


def alt(name: str, lang: Lang, turn: int = 0) -> str:
    """Words for who can't see the picture: what is to be seen, not what it means. Raises KeyError."""
    texts: dict[Lang, str] = module(name).ALT
    return texts[lang].format(*_described(name, lang, turn))


def _described(name: str, lang: Lang, turn: int) -> list[str]:
    """Give the panels' descriptions in the order of a turn."""
    shown: list[dict[Lang, str]] = list(getattr(module(name), "DESCRIBED", ()))
    return [shown[(place + turn) % len(shown)][lang] for place in range(len(shown))]


def path(name: str, lang: Lang, theme: str, turn: int = 0) -> Path:
    """Where the finished picture lies."""
    words = "" if wordless(name) else f".{lang}"
    number = f".{turn}" if panels(name) else ""
    return PNG / f"{name}{number}{words}.{theme}.png"


def module(name: str) -> ModuleType:
    """Import a picture's module. Raises KeyError for an unknown one."""
    if name not in names():
        raise KeyError(name)
    return import_module(f"{__name__}.{name.replace('-', '_')}")
