"""Choices -> the rows of an inline keyboard. Pure."""

from collections.abc import Iterable

from rich.cells import cell_len

from bot.platforms.telegram.html import clean
from bot.platforms.telegram.parts import BUTTONS, DATA, LABEL, Button, Rows, cut
from handlers.messages import Choice

ROW = 30  # characters side by side that a phone shows whole
ABREAST = 3  # buttons of a row


def keyboard(choices: Iterable[Choice]) -> Rows:
    """Put choices into rows: short ones side by side, long ones alone. One that Telegram would refuse is left out."""
    rows: list[tuple[Button, ...]] = []
    for button in [_button(choice) for choice in choices if fits(choice)][:BUTTONS]:
        if rows and len(rows[-1]) < ABREAST and _width((*rows[-1], button)) <= ROW:
            rows[-1] = (*rows[-1], button)
        else:
            rows.append((button,))
    return tuple(rows)


def fits(choice: Choice) -> bool:
    """Tell whether a choice's id can be a button's data."""
    return 0 < len(choice.id.encode("utf-8", "replace")) <= DATA


def _button(choice: Choice) -> Button:
    return Button(choice.id, cut(" ".join(clean(choice.label).split()), LABEL) or "…")


def _width(buttons: tuple[Button, ...]) -> int:
    """Measure a row: the widest label tells, for a row's buttons are equally wide."""
    return len(buttons) * max(cell_len(button.label) for button in buttons)
