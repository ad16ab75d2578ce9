"""Cells whose lines are known, and the tables that they make."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.flow import Cell, flat, table_blocks
from ingest.formats.lines import Line, Room, filled, paragraphs, unbroken
from ingest.formats.strewn_words import ended
from ingest.formats.writer import Paragraph
from ingest.words.headers import column_role

if TYPE_CHECKING:
    from ingest.formats.columns import Columns
    from ingest.formats.writer import Block


@dataclass(slots=True)
class Slot:
    """What stands in a cell: its lines, how far they may go, and the rows and columns that it spans."""

    lines: list[Line]
    right: float
    column: int
    rows: int = 1
    columns: int = 1


def slots_of(table: Columns) -> list[list[Slot]]:
    """The cells of a table that was found by its columns."""
    return [
        [Slot(lines, right, column) for column, (lines, right) in enumerate(zip(row, table.rights, strict=True))]
        for row in table.rows
    ]


def blocks_of(rows: list[list[Slot]], room: Room) -> list[Block]:
    """A table as it is to be written."""
    dotted = _dotted(rows, room)
    cells = [[_cell(slot, replace(room, dotted=slot.column in dotted)) for slot in row] for row in rows]
    if cells and sum(column_role(_said(cell)) is not None for cell in cells[0]) > 1:
        for slot, cell in zip(rows[0], cells[0], strict=True):
            if column_role(_said(cell)) is None and (whole := unbroken(slot.lines, column_role)) is not None:
                cell.blocks = [Paragraph(whole, bold=slot.lines[0].bold, page=slot.lines[0].page)]
    return table_blocks(cells)


def _dotted(rows: list[list[Slot]], room: Room) -> set[int]:
    """The columns whose items without bullets end with a full stop, where the width of lines tells."""
    ends: dict[int, list[bool]] = {}
    for slot in (slot for row in rows for slot in row if not any(line.opened for line in slot.lines)):
        inside = replace(room, right=slot.right)
        for before, line in pairwise(slot.lines):
            if line.text[:1].isupper() and not filled(before, line, inside):
                ends.setdefault(slot.column, []).append(ended(before.text))
    told = [end for column in ends.values() for end in column]
    return {column for column, found in ends.items() if sum(told) * 2 > len(told) and any(found)}


def _said(cell: Cell) -> str:
    return clean(" ".join(paragraph.text for paragraph in flat(cell.blocks)))


def _cell(slot: Slot, room: Room) -> Cell:
    return Cell(list(paragraphs(slot.lines, replace(room, right=slot.right, cell=True))), slot.rows, slot.columns)
