"""Tables of a page by the lines that are drawn around their cells."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.pdf_sheet import Box, Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.formats.pdf_sheet import Sheet

_SAME, _REACH, _HOLE = 2.5, 3.5, 4.0  # points: of one line, of lines that meet, of a gap in a line
_WALL = 0.6  # share of a side that a line has to cover to be its wall
_MOST_LINES = 3_000  # of one page, merged
_MOST_COLUMNS, _MOST_ROWS = 60, 400  # edges of one table on one page
_LEAST_SIDE = 5.0  # points of a cell
_NEXT_ROW, _PARTED = 2.5, 1.5  # sizes of letters; points of white on both sides of the edge of a column
_FEW_CELLS, _ONE_ROW = 3, 2  # cells, and edges of rows, of coloured boxes that are no table by themselves


@dataclass(slots=True)
class GridCell:
    """A cell: its place among the rows and columns of its table, from 0, the ends excluded."""

    box: Box
    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class PageGrid:
    """A table drawn with lines: where its columns and rows begin and end, and its cells in reading order."""

    xs: list[float]
    ys: list[float]
    cells: list[GridCell]
    page: int = 0
    _owner: list[list[int]] = field(default_factory=list)

    @property
    def box(self) -> Box:
        """All of it."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Which cell a point stands in."""
        column, row = bisect.bisect_right(self.xs, x) - 1, bisect.bisect_right(self.ys, y) - 1
        if 0 <= column < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1:
            return self._owner[row][column]
        return None


def grids_of(sheet: Sheet) -> list[PageGrid]:
    """The tables of a page, from top to bottom; boxes with a single column are none."""
    found = _grids(sheet.across, sheet.down, sheet.number)
    if not sheet.fills:
        return found
    if not found:  # without lines, the edges of coloured cells tell the same
        drawn = _grids(*_with_edges(sheet, sheet.fills), sheet.number)
        whole = (grid for grid in drawn if len(grid.cells) > _FEW_CELLS and len(grid.ys) > _ONE_ROW)
        return [grid for grid in whole if not _striped(grid, sheet)]
    above = [box for box in sheet.fills if any(_crowns(box, grid) for grid in found)]
    return _grids(*_with_edges(sheet, above), sheet.number) if above else found


def _striped(grid: PageGrid, sheet: Sheet) -> bool:
    """Whether every other row of a table is coloured: words stand right below the last one in its columns, parted."""
    box = grid.box
    below = [
        (glyph.x0, glyph.x1)
        for glyph in sheet.glyphs
        if not glyph.text.isspace() and 0 < glyph.y - box.y1 < _NEXT_ROW * glyph.size and box.x0 < glyph.x0 < box.x1
    ]
    held = {bisect.bisect_right(grid.xs, x0) for x0, _ in below}
    return len(held) > 1 and not any(
        x0 < edge + _PARTED and x1 > edge - _PARTED for x0, x1 in below for edge in grid.xs
    )


def _with_edges(sheet: Sheet, fills: Iterable[Box]) -> tuple[list[Rule], list[Rule]]:
    """The lines of a page, with the edges of some coloured boxes."""
    boxes = list(fills)
    across = [Rule(y, box.x0, box.x1) for box in boxes for y in (box.y0, box.y1)]
    down = [Rule(x, box.y0, box.y1) for box in boxes for x in (box.x0, box.x1)]
    return sheet.across + across, sheet.down + down


def _crowns(box: Box, grid: PageGrid) -> bool:
    """Whether a coloured box stands right above a table, over columns of it, as that of a header does."""
    meets = abs(box.y1 - grid.ys[0]) <= _REACH and box.y0 < grid.ys[0] - _LEAST_SIDE
    return meets and all(any(abs(x - edge) <= _REACH for edge in grid.xs) for x in (box.x0, box.x1))


def _grids(across: list[Rule], down: list[Rule], page: int) -> list[PageGrid]:
    across, down = _merged(across), _merged(down)
    if len(across) + len(down) > _MOST_LINES:
        return []
    grids = []
    for level, upright in _components(across, down):
        grid = _grid(level, upright, page)
        if grid is not None:
            grids.append(grid)
    inner = [grid for grid in grids if not any(other is not grid and _holds(other.box, grid.box) for other in grids)]
    return sorted(inner, key=lambda grid: (grid.ys[0], grid.xs[0]))


