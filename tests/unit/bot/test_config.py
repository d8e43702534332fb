"""Settings: the file's defaults, the environment over them, and every problem at once."""

import re
from pathlib import Path

import pytest

from bot import config

ROOT = Path(__file__).parents[3]


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, "utf-8")
    return path


def problems(path: Path) -> list[str]:
    with pytest.raises(config.ConfigError) as caught:
        config.load(path)
    return caught.value.problems


def test_without_a_file_every_setting_has_its_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = config.load()
    assert (settings.data_dir, settings.bot.language, settings.knowledge.batch) == (Path("data"), "pt", 32)


def test_the_repositorys_file_holds_exactly_the_defaults(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert config.load(ROOT / "config.toml").model_dump() == config.load().model_dump()


@pytest.mark.parametrize("leaf", [leaf for leaf in config._leaves() if leaf not in config.Settings.model_fields])
def test_every_setting_in_a_table_is_written_and_explained_in_the_repositorys_file(leaf: str) -> None:
    table, _, key = leaf.partition("__")
    text = (ROOT / "config.toml").read_text("utf-8").split(f"[{table}]")[1].split("\n[")[0]
    assert re.search(rf"^{key} = .*# \S", text, re.MULTILINE)


def test_the_data_folder_is_explained_in_the_repositorys_file() -> None:
    assert re.search(r'^data_dir = "data" .*SINAPSE_DATA_DIR', (ROOT / "config.toml").read_text("utf-8"), re.MULTILINE)


def test_the_file_changes_a_setting(tmp_path: Path) -> None:
    assert config.load(written(tmp_path, '[bot]\nlanguage = "en"\n')).bot.language == "en"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAPSE_BOT__BUSY_WAIT", "7")
    settings = config.load(written(tmp_path, '[bot]\nlanguage = "en"\nbusy_wait = 3\n'))
    assert (settings.bot.busy_wait, settings.bot.language) == (7.0, "en")


def test_the_environment_names_the_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAPSE_DATA_DIR", str(tmp_path))
    assert config.load(written(tmp_path, "")).data_dir == tmp_path


def test_every_wrong_and_unknown_key_is_reported_at_once_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, 'colour = 1\n\n[bot]\nlanguage = "fr"\nbusy_wait = -1\n\n[knowledge]\nbatsh = 3\n')
    assert sorted(p.split(": ")[0] for p in problems(path)) == [f"{path}:{n}" for n in (1, 4, 5, 8)]


def test_a_problem_says_what_was_found(tmp_path: Path) -> None:
    [problem] = problems(written(tmp_path, '[bot]\nlanguage = "fr"\n'))
    assert "bot.language: input should be 'pt' or 'en' (found 'fr')" in problem


def test_an_unknown_key_is_called_that(tmp_path: Path) -> None:
    assert problems(written(tmp_path, "[bot]\ncolour = 1\n"))[0].endswith(":2: bot.colour is not a setting")


def test_an_unknown_table_is_reported_at_its_heading(tmp_path: Path) -> None:
    path = written(tmp_path, "\n[matrix]\ntoken = 1\n")
    assert problems(path) == [f"{path}:2: matrix is not a setting"]


def test_a_dotted_key_is_found_on_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, '# settings\nbot.language = "fr"\n')
    assert problems(path)[0].startswith(f"{path}:2: bot.language:")


def test_a_key_in_an_inline_table_is_found_on_the_tables_line(tmp_path: Path) -> None:
    path = written(tmp_path, '\n\nbot = {language = "fr"}\n')
    assert problems(path)[0].startswith(f"{path}:3: bot.language:")


def test_the_same_key_in_another_table_is_not_mistaken_for_it(tmp_path: Path) -> None:
    path = written(tmp_path, '[log]\nlevel = "info"\n[terminal]\ntheme = "pink"\n')
    assert problems(path)[0].startswith(f"{path}:4: terminal.theme:")


def test_a_wrong_value_in_the_environment_is_reported_by_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SINAPSE_KNOWLEDGE__BATCH", "many")
    assert problems(written(tmp_path, ""))[0].startswith("environment: SINAPSE_KNOWLEDGE__BATCH: ")


def test_an_unknown_variable_is_reported_beside_a_wrong_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SINAPSE_KNOWLEGDE__MODEL", "none")
    path = written(tmp_path, '[log]\nlevel = "loud"\n')
    found = problems(path)
    assert found[0] == "environment: SINAPSE_KNOWLEGDE__MODEL is not a setting"
    assert found[1].startswith(f"{path}:2: log.level:")


def test_variables_of_other_programs_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTHER_BOT__LANGUAGE", "fr")
    assert config.load(written(tmp_path, "")).bot.language == "pt"


def test_broken_toml_is_reported_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "[bot]\nlanguage = pt\n")
    assert problems(path)[0].startswith(f"{path}: ")
    assert "line 2" in problems(path)[0]


def test_a_file_that_was_asked_for_must_be_there(tmp_path: Path) -> None:
    assert problems(tmp_path / "none.toml") == [f"{tmp_path / 'none.toml'}: no such file"]


def test_a_folder_in_the_files_place_is_reported(tmp_path: Path) -> None:
    assert problems(tmp_path)[0].startswith(f"{tmp_path}: can't be read")


def test_a_file_that_is_not_text_is_reported(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(b"\xff\xfe\x00")
    assert "can't be read" in problems(tmp_path / "config.toml")[0]


def test_a_key_that_stands_nowhere_is_placed_on_the_first_line() -> None:
    assert config.line_of("[log]\nlevel = 1\n", ["bot", "language"]) == 1
