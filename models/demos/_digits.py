"""Handwritten digits for the demos: 8×8 of scikit-learn, 14×14 of MNIST."""

import gzip
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from models.kit import arrays


def eight() -> tuple[Tensor, Tensor]:
    """Load scikit-learn's 1,797 digits: pictures [1797, 64] of 0..1, labels [1797].

    Its file is read directly: importing scikit-learn takes a second, reading takes 0.05 s.
    """
    spec = find_spec("sklearn")
    assert spec is not None and spec.submodule_search_locations, "scikit-learn is a dependency"
    path = Path(spec.submodule_search_locations[0]) / "datasets" / "data" / "digits.csv.gz"
    table = np.loadtxt(gzip.decompress(path.read_bytes()).decode().splitlines(), delimiter=",", dtype=np.float32)
    return torch.from_numpy(table[:, :-1] / 16), torch.from_numpy(table[:, -1].astype(np.int64))


def fourteen() -> tuple[Tensor, Tensor]:
    """Load 10,000 digits of MNIST, halved: pictures [10000, 196] of 0..1, labels [10000]."""
    data = arrays.load("copyleft/digits.npz")
    pictures = torch.from_numpy(data["images"]).float() / 255
    halved = torch.nn.functional.avg_pool2d(pictures[:, None], 2)
    return halved.flatten(1), torch.from_numpy(data["labels"].astype(np.int64))
