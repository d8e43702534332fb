"""The tutor put together by `bootstrap`, with a real database."""

import io
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from bot import oneshot
from bot.app import App, bootstrap
from bot.config import KnowledgeSettings, Settings
from bot.platforms.stdio import Stdio
from handlers.messages import Request, Sources
from knowledge.tutor import Knowledge
from tests.fakes import HashingEncoder, LineBuffer, RecordingSurface


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", knowledge=KnowledgeSettings(model="none", batch=8))


@pytest.fixture
async def tutor(settings: Settings, small_knowledge: Knowledge, warm: Callable[[Path], Path]) -> AsyncIterator[App]:
    warm(settings.data_dir)
    tutor = await bootstrap(settings, knowledge=small_knowledge)
    yield tutor
    await tutor.close()


def source(surface: RecordingSurface) -> str:
    return surface.sent[0].of(Sources)[0].items[0].id


async def test_a_question_goes_all_the_way(tutor: App) -> None:
    [reply] = await oneshot.ask(tutor, "o que é uma gan?", "ana", "pt")
    assert reply.of(Sources)[0].items[0].id == "gan.definition"


async def test_a_conversation_and_its_language_survive_a_restart(
    tutor: App, settings: Settings, small_knowledge: Knowledge
) -> None:
    await oneshot.ask(tutor, "o que é o perceptron?", "ana", "pt")
    await oneshot.ask(tutor, "/idioma en", "ana", "pt")
    again = await bootstrap(settings, knowledge=small_knowledge)
    surface = RecordingSurface()
    await again.dispatcher.run(Request("9", "ana", "shell", "/language"), surface)
    assert (await again.tools.conversations.context("shell:ana", "")).concepts == ("perceptron",)
    assert surface.texts == ["Which language do you prefer?"]
    await again.close()


async def test_a_choice_can_be_pressed_after_a_restart(
    tutor: App, settings: Settings, small_knowledge: Knowledge
) -> None:
    again = await bootstrap(settings, knowledge=small_knowledge)
    surface = RecordingSurface()
    await again.dispatcher.run(Request("9", "ana", "shell", press="p:pt:perceptron.when"), surface)
    assert source(surface) == "perceptron.when"
    await again.close()


async def test_a_model_and_a_database_of_ones_own_can_be_given(
    settings: Settings, small_lecture: Path, tmp_path: Path
) -> None:
    own = Knowledge.load(small_lecture)
    tutor = await bootstrap(settings, knowledge=own, load_model=HashingEncoder, database=tmp_path / "own.db")
    await oneshot.ask(tutor, "o que é uma gan?", "ana", "pt")
    assert isinstance(tutor.finder.encoder, HashingEncoder)
    assert (tmp_path / "own.db").is_file() and not (settings.data_dir / "sinapse.db").exists()
    await tutor.close()


async def test_a_platform_is_served_to_its_end(tutor: App) -> None:
    sink = io.StringIO()
    line = json.dumps({"id": "1", "user": "ana", "text": "o que é uma gan?"}).encode() + b"\n"
    await tutor.serve(Stdio(LineBuffer(line), sink))  # type: ignore[arg-type]
    rows: list[dict[str, Any]] = [json.loads(row) for row in sink.getvalue().splitlines()]
    assert rows[0]["sources"][0]["id"] == "gan.definition" and rows[-1] == {"id": "1", "final": True}


async def test_building_the_tutor_starts_nothing(tutor: App) -> None:
    assert not tutor.finder.ready and tutor.finder._worker is None


def test_importing_the_application_leaves_heavy_libraries_out() -> None:
    code = "import sys, bot.app; print({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "set()"


def test_a_gate_read_from_the_cache_decides_like_the_one_just_fitted(cache: Path, knowledge: Knowledge) -> None:
    again = Knowledge.load()
    again._parts = knowledge.parts
    again.use_letters(cache)
    assert knowledge._gate and again._gate
    x = knowledge._gate.mean + knowledge._gate.spread
    assert again._gate.probability(x) == pytest.approx(knowledge._gate.probability(x), abs=0.01)
