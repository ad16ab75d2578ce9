"""The rows of a table without lines: told by its themes, by white, and by cells that begin below empty ones."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.formats.centred import balanced_rows, centred_rows
from ingest.words.headers import Role, column_role
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.column_header import Scale
    from ingest.formats.lines import Line

TALL = 1.4  # of the usual leading: white between two rows
_LEAST_ROLES = 3  # cells that begin side by side, where a row surely does
_KEYS = 0.1  # of the lines of a table, at least, where its rows have a theme
_LEAST_BROKEN = 3  # items that lines of other columns stand inside, where cells do not begin at the top of rows
_MOST = 0.9


class Rows:
    """The lines of a table, each by column, under its header.

    Attributes:
        keyed: each row has a theme in its first column; ``single``: one item there.
        level: cells begin at the top of their rows, so that no other line stands inside one.
        small: columns whose items begin with a small letter.
        lined: each line is a row; ``white``: white parts the rows.
    """

    def __init__(
        self,
        cells: list[list[Line | None]],
        names: Sequence[str],
        scale: Scale,
        cuts: Sequence[tuple[int, float]],
    ) -> None:
        self.cells, self.names, self.scale, self.cuts = cells, names, scale, cuts
        themed = column_role(names[0]) is Role.THEME
        firsts = [next((here[column] for here in cells if here[column]), None) for column in range(len(names))]
        self.keyed = themed and sum(here[0] is not None for here in cells) >= _KEYS * len(cells)
        self.single = themed or not any(_interrupts(above, here) for above, here in pairwise(cells))
        self.small = {column for column, line in enumerate(firsts) if line is not None and line.text[:1].islower()}
        broken = sum(_broken([here[n] for here in cells]) for n in range(len(names)) if n not in self.small)
        self.level = broken < max(_LEAST_BROKEN, _KEYS * len(cells))
        self.lined = _lined(cells)
        self.white = False

    def parted(self, known: dict[str, bool]) -> list[list[list[Line]]]:
        """The lines of each cell, row by row.

        Args:
            known: by what headers say, whether white parts the rows under them; what is found here is added.
        """
        cells = self.cells
        self.white = self._white(known)
        centred = None if self.cuts or self.white else centred_rows(cells) or balanced_rows(cells, self._apart())
        rows: list[list[list[Line]]] = []
        for place, here in enumerate(cells):
            above = cells[place - 1] if place else None
            if centred is not None:
                begins = place in centred
            else:
                begins = above is None or self._begins(_last(above, here, rows[-1]), here)
            if begins:
                rows.append([[] for _ in self.names])
            for column, line in enumerate(here):
                if line is not None:
                    rows[-1][column].append(line)
        return rows

    def _apart(self) -> list[bool]:
        """Whether more white than usual stands above each line."""
        lines = [_leftmost(here) for here in self.cells]
        return [False, *(self.scale.steps(one, other) > TALL for one, other in pairwise(lines))]

    def _white(self, known: dict[str, bool]) -> bool:
        """Whether white parts the rows: what follows it begins several cells, what else begins a key rarely does."""
        after, among = [], []
        for above, here in pairwise(self.cells):
            one, other = _leftmost(above), _leftmost(here)
            if one.page != other.page:
                continue
            if self.scale.steps(one, other) > TALL:
                begun = _starts(here) if self.keyed else sum(line is not None for line in here)
                after.append((here[0] is not None or not self.keyed) and begun >= min(2, len(here)))
            elif here[0] is not None and here[0].opened:
                among.append(_starts(here) >= min(_LEAST_ROLES, len(here)))
        key = " | ".join(map(fold, self.names))
        if len(after) == 1 and after[0] and key in known:
            return known[key]
        # Bullets side by side on one line are the first ones of a row, or as many second ones: white tells.
        parted = len(after) > 1 and sum(after) >= _MOST * len(after) and sum(among) <= max(len(among) / 2, len(after))
        if len(after) > 1:
            known[key] = parted
        return parted

    def _begins(self, above: list[Line | None], here: list[Line | None]) -> bool:
        """Whether a row begins at a line."""
        one, other = _leftmost(above), _leftmost(here)
        if any((one.page, one.y) < cut < (other.page, other.y) for cut in self.cuts):
            return True
        if one.page == other.page and len(self.cuts) > 1:
            return False
        if self.lined and not self.white:
            return True
        sure = [(column, line) for column, line in enumerate(here) if line is not None and column not in self.small]
        if any(_continues(above[column], line) for column, line in sure):
            return False
        key = here[0]
        if key is None and (self.keyed or not self.level):
            return False
        tall = one.page == other.page and self.scale.steps(one, other) > TALL
        if self.white and one.page == other.page:
            return tall
        alone = key is not None and (above[0] is None or one.page != other.page)
        opened = key is not None and key.opened and self.single
        together = any(line is not None and above[column] is None for column, line in enumerate(here))
        full = len(sure) >= (min(_LEAST_ROLES, len(here)) if self.single else _LEAST_ROLES)
        return opened or tall or alone or together or full


def _lined(cells: list[list[Line | None]]) -> bool:
    """Whether each line is a row: it begins with a capital or a number, and hardly any cell is empty."""
    keys = [here[0] for here in cells]
    begun = all(key and not key.opened and (key.text[:1].isupper() or key.text[:1].isdigit()) for key in keys)
    filled = sum(line is not None for here in cells for line in here)
    return begun and len(cells) > 1 and filled >= _MOST * len(cells) * len(cells[0])


def _interrupts(above: list[Line | None], here: list[Line | None]) -> bool:
    """Whether an item begins in the first column beside one that goes on: it begins no row."""
    key = here[0]
    if key is None or not key.opened or above[0] is None:
        return False
    return any(
        one is not None and two is not None and _continues(one, two) for one, two in zip(above, here, strict=True)
    )


def _broken(column: Sequence[Line | None]) -> int:
    """How often lines of other columns stand inside an item, as they do where cells stand in the middle of rows."""
    held = [(place, line) for place, line in enumerate(column) if line is not None]
    return sum(
        there - here > 1 and one.page == other.page and _continues(one, other)
        for (here, one), (there, other) in pairwise(held)
    )


def _leftmost(cells: list[Line | None]) -> Line:
    return next(line for line in cells if line is not None)


def _starts(cells: list[Line | None]) -> int:
    """How many cells of a line seem to begin there, and not to go on."""
    return sum(line is not None and (line.opened or line.text[:1].isupper()) for line in cells)


def _last(above: list[Line | None], here: list[Line | None], row: list[list[Line]]) -> list[Line | None]:
    """The line above in each column; over a page break, the last one that the row has there."""
    pages = {line.page for line in [*above, *here] if line is not None}
    return above if len(pages) == 1 else [lines[-1] if lines else None for lines in row]


def _continues(above: Line | None, line: Line) -> bool:
    """Whether a line surely goes on with the text above it in its column: "RETEX" / "2" too."""
    if above is not None and line.text.isdigit() and column_role(above.text) is not None:
        return True
    return above is not None and not line.opened and not line.text[:1].isupper() and not line.text[:1].isdigit()
