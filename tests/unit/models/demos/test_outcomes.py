"""What the demos say of how a run went: each outcome has its own words, and a run that breaks stays finite."""

import math
from collections.abc import Mapping
from pathlib import Path

import pytest
import torch

from models.demos import (
    Found,
    _automl,
    _overfitting,
    _playground,
    automl,
    backprop,
    dbn,
    discover,
    hopfield,
    overfitting,
    playground,
    raso_profundo,
)
from models.engine.protocol import Both, DemoError, Params, Picture, Result, Value

FOUND = discover()
BROKEN = [("playground", "fast"), ("dbn", "hot"), ("backprop", "leap"), ("raso-profundo", "hot"), ("hopfield", "half")]


def params(found: Found, **changes: Value) -> Params:
    return found.spec.ready(changes)


def result(name: str, values: Mapping[str, Value], files: Mapping[str, bytes] | None = None) -> Result:
    torch.set_num_threads(1)
    found = FOUND[name]
    *_, last = found.module().run(found.spec.ready(values, "pt", files or {}), 1)
    assert isinstance(last, Result)
    return last


@pytest.mark.parametrize(("name", "preset"), BROKEN)
def test_a_broken_run_ends_with_finite_numbers(name: str, preset: str) -> None:
    spec = FOUND[name].spec
    broken = next(p for p in spec.presets if p.name == preset)
    assert broken.broken
    assert all(math.isfinite(metric.value) for metric in result(name, {**broken.params, **spec.quick}).metrics)


def different(texts: list[Both]) -> bool:
    return len({text.pt for text in texts}) == len({text.en for text in texts}) == len(texts)


def test_the_playground_explains_each_way_to_fail() -> None:
    found = FOUND["playground"]
    cases = [
        playground._why(params(found, layers=0), 0.5, 0.5, 0.5),
        playground._why(params(found), 0.7, 0.95, 0.8),
        playground._why(params(found, lr=5), 0.5, 0.5, 0.6),
        playground._why(params(found, layers=4, activation="sigmoid"), 0.5, 0.5, 0.6),
        playground._why(params(found), 0.6, 0.6, 0.6),
        playground._why(params(found), 0.99, 0.99, 0.6),
    ]
    assert different(cases)
    assert different([playground._next(*scores, params(found)) for scores in ((0.7, 0.95), (0.99, 0.99), (0.8, 0.8))])


@pytest.mark.parametrize(("net", "line", "option"), [(0.95, 0.6, "net"), (0.9, 0.9, "tie"), (0.5, 0.9, "line")])
def test_the_playground_says_who_won(net: float, line: float, option: str) -> None:
    x, y = torch.zeros(4, 2), torch.tensor([0, 1, 0, 1])
    plane = _playground.Plane(x, y, x, y, ("x", "y"), (Both("a", "a"), Both("b", "b")))
    said = playground._result(plane, params(FOUND["playground"]), [(1, net, net)], [net] * 3, line, finite=False)
    assert said.answer.option == option and "parou" in said.what.pt


def table(rows: int = 40, *, flat: bool = False) -> bytes:
    return "\n".join(
        ["a;b;tipo", *(f"{0 if flat else i},5;{i % 7};{'x' if i < 20 else 'y'}" for i in range(rows))]
    ).encode()


def test_the_playground_learns_the_learners_table() -> None:
    said = result("playground", {"data": "csv", "epochs": 10}, {"csv": table()})
    assert said.metrics[0].value > 0.6


@pytest.mark.parametrize(
    ("files", "words"), [({}, "Mande o CSV"), ({"csv": table(flat=True)}, "mesmo número"), ({"csv": b"1,2"}, "CSV")]
)
def test_the_playground_refuses_kindly_what_it_cannot_use(files: dict[str, bytes], words: str) -> None:
    with pytest.raises(DemoError) as caught:
        result("playground", {"data": "csv"}, files)
    assert words in caught.value.reason.pt


def test_a_loss_that_is_no_number_stops_the_playground() -> None:
    found = FOUND["playground"]
    plane = playground._plane(params(found), 0)
    broken = _playground.Plane(plane.x * math.nan, plane.y, plane.x_test, plane.y_test, plane.columns, plane.classes)
    model = playground.network(1, 2, "relu", 0)
    assert list(playground._train(model, broken, params(found), 0)) == []


def test_backprop_explains_each_way_to_fail() -> None:
    found = FOUND["backprop"]
    cases = [
        (params(found, start="same"), 2),
        (params(found, start="large"), 2),
        (params(found), 3),
        (params(found), 4),
    ]
    assert different([backprop._why(*case) for case in cases])
    nexts = [(params(found), 2), (params(found), 4), (params(found, start="large"), 2)]
    assert different([backprop._next(*case) for case in nexts]) and backprop._tiny(0.0) == "0"


def test_overfitting_tells_memorizing_from_random_labels_and_from_a_network_too_small() -> None:
    found = FOUND["overfitting"]
    low, high = (_overfitting.Course([(1, 0.1, right, 0.5, 0.5)]) for right in (0.5, 1.0))
    cases = [(params(found), low), (params(found), high), (params(found, wrong=0.9), high)]
    for words in (overfitting._why, overfitting._next):
        assert different([words(*case) for case in cases])


