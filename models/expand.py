"""Expand the carried 4-bit model into an ordinary Sentence-Transformers folder, once, in the cache.

Format of `model.q4.safetensors`: see `models/e5-small-enpt/NOTICE.md`.
"""

import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

CARRIED = Path(__file__).parent / "e5-small-enpt"
QUANTIZED = "model.q4.safetensors"
EXPANDED = "model.safetensors"
# Expanding is deterministic: this is what it must give (also guards against a corrupt cache).
EXPANDED_SHA256 = "588a07489d0c2f5d031af2145559201aa4a34a0b2f9c4541337568b086b85f29"
BLOCK = 32  # weights in a Q4_0 block


def dequantize(packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> NDArray[np.float32]:
    """Expand Q4_0 blocks: `packed` [n/32, 16] and `scale` [n/32] give a flat float32 array of n weights."""
    low = (packed & 0x0F).astype(np.int8) - 8
    high = (packed >> 4).astype(np.int8) - 8
    blocks = np.concatenate([low, high], axis=1).astype(np.float32)  # (n/32, 32)
    return (blocks * scale.astype(np.float32)[:, None]).reshape(-1)


def _shapes(config: dict[str, int]) -> dict[str, tuple[int, ...]]:
    """Give each BertModel tensor's shape, from its config."""
    h, i = config["hidden_size"], config["intermediate_size"]
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (config["vocab_size"], h),
        "embeddings.position_embeddings.weight": (config["max_position_embeddings"], h),
        "embeddings.token_type_embeddings.weight": (config["type_vocab_size"], h),
    }
    for n in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{n}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes[f"{layer}.{part}.weight"] = (h, h)
        shapes[f"{layer}.intermediate.dense.weight"] = (i, h)
        shapes[f"{layer}.output.dense.weight"] = (h, i)
    return shapes


def expanded_tensors(source: Path) -> dict[str, NDArray[np.float32]]:
    """Read every tensor of the quantized file as float32, in its shape; the absent pooler becomes zeros."""
    from safetensors.numpy import load_file

    config = json.loads((source / "config.json").read_text("utf-8"))
    raw, shapes = load_file(source / QUANTIZED), _shapes(config)
    names = sorted({name.removesuffix(".q4").removesuffix(".scale") for name in raw})
    tensors = {}
    for name in names:
        flat = raw[name].astype(np.float32) if name in raw else dequantize(raw[f"{name}.q4"], raw[f"{name}.scale"])
        tensors[name] = np.ascontiguousarray(flat.reshape(shapes.get(name, flat.shape)))
    h = config["hidden_size"]
    tensors["pooler.dense.weight"] = np.zeros((h, h), np.float32)
    tensors["pooler.dense.bias"] = np.zeros(h, np.float32)
    return dict(sorted(tensors.items()))


def sha256_of(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_whole(folder: Path, source: Path) -> bool:
    weights = folder / EXPANDED
    others = [p.relative_to(source) for p in source.rglob("*") if p.is_file() and p.name != QUANTIZED]
    if not weights.is_file() or not all((folder / other).is_file() for other in others):
        return False
    return sha256_of(weights) == EXPANDED_SHA256


def _replace(target: Path, write: "os.PathLike[str] | bytes") -> None:
    """Put a file in place in one step, so that two processes at once never see half a file."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    temporary = Path(name)
    try:
        if isinstance(write, bytes):
            temporary.write_bytes(write)
        else:
            shutil.copyfile(write, temporary)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(folder: Path, source: Path) -> None:
    from safetensors.numpy import save

    for path in source.rglob("*"):
        if path.is_file() and path.name != QUANTIZED:
            target = folder / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            _replace(target, path)
    _replace(folder / EXPANDED, save(expanded_tensors(source), metadata={"format": "pt"}))


def expand(cache: Path, source: Path = CARRIED) -> Path:
    """Return a folder that `SentenceTransformer` loads; made in `cache` when missing or corrupt.

    A cache that can't be written to is replaced by a temporary folder for this run.
    """
    folder = cache / f"{source.name}-{EXPANDED_SHA256[:12]}"
    if _is_whole(folder, source):
        return folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _fill(folder, source)
    except OSError:
        folder = Path(tempfile.mkdtemp(prefix="sinapse-model-"))
        _fill(folder, source)
    return folder
