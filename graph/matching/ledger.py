"""Of each statement of one kind, those that share most words with it, and which of them are close.

Or of two kinds that face each other, and then only those of the other kind.

A field where everybody says the same thing would otherwise fill a graph with links: there are as many as pairs. The
nearest ones depend on the statements that are there, not on the order in which they came, and statements equally near
are told apart by their identifiers.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from graph.matching.compare import COMMON
from graph.matching.index import Index, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from graph.matching.names import Names
    from graph.matching.statement import Statement

    Hits = list[tuple[int, float]]  # rows with the share of words in common, the nearest first
    Line = tuple[list[int], list[int]]  # the nearest of a row, and what was said of each

MOST = 12  # statements that one is compared with; more are compared with it, by being its nearest
# What is said of a pair: not compared yet; not close; more is a class; and whether it is so wherever they are said.
UNKNOWN, NOT, SURE = 0, 1, 128
_ROWS_AT_ONCE = 1000
_ROUNDING = 0.01  # of the index's whole weights


class Ledger:
    """The statements of one kind, each in a row that keeps its number; a row that is dropped has no name.

    Args:
        names: those of its rows.
        facing: the beginning of the names of one of two kinds, where only statements of both are compared.

    Attributes:
        names: identifier of each row.
        digests: of the wordings of each row.
        near: rows nearest to each, the nearest first; -1 where there are no more.
        shares: how near.
        said: of each of them, `UNKNOWN` or what `say` was told.
        before: of each row that changed since the ledger was read, what it held; rows that came later are not in it.
        changed: rows that changed since the base that they are kept in was made.
    """

    def __init__(self, names: Names, facing: str = "") -> None:
        self.names = names
        self._facing = facing
        self.digests = np.empty(0, np.uint64)
        self.index = Index()
        self.near = np.empty((0, MOST), np.int32)
        self.shares = np.empty((0, MOST), np.float32)
        self.said = np.empty((0, MOST), np.uint8)
        self.before: dict[int, Line] = {}
        self.changed: set[int] = set()
        self.read = 0  # rows that were there when it was read

    def replace(self, touched: Iterable[str], now: Iterable[Statement]) -> None:
        """Bring statements up to what is said now, and find again what is nearest to those whose words changed.

        Args:
            touched: statements of which something changed.
            now: those of them that are said, as they are said now.
        """
        gone = {row for name in touched if (row := self.names.row(name)) is not None}
        came: list[tuple[Statement, int]] = []
        moved: list[int] = []
        for statement in now:
            row, digest = self.names.row(statement.iri), _digest(statement.texts)
            if row is not None and self.digests[row] == digest:
                gone.discard(row)
                moved.append(row)
            else:
                came.append((statement, digest))
        self._drop(gone)
        rows = [self._put(statement) for statement, _ in came]
        self._grow([digest for _, digest in came])
        self._move(moved)
        self._renew(gone, rows)

    def _put(self, statement: Statement) -> int:
        row = self.names.add(statement.iri)
        self.index.put(row, statement.texts)
        return row

    def _grow(self, digests: list[int]) -> None:
        more = len(digests)
        self.digests = np.concatenate((self.digests, np.asarray(digests, np.uint64)))
        self.near = np.concatenate((self.near, np.full((more, MOST), -1, np.int32)))
        self.shares = np.concatenate((self.shares, np.zeros((more, MOST), np.float32)))
        self.said = np.concatenate((self.said, np.zeros((more, MOST), np.uint8)))

    def _move(self, rows: list[int]) -> None:
        """What was said of these statements may depend on where they are said."""
        if rows:
            here = np.zeros(len(self.near), bool)
            here[rows] = True
            doubtful = (here[:, None] | self._among(here)) & (self.near >= 0) & (self.said & SURE == 0)
            for row in np.flatnonzero(doubtful.any(axis=1)).tolist():
                self._keep(row)
            self.said[doubtful] = UNKNOWN

    def _drop(self, rows: set[int]) -> None:
        if rows:
            self.index.drop(rows)
        for row in rows:
            self.names.drop(row)
            self._fill(row, [])

    def _renew(self, gone: set[int], came: list[int]) -> None:
        left = np.zeros(len(self.near), bool)
        left[list(gone)] = True
        again = np.zeros(len(self.near), bool)
        again[came] = True
        again[self._among(left).any(axis=1)] = True
        again[list(gone)] = False
        others = not again.all()
        kind = self.names.among(self._facing) if self._facing else None
        new = set(came)
        arriving: dict[int, Hits] = {}
        for row in np.flatnonzero(again).tolist():
            rows, shares = self.index.near(row, COMMON - _ROUNDING)
            if kind is not None:
                facing = kind[rows] != kind[row]
                rows, shares = rows[facing], shares[facing]
            self._fill(row, nearest(rows, shares, MOST, self.names.__getitem__))
            if others and row in new:
                better = (shares >= self.shares[rows, -1]) & ~again[rows]
                for far, share in zip(rows[better].tolist(), shares[better].tolist(), strict=True):
                    arriving.setdefault(far, []).append((row, share))
        for far, hits in arriving.items():
            held = [hit for hit in zip(self.near[far].tolist(), self.shares[far].tolist(), strict=True) if hit[0] >= 0]
            both = sorted((*held, *hits), key=lambda hit: (-hit[1], self.names[hit[0]]))
            self._fill(far, both[:MOST])

    def _among(self, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Where the nearest of each row are some of these."""
        return np.append(rows, False)[self.near]  # -1 is the last one

    def _keep(self, row: int) -> None:
        if row not in self.before and row < self.read:
            self.before[row] = self._line(row)
            self.changed.add(row)

    def _fill(self, row: int, hits: Hits) -> None:
        """Note the nearest of a row; what was said of those that it had already still holds."""
        self._keep(row)
        said = dict(zip(self.near[row].tolist(), self.said[row].tolist(), strict=True))
        empty = MOST - len(hits)
        self.near[row] = [*(other for other, _ in hits), *[-1] * empty]
        self.shares[row] = [*(share for _, share in hits), *[0.0] * empty]
        self.said[row] = [*(said.get(other, UNKNOWN) for other, _ in hits), *[UNKNOWN] * empty]

    def unknown(self) -> list[int]:
        """The rows of which something is to be said."""
        asked = (self.said == UNKNOWN) & (self.near >= 0)
        found: list[int] = np.flatnonzero(asked.any(axis=1)).tolist()
        return found

    def unknown_of(self, row: int) -> list[int]:
        """The rows that one is still to be compared with."""
        return [other for other, said in zip(*self._line(row), strict=True) if other >= 0 and said == UNKNOWN]

    def say(self, one: int, other: int, said: int) -> None:
        """Note what is to be said of a pair, from both sides."""
        for here, there in ((one, other), (other, one)):
            places = np.flatnonzero(self.near[here] == there)
            if len(places) and self.said[here, places[0]] != said:
                self._keep(here)
                self.said[here, places[0]] = said

    def said_of(self, one: int, other: int) -> int:
        """What is said of a pair, if one of them is among the nearest of the other."""
        return _said(self._line(one), other) or _said(self._line(other), one)

    def said_before(self, one: int, other: int) -> int:
        """What was said of it when the ledger was read."""
        for row, far in ((one, other), (other, one)):
            if row < self.read and (said := _said(self.before.get(row) or self._line(row), far)):
                return said
        return UNKNOWN

    def moved(self, judged: Iterable[str]) -> Iterator[tuple[int, int]]:
        """The pairs that were close and are not, or the other way round, since the ledger was read, once or twice.

        Args:
            judged: statements of which each close pair is given too.
        """
        doubtful = {row for name in judged if (row := self.names.row(name)) is not None}
        for row in {*self.before, *doubtful, *range(self.read, len(self.names))}:
            now = _close(self._line(row))
            before = (_close(self.before[row]) if row in self.before else now) if row < self.read else {}
            for other in now.keys() | before.keys():
                if row in doubtful or now.get(other) != before.get(other):
                    yield row, other

    def pairs(self) -> Iterator[tuple[int, int, int]]:
        """The near pairs, each once, with what is said of them."""
        for start in range(0, len(self.names), _ROWS_AT_ONCE):
            for row, line in enumerate(self.near[start : start + _ROWS_AT_ONCE].tolist(), start):
                said = self.said[row].tolist()
                for other, code in zip(line, said, strict=True):
                    if other > row or (other >= 0 and row not in self.near[other]):
                        yield row, other, code

    def _line(self, row: int) -> Line:
        return self.near[row].tolist(), self.said[row].tolist()


def _close(line: Line) -> dict[int, int]:
    """Those to which a row is close, each with its class."""
    return {other: code & ~SURE for other, code in zip(*line, strict=True) if code & ~SURE > NOT}


def _said(line: Line, row: int) -> int:
    near, said = line
    return said[near.index(row)] if row in near else UNKNOWN


def _digest(texts: Iterable[str]) -> int:
    """Eight bytes that tell wordings from others."""
    digest = hashlib.blake2b("\n".join(texts).encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(digest.digest())
