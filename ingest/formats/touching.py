"""Columns that touch: one space parts two cells of a printed table, told by where the cells of each column begin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from ingest.formats.column_header import is_bullet, pieces
from ingest.words.headers import names_theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.column_header import Header, Scale
    from ingest.formats.lines import Line, Word

_LOOKED_AT, _AHEAD = 120, 3  # lines of a page, from the header; lines after one that only single spaces part
_ABOVE, _BELOW = 2, 10  # lines around one that tell where columns go on
_MOVED, _RIGHT = 0.15, 12  # cost of a letter that a column moves; letters that it can move to the right
_LEAST_WIDE = 2  # letters of a column
_SINGLE, _CROSSED = 0.25, 0.5  # votes for a place where a word begins after one space; against one inside a word
_WELL, _BETTER = 2.0, 1.0  # cost of a line that keeps to its columns; how much less it costs where they have moved
_OFF = 7.0  # sizes of letters: how far from its column's place a cell may begin
# What it costs to begin a cell one letter left of its place, right of it, after one space only, with no capital; not to
# part wide gaps, to part a bullet from its words.
_LETTER, _INDENT, _CLOSE, _SMALL, _WIDE, _MARK = 0.5, 0.25, 1.0, 2.0, 4.0, 4.0
_FARTHEST = 2.5  # lines of white between lines of one table
_NEVER = 1e6


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the columns of a table begin on one page."""

    lefts: tuple[float, ...]
    scale: Scale

    def cells(self, line: Line) -> list[list[Word]] | None:
        """The words of a line by column; None where they do not begin at the places of columns."""
        return self._parted(line)[1]

    def moved(self, lines: Sequence[Line], place: int) -> Fit:
        """Where the columns begin at a line: where they did, unless it stands elsewhere, as the lines near it do."""
        cost = self._parted(lines[place])[0]
        if cost <= _WELL:
            return self
        first = place
        while first > max(0, place - _ABOVE) and not _ends(lines[first - 1], lines[first], self.scale):
            first -= 1
        near = list(pairwise([-1.0, *self.lefts]))
        other = _fitted(_run(lines, first, place + _BELOW, self.scale), near, _MOVED, self.scale)
        return other if other._parted(lines[place])[0] < cost - _BETTER else self

    def _parted(self, line: Line) -> tuple[float, list[list[Word]] | None]:
        """What it costs to part a line into columns, and how it is parted best."""
        costs = [self._first(line, column) for column in range(len(self.lefts))]
        came: list[list[int]] = []
        for before, word in pairwise(line.words):
            wide = word.x0 - before.x1 > self.scale.gap * line.size and not is_bullet(before.text)
            row, origin = [], []
            for column in range(len(self.lefts)):
                stay = costs[column] + (_WIDE if wide else 0.0)
                move, source = min(((costs[c], c) for c in range(column)), default=(_NEVER, column))
                begins = word.text[:1].isupper() or is_bullet(word.text)
                close = _CLOSE + (0.0 if begins else _SMALL) + _MARK * is_bullet(before.text)
                move += self._off(word, column, line.size) + (0.0 if wide else close)
                least, where = min((stay, column), (move, source))
                row.append(least + self._over(word, column, line.size))
                origin.append(where)
            costs = row
            came.append(origin)
        column = min(range(len(self.lefts)), key=lambda one: costs[one])
        cost = costs[column]
        if cost >= _NEVER:
            return _NEVER, None
        found: list[list[Word]] = [[] for _ in self.lefts]
        for place in range(len(line.words) - 1, -1, -1):
            found[column].insert(0, line.words[place])
            column = came[place - 1][column] if place else column
        return cost, found

    def takes(self, lines: Sequence[Line], place: int) -> bool:
        """Whether a line belongs to the table: it fills several columns, or the next lines surely do."""
        line = lines[place]
        cells = self.cells(line)
        if cells is None or self.scale.steps(lines[place - 1], line) > _FARTHEST:
            return False
        said = [column for column, words in enumerate(cells) if words]
        if len(said) == 1:
            if names_theme(line.text):
                return False
            return said[0] + 1 == len(cells) or line.x1 < self.lefts[said[0] + 1]
        if len(pieces(line, self.scale.gap)) > 1:
            return True
        for before, after in pairwise(lines[place : place + 1 + _AHEAD]):
            if after.page != line.page or self.scale.steps(before, after) > _FARTHEST:
                return False
            filled = self.cells(after)
            if filled is None:
                return False
            if len(pieces(after, self.scale.gap)) > 1 or not filled[0]:
                return True
        return False

    def _first(self, line: Line, column: int) -> float:
        word = line.words[0]
        return self._off(word, column, line.size) + self._over(word, column, line.size)

    def _off(self, word: Word, column: int, size: float) -> float:
        off = (word.x0 - self.lefts[column]) / size
        return max(-off * _LETTER, off * _INDENT) if abs(off) <= _OFF else _NEVER

    def _over(self, word: Word, column: int, size: float) -> float:
        """What it costs that a word reaches into the next column."""
        over = (word.x1 - self.lefts[column + 1]) / size if column + 1 < len(self.lefts) else 0.0
        return _NEVER if over >= _OFF else max(0.0, over) * _LETTER


