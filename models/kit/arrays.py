"""Arrays as bytes (npz, never a pickle), and the demos' own data."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).parents[1] / "demos" / "data"
Arrays = dict[str, NDArray[Any]]


def pack(arrays: Mapping[str, Any]) -> bytes:
    """Write arrays (or torch tensors on the CPU) as npz: `pack(net.state_dict())`."""
    out = io.BytesIO()
    np.savez_compressed(out, **{name: np.asarray(array) for name, array in arrays.items()})  # type: ignore[arg-type]  # numpy's stub takes a flag for an array
    return out.getvalue()


def unpack(data: bytes) -> Arrays:
    """Read arrays. Raises ValueError for what isn't npz, or holds objects."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            return {name: file[name] for name in file.files}
    except (OSError, EOFError) as error:
        raise ValueError("not npz") from error


def load(name: str) -> Arrays:
    """Read the demos' own data: `load("digits.npz")`."""
    return unpack((DATA / name).read_bytes())
