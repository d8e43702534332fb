"""Marks of risks against their definitions and against scikit-learn; the regression against its own equation."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from models.demos import mlp_avc
from models.demos._scores import auroc, average_precision, brier, calibration, miscalibration, roc

DICE = np.random.default_rng(7)
TRUTH = (DICE.random(150) < 0.3).astype(float)
RISK = np.round(np.clip(0.3 * TRUTH + 0.7 * DICE.random(150), 0, 1), 1)  # with many ties


def test_auroc_is_the_share_of_pairs_in_the_right_order() -> None:
    ill, well = RISK[TRUTH == 1][:, None], RISK[TRUTH == 0][None]
    assert auroc(RISK, TRUTH) == pytest.approx(np.mean((ill > well) + 0.5 * (ill == well)), abs=1e-12)
    assert auroc(RISK, TRUTH) == pytest.approx(roc_auc_score(TRUTH, RISK), abs=1e-12)


def test_auroc_is_the_area_below_the_roc_curve() -> None:
    assert auroc(RISK, TRUTH) == pytest.approx(np.trapezoid(*roc(RISK, TRUTH)[::-1]), abs=1e-12)


def test_average_precision_by_hand_and_against_scikit_learn() -> None:
    assert average_precision(np.array([0.9, 0.8, 0.7]), np.array([1.0, 0, 1])) == pytest.approx(0.5 * 1 + 0.5 * 2 / 3)
    assert average_precision(RISK, TRUTH) == pytest.approx(average_precision_score(TRUTH, RISK), abs=1e-12)


def test_calibration_is_perfect_where_risks_are_the_shares() -> None:
    risk, truth = np.repeat([0.2, 0.6], 10), np.tile([0.0] * 4 + [1.0], 4)
    truth[10:] = [1] * 6 + [0] * 4
    assert miscalibration(risk, truth, 2) == pytest.approx(0)
    assert miscalibration(np.full(20, 0.9), truth, 2) == pytest.approx(0.9 - truth.mean())
    assert calibration(risk, truth, 2)[0].tolist() == pytest.approx([0.2, 0.6])
    assert brier(truth, truth) == 0 and brier(np.full(20, 0.5), truth) == 0.25


def test_the_logistic_regression_solves_its_equation_and_equals_scikit_learns() -> None:
    x = np.random.default_rng(1).normal(size=(150, 4))
    weights = mlp_avc.logistic(x, TRUTH, penalty=1.0)
    slope = x.T @ (mlp_avc.logistic_risk(weights, x) - TRUTH) + weights[:-1]
    assert np.abs(slope).max() < 1e-9
    theirs = LogisticRegression(C=1.0, tol=1e-10).fit(x, TRUTH).coef_[0]
    assert weights[:-1] == pytest.approx(theirs, abs=1e-5)


def test_every_part_has_its_share_of_the_ill() -> None:
    part = mlp_avc.folds(TRUTH, 5, 3)
    assert np.ptp(np.bincount(part[TRUTH == 1])) <= 1 and np.ptp(np.bincount(part)) <= 2


def test_scaling_looks_only_at_the_rows_it_may_see() -> None:
    x, seen = np.random.default_rng(2).normal(3, 2, (40, 3)), np.arange(40) < 30
    changed = x.copy()
    changed[35] += 100
    assert np.array_equal(mlp_avc.scaled(x, seen)[:35], mlp_avc.scaled(changed, seen)[:35])
    assert mlp_avc.scaled(x, seen)[seen].mean(0) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("cheat", ["seen", "chosen"])
def test_cheating_looks_better_than_the_honest_measure(cheat: str) -> None:
    mlp_avc.torch.set_num_threads(1)
    marks = {}
    for how in ("no", cheat):
        given = {"cheat": how, "repeats": 1, "epochs": 8, "lr": 0.01, "dropout": 0.0}
        *_, result = mlp_avc.run(mlp_avc.SPEC.ready(given), 0)
        marks[how] = result.metrics[0].value  # type: ignore[union-attr]  # the last event is the Result
        assert "diagnos" in result.what.en  # type: ignore[union-attr]
    assert marks[cheat] > marks["no"] + 0.03


def test_copenhagens_patients_are_those_of_the_study() -> None:
    x, truth = mlp_avc.load("copenhagen")
    assert x.shape == (518, 13) and truth.sum() == 96
    assert np.isfinite(x).all()
