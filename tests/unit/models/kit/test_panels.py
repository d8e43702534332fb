"""Charts that share a sheet."""

from functools import partial

import numpy as np
import pytest

from models.engine.protocol import Both
from models.kit import draw, panels, said
from models.kit.axes import Labels
from models.kit.charts import Bar, Curve
from models.kit.panels import Box
from models.kit.sheet import Sheet

ALT = Both("O que se vê.", "What is to be seen.")
BOX = Box(48, 130, 460, 400)


def drawn(chart: draw.Draw) -> bytes:
    return draw.picture(chart, ALT).light


def test_a_panel_stays_within_its_box() -> None:
    sheet = Sheet(draw.THEMES["light"])
    below = panels.heading(sheet, BOX, "Um título um pouco longo")
    lines = [Curve("a", [1, 10, 100]), Curve("", [2, 2, 2])]
    panels.curves(sheet, below, lines, Labels("x", "y", "pt"), log=True, rules=[("z", 5)])
    changed = np.asarray(sheet.finished()).min(2) < 250
    rows, columns = changed.any(1).nonzero()[0], changed.any(0).nonzero()[0]
    assert rows[0] >= BOX.top - 10 and rows[-1] <= BOX.top + BOX.height + 10
    assert columns[0] >= BOX.left - 10 and columns[-1] <= BOX.left + BOX.width + 10


@pytest.mark.parametrize("log", [False, True])
def test_a_panel_of_curves_says_nothing_where_nothing_is_named(log: bool) -> None:
    named, unnamed = (
        drawn(partial(panels.curves, box=BOX, lines=[Curve(name, [1, 10, 100])], labels=Labels("", "", "en"), log=log))
        for name in ("a", "")
    )
    assert named != unnamed


def test_bars_show_their_spread() -> None:
    alone, spread = (
        drawn(partial(panels.bars, box=BOX, rows=[Bar("a", 3, spread=value)], lang="pt", percent=False))
        for value in (0.0, 1.0)
    )
    assert alone != spread


def test_numbers_are_said_as_each_language_writes_them() -> None:
    assert said.share(0.974) == Both("97,4\u00a0%", "97.4%") and said.figure(-1.5, 1) == Both("−1,5", "−1.5")
