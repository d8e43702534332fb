"""How a picture is shown, for each thing a terminal can do."""

import io
import sys
from pathlib import Path

import pytest
from PIL import Image
from rich.console import Console

from bot.platforms import _pictures


class Stream(io.StringIO):
    """A standard stream that is, or isn't, a terminal."""

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


@pytest.fixture
def streams(monkeypatch: pytest.MonkeyPatch):
    def use(typed: bool, shown: bool) -> None:
        monkeypatch.setattr(sys, "__stdin__", Stream(typed))
        monkeypatch.setattr(sys, "__stdout__", Stream(shown))

    return use


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer for the terminal, and count how often it is asked."""
    calls: list[str] = []
    monkeypatch.setattr(_pictures, "_asked", lambda: calls.append("asked") or "sixel")
    return calls


@pytest.fixture
def png(tmp_path: Path) -> Path:
    path = tmp_path / "cnn.png"
    Image.new("RGB", (1080, 810), "navy").save(path)
    return path


def console(width: int = 80) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=True)


def shown(path: Path, method: _pictures.Method, width: int = 80) -> str:
    target = console(width)
    picture = _pictures.picture(path, "uma rede [/] convolucional", "figura", method, target)
    assert picture is not None
    target.print(picture)
    return target.file.getvalue()


@pytest.mark.parametrize("wanted", ["kitty", "iterm", "sixel", "path", "none"])
def test_a_configured_method_is_taken_without_asking(wanted, streams, asked):
    streams(typed=True, shown=True)
    assert _pictures.method_for(wanted, {}) == wanted
    assert asked == []


def test_auto_asks_a_terminal(streams, asked):
    streams(typed=True, shown=True)
    assert _pictures.method_for("auto", {}) == "sixel"
    assert asked == ["asked"]


@pytest.mark.parametrize(("typed", "seen"), [(True, False), (False, True), (False, False)])
def test_auto_asks_nothing_where_no_answer_can_be_read(typed, seen, streams, asked):
    streams(typed, seen)
    assert _pictures.method_for("auto", {}) == "path"
    assert asked == []


@pytest.mark.parametrize("wanted", ["kitty", "sixel"])
def test_piped_questions_on_a_terminal_get_paths(wanted, streams):
    streams(typed=False, shown=True)
    assert _pictures.method_for(wanted, {}) == "path"


def test_a_closed_stream_is_no_terminal(streams, monkeypatch):
    streams(typed=True, shown=True)
    monkeypatch.setattr(sys, "__stdout__", None)
    assert _pictures.method_for("auto", {}) == "path"


@pytest.mark.parametrize("program", ["iTerm.app", "WezTerm"])
def test_auto_knows_iterm_and_wezterm_by_name(program, streams, asked):
    streams(typed=True, shown=True)
    assert _pictures.method_for("auto", {"TERM_PROGRAM": program}) == "iterm"
    assert asked == []


@pytest.mark.parametrize(
    ("found", "method"), [("SixelImage", "sixel"), ("TGPImage", "kitty"), ("UnicodeImage", "path")]
)
def test_what_the_library_found_at_its_import_decides(found, method, monkeypatch):
    from textual_image import renderable

    monkeypatch.setattr(renderable, "Image", getattr(renderable, found))
    assert _pictures._asked.__wrapped__() == method


@pytest.mark.parametrize(
    ("wanted", "colours", "theme"),
    [
        ("light", "15;0", "light"),
        ("dark", "0;15", "dark"),
        ("auto", "0;15", "light"),
        ("auto", "0;default;7", "light"),
        ("auto", "15;0", "dark"),
        ("auto", "", "dark"),
    ],
)
def test_the_theme_follows_the_setting_and_then_the_background(wanted, colours, theme):
    assert _pictures.theme_for(wanted, {"COLORFGBG": colours}) == theme


def test_none_shows_nothing(png):
    assert _pictures.picture(png, "alt", "figura", "none", console()) is None


def test_path_names_the_file_and_says_what_is_in_it(png):
    text = shown(png, "path", width=400)
    assert f"figura: {png}" in text
    assert "uma rede [/] convolucional" in text


@pytest.mark.parametrize("method", ["kitty", "iterm", "sixel"])
def test_a_missing_file_is_named_instead_of_shown(method, tmp_path):
    assert "nada.png" in shown(tmp_path / "nada.png", method, width=400)


def test_iterm_gets_the_file_in_its_own_sequence(png):
    import base64

    text = shown(png, "iterm")
    head, _, data = text.partition(":")
    assert head == "\033]1337;File=inline=1;width=72;preserveAspectRatio=1"
    assert base64.b64decode(data.partition("\a")[0]) == png.read_bytes()


def test_sixel_is_drawn_over_the_room_kept_for_it(png):
    text = shown(png, "sixel")
    assert "\033P" in text and "\033\\" in text
    assert " " * 72 + "\n" in text


def test_kitty_gets_the_picture_and_its_placeholders(png, monkeypatch):
    stdout = Stream(False)
    monkeypatch.setattr(sys, "__stdout__", stdout)
    text = shown(png, "kitty")
    assert "\033_G" in stdout.getvalue()
    assert text.split("\n")[0].count("\U0010eeee") == 72


@pytest.mark.parametrize(
    ("pixels", "columns", "width"), [(1080, 80, 72), (4000, 200, 72), (1080, 40, 40), (381, 80, 26)]
)
def test_a_picture_fits_the_console_and_is_not_blown_up(pixels, columns, width, tmp_path):
    path = tmp_path / "formula.png"
    Image.new("RGB", (pixels, 90)).save(path)
    picture = _pictures.picture(path, "", "", "iterm", console(columns))
    assert isinstance(picture, _pictures.ITermPicture) and picture.width == width
