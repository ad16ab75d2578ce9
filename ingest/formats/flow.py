"""What the readers of marked-up formats share: paragraphs gathered from runs of text, tables from merged cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.writer import Block, Paragraph, Table, link, plain
from ingest.words.headers import header_roles, in_group

if TYPE_CHECKING:
    from collections.abc import Iterator

_SPACES = re.compile(r"[ ]{2,}")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")
_WIDEST, _LARGEST = 200, 400_000  # columns of a table; cells of a table, merged ones counted at each place


@dataclass(slots=True)
class Flow:
    """Text that flows into paragraphs: of a whole document, or of one cell."""

    blocks: list[Block] = field(default_factory=list)
    _runs: list[str] = field(default_factory=list)
    _letters: int = 0
    _bold: int = 0
    _marked: bool = False
    _number: int = 0

    def add(self, text: str, *, bold: bool = False) -> None:
        """Add a run of text as the file has it."""
        words = plain(text)
        if words:
            self._runs.append(words)
            letters = sum(map(str.isalnum, words))
            self._letters += letters
            self._bold += letters if bold else 0

    def soft(self) -> None:
        """A line break inside the paragraph."""
        self._runs.append("\n")

    def place(self) -> int:
        """Where the next run will stand: to be given to `link`."""
        return len(self._runs)

    def link(self, since: int, address: str) -> None:
        """The runs since a place are a link."""
        if since < len(self._runs) and (added := link("".join(self._runs[since:]), address)):
            self._runs.append(added)

    def mark(self, number: int = 0) -> None:
        """The next paragraph is an item of a list."""
        self.end()
        self._marked, self._number = True, number

    def unmark(self) -> None:
        """The item is over; one without any text is kept, as it was printed."""
        self.end()
        if self._marked:
            self.blocks.append(Paragraph("", marked=True, number=self._number))
        self._marked, self._number = False, 0

    def end(self, level: int = 0) -> None:
        """The paragraph is over."""
        text = _AROUND_BREAK.sub("\n", _SPACES.sub(" ", "".join(self._runs))).strip(" \n")
        if text:
            bold = 0 < self._letters == self._bold
            marked = self._marked and not level
            self.blocks.append(Paragraph(text, level, marked, self._number if marked else 0, bold))
            self._marked, self._number = False, 0
        self._runs.clear()
        self._letters = self._bold = 0


@dataclass(slots=True)
class Cell:
    """A cell as the file has it, with the rows and columns that it spans."""

    blocks: list[Block]
    rows: int = 1
    columns: int = 1
    filler: bool = False  # only stands where another cell reaches


def table_blocks(rows: list[list[Cell]]) -> list[Block]:
    """A table as it is to be written.

    A table of one column is what its cells hold; a first row of one cell is a caption. A cell that spans rows stands
    in each of them; one that spans columns is followed by empty cells.
    """
    matrix = spread(rows)
    blocks: list[Block] = []
    while matrix:
        if len(matrix) > 1:
            matrix[1] = _under_groups(matrix[0], matrix[1])
        end = next((n for n in range(1, len(matrix)) if _glued(matrix[n - 1], matrix[n])), len(matrix))
        blocks += _table_blocks(_narrowed(matrix[:end]))
        matrix = matrix[end:]
    return blocks


def _table_blocks(matrix: list[list[Cell]]) -> list[Block]:
    width = max((len(row) for row in matrix), default=0)
    if width <= 1:
        seen: set[int] = set()
        return [block for row in matrix for cell in row for block in _once(cell, seen)]
    blocks: list[Block] = []
    while matrix and all(cell.filler for cell in matrix[0][1:]) and matrix[0][0].rows == 1 and len(matrix[0]) == width:
        blocks += matrix.pop(0)[0].blocks
    written = [[flat(cell.blocks) for cell in row] + [[] for _ in range(width - len(row))] for row in matrix]
    written = [row for row in written if any(row)]
    return [*blocks, Table(written)] if written else blocks


def _glued(above: list[Cell], row: list[Cell]) -> bool:
    """Whether another table begins at a row: it is cut into other columns, and its words name them."""
    if [cell.filler for cell in above] == [cell.filler for cell in row]:
        return False
    cells = [cell for cell in row if not cell.filler]
    if any(paragraph.marked for cell in cells for paragraph in flat(cell.blocks)):
        return False
    return header_roles([_words(cell) for cell in cells]) is not None


def _under_groups(above: list[Cell], row: list[Cell]) -> list[Cell]:
    """A row of names under the names of groups of columns; each that says little alone takes that of its group.

    "Matériel" under "Difficultés" names difficulties, and "Quoi ?" under "Actions" names actions.
    """
    shared = {id(cell) for cell in above if cell.rows > 1 and not cell.filler}
    if not any(id(cell) in shared for cell in row) or any(
        paragraph.marked for cell in row for paragraph in flat(cell.blocks)
    ):
        return row
    named, group = [], ""
    for over, cell in zip(above, row, strict=False):
        group = group if over.filler else _words(over) if over.columns > 1 else ""
        told = in_group(group, _words(cell)) if group and not cell.filler and id(cell) not in shared else ""
        named.append(replace(cell, blocks=[Paragraph(told)]) if told else cell)
    named += row[len(named) :]
    return named if header_roles([_words(cell) for cell in named if not cell.filler]) else row


def _words(cell: Cell) -> str:
    return clean(" ".join(paragraph.text for paragraph in flat(cell.blocks)))


def _narrowed(matrix: list[list[Cell]]) -> list[list[Cell]]:
    """The same rows without the columns in which no cell begins: some programs cut a table finer than it looks."""
    width = max((len(row) for row in matrix), default=0)
    kept = [any(column < len(row) and not row[column].filler for row in matrix) for column in range(width)]
    return [[cell for cell, keep in zip(row, kept, strict=False) if keep] for row in matrix]


def _once(cell: Cell, seen: set[int]) -> list[Block]:
    if id(cell) in seen:
        return []
    seen.add(id(cell))
    return cell.blocks


def spread(rows: list[list[Cell]]) -> list[list[Cell]]:
    """The cells at each place of a table, merged ones spread out."""
    waiting: dict[int, tuple[Cell, int]] = {}  # column → cell from above, rows that it still covers
    matrix: list[list[Cell]] = []
    total = 0
    for cells in rows:
        matrix.append(_spread_row(cells, waiting))
        total += len(matrix[-1])
        if total > _LARGEST:
            break
    return matrix


def _spread_row(cells: list[Cell], waiting: dict[int, tuple[Cell, int]]) -> list[Cell]:
    row: list[Cell] = []
    fresh = iter(cells)
    while len(row) < _WIDEST:
        column = len(row)
        if column in waiting:
            above, left = waiting.pop(column)
            row.append(above)
            if left > 1:
                waiting[column] = (above, left - 1)
            continue
        cell = next(fresh, None)
        if cell is None and not any(place > column for place in waiting):
            break
        cell = cell or Cell([], filler=True)
        for place in range(column, column + max(1, min(cell.columns, _WIDEST - column))):
            here = cell if place == column else Cell([], filler=True)
            row.append(here)
            waiting.pop(place, None)
            if cell.rows > 1:
                waiting[place] = (here, cell.rows - 1)
    return row


def flat(blocks: list[Block]) -> list[Paragraph]:
    """The paragraphs of a cell; what an inner table holds becomes items of the cell."""
    return list(_flat(blocks))


def _flat(blocks: list[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row:
                    for paragraph in cell:
                        yield Paragraph(paragraph.text, marked=True, page=paragraph.page)
