"""Rows whose cells stand in the middle of their height: the number of a row tells its middle, not its first line."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.words.template import reason_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.lines import Line

_LEAST_ROWS = 2
# In lines off the middle: a row that begins with the rest of a sentence, one more row, an empty cell or key, a line
# of white inside a cell or a key, a capital inside a cell after no end of a sentence; white above a row counts for it.
_BROKEN, _ROW, _EMPTY, _EMPTY_KEY, _GAP, _GAP_KEY, _WHITE, _CAPITAL = 1.5, 0.5, 1.0, 6.0, 0.3, 1.0, 1.5, 0.75
_NEAR = 3  # lines above, where cells of one row stand at several heights
_MOST_LINES, _TALLEST = 400, 30  # lines of a table, of a row


def centred_rows(cells: Sequence[Sequence[Line | None]]) -> list[int] | None:
    """The lines at which rows begin; None where no column numbers the rows by their middles.

    Each row reaches as far above its number as below it: of all ways to part the lines, the one least off the
    middles is taken, where a row that begins in lower case counts against it.
    """
    middles = [place for place, here in enumerate(cells) if here[0] is not None]
    numbers = [here[0].text.strip(" .)") for here in cells if here[0] is not None]
    if len(middles) < _LEAST_ROWS or middles[0] == 0 or numbers != [str(n + 1) for n in range(len(numbers))]:
        return None
    broken = [
        _BROKEN * sum(_goes_on(cells, place, column) for column in range(len(here))) for place, here in enumerate(cells)
    ]
    ways: dict[int, tuple[float, list[int]]] = {0: (0.0, [0])}  # end of the rows so far → what is off, their starts
    for middle, following in zip(middles, [*middles[1:], None], strict=True):
        ends = range(middle + 1, following + 1) if following is not None else [len(cells)]
        ways = {
            end: min(
                (off + abs((start + end - 1) / 2 - middle) + (broken[end] if end < len(cells) else 0.0), [*starts, end])
                for start, (off, starts) in ways.items()
            )
            for end in ends
        }
    return ways[len(cells)][1][:-1]


def balanced_rows(cells: Sequence[Sequence[Line | None]], apart: Sequence[bool]) -> list[int] | None:
    """The lines at which rows begin, where the first column stands in the middle of its rows; None where it does not.

    Of all ways to part the lines, the one is taken whose cells are least off the middles or the tops of their rows;
    each row has something in its first column.

    Args:
        cells: the lines by column.
        apart: for each line, whether more white than usual stands above it.
    """
    count = len(cells)
    if not cells or count > _MOST_LINES or not any(here[0] for here in cells):
        return None
    if cells[0][0] is not None and not _interrupted(cells):
        return None
    opening = [
        _BROKEN * sum(_goes_on(cells, place, column) for column in range(len(here))) - _WHITE * apart[place]
        for place, here in enumerate(cells)
    ]
    key, *others = (_Held([here[column] for here in cells]) for column in range(len(cells[0])))

    def off(start: int, end: int) -> float:
        return _ROW + key.off(start, end, key=True) + sum(one.off(start, end, key=False) for one in others)

    best: list[tuple[float, int]] = [(0.0, 0)]  # before each line: what is off, and where the last row begins
    for end in range(1, count + 1):
        starts = range(max(0, end - _TALLEST), end)
        best.append(min((best[start][0] + opening[start] * (start > 0) + off(start, end), start) for start in starts))
    rows, end = [], count
    while end:
        end = best[end][1]
        rows.append(end)
    return rows[::-1]


def _interrupted(cells: Sequence[Sequence[Line | None]]) -> bool:
    """Whether the first column goes on after a line without it: a cell beside it stands half a line lower."""
    return any(
        here[0] is not None and above[0] is None and _goes_on(cells, place, 0)
        for place, (above, here) in enumerate(pairwise(cells), 1)
    )


class _Held:
    """Where one column holds something: asked for many runs of lines, each answered at once."""

    def __init__(self, lines: Sequence[Line | None]) -> None:
        self.before = [0]  # how many lines hold something before each line
        self.capitals = [0]  # how many lines begin anew before each of those that hold something
        self.places = [place for place, line in enumerate(lines) if line]
        for line in lines:
            self.before.append(self.before[-1] + (line is not None))
        above: Line | None = None
        for line in filter(None, lines):
            self.capitals.append(self.capitals[-1] + (above is not None and _anew(above, line)))
            above = line

    def off(self, start: int, end: int, *, key: bool) -> float:
        """How far what these lines hold is from being the cell of one row."""
        held = self.before[end] - self.before[start]
        if not held:
            return _EMPTY_KEY if key else _EMPTY
        first, last = self.places[self.before[start]], self.places[self.before[end] - 1]
        anew = _CAPITAL * (self.capitals[self.before[end]] - self.capitals[self.before[start] + 1])
        middle = abs((first + last) / 2 - (start + end - 1) / 2)
        gaps = last - first + 1 - held
        return anew + (middle + _GAP_KEY * gaps if key else min(middle, float(first - start)) + _GAP * gaps)


def _anew(above: Line, line: Line) -> bool:
    """Whether a line of a cell begins with a capital, where the one above it ends no sentence and is no bullet's."""
    return not line.opened and line.text[:1].isupper() and not above.text.endswith((".", "!", "?", ":", ";", ","))


def _goes_on(cells: Sequence[Sequence[Line | None]], place: int, column: int) -> bool:
    """Whether a cell surely goes on with the words above it in its column."""
    line = cells[place][column]
    if line is None or line.opened or not line.text[:1].islower() or reason_aside(line.text):
        return False
    return any(here[column] is not None for here in cells[max(0, place - _NEAR) : place])