def test_stopping_early_takes_the_first_epoch_with_most_right_in_validation() -> None:
    course = _overfitting.Course([(1, 1.0, 0.5, 0.4, 0.5), (2, 0.5, 0.8, 0.7, 0.7), (3, 0.1, 1.0, 0.7, 0.6)])
    assert (course.early_epoch, course.early, course.test, course.train) == (2, 0.7, 0.6, 1.0)


def test_examples_with_swapped_labels_are_apart_from_validation_and_test() -> None:
    data = overfitting.split(200, 0.3, seed=0)
    assert 0.2 < float((data["y"] != data["truth"]).double().mean()) < 0.4
    rows = [{tuple(row) for row in data[part].tolist()} for part in ("x", "x_valid", "x_test")]
    assert not rows[0] & rows[1] and not rows[0] & rows[2] and not rows[1] & rows[2]


def test_hopfield_explains_too_much_noise_and_too_little_sharpness() -> None:
    found = FOUND["hopfield"]
    cases = [params(found), params(found, noise=0.5), params(found, beta=0.05)]
    assert different([hopfield._why(case, 120, 108) for case in cases])
    assert different([hopfield._next(case) for case in cases[1:]])


def test_depth_is_explained_by_what_it_did() -> None:
    found, field = FOUND["raso-profundo"], torch.zeros(2, 2)
    from models.demos._raso_profundo import Rung

    low, high = Rung(1, 54, 217, [0.6], field), Rung(3, 9, 217, [0.9], field)
    cases = [(params(found, activation="none"), low, low), (params(found), high, low), (params(found), low, low)]
    assert different([raso_profundo._why(*case) for case in cases])


def test_pretraining_is_explained_by_what_it_did() -> None:
    errors = {"relu": 0.01, "scratch": 0.03}
    means = {"pretrained": 0.8, "scratch": 0.7, "relu": 0.7, "linear": 0.7}
    cases = [(means, errors), (means, {"relu": 0.03, "scratch": 0.03}), ({**means, "linear": 0.85}, errors)]
    assert different([dbn._why(*case) for case in cases])


@pytest.mark.parametrize(
    ("means", "who"),
    [
        ((0.97, 0.9, 0.9), "optuna"),
        ((0.9, 0.97, 0.9), "random"),
        ((0.95, 0.95, 0.9), "tie"),
        ((0.9, 0.9, 0.95), "default"),
    ],
)
def test_the_search_says_who_won(means: tuple[float, float, float], who: str) -> None:
    assert automl._who(dict(zip(("optuna", "random", "default"), means, strict=True))) == who


def test_no_digit_is_in_two_parts_of_the_search() -> None:
    parts = automl.split(1100, 250, seed=0)
    rows = [{tuple(row) for row in x.tolist()} for x, _ in parts.values()]
    assert [len(r) for r in rows] == [1100, 250, 447] and len(set.union(*rows)) == 1797


def test_a_search_too_short_to_learn_from_measures_nothing() -> None:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(direction="maximize")
    study.optimize(lambda trial: trial.suggest_float("lr", 0, 1), n_trials=2)
    assert automl._mattered(study) == {}
    study.optimize(lambda trial: trial.suggest_float("lr", 0, 1), n_trials=4)
    assert automl._mattered(study) == {"lr": 1.0}


def test_a_film_shows_every_stage_of_the_pass() -> None:
    import io

    from PIL import Image

    from models.demos._backprop import ORDER, film

    weights = backprop.initial("random", 0)
    example = backprop._example(weights, *backprop.table("xor"), "tanh")
    picture = film(example, "en")
    assert isinstance(picture, Picture)
    assert Image.open(io.BytesIO(picture.light)).n_frames == len(ORDER)  # type: ignore[attr-defined]  # a GIF has it


@pytest.mark.parametrize("data", ["moons", "circles", "spiral", "xor"])
def test_every_shape_of_the_playground_is_balanced_and_scaled(data: str) -> None:
    x, y = playground.samples(data, 200, 0.1, seed=0)
    assert torch.allclose(x.mean(0), torch.zeros(2), atol=1e-5) and torch.allclose(x.std(0), torch.ones(2), atol=0.01)
    assert int(y.sum()) == 100


def test_the_code_shown_reads_the_learners_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "dados.csv").write_bytes(table())
    monkeypatch.chdir(tmp_path)
    x, y = playground.samples("csv", 0, 0.0, seed=0)
    assert x.shape == (40, 2) and y.tolist() == [0] * 20 + [1] * 20


def test_what_mattered_is_drawn_beside_the_winners() -> None:
    choice: dict[str, int | float | str] = {"layers": 2, "units": 64, "activation": "relu", "lr": 0.01}
    hunts = {name: _automl.Hunt([choice], [0.9], [0.8]) for name in ("optuna", "random")}
    means = dict.fromkeys(("optuna", "random", "default", "linear"), 0.9)
    with_bars, without = (_automl.final(hunts, means, mattered, "en") for mattered in ({"lr": 0.7, "units": 0.3}, {}))
    assert with_bars.light != without.light
