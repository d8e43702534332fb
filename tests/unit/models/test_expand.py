"""Expanding the carried 4-bit model, whatever state the cache is in."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from models.expand import (
    BLOCK,
    CARRIED,
    EXPANDED,
    EXPANDED_SHA256,
    QUANTIZED,
    dequantize,
    expand,
    expanded_tensors,
    sha256_of,
)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache with the whole model in it; tests that spoil it take a copy."""
    cache = tmp_path_factory.mktemp("whole")
    expand(cache)
    yield cache
    shutil.rmtree(cache)


@pytest.fixture(autouse=True)
def _swept(tmp_path: Path) -> Iterator[None]:
    """Leave no models of 156 MB behind, as pytest keeps the folders of its last runs."""
    yield
    shutil.rmtree(tmp_path)


@pytest.fixture
def cache(whole: Path, tmp_path: Path) -> Path:
    shutil.copytree(whole, tmp_path / "cache")
    return tmp_path / "cache"


def weights_of(cache: Path) -> Path:
    (folder,) = cache.iterdir()
    return folder / EXPANDED


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
def tiny(tmp_path: Path) -> Path:
    """A quantized model with one matrix of 2 by 32 and one bias."""
    names = ("vocab_size", "max_position_embeddings", "type_vocab_size", "num_hidden_layers", "intermediate_size")
    (tmp_path / "config.json").write_text(json.dumps({"hidden_size": 32} | dict.fromkeys(names, 2)), "utf-8")
    word = "embeddings.word_embeddings.weight"
    tensors = {
        f"{word}.q4": np.full((2, 16), 0x98, np.uint8),
        f"{word}.scale": np.ones(2, np.float16),
        "embeddings.LayerNorm.bias": np.array([1.5, 2.5], np.float16),
    }
    save_file(tensors, tmp_path / QUANTIZED)
    return tmp_path


def test_tensors_take_their_shape_from_the_config(tiny: Path) -> None:
    tensors = expanded_tensors(tiny)
    assert tensors["embeddings.word_embeddings.weight"].tolist() == [[0.0] * 16 + [1.0] * 16] * 2
    assert tensors["embeddings.LayerNorm.bias"].tolist() == [1.5, 2.5]


def test_the_absent_pooler_becomes_zeros(tiny: Path) -> None:
    tensors = expanded_tensors(tiny)
    assert tensors["pooler.dense.weight"].shape == (32, 32)
    assert not tensors["pooler.dense.weight"].any() and not tensors["pooler.dense.bias"].any()


def test_the_carried_model_expands_to_what_it_must(whole: Path) -> None:
    assert sha256_of(weights_of(whole)) == EXPANDED_SHA256


def test_the_expanded_folder_is_complete_but_for_the_quantized_weights(whole: Path) -> None:
    folder = weights_of(whole).parent
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    carried = {p.relative_to(CARRIED).as_posix() for p in CARRIED.rglob("*") if p.is_file()}
    assert there == carried - {QUANTIZED} | {EXPANDED}


def test_expanded_weights_have_the_shapes_of_the_architecture(whole: Path) -> None:
    tensors = load_file(weights_of(whole))
    assert tensors["embeddings.word_embeddings.weight"].shape == (47284, 384)
    assert tensors["encoder.layer.11.output.dense.weight"].shape == (384, 1536)
    assert all(t.dtype == np.float32 for t in tensors.values())


def test_a_whole_model_is_used_again(cache: Path) -> None:
    before = weights_of(cache).stat()
    assert expand(cache) == weights_of(cache).parent
    after = weights_of(cache).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_corrupt_weights_are_made_anew(cache: Path) -> None:
    with weights_of(cache).open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\0" * 64)
    expand(cache)
    assert sha256_of(weights_of(cache)) == EXPANDED_SHA256


def test_a_download_cut_short_is_made_anew(cache: Path) -> None:
    weights_of(cache).write_bytes(b"")
    expand(cache)
    assert sha256_of(weights_of(cache)) == EXPANDED_SHA256


def test_a_model_without_its_tokenizer_is_made_anew(cache: Path) -> None:
    weights_of(cache).with_name("tokenizer.json").unlink()
    assert (expand(cache) / "tokenizer.json").is_file()


def test_a_cache_that_cannot_be_written_to_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = expand(tmp_path / "file")
    assert folder.parent == tmp_path
    assert sha256_of(folder / EXPANDED) == EXPANDED_SHA256


def test_nothing_temporary_stays_behind(whole: Path) -> None:
    assert [p.name for p in weights_of(whole).parent.rglob(".*")] == []


def test_a_copy_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "cache" / f"{CARRIED.name}-{EXPANDED_SHA256[:12]}" / "config.json"
    blocked.mkdir(parents=True)  # a folder where a file should be
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert expand(tmp_path / "cache").parent == tmp_path
    assert [p.name for p in blocked.parent.rglob(".*")] == []


def test_two_threads_may_expand_at_once(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        folders = list(pool.map(expand, [tmp_path, tmp_path]))
    assert folders[0] == folders[1] == weights_of(tmp_path).parent
    assert sha256_of(weights_of(tmp_path)) == EXPANDED_SHA256


def test_two_processes_may_expand_at_once(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from models.expand import expand; expand(Path(sys.argv[1]))"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=CARRIED.parents[1]) for _ in range(2)
    ]
    assert [process.wait(60) for process in processes] == [0, 0]
    assert sha256_of(weights_of(tmp_path)) == EXPANDED_SHA256
