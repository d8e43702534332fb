"""What a learner sends is read within bounds; the rest is told kindly."""

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from models.engine.protocol import DemoError
from models.kit import arrays, uploads

ROWS = [f"{i}.5,{-i},{'ab'[i % 2]}" for i in range(12)]


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (width, height)).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """Give a small PNG whose header promises 50,000 × 50,000 pixels."""
    data = bytearray(png(1, 1))
    data[16:24] = (50_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    return bytes(data)


def test_a_picture_is_opened_in_colours() -> None:
    assert (uploads.image(png(6, 4)).size, uploads.image(png(6, 4)).mode) == ((6, 4), "RGB")


@pytest.mark.parametrize("data", [b"", b"not a picture", png(9, 9)[:40], bomb(), b"%!PS-Adobe-3.0 EPSF-3.0"])
def test_what_is_no_picture_or_a_bomb_is_refused(data: bytes) -> None:
    with pytest.raises(DemoError) as caught:
        uploads.image(data)
    assert caught.value.reason.pt and caught.value.reason.en


def test_a_picture_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(DemoError, match="megapixels"):
        uploads.image(png(5000, 5000))


PLAIN = "\n".join(ROWS)
NAMED = f"peso,altura,tipo\n{PLAIN}\n\n"
BRAZILIAN = PLAIN.replace(",", ";").replace(".", ",")


@pytest.mark.parametrize("text", [PLAIN, NAMED, BRAZILIAN])
def test_a_table_of_two_numbers_and_a_class_is_read(text: str) -> None:
    points, classes, columns, names = uploads.table(text.encode())
    assert points.shape == (12, 2) and points[3].tolist() == [3.5, -3] and classes.tolist() == [0, 1] * 6
    assert names == ("a", "b") and len(columns) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "rows"),
        ("\n".join(ROWS[:5]), "rows"),
        ("1,2,a\n" * 6000, "rows"),
        ("1,2\n" * 20, "three columns"),
        ("1,a,x\n" * 20, "numbers"),
        ("1,2,y\n1,nan,x\n" * 20, "numbers"),
        ("1,2,x\n" * 20, "two classes"),
        ("1,2," + "x" * 200_000 + "\n", "only text"),
    ],
)
def test_another_table_is_refused_with_what_it_needs(text: str, said: str) -> None:
    with pytest.raises(DemoError, match=said):
        uploads.table(text.encode())


def test_arrays_survive_as_bytes_without_pickles() -> None:
    again = arrays.unpack(arrays.pack({"w": np.arange(3.0), "b": [1]}))
    assert again["w"].tolist() == [0, 1, 2] and again["b"].tolist() == [1]


def test_what_holds_objects_is_not_read() -> None:
    out = io.BytesIO()
    np.savez(out, x=np.array([{}], object))
    with pytest.raises(ValueError, match="Object arrays"):
        arrays.unpack(out.getvalue())
    with pytest.raises(ValueError):
        arrays.unpack(b"nothing")


def test_the_demos_data_is_loaded_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(arrays, "DATA", tmp_path)
    (tmp_path / "x.npz").write_bytes(arrays.pack({"a": [7]}))  # type: ignore[operator]  # a path
    assert arrays.load("x.npz")["a"].tolist() == [7]
