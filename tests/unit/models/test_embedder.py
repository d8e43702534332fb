"""The real embedding model."""

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from benchmarks.expand import expand
from models import bert
from models.embedder import BATCH, MAX_TOKENS, CarriedEmbedder, SentenceTransformersEmbedder, load
from models.quantized import CARRIED, QUANTIZED, TUNED

pytestmark = pytest.mark.model
PT = ["o que é overfitting?", "quem criou a rede generativa adversária?", "receita de bolo de cenoura"]
EN = ["what is overfitting?", "who created the generative adversarial network?", "carrot cake recipe"]


def test_rows_have_length_one(embedder: CarriedEmbedder) -> None:
    for rows in (embedder.queries(PT), embedder.passages(PT)):
        assert rows.shape == (3, 384) and rows.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_twins_are_nearer_than_strangers(embedder: CarriedEmbedder) -> None:
    similar = embedder.queries(PT) @ embedder.queries(EN).T
    assert (similar.argmax(axis=1) == [0, 1, 2]).all()
    assert similar.diagonal().min() > np.max(similar - 2 * np.eye(3))


def test_a_question_is_nearest_to_its_answer(embedder: CarriedEmbedder) -> None:
    answers = [
        "Overfitting é decorar os exemplos de treino.",
        "Ian Goodfellow criou a GAN em 2014.",
        "Bata a cenoura com ovos.",
    ]
    similar = embedder.queries(PT) @ embedder.passages(answers).T
    assert (similar.argmax(axis=1) == [0, 1, 2]).all()


def test_questions_and_passages_are_encoded_differently(embedder: CarriedEmbedder) -> None:
    assert not np.allclose(embedder.queries(PT[:1]), embedder.passages(PT[:1]), atol=1e-3)


def test_a_text_has_the_same_vector_alone_and_in_company(embedder: CarriedEmbedder) -> None:
    np.testing.assert_allclose(embedder.queries(PT)[0], embedder.queries(PT[:1])[0], atol=1e-4)


@pytest.mark.parametrize("text", ["", " ", "🤖", "a " * 10_000, "中文"])
def test_any_text_has_a_vector(embedder: CarriedEmbedder, text: str) -> None:
    assert np.isfinite(embedder.queries([text])).all()


def test_a_long_text_is_cut(embedder: CarriedEmbedder) -> None:
    text = "rede " * (2 * MAX_TOKENS)
    np.testing.assert_allclose(embedder.queries([text]), embedder.queries([text * 2]), atol=1e-5)


def test_no_texts_have_no_vectors(embedder: CarriedEmbedder) -> None:
    assert embedder.queries([]).shape == (0, 384)


def test_texts_of_all_lengths_keep_their_order(embedder: CarriedEmbedder) -> None:
    texts = [" ".join(["rede", "neural"] * (n % 7 + 1)) + f" {n}" for n in range(BATCH + 5)]
    alone = np.concatenate([embedder.queries([text]) for text in texts])
    np.testing.assert_allclose(embedder.queries(texts), alone, atol=1e-5)


def test_threads_may_encode_at_once(embedder: CarriedEmbedder) -> None:
    with ThreadPoolExecutor(4) as pool:
        for rows in pool.map(embedder.queries, [PT] * 8):
            np.testing.assert_allclose(rows, embedder.queries(PT), atol=1e-5)


def test_its_vectors_are_those_of_sentence_transformers(embedder: CarriedEmbedder, tmp_path: Path) -> None:
    folder = expand(tmp_path / "model")
    other = load(str(folder))
    shutil.rmtree(folder)  # 156 MB, and pytest keeps the folders of its last runs
    assert isinstance(other, SentenceTransformersEmbedder) and other.fingerprint == str(folder)
    for texts in (PT + EN + ["", "🤖", "rede " * 400], PT[:1]):
        np.testing.assert_allclose(embedder.queries(texts), other.queries(texts), atol=1e-5)
        np.testing.assert_allclose(embedder.passages(texts), other.passages(texts), atol=1e-5)


@pytest.mark.parametrize("damaged", [QUANTIZED, TUNED])
def test_a_damaged_model_is_an_error(tmp_path: Path, damaged: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(CARRIED, folder)
    (folder / damaged).write_bytes((CARRIED / damaged).read_bytes()[:-1])
    with pytest.raises(ValueError, match=f"{damaged} is damaged"):
        CarriedEmbedder(folder)
    shutil.rmtree(folder)


def test_the_default_model_is_the_carried_one() -> None:
    assert isinstance(load("default"), CarriedEmbedder)


def test_a_model_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises((OSError, ValueError)):
        load(str(tmp_path / "gone"))


def test_the_carried_model_needs_no_sentence_transformers() -> None:
    code = "import sys; from models.embedder import load; load('default').queries(['oi']); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=CARRIED.parents[1], capture_output=True, check=True)
    assert {b"sentence_transformers", b"transformers"}.isdisjoint(run.stdout.split())


@pytest.mark.parametrize(("kind", "least"), [("bfloat16", 0.9999), ("int8", 0.998)])
def test_a_fast_model_gives_nearly_the_same_vectors(
    embedder: CarriedEmbedder, monkeypatch: pytest.MonkeyPatch, kind: str, least: float
) -> None:
    import torch

    monkeypatch.setattr(bert, "kind_of_matrices", lambda: getattr(torch, kind))  # elsewhere torch does the same, slowly
    fast = load("default", fast=True)
    alike = (embedder.queries([*PT, *EN]) * fast.queries([*PT, *EN])).sum(axis=1)
    assert least < alike.min() < 1 - 1e-7
    np.testing.assert_allclose(fast.queries(PT[:1]), fast.queries([*PT, *EN])[:1], atol=1e-3)  # whoever is beside it


@pytest.mark.parametrize(
    ("capability", "kind"),
    [
        ({}, "float32"),
        ({"avx512_vnni": True}, "int8"),
        ({"avx_vnni": True}, "int8"),
        ({"avx512_vnni": True, "avx512_bf16": True}, "int8"),
        ({"amx_bf16": True}, "bfloat16"),
    ],
)
def test_a_processor_multiplies_what_it_can(
    monkeypatch: pytest.MonkeyPatch, capability: dict[str, bool], kind: str
) -> None:
    monkeypatch.setattr("torch.cpu.get_capabilities", lambda: capability)
    assert str(bert.kind_of_matrices()) == f"torch.{kind}"
