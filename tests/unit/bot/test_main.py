"""The command line."""

import io
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from bot import __main__ as program
from bot import app, config, hosting
from bot.platforms.stdio import Stdio
from bot.platforms.terminal import Terminal
from bot.starting import THREAD, Starting
from bot.storage.database import StorageError
from models.demos import discover

ROOT = Path(program.__file__).parents[1]


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small_lecture: Path, warm: Callable[[Path], Path]) -> Path:
    """A folder to start in: a small lecture, no model, its own data."""
    warm(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    for name, value in {"KNOWLEDGE__MODEL": "none", "KNOWLEDGE__FOLDER": str(small_lecture)}.items():
        monkeypatch.setenv(f"SINAPSE_{name}", value)
    monkeypatch.setenv("LC_ALL", "pt_BR.UTF-8")
    return tmp_path


def test_the_demos_are_listed(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["demo", "--json"]) == 0
    assert {row["name"] for row in json.loads(capsys.readouterr().out)} == set(discover())


def test_the_help_speaks_both_languages() -> None:
    text = program.parser().format_help()
    assert "Without a command: chat in the terminal." in text and "Sem comando: conversa no terminal." in text
    assert "answer one question and leave · responder uma pergunta e sair" in " ".join(text.split())


@pytest.mark.parametrize("command", ["chat", "ask", "stdio", "demo", "index", "check", "run", "discord", "telegram"])
def test_every_command_has_its_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        program.main([command, "--help"])
    assert left.value.code == 0 and f"python -m bot {command}" in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["dance"], ["ask"], ["--colour"]])
def test_a_wrong_command_line_is_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        program.main(arguments)
    assert left.value.code == 2


@pytest.mark.parametrize(
    ("variables", "lang"),
    [
        ({"LC_ALL": "en_US.UTF-8"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "en_GB"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "", "LANG": "EN"}, "en"),
        ({"LC_ALL": "pt_BR.UTF-8", "LANG": "en_US"}, "pt"),
        ({"LC_ALL": "C"}, "pt"),
    ],
)
def test_the_language_is_the_terminals(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], lang: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert program.client_language() == lang


def test_without_any_variable_the_language_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert program.client_language() in ("pt", "en")


def test_one_question_is_answered(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["ask", "o", "que", "é", "uma", "gan?"]) == 0
    assert "duas redes que competem" in capsys.readouterr().out


def test_one_question_is_answered_as_one_object(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["ask", "--json", "o que é uma gan?"])
    row = json.loads(capsys.readouterr().out)
    assert set(row) == {"id", "key", "text", "lang", "refused", "sources", "choices", "figures", "progress", "data"}
    assert row["sources"][0]["id"] == "gan.definition" and not row["refused"]


def test_the_conversation_goes_on_for_the_same_user(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program.main(["ask", "--user", "ana", "o que é o perceptron?"])
    program.main(["ask", "--json", "--user", "ana", "quando surgiu?"])
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["sources"][0]["id"] == "perceptron.when"


def test_checking_gives_its_own_exit_code(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["check"]) == 0
    assert capsys.readouterr().out.count("ok    ") == 5


def test_the_index_is_only_made_with_the_default_model(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["index"]) == 1
    assert "default model" in capsys.readouterr().out


def test_wrong_settings_are_all_told_and_end_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "config.toml").write_text('[bot]\nlanguage = "fr"\ncolour = 1\n')
    assert program.main(["check"]) == 1
    error = capsys.readouterr().err
    assert "settings · configuração" in error
    assert "  config.toml:2: bot.language" in error and "  config.toml:3: bot.colour" in error


def test_a_missing_settings_file_ends_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["--config", "none.toml", "check"]) == 1
    assert "none.toml: no such file" in capsys.readouterr().err


def test_a_wrong_knowledge_base_ends_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "lecture" / "arquiteturas" / "gan.md").write_text("no front matter")
    assert program.main(["ask", "oi"]) == 1
    assert "gan.md:1:" in capsys.readouterr().err


def test_a_folder_without_a_lecture_ends_with_1(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SINAPSE_KNOWLEDGE__FOLDER", str(home / "nowhere"))
    assert program.main(["ask", "oi"]) == 1


def test_a_wrong_database_ends_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "data" / "sinapse.db").write_text("shopping list" * 100)
    assert program.main(["ask", "oi"]) == 1
    assert "database · banco de dados" in capsys.readouterr().err


