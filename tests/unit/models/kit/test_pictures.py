"""Pictures for phones: valid, in both themes, in the colours of the knowledge base's figures."""

import io

import numpy as np
import pytest
from PIL import Image

from knowledge.figures import style
from models.engine.protocol import Both, Picture
from models.kit import charts, draw, lettering, palette
from models.kit.axes import Labels, axes, limits, nice, powers
from models.kit.charts import Bar, Curve, Look
from models.kit.sheet import Sheet

ALT = Both("O que se vê.", "What is to be seen.")
LOOK = Look(
    "Um título longo que ainda precisa caber inteiro na largura de uma folha", "pt", "época", "erro", "Legenda."
)
DASHED = Curve("b", [1, 2], dashed=True)
SMALL = np.linspace(0, 1, 16).reshape(4, 4)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def test_the_colours_and_fonts_are_those_of_the_figures() -> None:
    assert palette.HUES == style.HUES
    assert lettering.FONTS == style.FONTS
    for name, theme in palette.THEMES.items():
        assert {f: getattr(theme, f) for f in theme.__dataclass_fields__} == vars(style.THEMES[name])


def test_a_still_is_a_png_in_light_and_dark() -> None:
    picture = draw.picture(lambda sheet: sheet.title("Título"), ALT, "summary", final=True)
    light, dark = opened(picture.light), opened(picture.dark)
    assert (light.format, light.size, dark.size) == ("PNG", (1080, 810), (1080, 810))
    assert (light.getpixel((5, 5)), dark.getpixel((5, 5))) == ((255, 255, 255), palette.rgb("#14171F"))


def test_a_film_is_a_gif_whose_last_frame_is_held() -> None:
    def frame(i: int) -> draw.Draw:
        return lambda sheet: sheet.mark((100 + 100 * i, 400), size=40)

    film = draw.gif([frame(i) for i in range(4)], ALT, millis=100, hold=900)
    image = opened(film.light)
    assert (image.format, image.size, image.n_frames, film.final) == ("GIF", (540, 405), 4, True)
    durations = []
    for i in range(4):
        image.seek(i)
        durations.append(image.info["duration"])
    assert durations == [100, 100, 100, 900]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_film_full_of_colours_keeps_the_paper_s(theme: palette.ThemeName) -> None:
    colourful = np.random.default_rng(1).random((20, 20, 3))
    film = draw.gif([lambda sheet: sheet.image((200, 100), (600, 600), colourful)] * 2, ALT)
    paper = opened(getattr(film, theme)).convert("RGB").getpixel((2, 2))
    assert paper == palette.rgb(palette.THEMES[theme].paper)


def test_a_rule_is_named_where_the_curves_are_further_away() -> None:
    falls, rises = Curve("", [6, 3, 2]), Curve("", [0, 1, 2])
    assert charts.clearer_left([falls], 2) and not charts.clearer_left([falls, rises], 0)
    assert not charts.clearer_left([], 1)


def everything(sheet: Sheet) -> None:
    sheet.box((300, 300), (260, 90), "camada")
    sheet.node((600, 300), "σ")
    sheet.arrow((430, 300), (560, 300))
    for i, mark in enumerate(("circle", "triangle", "square", "diamond", "cross", "ring")):
        sheet.mark((100 + 80 * i, 600), mark)  # type: ignore[arg-type]  # the marks there are
    sheet.image((700, 600), (100, 100), np.zeros((2, 2, 3), np.uint8), frame="error")
    sheet.image((850, 600), (100, 100), SMALL, smooth=True)
    axes(sheet, (100, 650), (200, 100), (0, 0), (1e-3, 1e5), Labels("x", "y", "en", ticks=False), log=True)
    axes(sheet, (500, 650), (200, 100), (-4, 0), (0, 1), Labels("x", tens=True)).rule(0.5, "base", left=True)


@pytest.mark.parametrize(
    "drawing",
    [
        lambda s: charts.curves(s, LOOK, [Curve("a", [3, float("nan"), 1]), DASHED], rules=[("base", 2)]),
        lambda s: charts.curves(s, LOOK, [Curve("a", [300, 2, 0.1], xs=(1, 5, 9))], log=True),
        lambda s: charts.curves(s, LOOK, [Curve("a", list(range(20)), mark="triangle"), DASHED]),
        lambda s: charts.bars(s, LOOK, [Bar("rede", 0.9, spread=0.1), Bar("base", 0.5, baseline=True)], percent=True),
        lambda s: charts.bars(s, Look("Sem legenda"), [Bar("um rótulo tão longo que precisa de mais uma linha", 12)]),
        lambda s: charts.gallery(s, LOOK, [SMALL] * 7, 4, labels=["a"], frames=["output"]),
        lambda s: charts.boundary(s, LOOK, SMALL, np.array([[0.1, 0.2], [9, 9]]), [0, 1], ((0, 1), (0, 1)), ("a", "b")),
        lambda s: charts.boundary(s, Look("x"), SMALL, np.zeros((1, 2)), [0], ((0, 1), (0, 1))),
        everything,
    ],
    ids=["curves", "log", "marked", "bars", "one bar", "gallery", "boundary", "plain boundary", "everything"],
)  # fmt: skip
def test_a_chart_draws_more_than_an_empty_sheet(drawing: draw.Draw) -> None:
    sheet = Sheet(palette.THEMES["dark"], zoom=1.0)
    drawing(sheet)
    assert len(sheet.finished().getcolors(1_000_000) or []) > 20


def test_words_break_into_lines_of_about_one_length() -> None:
    lines = lettering.balance("uma frase que não cabe inteira em uma linha só", 30, 500)
    widths = [lettering.width_of(line, 30) for line in lines]
    assert len(lines) == 2 and max(widths) <= 500 and max(widths) - min(widths) < 150


def test_a_word_too_long_for_a_line_is_broken() -> None:
    lines = lettering.wrap(f"ele escreve {'xyz' * 40} e para", 30, 500)
    assert max(lettering.width_of(line, 30) for line in lines) <= 500
    assert "".join(lines).replace(" ", "") == f"eleescreve{'xyz' * 40}epara"


@pytest.mark.parametrize(
    ("low", "high", "ticks"), [(0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]), (3, 3, [3]), (-2, 2, [-2, -1, 0, 1, 2])]
)
def test_ticks_are_round_numbers(low: float, high: float, ticks: list[float]) -> None:
    assert nice(low, high, 5) == ticks


def test_a_logarithmic_axis_is_marked_at_powers_of_ten() -> None:
    assert powers(0.02, 30) == pytest.approx([0.1, 1, 10])
    assert powers(2, 3) == [2, 3]


def test_limits_ignore_what_is_not_finite() -> None:
    assert limits([1, float("inf"), 3], pad=0.5) == (0, 4)
    assert limits([2.0], floor=0) == (0, pytest.approx(2.12))
    assert limits([float("nan")], pad=0) == (0, 1)


def test_numbers_are_written_as_each_language_does() -> None:
    assert (lettering.number(-1.5, "pt"), lettering.number(-1.5, "en", 1)) == ("−1,50", "−1.5")
    assert lettering.number(-0.004, "en") == "0.00"
    assert (lettering.percent(0.974, "pt"), lettering.percent(0.974, "en")) == ("97,4\u00a0%", "97.4%")


def test_a_picture_says_what_is_to_be_seen_in_both_languages() -> None:
    picture = draw.picture(lambda sheet: None, ALT)
    assert isinstance(picture, Picture) and picture.alt.pt and picture.alt.en and not picture.final
