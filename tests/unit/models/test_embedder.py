"""The real embedding model."""

from pathlib import Path

import numpy as np
import pytest

from models.embedder import MAX_TOKENS, Embedder
from models.expand import EXPANDED_SHA256

pytestmark = pytest.mark.model
PT = ["o que é overfitting?", "quem criou a rede generativa adversária?", "receita de bolo de cenoura"]
EN = ["what is overfitting?", "who created the generative adversarial network?", "carrot cake recipe"]


def test_rows_have_length_one(embedder: Embedder) -> None:
    for rows in (embedder.queries(PT), embedder.passages(PT)):
        assert rows.shape == (3, 384) and rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_twins_are_nearer_than_strangers(embedder: Embedder) -> None:
    similar = embedder.queries(PT) @ embedder.queries(EN).T
    assert (similar.argmax(axis=1) == [0, 1, 2]).all()
    assert similar.diagonal().min() > np.max(similar - 2 * np.eye(3))


def test_a_question_is_nearest_to_its_answer(embedder: Embedder) -> None:
    answers = [
        "Overfitting é decorar os exemplos de treino.",
        "Ian Goodfellow criou a GAN em 2014.",
        "Bata a cenoura com ovos.",
    ]
    similar = embedder.queries(PT) @ embedder.passages(answers).T
    assert (similar.argmax(axis=1) == [0, 1, 2]).all()


def test_questions_and_passages_are_encoded_differently(embedder: Embedder) -> None:
    assert not np.allclose(embedder.queries(PT[:1]), embedder.passages(PT[:1]), atol=1e-3)


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: Embedder) -> None:
    np.testing.assert_allclose(embedder.queries(PT)[0], embedder.queries(PT[:1])[0], atol=1e-4)


@pytest.mark.parametrize("text", ["", " ", "🤖", "a " * 10_000, "中文"])
def test_any_text_has_a_vector(embedder: Embedder, text: str) -> None:
    assert np.isfinite(embedder.queries([text])).all()


def test_a_long_text_is_cut(embedder: Embedder) -> None:
    text = "rede " * (2 * MAX_TOKENS)
    np.testing.assert_allclose(embedder.queries([text]), embedder.queries([text * 2]), atol=1e-5)


def test_the_fingerprint_names_the_weights(embedder: Embedder) -> None:
    assert embedder.fingerprint == f"e5-small-enpt-{EXPANDED_SHA256[:12]}"


def test_a_folder_is_a_model_too(embedder: Embedder, tmp_path: Path) -> None:
    from models.expand import expand
    from tests.unit.models.conftest import CACHE

    folder = str(expand(CACHE if CACHE.is_dir() else tmp_path))
    other = Embedder(folder, tmp_path / "unused")
    assert other.fingerprint == folder and not (tmp_path / "unused").exists()
    np.testing.assert_allclose(other.queries(PT), embedder.queries(PT), atol=1e-5)


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError)):
        Embedder(str(tmp_path / "gone"), tmp_path)
