"""Tables of a PDF: what stands in their cells, and those that go on from one page to the next."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.formats.column_header import name_columns, pieces
from ingest.formats.lines import Line, Room, filled
from ingest.formats.pdf_grid import GridCell
from ingest.formats.pdf_sheet import Box
from ingest.formats.pdf_text import lines_of
from ingest.formats.slots import Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ingest.formats.pdf_grid import PageGrid
    from ingest.formats.pdf_sheet import Glyph

_SAME_EDGE = 6.0  # points
_MOST_HEADERS = 2  # rows of a header that is printed again
_LEAST_PAD, _MOST_PAD = 0.5, 9.0  # points between the side of a cell and its text
_MOSTLY = 0.5
_GAP = 0.75  # of the size of letters: white that parts columns
_KEY, _MOST_FRESH = 2.0, 3.0  # weight of the first column; most that a row can say for being a new one


@dataclass(slots=True)
class Part:
    """A table, or what one page holds of it; a row holds its own cells, not those that reach in from above."""

    xs: list[float]
    rows: list[list[Slot]]
    page: int
    top: float
    bottom: float
    repeated: list[int] = field(default_factory=list)  # pages on which its header was left out


def part_of(grid: PageGrid, glyphs: list[Glyph]) -> tuple[Part | None, list[Glyph]]:
    """A drawn table with what stands in it, and the characters outside; None for a drawing without text."""
    held: list[list[Glyph]] = [[] for _ in grid.cells]
    outside: list[Glyph] = []
    for glyph in glyphs:
        cell = grid.cell_at((glyph.x0 + glyph.x1) / 2, glyph.y - 0.3 * glyph.size)
        (outside if cell is None else held[cell]).append(glyph)
    if not any(not glyph.text.isspace() for one in held for glyph in one):
        return None, glyphs
    rows: list[list[Slot]] = [[] for _ in grid.ys[1:]]
    texts = [lines_of(inside, grid.page) for inside in held]
    places, texts = _parted(grid, texts)
    pads = [line.x0 - place.box.x0 for place, lines in zip(places, texts, strict=True) for line in lines]
    pad = min(_MOST_PAD, max(_LEAST_PAD, min(pads)))
    reach: dict[int, float] = {}  # edge of a column → how far letters stand before it
    for place, lines in zip(places, texts, strict=True):
        reach[place.right] = max(
            [grid.xs[place.right] - pad, reach.get(place.right, 0.0), *(line.x1 for line in lines)]
        )
    for place, lines in zip(places, texts, strict=True):
        rows[place.top].append(
            Slot(lines, reach[place.right], place.left, place.bottom - place.top, place.right - place.left)
        )
    box = grid.box
    for row in rows:
        row.sort(key=lambda slot: slot.column)
    return Part(grid.xs, rows, grid.page, box.y0, box.y1), outside


def _parted(grid: PageGrid, texts: Sequence[list[Line]]) -> tuple[list[GridCell], list[list[Line]]]:
    """The cells with their lines, those parted by white alone that stand between drawn columns each on its own."""
    places: list[GridCell] = []
    parted: list[list[Line]] = []
    for cell, lines in zip(grid.cells, texts, strict=True):
        columns = _columns(grid, cell, lines) if cell.right - cell.left > 1 else {}
        if len(columns) > 1:
            for column in range(cell.left, cell.right):
                box = Box(grid.xs[column], cell.box.y0, grid.xs[column + 1], cell.box.y1)
                places.append(GridCell(box, cell.top, column, cell.bottom, column + 1))
                parted.append(columns.get(column, []))
        else:
            places.append(cell)
            parted.append(lines)
    return places, parted


def _columns(grid: PageGrid, cell: GridCell, lines: Sequence[Line]) -> dict[int, list[Line]]:
    """The lines of a wide cell by column, where each of them begins and ends inside one; else nothing."""
    found: dict[int, list[Line]] = {}
    for line in lines:
        for piece in pieces(line, _GAP):
            column = bisect.bisect_right(grid.xs, piece.x0 + 1) - 1
            if not cell.left <= column < cell.right or piece.x1 > grid.xs[column + 1] + 1:
                return {}
            if piece.x0 - grid.xs[column] > _MOST_PAD + 2 * line.size:
                return {}
            found.setdefault(column, []).append(Line(piece.words, line.y, line.size, line.bold, line.page))
    return found


def goes_on(one: Part, other: Part) -> bool:
    """Whether a table at the top of a page goes on with the columns that the one on the page before ends with."""
    if not one.rows or not other.rows:
        return False
    above = [edge - one.xs[0] for edge in _cuts(one, list(_reaching(one).values()))]
    below = [edge - other.xs[0] for edge in _cuts(other, other.rows[0])]
    few, many = sorted((above, below), key=len)
    ends = bool(few) and abs(few[-1] - many[-1]) <= _SAME_EDGE
    return ends and all(any(abs(x - edge) <= _SAME_EDGE for edge in many) for x in few)


def _cuts(part: Part, row: list[Slot]) -> list[float]:
    """Where the cells of a row begin and end."""
    return [
        part.xs[place] for place in sorted({edge for slot in row for edge in (slot.column, slot.column + slot.columns)})
    ]


def join(one: Part, other: Part) -> None:
    """Put what goes on into the table that it goes on with: its header once, a broken cell in one piece."""
    shift = other.xs[0] - one.xs[0]
    edges = list(one.xs)
    edges += [x - shift for x in other.xs if all(abs(x - shift - edge) > _SAME_EDGE for edge in edges)]
    for part in (one, other):
        _refit(part, sorted(edges))
    rest = _without_header(one, other)
    rows, above = other.rows, _reaching(one)
    if rows and one.rows:
        _fill_merged(above, rows[0])
        if rest or (not _is_header(one.rows) and _is_rest(above, rows[0], one.rows)):
            _join_rows(one.rows[-1], above, rows.pop(0))
    one.rows += rows
    one.page, one.top, one.bottom = other.page, other.top, other.bottom


def _is_header(rows: list[list[Slot]]) -> bool:
    """Whether some rows are but one that names columns."""
    return len(rows) == 1 and name_columns(slot.lines for slot in rows[0])


def _without_header(one: Part, other: Part) -> bool:
    """Leave out a header that is printed again; tells whether the first row is then surely the rest of a row."""
    for header in one.rows[:_MOST_HEADERS]:
        said = {slot.column: [line.text for line in slot.lines] for slot in header if slot.lines}
        row = {slot.column: slot for slot in other.rows[0]} if other.rows else {}
        if not said or any(
            column not in row or [line.text for line in row[column].lines[: len(lines)]] != lines
            for column, lines in said.items()
        ):
            return False
        one.repeated.append(other.page)
        for column, lines in said.items():
            row[column].lines = row[column].lines[len(lines) :]
        if any(slot.lines for slot in other.rows[0]):
            return True  # no line was drawn between the header and the rest of a row
        other.rows.pop(0)
    return False


def _fill_merged(above: dict[int, Slot], row: list[Slot]) -> None:
    """Give a merged cell that goes on the words that stand on the page before."""
    for slot in row:
        before = above.get(slot.column)
        if not slot.lines and before is not None and before.rows + slot.rows > 2 and before.columns == slot.columns:
            slot.lines, slot.right = list(before.lines), before.right


def _join_rows(last: list[Slot], above: dict[int, Slot], row: list[Slot]) -> None:
    for slot in row:
        before = above.get(slot.column)
        if before is None:
            last.append(slot)
            continue
        if slot.lines and slot.lines[0] not in before.lines:
            before.lines += slot.lines
        before.rows += slot.rows - 1


def _refit(part: Part, xs: list[float]) -> None:
    """Count the columns of a part by the edges of another one that has more of them."""
    if len(part.xs) == len(xs):
        return
    shift = part.xs[0] - xs[0]
    places = [min(range(len(xs)), key=lambda n: abs(xs[n] + shift - x)) for x in part.xs]
    for row in part.rows:
        for slot in row:
            start, end = places[slot.column], places[min(slot.column + slot.columns, len(places) - 1)]
            slot.column, slot.columns = start, max(1, end - start)
    part.xs = [x + shift for x in xs]


def _reaching(part: Part) -> dict[int, Slot]:
    """The cells that stand in the last row, by their column, those from above that reach it included."""
    found: dict[int, Slot] = {}
    for distance, row in enumerate(reversed(part.rows), 1):
        for slot in row:
            if slot.rows >= distance:
                found.setdefault(slot.column, slot)
    return found


def _is_rest(above: dict[int, Slot], row: list[Slot], rows: list[list[Slot]]) -> bool:
    """Whether the first row of a page is what is left of the last row of the page before, by what most cells say."""
    filled = [slot for slot in row if slot.lines and not _same_slot(above, slot)]
    if not filled:
        return not any(slot.lines for slot in row)
    key = min(slot.column for slot in row)
    fresh = 0.0
    signs = 0.0
    for slot in row:
        column = [one for other in rows[1:] for one in other if one.column == slot.column]
        before = above.get(slot.column)
        if slot.lines and slot in filled:
            found = _sign(slot, before, [one for one in column if one.lines])
            signs += max(0.0, found)
            fresh += max(0.0, -found) * (_KEY if slot.column == key else 1.0)
        elif (
            not slot.lines and before is not None and before.rows == 1 and before.lines and all(o.lines for o in column)
        ):
            signs += _KEY if slot.column == key else 1.0  # a column that every row fills, and this one does not
    return signs > min(fresh, _MOST_FRESH)


def _sign(slot: Slot, before: Slot | None, column: list[Slot]) -> float:
    """How much a cell speaks for a row that goes on; below 0 for a row that begins."""
    first = slot.lines[0]
    if before is not None and before.lines and before.lines[0].text == first.text:
        return -_KEY  # the label of another row
    if first.opened:
        return -0.5
    if first.text[:1].islower():
        return 0.5 if _often(column, lambda one: one.lines[0].text[:1].islower()) else 2.0
    if before is not None and before.lines and _often(column, lambda one: one.lines[0].opened):
        return 0.5
    if before is not None and before.lines and not before.lines[-1].text.endswith((".", "?", "!", ":")):
        return 0.5 if filled(before.lines[-1], first, Room(before.right)) else -1.0
    return -1.0


def _same_slot(above: dict[int, Slot], slot: Slot) -> bool:
    before = above.get(slot.column)
    return before is not None and bool(before.lines) and before.lines[:1] == slot.lines[:1]


def _often(column: Sequence[Slot], test: Callable[[Slot], bool]) -> bool:
    return bool(column) and sum(map(test, column)) > _MOSTLY * len(column)
