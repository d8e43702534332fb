"""A direction in vector space that tells covered from outside."""

import numpy as np
import pytest

from knowledge.probe import FOLDS, Probe, fit, out_of_fold

RANDOM = np.random.default_rng(0)
COVERED = (RANDOM.normal(size=(40, 6)) * 0.2 + [1, 0, 0, 0, 0, 0]).astype(np.float32)
OUTSIDE = (RANDOM.normal(size=(15, 6)) * 0.2 + [0, 1, 0, 0, 0, 0]).astype(np.float32)


def test_a_probe_adds_weights_and_bias() -> None:
    assert Probe(np.array([2.0, -1.0, 0.5])).score(np.array([1, 3], np.float32)) == pytest.approx(-0.5)


def test_there_is_no_evidence_without_a_vector() -> None:
    assert Probe(np.array([2.0, 1.0])).score(None) == 0


def test_a_fitted_probe_separates() -> None:
    probe = fit(COVERED, OUTSIDE)
    assert min(probe.score(v) for v in COVERED) > max(probe.score(v) for v in OUTSIDE)


def test_both_classes_weigh_the_same() -> None:
    probe = fit(COVERED, OUTSIDE)
    means = [np.mean([probe.score(v) for v in rows]) for rows in (COVERED, OUTSIDE)]
    assert means[0] + means[1] == pytest.approx(0, abs=1e-4)


def test_out_of_fold_scores_come_from_probes_that_never_saw_the_row() -> None:
    groups = range(len(COVERED))
    inside, _ = out_of_fold(COVERED, groups, OUTSIDE)
    unseen = fit(COVERED[np.arange(40) % FOLDS != 3], OUTSIDE[np.arange(15) % FOLDS != 3])
    assert inside[3] == pytest.approx(unseen.score(COVERED[3]))


def test_out_of_fold_scores_separate_too() -> None:
    inside, beyond = out_of_fold(COVERED, range(len(COVERED)), OUTSIDE)
    assert inside.min() > beyond.max()
