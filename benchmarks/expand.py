"""Expand the carried 4-bit model into an ordinary Sentence-Transformers folder, for what else would use it."""

import shutil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.quantized import CARRIED, QUANTIZED, SUMS, TUNED, Quantized

EXPANDED = "model.safetensors"


def tensors(source: Quantized) -> dict[str, NDArray[np.float32]]:
    """Give every tensor as float32; the absent pooler becomes zeros."""
    h = source.config["hidden_size"]
    expanded = {name: np.ascontiguousarray(source.tensor(name)) for name in source.names}
    expanded["pooler.dense.weight"] = np.zeros((h, h), np.float32)
    expanded["pooler.dense.bias"] = np.zeros(h, np.float32)
    return dict(sorted(expanded.items()))


def expand(folder: Path, source: Path = CARRIED, *, tuned: bool = True) -> Path:
    """Make `folder` one that `SentenceTransformer` loads, unless it is one already. `tuned`: to the lecture."""
    from safetensors.numpy import save_file

    if not (folder / EXPANDED).is_file():
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns(QUANTIZED, TUNED, SUMS), dirs_exist_ok=True)
        save_file(tensors(Quantized(source, tuned=tuned)), folder / EXPANDED, {"format": "pt"})
    return folder
