"""Columns that touch: one space parts two cells of a printed table, told by where the cells of each column begin."""

from __future__ import annotations

from collections import Counter
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
_LEAST_VOTES = 2
_SHIFTED = 3  # letters: how far right of its name a column may begin
_OFF = 7.0  # sizes of letters: how far from its column's place a cell may begin
# What it costs to begin a cell one letter off its place, after one space only, with no capital; not to part wide gaps,
# to part a bullet from its words.
_LETTER, _CLOSE, _SMALL, _WIDE, _MARK = 0.5, 1.0, 2.0, 4.0, 4.0
_FARTHEST = 2.5  # lines of white between lines of one table
_NEVER = 1e6


@dataclass(frozen=True, slots=True)
class Fit:
    """Where the columns of a table begin on one page."""

    lefts: tuple[float, ...]
    scale: Scale

    def cells(self, line: Line) -> list[list[Word]] | None:
        """The words of a line by column; None where they do not begin at the places of columns."""
        costs = [self._first(line, column) for column in range(len(self.lefts))]
        came: list[list[int]] = []
        for before, word in pairwise(line.words):
            wide = word.x0 - before.x1 > self.scale.gap * line.size
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
        if costs[column] >= _NEVER:
            return None
        found: list[list[Word]] = [[] for _ in self.lefts]
        for place in range(len(line.words) - 1, -1, -1):
            found[column].insert(0, line.words[place])
            column = came[place - 1][column] if place else column
        return found

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

    def parts_closely(self, line: Line) -> bool:
        """Whether one space parts two cells of a line."""
        cells = [words for words in self.cells(line) or [] if words]
        return any(other[0].x0 - one[-1].x1 <= self.scale.gap * line.size for one, other in pairwise(cells))

    def _first(self, line: Line, column: int) -> float:
        word = line.words[0]
        return self._off(word, column, line.size) + self._over(word, column, line.size)

    def _off(self, word: Word, column: int, size: float) -> float:
        off = abs(word.x0 - self.lefts[column]) / size
        return off * _LETTER if off <= _OFF else _NEVER

    def _over(self, word: Word, column: int, size: float) -> float:
        """What it costs that a word reaches into the next column."""
        over = (word.x1 - self.lefts[column + 1]) / size if column + 1 < len(self.lefts) else 0.0
        return _NEVER if over >= _OFF else max(0.0, over) * _LETTER


def fit_of(lines: Sequence[Line], start: int, header: Header, scale: Scale) -> Fit | None:
    """Where the columns under a header begin: where most parted words do, left of its names."""
    begins: Counter[int] = Counter()
    for before, line in pairwise(islice(lines, start - 1, start + _LOOKED_AT)):
        if line.page != before.page or scale.steps(before, line) > _FARTHEST or scale.stops(before, line):
            break
        begins.update(round(part.x0) for part in pieces(line, scale.gap))
    lefts: list[float] = []
    for column, (x0, _) in enumerate(header.spans):
        low = header.spans[column - 1][1] if column else -1.0
        votes = {x: begins[x] for x in begins if low < x <= x0 + _SHIFTED}
        best = max(votes, key=lambda x: (votes[x] + (begins[x - 1] + begins[x + 1]) / 2, x), default=None)
        lefts.append(float(x0 if best is None or votes[best] < _LEAST_VOTES else best))
    return Fit(tuple(lefts), scale)
