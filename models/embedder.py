"""The sentence-embedding model: texts to unit vectors."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from models.quantized import CARRIED, Quantized, fingerprint, sha256_of, sums

BATCH = 32
MAX_TOKENS = 256  # passages are shorter; a longer text is cut, as the model would at 512
Matrix = NDArray[np.float32]


class Embedder(Protocol):
    """Encode questions and passages: [N, D] float32, rows of length 1."""

    fingerprint: str

    def queries(self, texts: Sequence[str], /) -> Matrix:
        """Encode questions."""
        ...

    def passages(self, texts: Sequence[str], /) -> Matrix:
        """Encode passages."""
        ...


def load(model: str, fast: bool = False) -> Embedder:
    """Load "default", the carried model, or any Sentence-Transformers name or folder.

    `fast`: the carried model multiplies in 16 or 8 bits where the processor can: in half the time, less exactly.

    Raises ImportError without torch, OSError or ValueError when the model can't be loaded.
    """
    import torch

    torch.set_num_threads(1)  # more threads spin against each other on a busy small machine
    return CarriedEmbedder(fast=fast) if model == "default" else SentenceTransformersEmbedder(model)


class Cutter:
    """Cuts texts into the carried model's tokens."""

    def __init__(self, folder: Path = CARRIED) -> None:
        """Read the tokenizer."""
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_TOKENS)

    def __call__(self, role: str, texts: Sequence[str]) -> list[list[int]]:
        """Give each text's token ids; `role` is "query" or "passage", as the model knows them."""
        return [encoding.ids for encoding in self._tokenizer.encode_batch([f"{role}: {text}" for text in texts])]


class CarriedEmbedder:
    """The model that comes with the repository; encoding is thread-safe."""

    def __init__(self, folder: Path = CARRIED, fast: bool = False, *, tuned: bool = True) -> None:
        """Read it: under a second, after a second or two for torch. Raises ValueError where a file is damaged.

        `tuned`: to the lecture; without, it is the model as it came.
        """
        from models.bert import Bert

        for name, wanted in sums(folder).items():
            if sha256_of(folder / name) != wanted:
                raise ValueError(f"{folder / name} is damaged: take it from the repository again")
        self.fingerprint = fingerprint(folder) if tuned else folder.name
        self._cut, self._bert = Cutter(folder), Bert(Quantized(folder, tuned=tuned), fast)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Encode questions."""
        return self._encode("query", texts)

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Encode passages."""
        return self._encode("passage", texts)

    def _encode(self, role: str, texts: Sequence[str]) -> Matrix:
        """Encode in batches of about one length."""
        tokens = self._cut(role, texts)
        order = sorted(range(len(tokens)), key=lambda n: len(tokens[n]))
        vectors = np.empty((len(tokens), self._bert.width), np.float32)
        for start in range(0, len(order), BATCH):
            batch = order[start : start + BATCH]
            vectors[batch] = self._bert.encode([tokens[n] for n in batch])
        return vectors


class SentenceTransformersEmbedder:
    """Any model of Sentence-Transformers; its imports take seconds and 400 MB."""

    def __init__(self, model: str) -> None:
        """Load a model by its name or folder."""
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # standard error belongs to the log
        self.fingerprint = model
        self._model: SentenceTransformer = SentenceTransformer(model, device="cpu")
        self._model.max_seq_length = min(MAX_TOKENS, self._model.max_seq_length or MAX_TOKENS)

    def queries(self, texts: Sequence[str]) -> Matrix:
        """Encode questions."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> Matrix:
        """Encode passages."""
        return self._encode(texts, "document")

    def _encode(self, texts: Sequence[str], role: str) -> Matrix:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        vectors = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return cast("Matrix", np.asarray(vectors, dtype=np.float32))
