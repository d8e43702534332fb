"""The formulas: readable text, legend, and where each one's picture lies."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge import figures, yamls

FILE = Path(__file__).parent / "formulas.yaml"


@dataclass(frozen=True, slots=True)
class Formula:
    """One formula."""

    name: str
    plain: str
    legend: Mapping[str, str]

    def path(self, theme: str) -> Path:
        """Where the finished picture lies."""
        return figures.formula_path(self.name, theme)


@lru_cache(maxsize=1)
def _all() -> dict[str, Formula]:
    data = yamls.parse(FILE.read_text("utf-8"))
    return {name: Formula(name, entry["plain"], entry["legend"]) for name, entry in data.items()}


def names() -> list[str]:
    """Every formula's id."""
    return sorted(_all())


def get(name: str) -> Formula:
    """Give a formula. Raises KeyError for an unknown id."""
    return _all()[name]
