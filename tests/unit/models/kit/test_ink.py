"""Learners' photos and drawings become pictures that a network knows."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from models.engine.protocol import DemoError
from models.kit import ink


def photo(paper: int, pen: int, at: tuple[int, int] = (60, 40)) -> Image.Image:
    """A stroke on paper lit from the left."""
    light = np.tile(np.linspace(1, 0.75, 300), (200, 1))
    page = Image.fromarray((light * paper).astype(np.uint8)).convert("RGB")
    ImageDraw.Draw(page).line([at, (at[0] + 20, at[1] + 90)], (pen,) * 3, 12)
    return page


@pytest.mark.parametrize(("paper", "pen"), [(240, 30), (40, 250)])
def test_strokes_are_ink_whatever_the_paper(paper: int, pen: int) -> None:
    found = ink.strokes(photo(paper, pen))
    assert found[70, 59] == pytest.approx(1, abs=0.3)
    assert found[160, 20] == found[20, 250] == 0


def test_a_figure_differs_from_the_rim_in_colour() -> None:
    page = Image.new("RGB", (120, 120), (250, 250, 250))
    ImageDraw.Draw(page).ellipse((40, 40, 80, 80), (250, 180, 40))
    found = ink.figure(page)
    assert found[60, 60] == 1
    assert found[5, 5] == 0


def test_a_drawing_lands_in_the_middle_wherever_it_was() -> None:
    one, other = (ink.centred(ink.strokes(photo(240, 30, at)), 28, 20) for at in ((60, 40), (200, 80)))
    assert np.abs(one - other).mean() < 0.05
    rows = one.sum(1)
    assert (rows * np.arange(28)).sum() / rows.sum() == pytest.approx(13.5, abs=1)
    assert np.nonzero(one.max(1) > 0.3)[0].size <= 20


def test_a_heavy_end_does_not_push_a_drawing_out_of_the_picture() -> None:
    drawing = np.zeros((20, 60), np.float32)
    drawing[8:12], drawing[:, 50:] = 0.5, 1
    assert ink.centred(drawing, 28, 28).sum() > 50


def test_an_empty_picture_is_refused_kindly() -> None:
    blank = Image.new("RGB", (50, 50), (255, 255, 255))
    for read in (ink.strokes, ink.figure):
        with pytest.raises(DemoError):
            read(blank)
    with pytest.raises(DemoError):
        ink.centred(np.zeros((9, 9), np.float32), 28, 20)
