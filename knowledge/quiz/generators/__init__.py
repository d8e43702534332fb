"""Numeric questions made from a seed: one file each, found by itself. Recipe: `README.md`."""

import pkgutil
import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol

from knowledge.passages import Lang
from knowledge.quiz.model import Twin

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Problem:
    """One numeric question with its answer and how to get there."""

    prompt: Twin
    value: float
    tolerance: float  # how far an answer may be off; half a unit of the last digit asked for, and rounding on the way
    steps: Mapping[Lang, tuple[str, ...]]
    digits: int = 2  # decimals that the answer is shown with
    percent: bool = False  # the value is a percentage
    signed: bool = True  # a wrong sign deserves a word


class Generator(Protocol):
    """Make a problem; the numbers depend on the seed alone, never on the language."""

    def __call__(self, rng: random.Random, /) -> Problem:
        """Draw the numbers and solve."""
        ...


@cache
def names() -> tuple[str, ...]:
    """Public names of every generator."""
    return tuple(sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules([str(FOLDER)])))


def load(name: str) -> Generator:
    """Give a generator. Raises KeyError for an unknown one."""
    if name not in names():
        raise KeyError(name)
    make: Generator = import_module(f"{__name__}.{name.replace('-', '_')}").make
    return make


def problem(name: str, item: str, seed: int) -> Problem:
    """Make an item's problem for a seed."""
    return load(name)(random.Random(f"{item}:{seed}"))
