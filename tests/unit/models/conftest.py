"""The real model, loaded once."""

import pytest

from models.embedder import CarriedEmbedder


@pytest.fixture(scope="session")
def embedder() -> CarriedEmbedder:
    return CarriedEmbedder()
