"""Read the carried 4-bit model, tuned to the lecture. Formats of its files: see `models/e5-small-enpt/NOTICE.md`."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

CARRIED = Path(__file__).parent / "e5-small-enpt"
QUANTIZED = "model.q4.safetensors"
SUMS = "SHA256SUMS"  # of both files, as `sha256sum` writes it: guards against a damaged copy
TUNED = "tuned.safetensors"
UP, DOWN = ".up", ".down"  # a matrix [out, in] is changed by the product of its up [out, r] and its down [r, in]
SHORT = 8  # digits of a hash in a name
BLOCK = 32  # weights in a Q4_0 block


def dequantize(packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> NDArray[np.float32]:
    """Expand Q4_0 blocks: `packed` [n/32, 16] and `scale` [n/32] give a flat float32 array of n weights."""
    blocks = np.empty((len(packed), BLOCK), np.float32)
    np.subtract(packed & 0x0F, 8, out=blocks[:, : BLOCK // 2], dtype=np.float32)
    np.subtract(packed >> 4, 8, out=blocks[:, BLOCK // 2 :], dtype=np.float32)
    blocks *= scale.astype(np.float32)[:, None]
    return blocks.reshape(-1)


def sha256_of(path: Path) -> str:
    """Hash a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sums(folder: Path = CARRIED) -> dict[str, str]:
    """Read what each file's hash should be."""
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    return {name: wanted for wanted, _, name in (line.partition("  ") for line in lines)}


def write_sums(folder: Path = CARRIED) -> None:
    """Write down the files' hashes as they are."""
    lines = [f"{sha256_of(folder / name)}  {name}\n" for name in (QUANTIZED, TUNED)]
    (folder / SUMS).write_text("".join(lines), "utf-8")


def fingerprint(folder: Path = CARRIED) -> str:
    """Name the model, and the vectors that it makes."""
    return "-".join((folder.name, *(wanted[:SHORT] for wanted in sums(folder).values())))


class Quantized:
    """The tensors of a quantized BertModel, each expanded when it is asked for."""

    def __init__(self, folder: Path = CARRIED, *, tuned: bool = True) -> None:
        """Open the file; raises OSError where it is missing. `tuned`: add the changes that lie beside it, if any do."""
        from safetensors import safe_open

        self.config: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
        self._shapes = shapes_of(self.config)
        file: Any = safe_open(folder / QUANTIZED, "numpy")
        self._file = file
        self._changes: dict[str, NDArray[np.float16]] = _changes(folder / TUNED) if tuned else {}
        stored: set[str] = set(file.keys())
        self.names = sorted({name.removesuffix(".q4").removesuffix(".scale") for name in stored})
        self._plain = stored & set(self.names)

    def tensor(self, name: str) -> NDArray[np.float32]:
        """Give a tensor as float32, in its shape."""
        if name in self._plain:
            flat = self._get(name).astype(np.float32)
        else:
            flat = dequantize(self._get(f"{name}.q4"), self._get(f"{name}.scale"))
        whole = flat.reshape(self._shapes.get(name, flat.shape))
        if name + UP in self._changes:
            up, down = (self._changes[name + part].astype(np.float32) for part in (UP, DOWN))
            whole += up @ down
        return whole

    def table(self, name: str) -> "Table":
        """Give a matrix of which only some rows are needed at a time."""
        blocks = self._shapes[name][1] // BLOCK
        packed, scale = self._get(f"{name}.q4"), self._get(f"{name}.scale")
        return Table(packed.reshape(-1, blocks, BLOCK // 2), scale.reshape(-1, blocks))

    def _get(self, name: str) -> NDArray[Any]:
        array: NDArray[Any] = self._file.get_tensor(name)
        return array


def _changes(path: Path) -> dict[str, NDArray[np.float16]]:
    from safetensors.numpy import load_file

    return dict(load_file(path)) if path.is_file() else {}


class Table:
    """A matrix that stays quantized: an eighth of the memory."""

    def __init__(self, packed: NDArray[np.uint8], scale: NDArray[np.float16]) -> None:
        """Keep `packed` [rows, width/32, 16] and `scale` [rows, width/32]."""
        self._packed, self._scale = packed, scale

    def rows(self, ids: Sequence[int]) -> NDArray[np.float32]:
        """Expand some rows: [len(ids), width]."""
        picked = np.asarray(ids, np.int64)
        packed, scale = self._packed[picked], self._scale[picked]
        return dequantize(packed.reshape(-1, BLOCK // 2), scale.reshape(-1)).reshape(len(picked), -1)


def shapes_of(config: dict[str, Any]) -> dict[str, tuple[int, ...]]:
    """Give the shape of each BertModel matrix, from its config."""
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
