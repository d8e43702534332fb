"""The sentence-embedding model: texts to unit vectors."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from models.expand import CARRIED, EXPANDED_SHA256, expand

if TYPE_CHECKING:
    pass

CARRIED_FINGERPRINT = f"{CARRIED.name}-{EXPANDED_SHA256[:12]}"
BATCH = 32
MAX_TOKENS = 256  # passages are shorter; a longer text is cut, as the model would at 512


class Embedder:
    """Encode questions and passages; loads in the constructor (seconds, and 400 MB of imports)."""

    def __init__(self, model: str, cache: Path) -> None:
        """Load `model`: "default" for the carried one, or any Sentence-Transformers name or folder.

        Raises ImportError without torch, OSError or ValueError when the model can't be loaded.
        """
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()  # standard error belongs to the log
        torch.set_num_threads(1)  # more threads spin against each other on a busy small machine
        torch.set_grad_enabled(False)
        default = model == "default"
        self.fingerprint = CARRIED_FINGERPRINT if default else model
        self._model: SentenceTransformer = SentenceTransformer(str(expand(cache)) if default else model, device="cpu")
        self._model.max_seq_length = min(MAX_TOKENS, self._model.max_seq_length or MAX_TOKENS)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode questions: [N, D] float32, rows of length 1."""
        return self._encode(texts, "query")

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode passages: [N, D] float32, rows of length 1."""
        return self._encode(texts, "document")

    def _encode(self, texts: Sequence[str], role: str) -> NDArray[np.float32]:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        vectors = encode(
            list(texts), batch_size=BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return cast("NDArray[np.float32]", np.asarray(vectors, dtype=np.float32))
