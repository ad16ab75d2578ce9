"""From a grid to rows and mentions: headers give the roles, cells give the items."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ingest.sessions.headcounts import read_headcounts
from ingest.sessions.session import read_form
from ingest.tables.cells import Item, bulleted, in_parts, items, listed, without_rank
from ingest.tables.groups import group_names, under_groups
from ingest.tables.guessed import first_row, told_by_cells
from ingest.tables.labelled import Labelled, labelled, tells
from ingest.tables.references import experience_numbers, own_number
from ingest.tables.rows import Header, described, facts_of, reference_of
from ingest.tables.run_on import split
from ingest.tables.tallies import tallied
from ingest.tables.turned import turned
from ingest.tables.typed import role_named, typed
from ingest.words.headers import (
    Role,
    column_role,
    header_roles,
    is_neutral,
    names_theme,
    table_of,
)
from ingest.words.template import reason_aside
from ontology import Kind, Reason, Row, Span, Table, fold
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ingest.draft import Draft, Place
    from ingest.tables.grids import Grid
    from ingest.tables.turned import Turned
    from ingest.tables.typed import Typed

# Cells whose items are lines, whatever words begin inside them.
_BY_LINE = {Role.EXPERIENCE, Role.ACTOR, Role.TIMEFRAME}


class Tables:
    """Reads the grids of one document; a table goes on after a page break when its header is printed again."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._header: Header | None = None
        self._unread = Reason.UNKNOWN_TABLE
        self._section: tuple[str, str, str | None] | None = None
        # Experiences are numbered anew in each part of a report: the last one told before the table is meant.
        self.told: dict[str, dict[str, str]] = {}  # session → number of an experience → its row

    def read(self, grid: Grid, place: Place, *, template: bool = False) -> None:
        """Store what a grid says, or set it aside; ``template`` tells that the form itself printed it."""
        self._unread = Reason.TEMPLATE if template else Reason.UNKNOWN_TABLE
        draft = self.draft
        for rule in grid.rules:
            draft.claim(rule)
        here = (place.session, place.section, place.theme)
        if self._section != here:
            self._section, self._header = here, None
        if by_line := typed(grid, draft.text):
            self._typed(grid, by_line, place)
        elif upright := turned(grid, draft.text):
            self._turned(upright, place)
        else:
            self._upright(grid, place)

    def _upright(self, grid: Grid, place: Place) -> None:
        """Store a table whose headers, if it has any, stand in a line."""
        draft, text = self.draft, self.draft.document.text
        header, known = self._header, False
        if named := group_names(grid, text, draft.text):
            for cell in grid.rows[0]:
                draft.aside(cell, Reason.HEADER) if draft.text(cell) else draft.claim(cell)
            grid = under_groups(grid)
        heads = [self._heads(grid, row) for row in range(len(grid.rows))]
        if named:
            heads[0] = header_roles(named) or [column_role(name) for name in named]
        if not any(heads):
            if read_headcounts(draft, grid.rows, place) or self._by_labels(grid, place):
                return
            heads[:1] = [first_row(grid, text) or tallied(grid, draft.text)]
        for row, (cells, roles) in enumerate(zip(grid.rows, heads, strict=True)):
            if roles:
                names = named if named and not row else [draft.text(cell) for cell in cells]
                header, known = self._open(roles, names, cells), True
                header.roles, header.guessed = told_by_cells(header.roles, names, grid.rows[row + 1 :], text)
                self._header = header
                header.run_on = header.run_on or not any(
                    in_parts(text, cell) for cells in grid.rows[row + 1 :] for cell in cells
                )
            elif header and known:
                self._row(header, cells, place)
            elif not read_form(draft, cells, place):
                self._unknown(cells)

    def _heads(self, grid: Grid, row: int) -> list[Role | None] | None:
        """The roles of the columns, where a row is their header."""
        cells, text = grid.rows[row], self.draft.document.text
        if not grid.may_head(row) or any(bulleted(text, cell) for cell in cells):
            return None
        return header_roles([self.draft.text(cell) for cell in cells])

    def _by_labels(self, grid: Grid, place: Place) -> bool:
        """Store a grid without a header whose cells say themselves what they hold: four quarters share one row."""
        draft, text = self.draft, self.draft.document.text
        own = [[labelled(text, items(text, cell)) for cell in cells] for cells in grid.rows]
        if not tells(cell for cells in own for cell in cells):
            return False
        quarters = all(first.heads for cells in own for first in cells[:1] if first) and all(cells[0] for cells in own)
        kinds = frozenset(role for cells in own for cell in cells if cell for role in cell.roles)
        header = Header([], [], table_of(kinds), draft.table())
        row: Row | None = None
        for cells, found in zip(grid.rows, own, strict=True):
            if row is None or not quarters:
                header.count += 1
                row = draft.row(facts_of(self.draft, header, [], place), header.number, header.table, header.count)
            for cell, one in zip(cells, found, strict=True):
                if one:
                    self._own(row, one, None, header)
                else:
                    self._unknown((cell,))
        return True

    def _own(self, row: Row, cell: Labelled, role: Role | None, header: Header, name: str = "") -> None:
        """Store a cell by its own labels; ``role`` is that of what stands above the first of them."""
        for label in cell.labels:
            self.draft.aside(label, Reason.HEADER)
        for one in cell.told:
            kind = (one.role or role or Role.THEME).kind
            if kind is None:
                self._unknown((one.span,))
            else:
                self._cell(row, kind, one.label or name, [Item(one.span, marked=True)], header)

    def _typed(self, grid: Grid, told: Typed, place: Place) -> None:
        """Store a table in which a column tells what each line holds."""
        rows, number = grid.rows, self.draft.table()
        for cell in rows[0] if told.headed else ():
            self.draft.aside(cell, Reason.HEADER)
        for count, cells in enumerate(rows[told.headed :], 1):
            role = role_named(self.draft.text(cells[told.kinds]))
            self.draft.aside(cells[told.kinds], Reason.HEADER)
            places = [place for place in range(len(told.names)) if place != told.kinds]
            roles = [role if place == told.words else told.roles[place] for place in places]
            names = [told.names[place] or self.draft.text(cells[told.kinds]) for place in places]
            header = Header(roles, names, Table.NOTES, number, count - 1)
            self._row(header, tuple(cells[place] for place in places), place)
        self._header = None

    def _turned(self, upright: Turned, place: Place) -> None:
        """Store a table whose headers stand in its first column."""
        for cell in (*upright.titles, *upright.labels):
            if self.draft.text(cell):
                self.draft.aside(cell, Reason.HEADER)
            else:
                self.draft.claim(cell)
        roles, guessed = told_by_cells(upright.roles, upright.names, upright.rows, self.draft.document.text)
        kinds = frozenset(role for role in roles if role)
        header = Header(roles, upright.names, table_of(kinds), self.draft.table(), guessed=guessed)
        for cells in upright.rows:
            if any(map(self.draft.text, cells)):
                self._row(header, cells, place)
        self._header = None

    def _open(self, roles: list[Role | None], names: list[str], cells: tuple[Span, ...]) -> Header:
        again = self._header is not None and [*map(fold, self._header.names)] == [*map(fold, names)]
        for cell, name in zip(cells, names, strict=True):
            if name:
                self.draft.aside(cell, Reason.REPEATED if again else Reason.HEADER)
        if again and self._header is not None:
            return self._header
        kinds = frozenset(role for role in roles if role)
        return Header(roles, names, table_of(kinds), self.draft.table())

    def _unknown(self, cells: tuple[Span, ...]) -> None:
        for cell in cells:
            for item in items(self.draft.document.text, cell):
                words = self.draft.text(item.span)
                if words or item.marked:
                    self.draft.aside(item.span, reason_aside(words) or self._unread)

    def _row(self, header: Header, cells: tuple[Span, ...], place: Place) -> None:
        draft, text = self.draft, self.draft.document.text
        columns = list(zip(header.roles, header.names, cells, strict=False))
        columns += [(None, "", extra) for extra in cells[len(header.roles) :]]
        if self._parts(header, cells):
            return
        facts = facts_of(draft, header, columns, place)
        header.count += 1
        row = draft.row(facts, header.number, header.table, header.count, reference=reference_of(draft, columns))
        for role, name, cell in columns:
            found = items(text, cell)
            if len(found) == 1:
                found = [without_rank(text, found[0], header.count)]
            if not found and not draft.text(cell):
                draft.claim(cell)
            own = labelled(text, found) if role is None or role.kind else None
            if own and not is_neutral(name) and (own.labels or own.roles - {role}):
                self._own(row, own, role, header, name)
            elif role is None:
                self._unknown((cell,))
            elif role.kind is None:
                for item in found:
                    draft.aside(item.span, described(role, draft.text(item.span)))
            else:
                self._cell(row, role.kind, name, self._parted(header, role, found), header)

    def _parts(self, header: Header, cells: tuple[Span, ...]) -> bool:
        """Take a line of the table that only names the theme of the lines below it."""
        filled = [cell for cell in cells if self.draft.text(cell)]
        words = self.draft.text(filled[0]) if len(filled) == 1 and len(cells) > 1 else ""
        if not names_theme(words):
            return False
        theme = find_theme(words)
        header.theme = theme.id if theme else header.theme
        for cell in cells:
            if cell in filled:
                self.draft.aside(cell, Reason.THEME)
            else:
                self.draft.claim(cell)
        return True

    def _parted(self, header: Header, role: Role, found: list[Item]) -> list[Item]:
        if not header.run_on or role in _BY_LINE or (header.table is not Table.FINDINGS and len(found) > 1):
            return found
        text = self.draft.document.text
        return [replace(item, span=piece) for item in found for piece in split(text, item.span)]

    def _cell(self, row: Row, kind: Kind, name: str, found: list[Item], header: Header) -> None:
        draft, doubtful = self.draft, name in header.guessed
        for item in found:
            words = draft.text(item.span)
            if item.span.start >= item.span.end:
                draft.aside(item.span, Reason.EMPTY)
            elif item.lead_in:
                draft.aside(item.span, Reason.LEAD_IN)
            elif kind is Kind.EXPERIENCE and (numbers := experience_numbers(words)):
                draft.aside(item.span, Reason.REFERENCE)
                self.refer(row, numbers)
            elif len(pieces := listed(draft.document.text, item, kind, alone=len(found) == 1)) > 1:
                for piece in pieces:
                    draft.mention(row, kind, piece, name, doubtful=doubtful)
            elif (
                draft.mention(row, kind, item.span, name, doubtful=doubtful)
                and kind is Kind.EXPERIENCE
                and header.table is Table.EXPERIENCE
            ):
                self.tell(row, words)

    def tell(self, row: Row, title: str) -> None:
        """An experience told here may be referred to by its number in the rows of its session."""
        if number := own_number(title):
            self.told.setdefault(row.session, {})[number] = row.id

    def refer(self, row: Row, numbers: list[str], told: Mapping[str, str] | None = None) -> None:
        """Note the experiences that a row refers to by number: of those told so far, or of ``told``."""
        known = self.told.get(row.session, {}) if told is None else told
        found = tuple(known[number] for number in numbers if number in known)
        current = next(other for other in self.draft.rows if other.id == row.id)
        self.draft.refer(current, (*current.experiences, *found))
