"""The code examples: complete, short programs that run as they are shown."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "code"
LABELS = {"torch": "PyTorch", "keras": "Keras"}


@cache
def listings(name: str, only: str = "") -> tuple[tuple[str, str], ...]:
    """Give (label, source) for each library that `name` has an example in. Raises KeyError for an unknown name."""
    found = tuple(
        (label, path.read_text("utf-8").strip())
        for library, label in LABELS.items()
        if (path := FOLDER / f"{name}.{library}.py").is_file() and only in ("", library)
    )
    if not found and not only:
        raise KeyError(name)
    return found