def _holds(box: Box, other: Box) -> bool:
    return box.x0 <= other.x0 and box.y0 <= other.y0 and box.x1 >= other.x1 and box.y1 >= other.y1


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Lines with those that go on in each other, or lie upon each other, made one."""
    merged: list[Rule] = []
    level: list[Rule] = []
    for rule in [*sorted(rules, key=lambda one: (one.at, one.start)), None]:
        if rule is not None and (not level or rule.at - level[0].at <= _SAME):
            level.append(rule)
            continue
        at = sum(one.at for one in level) / len(level) if level else 0.0
        start = end = None
        for one in sorted(level, key=lambda one: one.start):
            if start is not None and end is not None and one.start <= end + _HOLE:
                end = max(end, one.end)
                continue
            if start is not None and end is not None:
                merged.append(Rule(at, start, end))
            start, end = one.start, one.end
        if start is not None and end is not None:
            merged.append(Rule(at, start, end))
        level = [rule] if rule is not None else []
    return merged


def _components(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Lines that meet, together; a line that meets none of the other direction is left out."""
    parent = list(range(len(across) + len(down)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    met: set[int] = set()
    for i, level in enumerate(across):
        for j, upright in enumerate(down, len(across)):
            if (
                level.start - _REACH <= upright.at <= level.end + _REACH
                and upright.start - _REACH <= level.at <= upright.end + _REACH
            ):
                met |= {i, j}
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for one in sorted(met):
        pair = groups.setdefault(root(one), ([], []))
        pair[one >= len(across)].append(across[one] if one < len(across) else down[one - len(across)])
    return list(groups.values())


def _edges(rules: list[Rule], low: float, high: float) -> list[float]:
    """Where cells begin and end in one direction; a side without a line of its own is where the others end."""
    places = sorted({rule.at for rule in rules})
    if places[0] - low > _LEAST_SIDE:
        places.insert(0, low)
    if high - places[-1] > _LEAST_SIDE:
        places.append(high)
    edges = [places[0]]
    for place in places[1:]:
        if place - edges[-1] >= _LEAST_SIDE:
            edges.append(place)
    return edges


def _grid(across: list[Rule], down: list[Rule], page: int) -> PageGrid | None:
    xs = _edges(down, min(rule.start for rule in across), max(rule.end for rule in across))
    ys = _edges(across, min(rule.start for rule in down), max(rule.end for rule in down))
    if not (3 <= len(xs) <= _MOST_COLUMNS and 2 <= len(ys) <= _MOST_ROWS):
        return None
    columns, rows = len(xs) - 1, len(ys) - 1
    parent = list(range(columns * rows))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            if column + 1 < columns and not _walled(down, xs[column + 1], ys[row], ys[row + 1]):
                parent[root(here)] = root(here + 1)
            if row + 1 < rows and not _walled(across, ys[row + 1], xs[column], xs[column + 1]):
                parent[root(here)] = root(here + columns)
    return _cells(xs, ys, [root(one) for one in range(columns * rows)], page)


def _walled(rules: list[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _LEAST_SIDE
    )
    return covered >= _WALL * (end - start)


def _cells(xs: list[float], ys: list[float], roots: list[int], page: int) -> PageGrid | None:
    columns = len(xs) - 1
    places: dict[int, list[tuple[int, int]]] = {}
    for one, name in enumerate(roots):
        places.setdefault(name, []).append(divmod(one, columns))
    cells: list[GridCell] = []
    owner = [[0] * columns for _ in range(len(ys) - 1)]
    for held in sorted(places.values()):
        top, bottom = min(row for row, _ in held), max(row for row, _ in held) + 1
        left, right = min(column for _, column in held), max(column for _, column in held) + 1
        for row, column in held:
            owner[row][column] = len(cells)
        cells.append(GridCell(Box(xs[left], ys[top], xs[right], ys[bottom]), top, left, bottom, right))
    if len({cell.left for cell in cells}) < 2:
        return None
    return PageGrid(xs, ys, cells, page, owner)
