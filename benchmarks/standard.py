"""scikit-learn's classifiers and regressors as they come, trained on the demos' tensors."""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from sklearn.svm import SVC
from torch import Tensor

Split = tuple[Tensor, Tensor, Tensor, Tensor]  # x and y to learn from, x and y of the test
Tools = Mapping[str, Any]  # scikit-learn's estimators by name; each `fit` starts afresh


@dataclass(frozen=True, slots=True)
class Rival:
    """A tool's score in a demo's metric."""

    metric: str
    tool: str
    value: float


Rivals = Iterator[Rival]


def tools(seed: int) -> dict[str, Any]:
    """Make the usual classifiers, untrained."""
    return {
        "MLPClassifier": MLPClassifier(max_iter=100, random_state=seed),
        "SVC": SVC(C=10),
        "LogisticRegression": LogisticRegression(max_iter=300),
    }


def flat(x: Tensor) -> NDArray[np.float64]:
    """Give pictures of any shape as rows."""
    return np.asarray(x.flatten(1).double().numpy())


def fitted(tool: Any, x: NDArray[Any], y: NDArray[Any], **how: Any) -> Any:
    """Train a tool; one that reaches its last epoch without settling is taken as it is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return tool.fit(x, y, **how)


def right(tool: Any, x: Tensor, y: Tensor) -> float:
    """Give the share of right answers."""
    return float(tool.score(flat(x), y.flatten().numpy()))


def learned(tool: Any, split: Split) -> float:
    """Train a tool on a split's first half, and give the share of right answers on the other."""
    x, y, new, truth = split
    return right(fitted(tool, flat(x), y.flatten().numpy()), new, truth)


def classified(metric: str, splits: Sequence[Split], chosen: Tools) -> Rivals:
    """Let each tool learn every split; give its mean accuracy."""
    for name, tool in chosen.items():
        yield Rival(metric, name, fmean(learned(tool, split) for split in splits))
