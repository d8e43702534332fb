"""The data that comes with the demos; `demos/data/NOTICE.md` says where each file is from."""

import csv
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

TEST_DIGITS = 2_000  # the last ones of the file, which was shuffled once


@dataclass(frozen=True, slots=True)
class Pictures:
    """Images [N, H, W] (or [N, H, W, 3]) of 0 to 255, labels [N], and groups [N] that no split may cut in two."""

    images: NDArray[np.uint8]
    labels: NDArray[np.int64]
    groups: NDArray[np.int64]


def digits(side: int = 28) -> Pictures:
    """Return 10,000 handwritten digits, white on black; `side` is 28, 14 or 7 pixels."""
    found = _pictures("digits")
    step = 28 // side
    small = found.images.reshape(-1, side, step, side, step).mean(axis=(2, 4), dtype=np.float32)
    return Pictures(np.rint(small).astype(np.uint8), found.labels, found.groups)


def silhouettes() -> Pictures:
    """Return 2,000 outlines of cats (0) and dogs (1), white on black, 28 by 28; near-twins share a group."""
    return _pictures("silhouettes")


def icons() -> Pictures:
    """Return icons and emoji of cats (0) and dogs (1) on white, 32 by 32; a studio's drawings share a group."""
    return _pictures("icons")


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV: stroke, copenhagen, stocks, sunspots, el-nino."""
    return list(csv.DictReader(_file(f"{name}.csv").read_text(encoding="utf-8").splitlines()))


def words() -> list[str]:
    """Return 30,000 Portuguese words in small letters, in order of the alphabet."""
    return _file("palavras.txt").read_text(encoding="utf-8").split()


def course() -> list[str]:
    """Return the course's own Portuguese texts, one a concept."""
    return _file("course-pt.txt").read_text(encoding="utf-8").strip().split("\n\n")


def _pictures(name: str) -> Pictures:
    with _file(f"{name}.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as found:
        images, labels = found["images"], found["labels"].astype(np.int64)
        groups = found["groups"].astype(np.int64) if "groups" in found else np.arange(len(labels))
    return Pictures(images, labels, groups)


def _file(name: str) -> Traversable:
    folder = files("models") / "demos" / "data"
    free = folder / name
    return free if free.is_file() else folder / "copyleft" / name
