"""What a spec lets through, and what it says of the rest."""

from dataclasses import replace

import pytest

from models.engine.listing import listing
from models.engine.protocol import BadParams, Both, Knob, Params, problems_of, read_seed
from tests.unit.models.engine.examples import SPEC

DEFAULTS = {"layers": 2, "lr": 0.1, "data": "moons", "dropout": True, "prompt": "um sete"}


def test_what_is_not_given_has_its_default() -> None:
    assert SPEC.complete() == DEFAULTS


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("layers", "3", 3),
        ("layers", 3.0, 3),
        ("lr", "0,5", 0.5),
        ("data", "Luas", "moons"),
        ("data", "meia-lua", "moons"),
        ("dropout", "não", False),
        ("dropout", True, True),
        ("prompt", "  círculo   vermelho ", "círculo vermelho"),
    ],
)
def test_a_typed_value_is_read(name: str, given: object, value: object) -> None:
    assert SPEC.complete({name: given})[name] == value


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("layers", 10000, "vai de 1 a 4"),
        ("layers", "2.5", "número inteiro"),
        ("layers", True, "precisa ser um número"),
        ("lr", "nan", "precisa ser um número"),
        ("lr", "inf", "precisa ser um número"),
        ("lr", "rápido", "precisa ser um número"),
        ("lr", 0, "vai de 0,001 a 1"),
        ("data", "gatos", "pode ser: luas, xor"),
        ("dropout", "talvez", "sim ou não"),
        ("prompt", "x" * 201, "no máximo 200"),
        ("epocas", 3, "não é um parâmetro de exemplo (há: layers"),
    ],
)
def test_a_bad_value_is_said_in_both_languages(name: str, given: object, said: str) -> None:
    with pytest.raises(BadParams) as caught:
        SPEC.complete({name: given})
    assert said in caught.value.reason.pt
    assert caught.value.reason.en != caught.value.reason.pt


def test_every_problem_is_said_at_once() -> None:
    with pytest.raises(BadParams) as caught:
        SPEC.complete({"layers": 9, "lr": "nan"})
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize(("seed", "fine"), [("7", True), (0, True), (-1, False), (2**40, False), ("x", False)])
def test_a_seed_is_a_whole_number_within_bounds(seed: object, fine: bool) -> None:
    if fine:
        assert read_seed(seed) == int(str(seed))
    else:
        with pytest.raises(BadParams):
            read_seed(seed)


@pytest.mark.parametrize(
    ("knob", "changed"), [(0, {"lr": 1.0}), (1, {"layers": 3}), (2, {"dropout": False})], ids=("times", "plus", "to")
)
def test_a_knob_changes_one_value(knob: int, changed: dict[str, object]) -> None:
    assert SPEC.turned(SPEC.knobs[knob], SPEC.complete()) == DEFAULTS | changed


def test_a_knob_that_leaves_the_bounds_or_changes_nothing_is_not_offered() -> None:
    assert SPEC.turned(SPEC.knobs[0], SPEC.complete({"lr": 1.0})) is None
    assert SPEC.turned(SPEC.knobs[2], SPEC.complete({"dropout": False})) is None


def test_a_run_reads_its_parameters_by_kind() -> None:
    params = SPEC.ready({"layers": 3}, "en", {"csv": b"1,2"})
    assert isinstance(params, Params)
    assert (params.int("layers"), params.float("lr"), params.text("data"), params.bool("dropout")) == (
        3,
        0.1,
        "moons",
        True,
    )
    assert dict(params) == DEFAULTS | {"layers": 3} and len(params) == 5 and params.files == {"csv": b"1,2"}


def test_the_parameter_that_a_run_grows_with_is_known_by_its_name_or_named() -> None:
    assert SPEC.grows is None
    named = replace(SPEC, length="layers").grows
    assert named and named.name == "layers"
    assert problems_of(replace(SPEC, length="nada")) == ["length: no parameter nada"]


def test_a_sound_spec_has_no_problems() -> None:
    assert problems_of(SPEC) == []


def test_what_is_wrong_with_a_spec_is_listed() -> None:
    bad = replace(
        SPEC,
        name="Nome Ruim",
        params=(replace(SPEC.params[0], default=99), *SPEC.params[1:], SPEC.params[1]),
        quick={"layers": 77},
        knobs=(Knob("a", Both("a", "a"), "nada", times=2, plus=1),),
        expect=replace(SPEC.expect, options=SPEC.expect.options[:1]),
        presets=(),
    )
    assert [problem.split(":")[0] for problem in problems_of(bad)] == [
        "name 'Nome Ruim'", "default of layers", "quick", "knob a", "knob a", "two of one name",
        "two to four options to expect", "no broken preset",
    ]  # fmt: skip


def test_the_code_shown_is_the_marked_source_and_a_call_with_the_values() -> None:
    source = "import os\n# [code]\nimport torch\n# [end]\nSPEC = 1\n# [code]\ndef train(): ...\n# [end]\n"
    assert listing(source, SPEC, SPEC.complete(), 7) == (
        "import torch\n\n\ndef train(): ...\n\n\ntrain(2, 0.1, 'moons', seed=7)\n"
    )
    assert listing("no marks", SPEC, {}, 7) == ""
