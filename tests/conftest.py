"""Shared fixtures. Threads are set before numpy and torch are imported."""

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")  # no test asks the network

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.tokens import SECRETS
from handlers.ports import Tools
from knowledge.tutor import Knowledge
from tests.fakes import tools_for

SLIDES = """\
- {id: capa, title: Quem é quem em Deep Learning}
- {id: perceptron, title: Perceptron}
- {id: gan, title: GAN}
"""
CONCEPT = """\
---
title: {{pt: {pt}, en: {en}}}
kind: {kind}
slides: [{slide}]
aliases:
  pt: [{pt_alias}]
  en: [{en_alias}]
---

"""
PASSAGE = """\
## {aspect}
source: {source}
### pt: {pt_title}
{pt}
? {pt_question}
### en: {en_title}
{en}
? {en_question}

"""
PERCEPTRON = CONCEPT.format(
    pt="Perceptron", en="Perceptron", kind="architecture", slide="perceptron", pt_alias="perceptron",
    en_alias="perceptron",
) + PASSAGE.format(
    aspect="definition", source="slide perceptron", pt_title="O que é o perceptron", en_title="What the perceptron is",
    pt="O perceptron é um neurônio artificial que aprende pesos para separar duas classes com uma reta.",
    en="The perceptron is an artificial neuron that learns weights to separate two classes with a line.",
    pt_question="o que é o perceptron?", en_question="what is the perceptron?",
) + PASSAGE.format(
    aspect="when", source="slide perceptron", pt_title="Quando surgiu o perceptron",
    en_title="When the perceptron came",
    pt="O perceptron surgiu em 1957. Frank Rosenblatt o simulou num IBM 704.",
    en="The perceptron came in 1957. Frank Rosenblatt simulated it on an IBM 704.",
    pt_question="quando surgiu o perceptron?", en_question="when was the perceptron invented?",
)  # fmt: skip
GAN = CONCEPT.format(
    pt="Rede adversária", en="Adversarial network", kind="architecture", slide="gan", pt_alias="gan", en_alias="gan"
) + PASSAGE.format(
    aspect="definition", source="slide gan", pt_title="O que é uma GAN", en_title="What a GAN is",
    pt="Uma GAN são duas redes que competem: o gerador inventa imagens e o discriminador tenta desmascará-las.",
    en="A GAN is two networks that compete: the generator makes images up and the discriminator tries to expose them.",
    pt_question="o que é uma gan?", en_question="what is a gan?",
)  # fmt: skip
CLASS = CONCEPT.format(
    pt="Aula", en="Lecture", kind="course", slide="capa", pt_alias="aula", en_alias="lecture"
) + PASSAGE.format(
    aspect="definition", source="complement", pt_title="O que é a aula", en_title="What the lecture is",
    pt="A aula apresenta as pessoas e as ideias que fizeram o aprendizado profundo.",
    en="The lecture introduces the people and ideas that made deep learning.",
    pt_question="sobre o que é a aula?", en_question="what is the lecture about?",
)  # fmt: skip


def write_small_lecture(folder: Path) -> Path:
    """Write a lecture of three concepts, quick to load."""
    for name, text in {"fundamentos/perceptron": PERCEPTRON, "arquiteturas/gan": GAN, "historia/aula": CLASS}.items():
        path = folder / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (folder / "slides.yaml").write_text(SLIDES, "utf-8")
    return folder


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's own settings out of the tests."""
    for name in [n for n in os.environ if n.upper().startswith("SINAPSE_") or n in SECRETS]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the cache that holds the real lecture's gate once `knowledge` was asked for."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="session")
def knowledge(cache: Path) -> Knowledge:
    """Give the real lecture, ready to be searched by words alone. Takes seconds: once a session."""
    knowledge = Knowledge.load()
    knowledge.prepare()
    knowledge.use_letters(cache)
    return knowledge


@pytest.fixture
def tools(knowledge: Knowledge) -> Tools:
    """Give tools over the real lecture, with memory of nothing."""
    return tools_for(knowledge)


@pytest.fixture
def small_lecture(tmp_path: Path) -> Path:
    """Write a lecture of three concepts."""
    return write_small_lecture(tmp_path / "lecture")


@pytest.fixture(scope="session")
def small_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the cache that holds the small lecture's gate once `small_knowledge` was asked for: one for all workers."""
    base = tmp_path_factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "small-cache"


@pytest.fixture(scope="session")
def small_knowledge(tmp_path_factory: pytest.TempPathFactory, small_cache: Path) -> Knowledge:
    """Give the lecture of three concepts, ready to be searched by words alone."""
    knowledge = Knowledge.load(write_small_lecture(tmp_path_factory.mktemp("small") / "lecture"))
    knowledge.prepare()
    knowledge.use_letters(small_cache)
    return knowledge


@pytest.fixture
def warm(small_knowledge: Knowledge, small_cache: Path) -> Callable[[Path], Path]:
    """Give what makes a data folder in which the small lecture's gate is fitted already, as after a first start."""
    del small_knowledge

    def warm(data: Path) -> Path:
        shutil.copytree(small_cache, data / "cache")
        return data

    return warm
