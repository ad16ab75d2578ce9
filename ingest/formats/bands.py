"""Columns parted by white: the strips between names of a header where no word has stood so far."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.column_header import Piece
    from ingest.formats.lines import Line


class Band:
    """Where the columns may be parted: between names of the header, where no word has stood so far."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        self.free = [[(one[1], other[0])] for one, other in pairwise(spans)]

    def loosened(self, by: float) -> Band:
        """The same columns on another page, where they may stand a little elsewhere."""
        other = Band([])
        other.free = [[(start - 2 * by, end + 2 * by) for start, end in strips] for strips in self.free]
        return other

    def edges(self) -> list[float]:
        """Where to part the columns: near the end of the widest white strip, as columns begin at their left."""
        widest = (max(strips, key=lambda strip: strip[1] - strip[0]) for strips in self.free)
        return [start + 0.75 * (end - start) for start, end in widest]

    def take(self, line: Line, parts: list[Piece]) -> bool:
        """Take a line in, unless it crosses the columns."""
        spans = [(part.x0, part.x1) for part in parts]
        narrowed = [_without(strips, spans) for strips in self.free]
        if not all(narrowed) and len(parts) > 1:
            # Columns that nearly touch: words of both run together in one piece.
            apart = [(word.x0, word.x1) for word in line.words]
            narrowed = [one or _without(strips, apart) for one, strips in zip(narrowed, self.free, strict=True)]
        if not all(narrowed):
            return False
        self.free = narrowed
        return True


def _without(strips: list[tuple[float, float]], spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    left = strips
    for start, end in spans:
        left = [
            piece
            for low, high in left
            for piece in ((low, min(high, start)), (max(low, end), high))
            if piece[1] > piece[0]
        ]
    return left
