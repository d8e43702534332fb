"""Some demos' numbers by other protocols that are in use: one draw a seed, or the epoch that the test likes best.

The demos average several draws and never choose by the test; numbers found otherwise can't be set beside theirs.
"""

from collections.abc import Callable, Sequence
from statistics import mean, stdev

from models.demos import discover, overfitting, perceptron

MANY = 30  # divisions, to see by how much one of them sways


def by_division(seeds: Sequence[int]) -> str:
    """Take one division a seed, and see what others would give."""
    few, many = ([_told_apart(seed) for seed in some] for some in (seeds, range(1, MANY + 1)))
    return (
        f"- perceptron, 3 or 8: one division a seed gives {_said(few)}; {MANY} divisions give {_said(many)} "
        f"(the best {max(many):.1%}, the worst {min(many):.1%}), so a single one says little."
    )


def _told_apart(seed: int) -> float:
    """Learn 3 and 8 on one division."""
    params = discover()["perceptron"].spec.ready()
    x, y, new, truth = perceptron.division(3, 8, seed)
    *_, (_, weights, _) = perceptron.learn(x, y, params.float("rate"), params.int("epochs"), seed)
    return float((perceptron.answers(new, weights) == truth).double().mean())


def by_epoch(seeds: Sequence[int]) -> str:
    """Take one draw a seed, and stop by validation or by the test."""
    best, chosen = zip(*(_stopped(seed) for seed in seeds), strict=True)
    return (
        f"- overfitting, stopping early: one draw a seed gives {_said(chosen)}, the epoch chosen by validation; "
        f"choosing the epoch by the test itself would claim {_said(best)}."
    )


def _stopped(seed: int) -> tuple[float, float]:
    """Train once; give the test accuracy at the epoch the test likes best, and at validation's."""
    params = discover()["overfitting"].spec.ready()
    data = overfitting.split(params.int("examples"), params.float("wrong"), seed)
    model = overfitting.network(params.int("width"), 0.0, seed)
    course = overfitting.Course(list(overfitting.train(model, data, params.int("epochs"), 0.0, seed)))
    return max(row[4] for row in course.rows), course.early


def _said(values: Sequence[float]) -> str:
    return f"{mean(values):.1%} ± {stdev(values) if len(values) > 1 else 0:.1%}"


PROTOCOLS: dict[str, Callable[[Sequence[int]], str]] = {"overfitting": by_epoch, "perceptron": by_division}
