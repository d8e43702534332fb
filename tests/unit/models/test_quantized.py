"""Reading the carried 4-bit model."""

import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from benchmarks.expand import EXPANDED, expand
from models.quantized import (
    BLOCK,
    CARRIED,
    DOWN,
    QUANTIZED,
    TUNED,
    UP,
    Quantized,
    dequantize,
    fingerprint,
    sha256_of,
    sums,
    write_sums,
)

WORDS = "embeddings.word_embeddings.weight"


def test_a_block_expands_low_nibbles_first() -> None:
    packed = np.array([[0x08 + 0x10 * n for n in range(16)]], np.uint8)  # low: always 8; high: 0 to 15
    flat = dequantize(packed, np.array([0.5], np.float16))
    assert flat.tolist() == [0.0] * 16 + [(n - 8) / 2 for n in range(16)]


def test_each_block_has_its_own_scale() -> None:
    packed = np.full((2, BLOCK // 2), 0x9F, np.uint8)  # low 15, high 9
    flat = dequantize(packed, np.array([1.0, -2.0], np.float16))
    assert flat.reshape(2, 2, 16)[:, :, 0].tolist() == [[7.0, 1.0], [-14.0, -2.0]]
    assert flat.dtype == np.float32


@pytest.fixture
def tiny(tmp_path: Path) -> Quantized:
    """A quantized model with one matrix of 2 by 32 and one bias."""
    names = ("vocab_size", "max_position_embeddings", "type_vocab_size", "num_hidden_layers", "intermediate_size")
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 32} | dict.fromkeys(names, 2)), "utf-8")
    tensors = {
        f"{WORDS}.q4": np.stack([np.full(16, 0x98, np.uint8), np.full(16, 0x89, np.uint8)]),
        f"{WORDS}.scale": np.array([1, 2], np.float16),
        "embeddings.LayerNorm.bias": np.array([1.5, 2.5], np.float16),
    }
    save_file(tensors, tmp_path / QUANTIZED)
    return Quantized(tmp_path)


def test_tensors_take_their_shape_from_the_config(tiny: Quantized) -> None:
    assert tiny.tensor(WORDS).tolist() == [[0.0] * 16 + [1.0] * 16, [2.0] * 16 + [0.0] * 16]
    assert tiny.tensor("embeddings.LayerNorm.bias").tolist() == [1.5, 2.5]
    assert tiny.names == ["embeddings.LayerNorm.bias", WORDS]


def test_a_table_expands_the_rows_asked_for(tiny: Quantized) -> None:
    assert tiny.table(WORDS).rows([1, 0, 1]).tolist() == tiny.tensor(WORDS)[[1, 0, 1]].tolist()


def test_a_tuned_matrix_has_its_change_added(tiny: Quantized, tmp_path: Path) -> None:
    up, down = np.array([[1.0], [2.0]], np.float16), np.arange(32, dtype=np.float16)[None]
    save_file({WORDS + UP: up, WORDS + DOWN: down}, tmp_path / TUNED)
    change = Quantized(tmp_path).tensor(WORDS) - tiny.tensor(WORDS)
    assert change.tolist() == [list(range(32)), list(range(0, 64, 2))]
    assert Quantized(tmp_path, tuned=False).tensor(WORDS).tolist() == tiny.tensor(WORDS).tolist()


def test_the_carried_model_is_whole() -> None:
    assert {name: sha256_of(CARRIED / name) for name in (QUANTIZED, TUNED)} == sums()


def test_hashes_are_written_as_they_are_read(tmp_path: Path) -> None:
    for name in (QUANTIZED, TUNED):
        (tmp_path / name).write_text(name)
    write_sums(tmp_path)
    assert sums(tmp_path) == {name: sha256_of(tmp_path / name) for name in (QUANTIZED, TUNED)}
    named = fingerprint(tmp_path)
    (tmp_path / TUNED).write_text("tuned anew")
    write_sums(tmp_path)
    assert fingerprint(tmp_path) != named and fingerprint(tmp_path).startswith(tmp_path.name)


def test_the_carried_model_untuned_expands_to_the_weights_that_it_was_made_from(tmp_path: Path) -> None:
    weights = expand(tmp_path / "model", tuned=False) / EXPANDED
    assert sha256_of(weights).startswith("588a07489d0c")
    weights.unlink()  # 156 MB, and pytest keeps the folders of its last runs