def fit_of(lines: Sequence[Line], start: int, header: Header, scale: Scale) -> Fit:
    """Where the columns under a header begin on its page."""
    ends = [-1.0, *(x1 for _, x1 in header.spans)]
    names = [(low, x0) for low, (x0, _) in zip(ends, header.spans, strict=False)]
    return _fitted(_run(lines, start, start + _LOOKED_AT, scale), names, 0.0, scale)


def _run(lines: Sequence[Line], start: int, end: int, scale: Scale) -> list[Line]:
    """The lines from one on that may stand in the same table and page."""
    run = list(islice(lines, start, start + 1))
    for before, line in pairwise(islice(lines, start, end)):
        if _ends(before, line, scale):
            break
        run.append(line)
    return run


def _ends(before: Line, line: Line, scale: Scale) -> bool:
    return line.page != before.page or scale.steps(before, line) > _FARTHEST or scale.stops(before, line)


def _fitted(lines: Sequence[Line], near: Sequence[tuple[float, float]], moved: float, scale: Scale) -> Fit:
    """Where columns begin: where most parted words do and hardly any stands across.

    Args:
        lines: of one page.
        near: right of which place each column begins, and where it was thought to.
        moved: cost of a letter that it begins left of there; a letter right of it costs in any case.
        scale: of the text.
    """
    begins, crossed = _votes(lines, scale)
    places = tuple(begins)
    best: dict[float, tuple[float, tuple[float, ...]]] = {-float(_LEAST_WIDE): (0.0, ())}
    for low, here in near:
        told: dict[float, tuple[float, tuple[float, ...]]] = {}
        for x in {here, *(x for x in places if low < x <= here + _RIGHT)}:
            before = max((way for left, way in best.items() if left <= x - _LEAST_WIDE), default=None)
            if before is not None:
                vote = begins[x] + (begins[x - 1] + begins[x + 1]) / 2 - _CROSSED * crossed[x]
                off = max((x - here) * _MOVED, (here - x) * moved)
                told[x] = (before[0] + vote - off, (*before[1], float(x)))
        best = told
    return Fit(max(best.values(), default=(0.0, tuple(x for _, x in near)))[1], scale)


def _votes(lines: Sequence[Line], scale: Scale) -> tuple[dict[float, float], dict[float, float]]:
    """How often words begin at each place after white, and stand across it."""
    begins: defaultdict[float, float] = defaultdict(float)
    crossed: defaultdict[float, float] = defaultdict(float)
    for line in lines:
        for part in pieces(line, scale.gap):
            begins[part.x0] += 1.0
            if len(part.words) > 1 and is_bullet(part.words[0].text):  # words below stand right of a bullet
                begins[part.x0] += 1.0
                for x in range(int(part.words[0].x1) + 1, int(part.words[1].x0) + 1):
                    crossed[x] += 1.0
        for before, word in pairwise(line.words):
            if word.x0 - before.x1 <= scale.gap * line.size:
                begins[word.x0] += _SINGLE
        for x in (x for word in line.words for x in range(int(word.x0) + 1, int(word.x1) + 1)):
            crossed[x] += 1.0
    return begins, crossed
