"""`python -m bot check`: each thing that may be wrong is said on its line."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from bot import app, check
from bot.config import KnowledgeSettings, Settings
from bot.whoami import Rejected, Unreachable
from models.demos import discover
from models.engine.words import DemoFault
from tests.fakes import HashingEncoder

READY = ["settings", "knowledge", "database", "model", "demos"]
TOKEN = "123456:AAH-abc_def"


@pytest.fixture
def settings(tmp_path: Path, small_lecture: Path) -> Settings:
    table = KnowledgeSettings(model="none", folder=str(small_lecture), batch=8)
    return Settings(data_dir=tmp_path / "data", knowledge=table)


def with_model(settings: Settings, name: str) -> Settings:
    return settings.model_copy(update={"knowledge": settings.knowledge.model_copy(update={"model": name})})


async def checked(settings: Settings) -> tuple[int, dict[str, str]]:
    out = io.StringIO()
    code = await check.check(settings, out)
    return code, {row[6:].split(":")[0]: row for row in out.getvalue().splitlines()}


def loading(monkeypatch: pytest.MonkeyPatch, load: Callable[[], object]) -> None:
    monkeypatch.setattr(check, "model_loader", lambda _: load)


async def test_when_all_is_well_each_line_says_so(settings: Settings) -> None:
    code, rows = await checked(settings)
    assert code == 0 and list(rows) == [*READY, "discord", "telegram"]
    assert all(row.startswith("ok    ") for row in list(rows.values())[: len(READY)])


@pytest.fixture
def asking(monkeypatch: pytest.MonkeyPatch) -> Callable[[str | Exception], None]:
    """Set a Telegram token, and what the platform says of it."""

    def asking(answer: str | Exception) -> None:
        async def whoami(name: str, token: str, settings: Settings) -> str:
            if isinstance(answer, Exception):
                raise answer
            return answer

        monkeypatch.setenv("TELEGRAM_TOKEN", TOKEN)
        monkeypatch.setattr(check, "whoami", whoami)

    return asking


Asking = Callable[[str | Exception], None]


@pytest.mark.parametrize(
    ("answer", "code", "row"),
    [
        ("sinapse_bot", 0, "ok    telegram: the token is @sinapse_bot's"),
        (
            Rejected(),
            1,
            "WRONG telegram: the token isn't valid; get one at https://t.me/BotFather and set TELEGRAM_TOKEN",
        ),
        (Unreachable("x: TimeoutError"), 0, "note  telegram: the token wasn't checked: x: TimeoutError"),
        (Unreachable(f"x/bot{TOKEN}"), 0, "note  telegram: the token wasn't checked: x/bot[secret]"),
    ],
)
async def test_a_token_is_asked_about(
    settings: Settings, asking: Asking, answer: str | Exception, code: int, row: str
) -> None:
    asking(answer)
    found, rows = await checked(settings)
    assert (found, rows["telegram"], rows["discord"]) == (code, row, "note  discord: no token (DISCORD_TOKEN)")


async def test_the_knowledge_base_is_counted(settings: Settings) -> None:
    assert "3 concepts, 4 passages, 8 sample questions" in (await checked(settings))[1]["knowledge"]


async def test_a_passage_with_an_error_is_named_with_file_and_line(settings: Settings) -> None:
    path = Path(settings.knowledge.folder) / "arquiteturas" / "gan.md"
    path.write_text(path.read_text("utf-8").replace("source: slide gan\n", ""), "utf-8")
    code, rows = await checked(settings)
    assert code == 1 and rows["knowledge"].startswith(f"WRONG knowledge: {path}:10:")
    assert rows["database"].startswith("ok")


async def test_a_database_that_is_none_is_wrong(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "sinapse.db").write_text("shopping list" * 100)
    code, rows = await checked(settings)
    assert code == 1 and rows["database"].startswith("WRONG database: ")


async def test_a_model_that_loads_is_named_with_its_size(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    loading(monkeypatch, HashingEncoder)
    assert (await checked(settings))[1]["model"] == "ok    model: hashing, 64 dimensions"


async def test_a_missing_library_is_wrong_and_how_to_mend_it_is_said(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> object:
        raise ImportError("No module named 'torch'")

    loading(monkeypatch, load)
    code, rows = await checked(settings)
    assert code == 1 and "No module named 'torch'; run `make install`" in rows["model"]


@pytest.mark.parametrize("error", [OSError("no folder\nsecond line"), ValueError("no model"), RuntimeError("shape")])
async def test_a_model_that_does_not_load_is_wrong_in_one_line(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def load() -> object:
        raise error

    loading(monkeypatch, load)
    code, rows = await checked(with_model(settings, "mine"))
    assert code == 1 and rows["model"] == f"WRONG model: mine can't be loaded ({str(error).splitlines()[0]})"


async def test_a_model_that_fails_without_a_word_is_wrong_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load() -> object:
        raise OSError

    loading(monkeypatch, load)
    assert (await checked(settings))[0] == 1


async def test_the_demos_are_counted(settings: Settings) -> None:
    assert (await checked(settings))[1]["demos"] == f"ok    demos: {len(discover())}, at most 180 CPU seconds each"


async def test_without_torch_the_demos_are_no_failure(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "find_spec", lambda _: None)
    code, rows = await checked(settings)
    assert code == 0 and rows["demos"].startswith("note  demos:") and "torch" in rows["demos"]


async def test_a_demo_that_can_not_be_read_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def discover() -> dict[str, object]:
        raise DemoFault("gru.py: no SPEC")

    monkeypatch.setattr(check.demos, "discover", discover)
    code, rows = await checked(settings)
    assert code == 1 and rows["demos"] == "WRONG demos: gru.py: no SPEC"


def test_the_checked_model_is_the_configured_one(settings: Settings) -> None:
    assert app.model_loader(settings) is None
    load = app.model_loader(with_model(settings, "mine"))
    assert load is not None and load.args == ("mine", True)  # type: ignore[attr-defined]


def test_the_fake_model_gives_unit_vectors() -> None:
    assert np.allclose(np.linalg.norm(HashingEncoder().queries(["a b", ""]), axis=1), 1)
