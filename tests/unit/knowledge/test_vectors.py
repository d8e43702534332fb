"""Vectors kept by text, on disk, whatever state the disk is in."""

from pathlib import Path

import numpy as np
import pytest

from knowledge.vectors import VectorStore
from tests.fakes import DIMENSIONS, HashingEncoder

TEXTS = ("o que é uma GAN?", "o que é um VAE?")


def store(encoder: HashingEncoder, cache: Path, shipped: Path | None = None) -> VectorStore:
    return VectorStore(encoder, cache, shipped or cache / "none")


def cached(cache: Path) -> Path:
    (path,) = (cache / "vectors").iterdir()
    return path


def test_texts_become_unit_rows_in_order(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    rows = store(encoder, tmp_path).get("query", TEXTS)
    assert rows.shape == (2, DIMENSIONS) and rows.dtype == np.float32
    np.testing.assert_allclose(rows, encoder.queries(TEXTS), atol=1e-3)


def test_each_text_is_encoded_once(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    vectors = store(encoder, tmp_path)
    vectors.get("query", [*TEXTS, TEXTS[0]])
    vectors.get("query", [TEXTS[1], "novo"])
    assert encoder.encoded == [("query", TEXTS[0]), ("query", TEXTS[1]), ("query", "novo")]


def test_a_question_and_a_passage_of_the_same_words_differ(tmp_path: Path) -> None:
    encoder = HashingEncoder()
    vectors = store(encoder, tmp_path)
    vectors.get("query", TEXTS[:1])
    vectors.get("passage", TEXTS[:1])
    assert encoder.encoded == [("query", TEXTS[0]), ("passage", TEXTS[0])]


def test_a_new_start_encodes_nothing_again(tmp_path: Path) -> None:
    before = store(HashingEncoder(), tmp_path).get("query", TEXTS)
    encoder = HashingEncoder()
    np.testing.assert_array_equal(store(encoder, tmp_path).get("query", TEXTS), before)
    assert encoder.encoded == []


def test_another_model_has_its_own_vectors(tmp_path: Path) -> None:
    store(HashingEncoder("one"), tmp_path).get("query", TEXTS)
    other = HashingEncoder("two/of:them")
    store(other, tmp_path).get("query", TEXTS)
    assert len(other.encoded) == 2
    assert {p.name for p in (tmp_path / "vectors").iterdir()} == {"one.npz", "two_of_them.npz"}


def test_vectors_that_ship_are_not_encoded(tmp_path: Path) -> None:
    first = store(HashingEncoder(), tmp_path / "a")
    first.get("query", TEXTS)
    first.export(tmp_path / "shipped", [("query", TEXTS[0])])
    encoder = HashingEncoder()
    store(encoder, tmp_path / "b", tmp_path / "shipped").get("query", TEXTS)
    assert encoder.encoded == [("query", TEXTS[1])]


def test_an_export_holds_only_what_is_wanted(tmp_path: Path) -> None:
    vectors = store(HashingEncoder(), tmp_path)
    vectors.get("query", TEXTS)
    with np.load(vectors.export(tmp_path / "out", [("query", TEXTS[0]), ("query", "unknown")])) as file:
        assert len(file["keys"]) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"not a zip",
        lambda data: data[: len(data) // 2],
        lambda data: data[:200] + bytes(byte ^ 255 for byte in data[200:300]) + data[300:],
    ],
)
@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # np.load leaves the file to be collected
def test_a_corrupt_cache_is_made_anew(tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    before = store(HashingEncoder(), tmp_path).get("query", TEXTS)
    cached(tmp_path).write_bytes(spoil(cached(tmp_path).read_bytes()))
    encoder = HashingEncoder()
    np.testing.assert_array_equal(store(encoder, tmp_path).get("query", TEXTS), before)
    assert len(encoder.encoded) == 2
    assert np.load(cached(tmp_path))["vectors"].shape == (2, DIMENSIONS)


@pytest.mark.parametrize(
    "arrays",
    [
        {"keys": np.zeros(2, np.uint64)},
        {"keys": np.zeros(2, np.uint64), "vectors": np.zeros(2, np.float16)},
        {"keys": np.zeros(3, np.uint64), "vectors": np.zeros((2, 4), np.float16)},
        {"keys": np.zeros(2, np.uint64), "vectors": np.full((2, 4), np.nan, np.float16)},
        {"keys": np.zeros(2, np.uint64), "vectors": np.array([["a", None]] * 2, object)},
    ],
)
def test_a_cache_of_something_else_is_made_anew(tmp_path: Path, arrays: dict[str, np.ndarray]) -> None:
    (tmp_path / "vectors").mkdir()
    np.savez(tmp_path / "vectors" / "hashing.npz", **arrays)
    assert store(HashingEncoder(), tmp_path).get("query", TEXTS).shape == (2, DIMENSIONS)


@pytest.mark.parametrize("kind", ["a flag of the zip", "another npy"])
def test_any_damage_is_survived(tmp_path: Path, kind: str) -> None:
    store(HashingEncoder(), tmp_path).get("query", TEXTS)
    path = cached(tmp_path)
    if kind == "another npy":
        with path.open("wb") as file:
            np.save(file, np.ones(3))
    else:
        data = bytearray(path.read_bytes())
        data[data.index(b"PK\x01\x02") + 8] |= 0x20  # "compressed patched data"
        path.write_bytes(data)
    assert store(HashingEncoder(), tmp_path).get("query", TEXTS).shape == (2, DIMENSIONS)


def test_a_folder_that_cannot_be_written_to_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "vectors").write_text("a file where the folder should be")
    assert store(HashingEncoder(), tmp_path).get("query", TEXTS).shape == (2, DIMENSIONS)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "v.npz").mkdir()  # can't be replaced by a file
    VectorStore.save(tmp_path / "v.npz", {1: np.ones(2, np.float16)})
    assert [p.name for p in tmp_path.iterdir()] == ["v.npz"]


def test_a_cache_that_cannot_be_replaced_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "vectors" / "hashing.npz").mkdir(parents=True)
    assert store(HashingEncoder(), tmp_path).get("query", TEXTS).shape == (2, DIMENSIONS)


def test_two_stores_on_one_cache_do_not_spoil_it(tmp_path: Path) -> None:
    one, two = store(HashingEncoder(), tmp_path), store(HashingEncoder(), tmp_path)
    one.get("query", ["a"])
    two.get("query", ["b"])
    np.testing.assert_array_equal(one.get("query", ["b"]), two.get("query", ["b"]))
    assert store(HashingEncoder(), tmp_path).get("query", ["a", "b"]).shape == (2, DIMENSIONS)


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    assert len(store(HashingEncoder(), tmp_path).get("query", [])) == 0
