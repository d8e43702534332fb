"""The runs that the pictures show are real, and show what their panels are named for."""

import numpy as np
import pytest

from knowledge.quiz.pictures import retas, runs

KEPT = runs.read()


def ends(name: str) -> tuple[float, float, float]:
    """Give a curve's last training error, last validation error and lowest validation error."""
    curve = KEPT["curves"][name]
    return curve["train"][-1], curve["valid"][-1], min(curve["valid"])


def test_the_overfitted_network_got_worse_on_validation_while_it_learned_by_heart() -> None:
    train, valid, lowest = ends("overfitting")
    assert train < 0.02
    assert valid > 1.4 * lowest


def test_the_good_fit_ends_low_on_both() -> None:
    train, valid, lowest = ends("good")
    assert max(train, valid) < 0.05
    assert valid < 1.1 * lowest


def test_the_underfitted_network_ends_high_on_both() -> None:
    train, valid, _ = ends("underfitting")
    assert min(train, valid) > 0.4
    assert abs(train - valid) < 0.1


def test_only_the_high_rate_climbs() -> None:
    rates = KEPT["rates"]
    assert rates["high"][-1] > rates["high"][0] > rates["low"][-1] > 10 * rates["good"][-1]
    assert rates["low"][0] == rates["high"][0]


@pytest.mark.parametrize(("name", "rate"), [("good", 0.12), ("low", 0.006), ("high", 0.86)])
def test_a_descent_can_be_made_again(name: str, rate: float) -> None:
    assert runs.rate_curve(rate) == pytest.approx(KEPT["rates"][name], rel=1e-3)


def test_a_boundary_can_be_made_again() -> None:
    again, kept = runs.boundaries(7)["grid"], KEPT["boundaries"]["grid"]
    for name in kept:
        same = np.mean(
            [a == b for x, y in zip(again[name], kept[name], strict=True) for a, b in zip(x, y, strict=True)]
        )
        assert same > 0.98


def test_the_neurons_boundary_is_straight_and_the_others_are_not() -> None:
    turns = {}
    for name, rows in KEPT["boundaries"]["grid"].items():
        first = [row.count("0") for row in rows]  # where a straight boundary moves by the same amount from row to row
        steps = np.diff([n for n in first if 0 < n < runs.SIDE])
        turns[name] = float(np.std(steps))
    assert turns["neuron"] < min(turns["hidden"], turns["nearest"])


def test_the_hand_written_gradients_are_those_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    net, (x, y) = runs.Net.new(1, 5, rng, 1), runs.wave(8, 0.1, rng)
    found = net.gradients(x, 2 * (net.out(x) - y) / len(x))
    for parameter, gradient in zip((net.w1, net.b1, net.w2, net.b2), found, strict=True):
        at = (0,) * parameter.ndim
        losses = []
        for step in (1e-6, -2e-6):
            parameter[at] += step
            losses.append(float(np.mean((net.out(x) - y) ** 2)))
        parameter[at] += 1e-6
        assert gradient[at] == pytest.approx((losses[0] - losses[1]) / 2e-6, rel=1e-4)


def test_the_perceptrons_line_separates_the_two_classes() -> None:
    x, y = retas.sample()
    w = retas.learned(x, y)
    assert ((np.c_[x, np.ones(len(x))] @ w > 0) == (y > 0.5)).all()
