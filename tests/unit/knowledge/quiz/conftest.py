"""A bank made of the examples in the README: an item of every kind."""

import re
from pathlib import Path

import pytest
import yaml

from knowledge import loader
from knowledge.passages import Lecture
from knowledge.quiz import bank as banks
from knowledge.quiz.bank import Bank

README = banks.ITEMS.parent / "README.md"
HOME = {  # where the README's examples belong
    "quando-aprende": "fundamentos/perceptron",
    "resolve-xor": "fundamentos/perceptron",
    "soma-ponderada": "fundamentos/perceptron",
    "saida-do-perceptron": "fundamentos/perceptron",
    "por-que-esconder-o-teste": "aprendizado/teste",
    "passos-do-treino": "aprendizado/treinamento",
    "rede-e-tarefa": "arquiteturas/arquiteturas",
    "qual-curva": "aprendizado/overfitting",
}


@pytest.fixture(scope="session")
def real() -> Lecture:
    """The whole lecture: items name its slides and passages."""
    return loader.load()


def examples() -> dict[str, str]:
    """Give the README's items by slug."""
    blocks = re.findall(r"```yaml\n(.*?)```", README.read_text("utf-8"), re.S)
    return {yaml.safe_load(block)[0]["id"]: block for block in blocks[1:]}


def write(folder: Path, items: dict[str, str]) -> Path:
    """Put items into a folder like the bank's."""
    for slug, text in items.items():
        path = folder / f"{HOME[slug]}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)
    return folder


@pytest.fixture(scope="session")
def bank(real: Lecture, tmp_path_factory: pytest.TempPathFactory) -> Bank:
    """The README's items."""
    return Bank.load(real, write(tmp_path_factory.mktemp("items"), examples()))
