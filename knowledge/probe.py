"""A linear probe on question vectors: does this sound like a question about the lecture, whatever it names?

Prices, ages and wives of known people are near the lecture's questions in meaning; a direction in the embedding
space tells them apart (Alain & Bengio, 2016, "Understanding intermediate layers using linear classifier probes").
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RIDGE = 8.0  # least-squares penalty, in units of examples
FOLDS = 5


@dataclass(frozen=True)
class Probe:
    """Weights [D + 1], the last is the bias; positive sounds covered."""

    weights: NDArray[np.float64]

    def score(self, vector: NDArray[np.float32] | None) -> float:
        """Score one vector [D]: about +1 for covered, -1 for outside; 0 without one."""
        return 0.0 if vector is None else float(vector @ self.weights[:-1] + self.weights[-1])


def fit(
    covered: NDArray[np.float32],
    outside: NDArray[np.float32],
    weights: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> Probe:
    """Fit ridge regression to +1 and -1; both classes weigh the same. `weights`: of each row within its class."""
    x = np.concatenate([covered, outside]).astype(np.float64)
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    y = np.concatenate([np.ones(len(covered)), -np.ones(len(outside))])
    mine, theirs = weights or (np.ones(len(covered)), np.ones(len(outside)))
    share = np.concatenate([mine / mine.sum(), theirs / theirs.sum()]) * len(outside)
    penalty = RIDGE * np.eye(x.shape[1])
    penalty[-1, -1] = 1e-6
    return Probe(np.linalg.solve((x * share[:, None]).T @ x + penalty, (x * share[:, None]).T @ y))


def out_of_fold(
    covered: NDArray[np.float32],
    groups: Sequence[int],
    outside: NDArray[np.float32],
    weights: tuple[NDArray[np.float64], NDArray[np.float64]] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Score each row by a probe that never saw its fold; `groups` [N] keeps siblings in one fold."""
    mine, theirs = np.asarray(groups) % FOLDS, np.arange(len(outside)) % FOLDS
    own, others = weights or (np.ones(len(covered)), np.ones(len(outside)))
    inside, beyond = np.zeros(len(covered)), np.zeros(len(outside))
    for fold in range(FOLDS):
        seen, unseen = mine != fold, theirs != fold
        probe = fit(covered[seen], outside[unseen], (own[seen], others[unseen]))
        inside[~seen] = [probe.score(v) for v in covered[~seen]]
        beyond[~unseen] = [probe.score(v) for v in outside[~unseen]]
    return inside, beyond
