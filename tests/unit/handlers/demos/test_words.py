"""Plain words: who asks for a demo gets it; who asks a question about training doesn't."""

from dataclasses import replace

import pytest

from handlers.demos.words import Wanted, asked, shared, unknown, wanted
from knowledge.tutor import Knowledge
from models.demos import discover
from models.engine.protocol import Both
from tests.demos import found
from tests.eval import labelled
from tests.unit.models.engine.examples import SPEC as EXAMPLE

SECONDS = Both("segundos", "seconds")
LINE = found()["reta"].spec
GAN = replace(
    EXAMPLE,
    name="gan",
    title=Both("GAN: duas redes competem", "GAN: two networks compete"),
    aliases=("gans", "rede adversária", "rede generativa adversária", "generative adversarial network"),
    asks=("inventar dígitos", "gerar imagens", "generate images"),
    params=(replace(EXAMPLE.params[0], name="seconds", label=SECONDS, low=5, high=90, default=30), *EXAMPLE.params),
)
DIGITS = replace(
    EXAMPLE,
    name="cnn-digitos",
    title=Both("CNN lê dígitos", "A CNN reads digits"),
    aliases=("cnn", "lenet"),
    asks=("reconhecer dígitos", "recognise digits", "recognize digits", "ler números"),
)
OVERFITTING = replace(EXAMPLE, name="overfitting", title=Both("Overfitting", "Overfitting"), aliases=("sobreajuste",))
SPECS = {spec.name: spec for spec in (LINE, GAN, DIGITS, OVERFITTING)}


@pytest.mark.parametrize(
    ("text", "demo", "params", "seed"),
    [
        ("treina uma GAN", "gan", {}, None),
        ("Treina uma rede pra reconhecer dígitos!", "cnn-digitos", {}, None),
        ("treina uma rede para reconhecer dígitos escritos à mão", "cnn-digitos", {}, None),
        ("quero treinar uma cnn", "cnn-digitos", {}, None),
        ("oi sinapse, pode treinar uma gan por favor?", "gan", {}, None),
        ("show me overfitting", "overfitting", {}, None),
        ("me mostra overfitting ao vivo", "overfitting", {}, None),
        ("quero ver a GAN treinando", "gan", {}, None),
        ("gan por 60 s, semente 7", "gan", {"seconds": 60}, "7"),
        ("gan por 1 min", "gan", {"seconds": 60}, None),
        ("train a generative adversarial network for 20 seconds with seed 3", "gan", {"seconds": 20}, "3"),
        ("train a network to recognize digits", "cnn-digitos", {}, None),
        ("reta por 30 s", "reta", {"steps": 1800}, None),
        ("treina uma rede pra ler numeros e reconhecer os digitos", "cnn-digitos", {}, None),
        ("uma reta aprende", "reta", {}, None),
        ("cnn-digitos", "cnn-digitos", {}, None),
        ("gan 20 segundos", "gan", {"seconds": 20}, None),
        ("fit a line", "reta", {}, None),
        ("overfitting com 3 camadas sem dropout", "overfitting", {"layers": "3", "dropout": False}, None),
        ("overfitting taxa 0,5", "overfitting", {"lr": "0,5"}, None),
        ("treina o overfitting com xor", "overfitting", {"data": "xor"}, None),
        ("overfitting prompt: Círculo Vermelho", "overfitting", {"prompt": "Círculo Vermelho"}, None),
        ("demo da gan", "gan", {}, None),
        ("roda a demo de overfitting, semente 2", "overfitting", {}, "2"),
        ("bora treinar", "", {}, None),
        ("treina uma rede neural qualquer", "", {}, None),
    ],
)
def test_who_asks_for_a_demo_gets_it(text: str, demo: str, params: dict[str, object], seed: object) -> None:
    assert wanted(text, SPECS) == Wanted(demo, params, seed)


@pytest.mark.parametrize(
    "text",
    [
        "como treinar uma GAN?",
        "gan",
        "o que é overfitting?",
        "por que treinar uma cnn demora?",
        "how do I train a GAN?",
        "me mostra o código da cnn",
        "mostra um exemplo de overfitting",
        "show me the formula of a gan",
        "quero ver a diferença entre gan e cnn",
        "cnn ou gan?",
        "treinar meu cachorro",
        "treina uma gan? e o que é uma cnn?",
        "quanto tempo leva treinar uma cnn",
        "overfitting com poucos dados",
        "x" * 400,
        "",
    ],
)
def test_who_asks_about_it_does_not(text: str) -> None:
    assert wanted(text, SPECS) is None


def test_a_network_that_no_demo_is_called_by_is_found_by_its_concept() -> None:
    def named(text: str) -> tuple[str, ...]:
        return ("perceptron",) if text == "neuronio de rosenblatt" else ()

    assert wanted("treina a rede neuronio de Rosenblatt", SPECS, named) == Wanted("reta")
    assert wanted("treina a rede da vizinha", SPECS, named) == Wanted()
    assert wanted("treina o cachorro", SPECS, named) is None


def test_no_labelled_question_is_taken_for_a_demo(knowledge: Knowledge) -> None:
    every = SPECS | {name: one.spec for name, one in discover().items()}
    named = knowledge.understanding.linker.concepts
    taken = [q.q for q in labelled.load() if wanted(q.q, every, named)]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "demo", "left"),
    [
        ("", "", ""),
        ("gan", "gan", ""),
        ("GAN: duas redes competem", "gan", ""),
        ("cnn-digitos", "cnn-digitos", ""),
        ("rede adversária", "gan", ""),
        ("reconhecer dígitos", "cnn-digitos", ""),
        ("gatos", "", "gatos"),
        ("gan com muita força", "gan", "muita forca"),
    ],
)
def test_after_the_command_a_name_is_enough(text: str, demo: str, left: str) -> None:
    read = asked(text, SPECS)
    assert (read.demo, read.left) == (demo, left)


@pytest.mark.parametrize(
    ("text", "params"),
    [
        ("gan layers=10000 lr=nan", {"layers": "10000", "lr": "nan"}),
        ("gan camadas: muitas", {"layers": "muitas"}),
        ("gan 4 camadas com dropout", {"layers": "4", "dropout": True}),
        ("gan dados=xor", {"data": "xor"}),
        ("gan segundos=12", {"seconds": 12}),
        ("gan dados=gatos", {"data": "gatos"}),
        ('gan "um sete torto"', {"prompt": "um sete torto"}),
        ("gan dropout=não", {"dropout": False}),
    ],
)
def test_parameters_are_read_as_typed(text: str, params: dict[str, object]) -> None:
    assert asked(text, SPECS) == Wanted("gan", params)


def test_what_was_not_understood_is_said_with_what_can_be_set() -> None:
    said = unknown(asked("gan com muita força", SPECS), GAN)
    assert "“muita forca”" in said.pt and "camadas (layers)" in said.pt and "layers (layers)" in said.en


def test_a_share_code_is_known_by_its_form() -> None:
    assert shared(" gan~WzEse31dabcd ") == "gan~WzEse31dabcd"
    assert shared("gan~ e mais") == ""
