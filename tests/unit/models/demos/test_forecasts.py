"""Forecasts: nothing of the future is seen, except where the lesson is about that."""

import numpy as np
import pytest
import torch

from models.demos import rnn_bolsa
from models.demos._rnn_bolsa import Trial

PRICES = 100 * np.exp(np.cumsum(np.random.default_rng(0).normal(0, 0.01, 300)))


@pytest.mark.parametrize(("how", "leaks"), [("change", False), ("level", False), ("root", False), ("smoothed", True)])
def test_only_the_smoothed_series_holds_the_days_to_come(how: str, leaks: bool) -> None:
    later = PRICES.copy()
    later[-2:] *= 3  # the last two days, which the window before the third last can't know
    before, after = (rnn_bolsa.prepare(values, how).x[:-2] for values in (PRICES, later))
    assert torch.allclose(before, after, atol=1e-5) is not leaks


@pytest.mark.parametrize("how", ["change", "root"])
def test_a_forecast_of_no_change_is_today(how: str) -> None:
    data = rnn_bolsa.prepare(PRICES, how)
    nothing = -data.centre / data.scale if how == "change" else 0.0
    said = rnn_bolsa.restored(np.full(len(data.today) - data.first_test, nothing), data)
    assert said == pytest.approx(data.today[data.first_test :])


@pytest.mark.parametrize("how", ["change", "level", "root"])
def test_what_is_to_be_said_restores_tomorrow(how: str) -> None:
    data = rnn_bolsa.prepare(PRICES, how)
    said = rnn_bolsa.restored(data.y[data.first_test :, 0].double().numpy(), data)
    assert said == pytest.approx(data.tomorrow[data.first_test :], rel=1e-5)
    assert np.array_equal(data.today[1:], data.tomorrow[:-1])


def test_the_linear_regression_finds_a_pure_rhythm() -> None:
    data = rnn_bolsa.prepare(100 + 10 * np.sin(np.arange(400) / 3), "level")
    assert rnn_bolsa.rmse(rnn_bolsa.linear(data), data) < 0.02 * rnn_bolsa.rmse(data.today, data)


@pytest.mark.parametrize("cell", ["gru", "lstm"])
def test_a_recurrent_network_learns_a_rhythm_and_keeps_its_best_weights(cell: str) -> None:
    torch.set_num_threads(1)
    data = rnn_bolsa.prepare(100 + 10 * np.sin(np.arange(300) / 3), "root")
    torch.manual_seed(0)
    net = rnn_bolsa.Recurrent(cell, 8)
    checked = [valid for _, _, valid in rnn_bolsa.train(net, data, 8, 0.02, 0)]
    with torch.no_grad():
        rows = slice(data.first_valid, data.first_test)
        assert torch.nn.functional.mse_loss(net(data.x[rows]), data.y[rows]).item() == pytest.approx(min(checked))
    assert rnn_bolsa.rmse(rnn_bolsa.forecast(net, data), data) < 0.5 * rnn_bolsa.rmse(data.today, data)


def test_a_trial_counts_directions_and_errors() -> None:
    trial = Trial("DAX", "change", np.array([1.0, 2, 3]), np.array([2.0, 1, 4]), np.array([2.0, 1, 4]))
    trial = trial.with_forecasts([np.array([2.0, 3, 4]), np.array([2.0, 1, 4])], [])
    assert trial.direction == pytest.approx(5 / 6) and trial.always_up == pytest.approx(2 / 3)
    assert trial.errors == pytest.approx([np.sqrt(4 / 3), 0]) and trial.naive == 1 and trial.straight == 0
    assert "points" in trial.said(2.5).en


@pytest.mark.parametrize("how", ["level", "smoothed"])
def test_each_way_of_preparing_is_told_apart_in_the_lesson(how: str) -> None:
    given = {"prepare": how, "contrast": "el-nino", "epochs": 1, "hidden": 2, "seeds": 1}
    *_, result = rnn_bolsa.run(rnn_bolsa.SPEC.ready(given), 0)
    words = {"level": "never came near", "smoothed": "false"}
    assert words[how] in result.why.en  # type: ignore[union-attr]  # the last event is the Result
