"""Counting instead of learning: how often did a letter follow the same few letters before? (Kneser–Ney)"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[Any]


class NGram:
    """Interpolated Kneser–Ney with three discounts (Chen and Goodman, 1999), over symbols 0..size-1.

    A gram is one number in base `size`; `size ** order` must fit in 63 bits.
    """

    def __init__(self, ids: Ids, order: int, size: int) -> None:
        """Count the grams of a text [N] of symbols."""
        self.order, self.size = order, size
        whole = [np.unique(self._codes(_windows(ids, k)), return_counts=True) for k in range(1, order + 1)]
        # below the highest order a gram counts once for each different symbol before it
        shorter = [np.unique(whole[k + 1][0] % size ** (k + 1), return_counts=True) for k in range(order - 1)]
        self._tables = [_discounted(grams, counts, size) for grams, counts in [*shorter, whole[-1]]]

    def chances(self, windows: Ids) -> NDArray[np.float64]:
        """Give the chance of each window's last symbol after the ones before it, [N, order] -> [N]."""
        chance = np.full(len(windows), 1 / self.size)
        for k, (grams, kept, contexts, totals, freed) in enumerate(self._tables, 1):
            code = self._codes(windows[:, -k:])
            own = _found(grams, code, kept, 0.0)
            total, free = (
                _found(contexts, code // self.size, totals, 0.0),
                _found(contexts, code // self.size, freed, 0.0),
            )
            chance = np.where(total > 0, (own + free * chance) / np.maximum(total, 1), chance)
        return chance

    def bits(self, ids: Ids) -> float:
        """Give the mean bits per symbol of a text, from its `order`-th symbol on."""
        return float(-np.log2(self.chances(_windows(ids, self.order))).mean())

    def _codes(self, windows: Ids) -> NDArray[np.int64]:
        return np.asarray(windows, np.int64) @ self.size ** np.arange(windows.shape[1])[::-1].astype(np.int64)


def _windows(ids: Ids, length: int) -> Ids:
    return np.lib.stride_tricks.sliding_window_view(ids, length)


def _discounted(grams: Ids, counts: Ids, size: int) -> tuple[Ids, ...]:
    """Take a little from each count; give grams, what is kept, contexts, their totals, what was freed there."""
    one, two, three, four = (max(int((counts == n).sum()), 1) for n in (1, 2, 3, 4))
    share = one / (one + 2 * two)
    steps = np.clip(
        [0, 1 - 2 * share * two / one, 2 - 3 * share * three / two, 3 - 4 * share * four / three], 0, [0, 1, 2, 3]
    )
    taken = steps[np.minimum(counts, 3)]
    contexts, start = np.unique(grams // size, return_index=True)
    return grams, counts - taken, contexts, np.add.reduceat(counts, start), np.add.reduceat(taken, start)


def _found(keys: Ids, wanted: Ids, values: Ids, other: float) -> NDArray[np.float64]:
    """Look numbers up in sorted keys."""
    at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[at] == wanted, values[at], other)
