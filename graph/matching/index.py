"""Which statements may be near another: an inverted index of the roots of their words, for one kind.

Weights are whole numbers, so sums do not depend on the order of wordings, nor what is found on the order of loads.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from graph.matching.profile import content, roots_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    Numbers = NDArray[np.int32]
    Shares = NDArray[np.float32]

_UNIT = 100  # of the whole numbers that weights become
_NO_ROWS, _NO_SHARES = np.empty(0, np.int32), np.empty(0, np.float32)


class Index:
    """The wordings of one kind, each of a row; what a row is, the caller knows.

    Attributes:
        roots: number of each root.
        tells: weight of each root.
        rows: row of each wording; none, -1, for what was dropped.
        counts: how many roots each wording has.
        held: their numbers, wording after wording.
        weights: of each wording, the sum of its roots'.
    """

    def __init__(self) -> None:
        self.roots: dict[str, int] = {}
        self.tells: list[int] = []
        self.rows = self.counts = self.held = self.weights = np.empty(0, np.int32)
        self._new: tuple[list[int], list[int], list[int], list[int]] = [], [], [], []
        self._settled = False
        self._order = self._starts = self._ends = np.empty(0, np.int64)
        self._doubled = False

    def put(self, row: int, texts: Iterable[str]) -> None:
        """Add the wordings of a row."""
        rows, counts, held, weights = self._new
        self._settled = False
        for roots in sorted({weighed(text) for text in texts}):
            rows.append(row)
            counts.append(len(roots))
            for root, weight in roots:
                if root not in self.roots:
                    self.roots[root] = len(self.roots)
                    self.tells.append(weight)
                held.append(self.roots[root])
            weights.append(sum(weight for _, weight in roots))

    def drop(self, rows: Iterable[int]) -> None:
        """Forget the wordings of these rows."""
        self.settle()
        self.rows[np.isin(self.rows, list(rows))] = -1

    def settle(self) -> None:
        """Make what was put ready to be found, and to be kept."""
        if self._new[0]:
            held = (self.rows, self.counts, self.held, self.weights)
            self.rows, self.counts, self.held, self.weights = (
                np.concatenate((old, np.asarray(new, np.int32))) for old, new in zip(held, self._new, strict=True)
            )
            self._new = [], [], [], []
        if not self._settled:
            small = self.held.astype(np.uint16) if len(self.roots) <= 1 << 16 else self.held  # a radix sort
            order = np.argsort(small, kind="stable")
            self._starts = np.append(0, np.cumsum(np.bincount(self.held, minlength=len(self.roots))))
            self._order = np.repeat(np.arange(len(self.rows)), self.counts)[order]
            self._ends = np.cumsum(self.counts)
            self._doubled = bool(np.bincount(self.rows[self.rows >= 0], minlength=1).max() > 1)
            self._settled = True

    def near(self, row: int, least: float) -> tuple[Numbers, Shares]:
        """The other rows that share words with one, and how near each comes, 0 to 1; in no order.

        Args:
            row: one that has wordings.
            least: share of the weight of both wordings that is common.
        """
        self.settle()
        places = np.flatnonzero(self.rows == row)
        ends = self._ends[places]
        held = [self.held[end - count : end] for end, count in zip(ends, self.counts[places], strict=True)]
        return self._near(zip(held, self.weights[places].tolist(), strict=True), row, least)

    def near_texts(self, texts: Iterable[str]) -> tuple[Numbers, Shares]:
        """The rows that share words with wordings that may be held or not, and how near each comes."""
        self.settle()
        wordings = []
        for roots in sorted({weighed(text) for text in texts}):
            known = [number for root, _ in roots if (number := self.roots.get(root)) is not None]
            wordings.append((np.asarray(known, np.int32), sum(weight for _, weight in roots)))
        return self._near(wordings, -1, 0.0)

    def _near(self, wordings: Iterable[tuple[Numbers, int]], row: int, least: float) -> tuple[Numbers, Shares]:
        found = [self._shared(roots, mine, least) for roots, mine in wordings] or [(_NO_ROWS, _NO_SHARES)]
        rows, shares = (np.concatenate(parts) for parts in zip(*found, strict=True))
        others = (rows >= 0) & (rows != row)
        rows, shares = rows[others], shares[others]
        return _each_once(rows, shares) if self._doubled or len(found) > 1 else (rows, shares)

    def _shared(self, roots: Numbers, mine: int, least: float) -> tuple[Numbers, Shares]:
        told = np.zeros(len(self.rows), np.int32)
        for root in roots.tolist():
            told[self._order[self._starts[root] : self._starts[root + 1]]] += self.tells[root]
        both = np.maximum(mine + self.weights - told, 1)
        shares = np.divide(told, both, dtype=np.float32)
        found = np.flatnonzero((shares >= np.float32(least)) & (told > 0))
        return self.rows[found], shares[found]


def nearest(rows: Numbers, shares: Shares, most: int, name: Callable[[int], str]) -> list[tuple[int, float]]:
    """The rows that come nearest, the nearest first; those equally near by their names."""
    if len(rows) > most:
        enough = shares >= np.partition(shares, len(shares) - most)[len(shares) - most]
        rows, shares = rows[enough], shares[enough]
    found = sorted(zip(rows.tolist(), shares.tolist(), strict=True), key=lambda hit: (-hit[1], name(hit[0])))
    return found[:most]


@lru_cache(maxsize=4096)
def weighed(text: str) -> tuple[tuple[str, int], ...]:
    """The roots of a wording, each with its weight, sorted."""
    return tuple(sorted((root, round(weight * _UNIT)) for root, weight in roots_of(content(text)).items()))


def _each_once(rows: Numbers, shares: Shares) -> tuple[Numbers, Shares]:
    """Each row with the greatest of its shares."""
    once, places = np.unique(rows, return_inverse=True)
    best = np.zeros(len(once), np.float32)
    np.maximum.at(best, places, shares)
    return once, best
