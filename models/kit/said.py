"""Numbers as both languages write them, ready for a demo's sentences."""

from models.engine.protocol import Both
from models.kit import lettering


def share(value: float, digits: int = 1) -> Both:
    """Say 0.974 as 97,4 % and 97.4%."""
    return Both(lettering.percent(value, "pt", digits), lettering.percent(value, "en", digits))


def figure(value: float, digits: int = 2) -> Both:
    """Say a number with a decimal comma or point."""
    return Both(lettering.number(value, "pt", digits), lettering.number(value, "en", digits))
