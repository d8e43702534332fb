"""Embeddings of the knowledge base, kept by text: an edited passage costs one encoding, not all of them."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

SHIPPED = Path(__file__).parent / "index"
Matrix = NDArray[np.float32]


class Encoder(Protocol):
    """What retrieval asks of an embedding model; rows have length 1."""

    @property
    def fingerprint(self) -> str:
        """Name the model: another model, another fingerprint. Waits until it is loaded, and raises what that raised."""
        ...

    def queries(self, texts: Sequence[str], /) -> Matrix:
        """Encode questions: [N, D]."""
        ...

    def passages(self, texts: Sequence[str], /) -> Matrix:
        """Encode passages: [N, D]."""
        ...


def compared(vectors: Matrix, texts: Matrix) -> Matrix:
    """Give the cosines of a few unit vectors [N, D] with many texts' [T, D]: [N, T], each row in one piece."""
    return np.ascontiguousarray((texts @ vectors.T).T)  # this way round BLAS takes two thirds of the time


def _key(role: str, text: str) -> int:
    return int.from_bytes(hashlib.sha1(f"{role}\0{text}".encode()).digest()[:8], "big")


class VectorStore:
    """Vectors by text: those that ship with the knowledge base, those cached, and new ones."""

    def __init__(self, encoder: Encoder, cache: Path, shipped: Path = SHIPPED) -> None:
        """Read what is there; an unreadable file is as good as none and is made anew."""
        self._encoder = encoder
        name = "".join(ch if ch.isalnum() or ch in "-_." else "_" for ch in encoder.fingerprint) + ".npz"
        self._cached = cache / "vectors" / name
        self._vectors = {**_read(shipped / name), **_read(self._cached)}

    def get(self, role: str, texts: Sequence[str]) -> Matrix:
        """Give the vectors of `texts` as "query" or "passage": [N, D]; encodes and caches the missing ones."""
        if not texts:
            return np.zeros((0, 0), np.float32)
        keys = [_key(role, text) for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._vectors}
        if missing:
            encode = self._encoder.queries if role == "query" else self._encoder.passages
            rows = encode(list(missing.values())).astype(np.float16)
            self._vectors.update(zip(missing, rows, strict=True))
            self.save(self._cached, self._vectors)
        return np.stack([self._vectors[k] for k in keys]).astype(np.float32)

    def export(self, folder: Path, wanted: Iterable[tuple[str, str]]) -> Path:
        """Write the vectors of the wanted (role, text) pairs, to ship with the knowledge base."""
        keys = {_key(role, text) for role, text in wanted}
        path = folder / self._cached.name
        self.save(path, {k: v for k, v in self._vectors.items() if k in keys})
        return path

    @staticmethod
    def save(path: Path, vectors: dict[int, NDArray[np.float16]]) -> None:
        """Write a file in one step; a folder that can't be written to only costs time next start."""

        def write(temporary: str) -> None:
            order = sorted(vectors)
            np.savez(temporary, keys=np.array(order, np.uint64), vectors=np.stack([vectors[k] for k in order]))

        _atomically(path, write)


def _atomically(path: Path, write: Callable[[str], None]) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    except OSError:
        return
    os.close(handle)
    try:
        write(temporary)
        Path(temporary).replace(path)
    except OSError:  # a full disk costs time next start, no more
        return
    finally:
        Path(temporary).unlink(missing_ok=True)


def _read(path: Path) -> dict[int, NDArray[np.float16]]:
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            keys, vectors = file["keys"], file["vectors"]
    except (OSError, ValueError, KeyError, EOFError, TypeError, NotImplementedError, zipfile.BadZipFile):
        return {}
    if vectors.ndim != 2 or len(keys) != len(vectors) or not np.isfinite(vectors).all():
        return {}
    return dict(zip(keys.tolist(), vectors, strict=True))
