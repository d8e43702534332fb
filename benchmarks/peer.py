"""Child process: LangChain with FAISS under the same load, with the same model and passages. Prints one JSON object."""

import argparse
import asyncio
import json
import sys
import warnings
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from benchmarks.expand import expand
from benchmarks.load import Load, Outcome, drive, questions
from benchmarks.process import memory
from bot import app, config
from knowledge.retrieval import Texts
from knowledge.vectors import VectorStore
from models.embedder import MAX_TOKENS
from models.quantized import fingerprint


class Vectors:
    """Answers `VectorStore` from its cache: the peer's index holds the very vectors of ours."""

    def __init__(self, embeddings: Any) -> None:
        """Keep what encodes a text that isn't cached."""
        self.fingerprint = fingerprint()
        self._embeddings = embeddings

    def queries(self, texts: Any) -> Any:
        """Encode questions; the index needs none."""
        raise NotImplementedError

    def passages(self, texts: Any) -> Any:
        """Encode passages."""
        import numpy as np

        return np.array(self._embeddings.embed_documents(list(texts)), np.float32)


def build(data: Path) -> Any:
    """Give LangChain's vector store over both twins of every passage. Raises ImportError without LangChain."""
    import faiss
    import torch
    from langchain_community.vectorstores import FAISS
    from langchain_huggingface import HuggingFaceEmbeddings

    torch.set_num_threads(1)
    faiss.omp_set_num_threads(1)
    settings = config.Settings(data_dir=data)
    cache = app.cache_folder(settings)
    embeddings = HuggingFaceEmbeddings(
        model_name=str(expand(settings.data_dir / "sentence-transformers")),
        model_kwargs={"device": "cpu"},
        encode_kwargs={"prompt_name": "document", "normalize_embeddings": True, "batch_size": 32},
        query_encode_kwargs={"prompt_name": "query", "normalize_embeddings": True},
    )
    embeddings._client.max_seq_length = MAX_TOKENS
    texts = Texts.of(app.load_knowledge(settings).lecture).twins
    vectors = VectorStore(Vectors(embeddings), cache).get("passage", texts)
    return FAISS.from_embeddings(list(zip(texts, vectors.tolist(), strict=True)), embeddings)


async def measure(store: Any, askers: int, count: int) -> Load:
    """Put the questions to it; the answer is the best passage's text."""

    async def answer(user: str, question: str) -> Outcome:
        del user
        found = await store.asimilarity_search(question, k=1)
        return Outcome.ANSWERED if found and found[0].page_content else Outcome.FAILED

    load = await drive(answer, questions(count), askers)
    held = memory()
    return replace(load, rss=held.rss if held else 0.0)


def main() -> int:
    """Measure one number of askers, or say what is missing."""
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path)
    parser.add_argument("askers", type=int)
    parser.add_argument("questions", type=int)
    options = parser.parse_args()
    warnings.simplefilter("ignore", DeprecationWarning)
    try:
        store = build(options.data)
    except ImportError as error:
        print(json.dumps({"missing": str(error).splitlines()[0]}))
        return 0
    print(json.dumps(asdict(asyncio.run(measure(store, options.askers, options.questions)))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
