"""The real model, loaded once."""

from pathlib import Path

import pytest

from models.embedder import Embedder

CACHE = Path(__file__).parents[3] / "data" / "cache" / "models"


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """Load from the tutor's own cache where it is there: expanding again would only cost time."""
    return Embedder("default", CACHE if CACHE.is_dir() else tmp_path_factory.mktemp("models"))
