"""Demos for tests of the engine: quick, without torch, and some that misbehave."""

from pathlib import Path

from models.demos import Found, discover

FOLDER = Path(__file__).parent


def found() -> dict[str, Found]:
    """Find them."""
    return discover(FOLDER)
