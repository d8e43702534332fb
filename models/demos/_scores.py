"""How good a risk is: does it sort patients, and does it mean what it says? Written out, and proved in the tests."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[Any]  # risks [N] of 0..1
Truths = NDArray[Any]  # what happened [N], 0 or 1


def auroc(risk: Floats, truth: Truths) -> float:
    """Give the chance that of a pair who fell ill has the higher risk, ties half (Hanley and McNeil, 1982)."""
    _, place, many = np.unique(risk, return_inverse=True, return_counts=True)
    rank = (many.cumsum() - (many - 1) / 2)[place]
    ill = truth == 1
    n, m = int(ill.sum()), int((~ill).sum())
    return float((rank[ill].sum() - n * (n + 1) / 2) / max(n * m, 1))


def thresholds(risk: Floats, truth: Truths) -> tuple[Floats, Floats]:
    """Count, for each threshold from the highest risk down, who is warned rightly and who wrongly; starts at 0, 0."""
    order = np.argsort(-risk, kind="stable")
    last = np.flatnonzero(np.diff(risk[order], append=-np.inf))  # equal risks are warned together
    right = truth[order].cumsum()[last]
    return np.concatenate([[0], right]), np.concatenate([[0], last + 1 - right])


def roc(risk: Floats, truth: Truths) -> tuple[Floats, Floats]:
    """Give false alarms and detections, both as shares, for each threshold."""
    right, wrong = thresholds(risk, truth)
    return wrong / max(wrong[-1], 1), right / max(right[-1], 1)


def precision_recall(risk: Floats, truth: Truths) -> tuple[Floats, Floats]:
    """Give recall, and precision at it, for each threshold."""
    right, wrong = thresholds(risk, truth)
    return right[1:] / max(right[-1], 1), right[1:] / (right[1:] + wrong[1:])


def average_precision(risk: Floats, truth: Truths) -> float:
    """Give the area below precision over recall, as steps."""
    recall, precision = precision_recall(risk, truth)
    return float((np.diff(recall, prepend=0) * precision).sum())


def calibration(risk: Floats, truth: Truths, groups: int = 5) -> tuple[Floats, Floats]:
    """Give, for groups of equal size by risk, the mean risk and the share that fell ill."""
    parts = np.array_split(np.argsort(risk, kind="stable"), groups)
    return np.array([risk[p].mean() for p in parts]), np.array([truth[p].mean() for p in parts])


def miscalibration(risk: Floats, truth: Truths, groups: int = 5) -> float:
    """Give by how much a risk is off on average, over groups of equal size (expected calibration error)."""
    said, was = calibration(risk, truth, groups)
    return float(np.abs(said - was).mean())


def brier(risk: Floats, truth: Truths) -> float:
    """Give the mean squared error of the risks (Brier, 1950)."""
    return float(np.mean((risk - truth) ** 2))
