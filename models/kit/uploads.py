"""What a learner sent, read within bounds: a picture or a small table. Errors are kind, in both languages."""

import csv
import io
import warnings
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from models.engine.protocol import Both, DemoError

PIXELS = 24_000_000  # of a picture: a phone's photo; a zip bomb has more
ROWS, SMALLEST = 5000, 10  # of a table
CLASSES = 2  # that a table's last column may have


def image(data: bytes) -> Image.Image:
    """Open a learner's picture, upright, RGB. Raises DemoError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            opened = Image.open(io.BytesIO(data), formats=("PNG", "JPEG", "GIF", "WEBP", "BMP"))
            if opened.width * opened.height > PIXELS:
                raise DemoError(
                    Both(
                        "Essa imagem tem pontos demais; mande uma de até 24 megapixels.",
                        "That picture has too many pixels; send one of at most 24 megapixels.",
                    )
                )
            return ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise DemoError(
            Both(
                "Não consegui abrir essa imagem. Mande um PNG ou JPEG.",
                "I couldn't open that picture. Send a PNG or a JPEG.",
            )
        ) from error


def table(data: bytes) -> tuple[NDArray[Any], NDArray[Any], tuple[str, ...], tuple[str, ...]]:
    """Read a CSV of two columns and a label: points [N, 2], classes [N] of 0 and 1, columns' and classes' names.

    Raises DemoError.
    """
    rows = _rows(data)
    header = ("x", "y", "classe")
    if rows and not _numbers(rows[0]):
        header = tuple(cell.strip()[:24] for cell in rows[0][:3])  # type: ignore[assignment]  # three by _rows
        rows = rows[1:]
    if not SMALLEST <= len(rows) <= ROWS:
        raise _bad(f"de {SMALLEST} a {ROWS} linhas", f"{SMALLEST} to {ROWS} rows")
    if not all(_numbers(row) for row in rows):
        raise _bad("números nas duas primeiras colunas", "numbers in the first two columns")
    names = sorted({row[2].strip()[:24] for row in rows})
    if len(names) != CLASSES:
        raise _bad("duas classes na terceira coluna", "two classes in the third column")
    points = np.array([[_number(c) for c in row[:2]] for row in rows], np.float32)
    return points, np.array([names.index(row[2].strip()[:24]) for row in rows]), header[:2], tuple(names)


def _rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig", "replace")
    separator = ";" if text.partition("\n")[0].count(";") >= 2 else ","
    try:
        rows = [
            row for row, _ in zip(csv.reader(io.StringIO(text), delimiter=separator), range(ROWS + 3), strict=False)
        ]
    except csv.Error as error:
        raise _bad("só texto", "only text") from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if any(len(row) != 3 for row in rows):
        raise _bad("três colunas: dois números e a classe", "three columns: two numbers and the class")
    return rows


def _numbers(row: list[str]) -> bool:
    try:
        return all(np.isfinite(_number(cell)) and abs(_number(cell)) < 1e9 for cell in row[:2])
    except ValueError:
        return False


def _number(cell: str) -> float:
    return float(cell.strip().replace(",", "."))


def _bad(pt: str, en: str) -> DemoError:
    return DemoError(
        Both(f"Não consegui usar esse CSV: ele precisa ter {pt}.", f"I can't use that CSV: it needs {en}.")
    )
