"""Choices and polls -> rows of buttons and selects. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from math import ceil

from bot.platforms.discord import limits, marks
from bot.platforms.discord.parts import Button, Menu, Row
from handlers.messages import Choice, Choices, Poll, Reply

MOST_BUTTONS = 10  # two rows; more choices than that are quicker to find in a menu
LONGEST_ID = limits.CUSTOM_ID - 2  # `custom_ids` puts two characters before it


def rows(reply: Reply) -> list[Row]:
    """Arrange what a reply offers; each choice once."""
    seen: set[str] = set()
    arranged: list[Row] = []
    for block in reply.blocks:
        if isinstance(block, Choices | Poll):
            items = list(_new(block.options if isinstance(block, Poll) else block.items, seen))
            menu = block.menu if isinstance(block, Choices) else ""
            arranged += _block(items, menu, main=isinstance(block, Poll) or reply.refused)
    return arranged


def _new(items: Iterable[Choice], seen: set[str]) -> Iterator[Choice]:
    for item in items:
        if item.id and item.id not in seen and marks.size(item.id) <= LONGEST_ID:
            seen.add(item.id)
            yield item


def _block(items: Sequence[Choice], menu: str, main: bool) -> list[Row]:
    if menu or len(items) > MOST_BUTTONS:
        placeholder = marks.line(menu, limits.PLACEHOLDER)
        options = [_button(item, limits.OPTION_LABEL) for item in items]
        return [Menu(placeholder, part) for part in _parts(options, limits.OPTIONS)]
    buttons = [_button(item, limits.BUTTON_LABEL, main) for item in items]
    return list(_parts(buttons, limits.ROW_BUTTONS))


def _parts(buttons: Sequence[Button], most: int) -> list[tuple[Button, ...]]:
    """Share them out evenly: six make two rows of three."""
    count = ceil(len(buttons) / most) if buttons else 0
    each = ceil(len(buttons) / count) if count else most
    return [tuple(buttons[at : at + each]) for at in range(0, len(buttons), each)]


def _button(item: Choice, longest: int, main: bool = False) -> Button:
    label, prompt = marks.line(item.label, longest), marks.line(item.prompt, limits.INPUT) if item.prompt else ""
    return Button(item.id, label, "ask" if item.prompt else "press", main, prompt)


def with_thread(arranged: Sequence[Row], thread: Button) -> list[Row]:
    """Add the button that opens a thread: in the last row if it has room, else below."""
    last = arranged[-1] if arranged else None
    if isinstance(last, tuple) and len(last) < limits.ROW_BUTTONS:
        return [*arranged[:-1], (*last, thread)]
    return [*arranged, (thread,)]
