"""`python -m bot index`: what ships with the knowledge base."""

import io
from pathlib import Path

import pytest

from bot import index
from bot.config import KnowledgeSettings, Settings
from knowledge import vectors
from knowledge.tutor import Knowledge
from tests.fakes import HashingEncoder


@pytest.mark.parametrize("table", [{"model": "none"}, {"model": "mine"}, {"folder": "elsewhere"}])
def test_only_the_default_model_and_lecture_are_shipped(tmp_path: Path, table: dict[str, str]) -> None:
    out = io.StringIO()
    settings = Settings(data_dir=tmp_path, knowledge=KnowledgeSettings(**({"model": "default"} | table), batch=8))  # type: ignore[arg-type]
    assert index.build(settings, out) == 1 and "default model and lecture" in out.getvalue()


def test_vectors_and_both_gates_are_written_and_old_ones_removed(
    tmp_path: Path, small_lecture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped, out = tmp_path / "index", io.StringIO()
    shipped.mkdir()
    (shipped / "gate-lexical-old.json").write_text("{}")
    (shipped / "another-model.npz").write_bytes(b"")
    for module in (index, vectors):
        monkeypatch.setattr(module, "SHIPPED", shipped)
    monkeypatch.setattr(index, "load_knowledge", lambda _: Knowledge.load(small_lecture))
    monkeypatch.setattr(index, "model_loader", lambda _: HashingEncoder)
    assert index.build(Settings(data_dir=tmp_path / "data"), out) == 0
    names = sorted(path.name.split("-")[0] for path in shipped.iterdir())
    assert names == ["gate", "gate", "hashing.npz"] and "two gates in index/" in out.getvalue()
