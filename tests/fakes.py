"""Small stand-ins for what is slow or outside: each implements the seam that production code offers."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from knowledge.text import words

DIMENSIONS = 64


class HashingEncoder:
    """Implements `knowledge.vectors.Encoder`: bags of words, hashed into unit vectors; counts what it encodes."""

    def __init__(self, fingerprint: str = "hashing") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[tuple[str, str]] = []  # (role, text), in order

    def queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode("query", texts)

    def passages(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        return self._encode("passage", texts)

    def _encode(self, role: str, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += [(role, text) for text in texts]
        rows = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(text) or [""]:
                row[crc32(word.encode()) % DIMENSIONS] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)
