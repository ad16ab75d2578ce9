"""Columns parted by white: the strips between names of a header where no word has stood so far."""

from __future__ import annotations

from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.column_header import Piece
    from ingest.formats.lines import Line


_LEAST_LINES, _MOST = 3, 0.6  # lines of a page that tell its columns; the share of them that surely stands in a table
_SAME = 0.1  # of the size of letters: how far from its column's place a cell may begin, where cells nearly touch
_WIDER = 1.35  # a column on one page, of its width on another one
_MARKS = f"{BULLETS}·"
_WHITE = 2.0  # letters between two columns


class Band:
    """Where the columns may be parted: between names of the header, where no word has stood so far."""

    def __init__(self, spans: Sequence[tuple[float, float]]) -> None:
        self.spans = spans
        self.free = [[(one[1], other[0])] for one, other in pairwise(spans)]
        self.starts = [start for start, _ in spans[1:]]

    def loosened(self, by: float) -> Band:
        """The same columns on another page, where they may stand a little elsewhere."""
        other = Band(self.spans)
        other.starts = self.starts
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
        if not all(narrowed) and (len(parts) > 1 or self._begin(line, narrowed)):
            # Columns that nearly touch: words of both run together in one piece.
            apart = [(word.x0, word.x1) for word in line.words]
            narrowed = [one or _without(strips, apart) for one, strips in zip(narrowed, self.free, strict=True)]
        if not all(narrowed):
            return False
        self.free = narrowed
        return True

    def _begin(self, line: Line, narrowed: Sequence[Sequence[tuple[float, float]]]) -> bool:
        """Whether a word begins right where each column does that the words of a line run into."""
        places = [word.x0 for word in line.words[1:]]
        crossed = [start for start, strips in zip(self.starts, narrowed, strict=True) if not strips]
        return all(any(abs(x0 - start) < _SAME * line.size for x0 in places) for start in crossed)


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


def band_of(lines: Sequence[Line], columns: int, above: Sequence[Line], before: Band) -> Band | None:
    """The columns that some lines of a page stand in, whose places are counted in letters; None where none are told.

    The last lines may stand below the table.

    Args:
        lines: of the page.
        columns: how many there are.
        above: lines of the table on the page before.
        before: where its columns were thought to stand.
    """
    most: list[tuple[float, float]] = []
    for end in range(len(lines), max(_LEAST_LINES, int(_MOST * len(lines))) - 1, -1):
        spans = _spans(lines[:end])
        most = max(most, spans, key=len)
        if len(spans) >= columns:
            while len(spans) > columns:
                near = min(range(1, len(spans)), key=lambda n: spans[n][0] - spans[n - 1][1])
                spans[near - 1 : near + 1] = [(spans[near - 1][0], spans[near][1])]
            return Band(spans)
    seen = _spans(above)
    known = seen if len(seen) == columns else before.spans
    filled = _filled(most, known) if len(known) == columns == len(most) + 1 else None
    return Band(filled) if filled else None


def _filled(
    spans: Sequence[tuple[float, float]], known: Sequence[tuple[float, float]]
) -> list[tuple[float, float]] | None:
    """The columns of a page on which one is empty, told by where all stand on another page; None where some touch.

    The empty one is that without which the others stand most nearly where they did.
    """

    def moved(empty: int) -> float:
        others = [*known[:empty], *known[empty + 1 :]]
        return sum(abs(one[0] - two[0]) + abs(one[1] - two[1]) for one, two in zip(spans, others, strict=True))

    empty = min(range(1, len(known)), key=moved)
    others = [*known[:empty], *known[empty + 1 :]]
    if any(one[1] - one[0] > _WIDER * (two[1] - two[0]) + _WHITE for one, two in zip(spans, others, strict=True)):
        return None
    left, right = spans[empty - 1][1], spans[empty][0] if empty < len(spans) else spans[-1][1] + 2 * _WHITE
    middle = (left + right) / 2
    return [*spans[:empty], (middle, middle), *spans[empty:]]


def _spans(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Where words stand in any of some lines, white of one letter not counted."""
    spans: list[tuple[float, float]] = []
    for x0, x1 in sorted(extent for line in lines for extent in _extents(line)):
        if spans and x0 - spans[-1][1] < _WHITE:
            spans[-1] = (spans[-1][0], max(x1, spans[-1][1]))
        else:
            spans.append((x0, x1))
    return spans


def _extents(line: Line) -> Iterator[tuple[float, float]]:
    """Where the words of a line stand: a bullet goes up to the word that it opens."""
    for word, after in zip_longest(line.words, line.words[1:]):
        bullet = after is not None and len(word.text) == 1 and word.text in _MARKS
        yield word.x0, after.x0 if bullet else word.x1
