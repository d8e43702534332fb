"""The examples that the tutor shows run as they stand."""

import ast
import re
import runpy
from pathlib import Path

import pytest

import knowledge.figures

CODE = Path(knowledge.figures.__file__).parent.parent / "code"
TORCH = sorted(CODE.glob("*.torch.py"))
KERAS = sorted(CODE.glob("*.keras.py"))
NUMBER_OR_SHAPE = re.compile(r"\d")  # a shape has numbers too
LONGEST = 28  # lines: what a phone shows without much scrolling


def name(path: Path) -> str:
    return path.name


@pytest.mark.parametrize("path", TORCH, ids=name)
def test_torch_example_prints_a_finite_result(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(path), run_name="__main__")
    printed = capsys.readouterr().out
    assert NUMBER_OR_SHAPE.search(printed)
    assert not re.search(r"\b(nan|inf)\b", printed)


@pytest.mark.parametrize("path", KERAS, ids=name)
def test_keras_example_compiles(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=path.name)
    imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert "keras" in imported


@pytest.mark.parametrize("path", TORCH + KERAS, ids=name)
def test_example_is_short(path: Path) -> None:
    assert 8 <= len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_every_example_promised_is_there() -> None:
    names = {path.name.removesuffix(".torch.py") for path in TORCH}
    assert names == {
        "perceptron", "mlp", "cnn", "rnn", "lstm", "gan", "transferencia", "transformer", "autoencoder", "treino",
        "resnet", "difusao", "atencao", "autossupervisao", "hopfield", "vae", "xor",
    }  # fmt: skip


def test_every_keras_example_has_a_torch_twin() -> None:
    twins = {path.name.replace(".keras.", ".torch.") for path in KERAS}
    assert twins <= {path.name for path in TORCH}
