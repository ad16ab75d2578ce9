"""Cells whose lines are known, and the tables that they make."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.formats.anew import USUAL, Style
from ingest.formats.flow import Cell, flat, table_blocks
from ingest.formats.lines import Line, Room, filled, paragraphs, unbroken
from ingest.formats.strewn_header import whole_name
from ingest.formats.writer import Paragraph
from ingest.words.headers import column_role

if TYPE_CHECKING:
    from ingest.formats.columns import Columns
    from ingest.formats.writer import Block


@dataclass(slots=True)
class Slot:
    """What stands in a cell: its lines, how far they may go and do, and the rows and columns that it spans."""

    lines: list[Line]
    right: float
    column: int
    rows: int = 1
    columns: int = 1
    reach: float = 0.0


def slots_of(table: Columns) -> list[list[Slot]]:
    """The cells of a table that was found by its columns."""
    return [
        [
            Slot(lines, right, column, reach=reach)
            for column, (lines, right, reach) in enumerate(zip(row, table.rights, table.reach, strict=True))
        ]
        for row in table.rows
    ]


def blocks_of(rows: list[list[Slot]], room: Room) -> list[Block]:
    """A table as it is to be written."""
    styles = _styles(rows, room)
    cells = [[_cell(slot, room, styles.get(slot.column, USUAL)) for slot in row] for row in rows]
    if cells and sum(column_role(_said(cell)) is not None for cell in cells[0]) > 1:
        for slot, cell in zip(rows[0], cells[0], strict=True):
            _make_whole(slot, cell)
    return table_blocks(cells)


def lists_of(table: Columns, room: Room) -> list[Block]:
    """The columns of a table as lists under their names, one after the other."""
    head, *rows = slots_of(table)
    joined = [[replace(slot, lines=[line for row in rows for line in row[slot.column].lines]) for slot in head]]
    styles = _styles([head, *joined], room)
    found: list[Block] = []
    for slot, items in zip(head, joined[0], strict=True):
        found.append(Paragraph(_name(slot), bold=True, page=slot.lines[0].page))
        found += _cell(items, room, styles.get(slot.column, USUAL)).blocks
    return found


def _name(slot: Slot) -> str:
    """The name of a column, its broken words whole."""
    return whole_name([line.text for line in slot.lines])


def _make_whole(slot: Slot, cell: Cell) -> None:
    """Make the broken words of a name of a column whole."""
    lines = [line.text for line in slot.lines]
    whole = whole_name(lines)
    if whole == " ".join(lines):
        if column_role(_said(cell)) is not None or (found := unbroken(lines, column_role)) is None:
            return
        whole = found
    cell.blocks = [Paragraph(whole, bold=slot.lines[0].bold, page=slot.lines[0].page)]


def _styles(rows: list[list[Slot]], room: Room) -> dict[int, Style]:
    """How the items of each column are written; the header, which comes first, aside."""
    begun: defaultdict[int, list[str]] = defaultdict(list)
    done: defaultdict[int, list[str]] = defaultdict(list)
    for slot in (slot for row in rows[1:] for slot in row):
        first, last = _sure(slot, room)
        begun[slot.column] += first
        done[slot.column] += last
    roles = {slot.column: column_role(clean(_name(slot))) for slot in rows[0]}
    return {column: USUAL._replace(role=roles.get(column)).seen(first, done[column]) for column, first in begun.items()}


def _sure(slot: Slot, room: Room) -> tuple[list[str], list[str]]:
    """The lines of a cell without bullets that surely begin an item, by room and place, and those that end one."""
    if not slot.lines or any(line.opened for line in slot.lines):
        return [], []
    inside = replace(room, right=slot.right)
    near = ((one, two) for one, two in pairwise(slot.lines) if one.page == two.page)
    apart = [(one, two) for one, two in near if not filled(one, two, inside)]
    begun = [slot.lines[0], *(two for _, two in apart)]
    return [line.text for line in begun], [*(one.text for one, _ in apart), slot.lines[-1].text]


def _said(cell: Cell) -> str:
    return clean(" ".join(paragraph.text for paragraph in flat(cell.blocks)))


def _cell(slot: Slot, room: Room, style: Style) -> Cell:
    inside = replace(room, right=slot.right, reach=slot.reach, cell=True, style=style.seen(*_sure(slot, room)))
    return Cell(list(paragraphs(slot.lines, inside)), slot.rows, slot.columns)
