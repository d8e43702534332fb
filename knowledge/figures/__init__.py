"""The tutor's figures: what there is, and where each finished picture lies.

A figure is a module of this package with ALT, TITLE and draw(); its public name has hyphens for underscores.
Nothing here needs matplotlib: the pictures are drawn beforehand by `python -m knowledge.figures.render`.
"""

import pkgutil
from functools import cache
from importlib import import_module
from pathlib import Path

FOLDER = Path(__file__).parent
PNG = FOLDER / "png"
LANGUAGES = ("pt", "en")
THEME_NAMES = ("light", "dark")
SHARED = frozenset({"style", "pixels", "render"})  # modules that aren't figures


@cache
def names() -> tuple[str, ...]:
    """Public names of every figure."""
    modules = (module.name for module in pkgutil.iter_modules([str(FOLDER)]))
    return tuple(sorted(name.replace("_", "-") for name in modules if name not in SHARED))


def alt(name: str, lang: str) -> str:
    """Words for who can't see the figure. Raises KeyError for an unknown figure or language."""
    return _texts(name, "ALT")[lang]


def title(name: str, lang: str) -> str:
    """The figure's title. Raises KeyError for an unknown figure or language."""
    return _texts(name, "TITLE")[lang]


def path(name: str, lang: str, theme: str = "light") -> Path:
    """Where the finished picture lies."""
    return PNG / f"{name}.{lang}.{theme}.png"


def formula_path(name: str, theme: str = "light") -> Path:
    """Where the finished picture of a formula lies; it has no language."""
    return PNG / f"formula-{name}.{theme}.png"


@cache
def _texts(name: str, which: str) -> dict[str, str]:
    if name not in names():
        raise KeyError(name)
    module = import_module(f"{__name__}.{name.replace('-', '_')}")
    texts: dict[str, str] = getattr(module, which)
    return texts
