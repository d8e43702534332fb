"""The data that comes with the demos."""

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from models import datasets

DATA = Path(datasets.__file__).parent / "demos" / "data"


def test_the_digits_are_ten_thousand_and_every_digit_is_in_both_parts() -> None:
    found = datasets.digits()
    assert found.images.shape == (10_000, 28, 28)
    for part in (found.labels[: -datasets.TEST_DIGITS], found.labels[-datasets.TEST_DIGITS :]):
        assert np.bincount(part).min() > 0.07 * len(part)


def test_small_digits_are_the_means_of_four_pixels() -> None:
    large, small = datasets.digits(28), datasets.digits(14)
    assert small.images[7, 5, 6] == np.rint(large.images[7, 10:12, 12:14].astype(float).mean())


@pytest.mark.parametrize("load", [datasets.silhouettes, datasets.icons])
def test_cats_and_dogs_are_both_there_in_many_groups(load: Callable[[], datasets.Pictures]) -> None:
    found = load()
    assert len(found.images) == len(found.labels) == len(found.groups)
    assert 0.3 < found.labels.mean() < 0.7
    assert len(np.unique(found.groups)) > 25


def test_exact_copies_of_a_silhouette_share_a_group() -> None:
    found = datasets.silhouettes()
    first: dict[bytes, int] = {}
    for image, group in zip(found.images, found.groups, strict=True):
        assert first.setdefault(image.tobytes(), int(group)) == group


def test_every_icon_names_who_drew_it_under_a_licence_that_asks_for_attribution_at_most() -> None:
    with (DATA / "icons.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(datasets.icons().labels)
    assert all(row["author"] for row in rows)
    assert {row["licence"] for row in rows} <= {
        "MIT", "Apache-2.0", "ISC", "CC0-1.0", "OFL-1.1", "CC-BY-4.0", "CC-BY-3.0"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "size", "column"),
    [("stroke", 126, "stroke"), ("copenhagen", 518, "strokeScore"), ("stocks", 1860, "DAX"),
     ("sunspots", 309, "sunspots"), ("el-nino", 732, "celsius")],
)  # fmt: skip
def test_a_table_has_its_rows_and_columns(name: str, size: int, column: str) -> None:
    rows = datasets.table(name)
    assert len(rows) == size
    assert all(row[column] for row in rows)


def test_the_words_are_small_letters_and_none_comes_twice() -> None:
    found = datasets.words()
    assert len(found) == len(set(found)) == 30_000
    assert all(word.isalpha() and word.islower() for word in found)


def test_the_notice_names_every_file_and_every_studio() -> None:
    notice = (DATA / "NOTICE.md").read_text(encoding="utf-8")
    made = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.suffix in {".npz", ".csv", ".txt"}}
    assert [name for name in made if name not in notice] == []
    with (DATA / "icons.csv").open(encoding="utf-8") as stream:
        assert {row["author"] for row in csv.DictReader(stream) if row["author"] not in notice} == set()
