"""Imported once by the process that demos are forked from: what they need is then there at once. Computes nothing.

torch._dynamo is what the first optimizer imports; without it here each run would wait a second for it.
"""

import importlib
from contextlib import suppress

from models.engine.cage import lower_priority

MODULES = ("torch", "torch._dynamo", "numpy", "PIL.Image", "models.demos", "models.kit.charts", "models.engine.child")


def preload() -> None:
    """Import what demos share, at low priority; what isn't installed is left out."""
    lower_priority()
    for name in MODULES:
        with suppress(ImportError):
            importlib.import_module(name)


preload()
