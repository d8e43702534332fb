"""Every figure and formula that the tutor can show is there, in both languages and themes, and up to date."""

import re

import pytest
import yaml
from PIL import Image

from knowledge import figures
from knowledge.figures import render
from knowledge.figures.style import HEIGHT, WIDTH, number

LIGHTEST = 60_000  # bytes: arrives at once on a slow phone
EXPECTED = {
    "neuronio", "perceptron", "xor", "ativacoes", "rasa-e-profunda", "aproximacao-universal",
    "representacao-hierarquica", "backpropagation", "gradiente-descendente", "overfitting", "treino-validacao-teste",
    "linha-do-tempo", "mcculloch-pitts", "convolucao", "cnn", "pooling", "resnet", "mlp", "rnn", "lstm", "gan",
    "difusao", "transferencia", "transformer", "atencao", "autoencoder", "embeddings", "autossupervisao", "automl",
    "hopfield", "ia-ml-dl", "alphago", "aumento-de-dados", "escolher-arquitetura", "grafo-de-computacao",
}  # fmt: skip
FORMULAS = yaml.safe_load(render.FORMULAS.read_text(encoding="utf-8"))
EXPECTED_FORMULAS = {
    "neuronio", "perceptron", "regra-do-perceptron", "sigmoide", "relu", "tanh", "softmax", "entropia-cruzada",
    "erro-quadratico", "regra-da-cadeia", "gradiente-descendente", "convolucao", "tamanho-da-convolucao", "rnn",
    "lstm", "atencao", "gan", "difusao", "residual", "hopfield", "mcculloch-pitts", "dropout", "batch-normalization",
}  # fmt: skip


def test_every_figure_promised_is_there() -> None:
    assert set(figures.names()) == EXPECTED


def test_every_formula_promised_is_there() -> None:
    assert set(FORMULAS) == EXPECTED_FORMULAS


@pytest.mark.parametrize("lang", figures.LANGUAGES)
@pytest.mark.parametrize("name", figures.names())
def test_figure_is_described_in_words(name: str, lang: str) -> None:
    assert 3 <= len(figures.title(name, lang)) <= 60
    assert len(figures.alt(name, lang)) >= 60


@pytest.mark.parametrize("name", figures.names())
def test_descriptions_differ_between_languages(name: str) -> None:
    assert figures.alt(name, "pt") != figures.alt(name, "en")


@pytest.mark.parametrize("theme", figures.THEME_NAMES)
@pytest.mark.parametrize("lang", figures.LANGUAGES)
@pytest.mark.parametrize("name", figures.names())
def test_picture_is_light_and_of_the_right_size(name: str, lang: str, theme: str) -> None:
    path = figures.path(name, lang, theme)
    assert path.stat().st_size <= LIGHTEST
    with Image.open(path) as picture:
        assert picture.format == "PNG"
        assert picture.size in {(WIDTH, HEIGHT), (WIDTH, WIDTH)}


@pytest.mark.parametrize("theme", figures.THEME_NAMES)
@pytest.mark.parametrize("name", FORMULAS)
def test_formula_picture_fits_a_phone(name: str, theme: str) -> None:
    path = figures.formula_path(name, theme)
    assert path.stat().st_size <= LIGHTEST
    with Image.open(path) as picture:
        assert picture.width <= WIDTH


@pytest.mark.parametrize("name", figures.names())
def test_picture_was_drawn_from_the_present_source(name: str) -> None:
    assert render.read_manifest()["figures"].get(name) == render.fingerprint(name), "run `make figures`"


@pytest.mark.parametrize("name", FORMULAS)
def test_formula_picture_was_drawn_from_the_present_source(name: str) -> None:
    assert render.read_manifest()["formulas"].get(name) == render.formula_fingerprint(name), "run `make figures`"


def test_no_picture_is_left_over() -> None:
    wanted = {figures.formula_path(name, theme) for name in FORMULAS for theme in figures.THEME_NAMES}
    for name in figures.names():
        wanted |= {figures.path(name, lang, theme) for lang in figures.LANGUAGES for theme in figures.THEME_NAMES}
    assert set(figures.PNG.glob("*.png")) == wanted


@pytest.mark.parametrize("name", FORMULAS)
def test_formula_is_readable_without_a_picture(name: str) -> None:
    formula = FORMULAS[name]
    assert not re.search(r"[\\${}]", formula["plain"])
    assert set(formula["legend"]) == set(figures.LANGUAGES)
    assert all(len(words) >= 20 for words in formula["legend"].values())


def test_unknown_figure_is_refused() -> None:
    with pytest.raises(KeyError):
        figures.alt("style", "pt")


def test_numbers_follow_the_language() -> None:
    assert number(-1.25, "pt", 2) == "−1,25"
    assert number(-1.25, "en", 2) == "−1.25"
