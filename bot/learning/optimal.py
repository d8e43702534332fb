"""`python -m bot.learning.optimal`: fit FSRS to one learner's reviews, in a process of its own: it takes torch, pandas.

Reads [[item, seconds since the epoch, rating], …] from standard input and writes the weights, both as JSON.
"""

import json
import sys
from datetime import UTC, datetime
from typing import Any

NOT_INSTALLED = 3  # exit code: the package's extra `fsrs[optimizer]` isn't there


def fit(reviews: list[tuple[str, float, int]]) -> list[float]:
    """Fit the weights. Raises ImportError where torch or pandas isn't installed."""
    from fsrs import Optimizer, Rating, ReviewLog

    ids = {item: n for n, item in enumerate(dict.fromkeys(item for item, _, _ in reviews), 1)}
    logs = [ReviewLog(ids[i], Rating(rated), datetime.fromtimestamp(at, UTC), None) for i, at, rated in reviews]
    made: Any = Optimizer
    return [float(weight) for weight in made(logs).compute_optimal_parameters()]


def main() -> int:
    """Fit what standard input holds."""
    try:
        print(json.dumps(fit(json.load(sys.stdin))))  # noqa: T201  # its standard output is its answer
    except ImportError as error:
        sys.stderr.write(f"{error}\n")
        return NOT_INSTALLED
    return 0


if __name__ == "__main__":
    sys.exit(main())