def test_an_interrupted_program_ends_as_shells_say_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(app, "bootstrap", interrupted)
    assert program.main(["ask", "oi"]) == 130


@pytest.mark.parametrize(("arguments", "platform"), [([], Terminal), (["chat"], Terminal), (["stdio"], Stdio)])
def test_the_chat_is_the_default_platform(
    home: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], platform: type
) -> None:
    served: list[object] = []

    async def serve(_: Starting, platform: object) -> None:
        served.append(platform)

    monkeypatch.setattr(Starting, "serve", serve)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert program.main(arguments) == 0
    assert [type(p) for p in served] == [platform]


def test_a_platform_that_fails_still_closes_the_tutor(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = []

    async def fail(*_: object) -> None:
        raise StorageError("disk full")

    async def close(tutor: Starting) -> None:
        closed.append(tutor)
        tutor._app.cancel()

    monkeypatch.setattr(Starting, "serve", fail)
    monkeypatch.setattr(Starting, "close", close)
    assert program.main(["stdio"]) == 1
    assert len(closed) == 1


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Keep what would be hosted."""
    hosted: list[dict[str, str]] = []

    async def host(_: config.Settings, tokens: dict[str, str]) -> int:
        hosted.append(tokens)
        return 0

    monkeypatch.setattr(hosting, "host", host)
    return hosted


@pytest.mark.parametrize(
    ("command", "tokens"),
    [("run", {"discord": "d", "telegram": "t"}), ("discord", {"discord": "d"}), ("telegram", {"telegram": "t"})],
)
def test_a_bot_runs_on_every_platform_asked_for(
    home: Path, monkeypatch: pytest.MonkeyPatch, hosted: list[object], command: str, tokens: dict[str, str]
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "d")
    monkeypatch.setenv("TELEGRAM_TOKEN", "t")
    assert program.main([command]) == 0 and hosted == [tokens]


def test_a_platform_without_a_token_does_not_keep_the_other_from_running(
    home: Path, monkeypatch: pytest.MonkeyPatch, hosted: list[object]
) -> None:
    monkeypatch.setenv("TELEGRAM_TOKEN", "t")
    assert program.main(["run"]) == 0 and hosted == [{"telegram": "t"}]


@pytest.mark.parametrize(
    ("command", "other"), [("run", ""), ("discord", "TELEGRAM_TOKEN"), ("telegram", "DISCORD_TOKEN")]
)
def test_without_a_token_it_says_where_to_get_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, other: str
) -> None:
    if other:
        monkeypatch.setenv(other, "x")
    assert program.main([command]) == 1
    assert "no token: set" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("level", "command", "logged"),
    [("auto", "run", "info"), ("auto", None, "warning"), ("auto", "stdio", "warning"), ("debug", "run", "debug")],
)
def test_bots_tell_of_every_request_and_a_chat_only_of_trouble(level: str, command: str | None, logged: str) -> None:
    assert program.log_level(config.Settings(log=config.Log(level=level)), command) == logged


@pytest.mark.parametrize("command", ["chat", "stdio"])
def test_a_chat_with_a_wrong_knowledge_base_ends_with_1(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    (home / "lecture" / "arquiteturas" / "gan.md").write_text("no front matter")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    assert program.main([command]) == 1
    assert "gan.md:1:" in capsys.readouterr().err


def test_the_prompt_waits_for_little() -> None:
    code = "import sys, bot.__main__, bot.platforms.terminal; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)
    assert {"numpy", "sqlalchemy", "PIL", "knowledge.tutor", "handlers.commands"}.isdisjoint(run.stdout.split())


def test_a_command_ends_with_its_code(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bot", "run"])
    with pytest.raises(SystemExit) as left:
        program.run()
    assert left.value.code == 1


def test_a_model_that_still_loads_does_not_hold_up_the_end(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded, codes = threading.Event(), list[int]()
    monkeypatch.setattr(sys, "argv", ["bot", "run"])
    monkeypatch.setattr(program, "LAST_WAIT", 0.0)
    monkeypatch.setattr(program.os, "_exit", codes.append)
    loading = threading.Thread(target=loaded.wait, name=f"{THREAD}_0")
    loading.start()
    with pytest.raises(SystemExit):
        program.run()
    loaded.set()
    loading.join()
    assert codes == [1]
