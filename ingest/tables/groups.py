"""Headers of two lines: the first names groups of columns, the second the columns under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.tables.cells import bulleted
from ingest.tables.grids import Grid
from ingest.words.headers import column_role, in_group

if TYPE_CHECKING:
    from collections.abc import Callable

    from ontology import Span

_LONGEST_NAME = 8  # words


def group_names(grid: Grid, text: str, say: Callable[[Span], str]) -> list[str] | None:
    """The names of the columns, those of groups said with what stands under them; None for a header of one line.

    A group is followed by empty cells; a name that stands in both lines, or above an empty cell, spans them.

    Args:
        grid: the table as printed.
        text: of the document.
        say: the words of a cell.
    """
    if len(grid.rows) <= 2 or len(grid.rows[0]) != len(grid.rows[1]) or not (grid.may_head(0) or grid.may_head(1)):
        return None
    above, below = ([say(cell) for cell in cells] for cells in grid.rows[:2])
    groups = _groups(above, below)
    long = any(len(name.split()) > _LONGEST_NAME for name in (*above, *below))
    if groups is None or long or any(bulleted(text, cell) for cells in grid.rows[:2] for cell in cells):
        return None
    names = [
        (in_group(group, name) or name) if group else name or over
        for group, name, over in zip(groups, below, above, strict=True)
    ]
    same = any(one and one == other for one, other in zip(above, below, strict=True))
    return names if same or _told(names) > _told(above) else None


def _groups(above: list[str], below: list[str]) -> list[str] | None:
    """The group of each column, "" for a name that spans both lines; None where no group or no such name stands."""
    groups: list[str] = []
    for place, (over, name) in enumerate(zip(above, below, strict=True)):
        spans = bool(over) and name in {"", over}
        if not (spans or name) or (not over and not any(groups[-1:])):
            return None
        under = over or groups[place - 1]
        groups.append("" if spans else under)
    shared = any(not over for over in above)
    return groups if shared and "" in groups else None


def _told(names: list[str]) -> int:
    return sum(column_role(name) is not None for name in names)


def under_groups(grid: Grid) -> Grid:
    """The table without the line that names groups: a rule underlines the names of its columns."""
    return Grid(grid.rows[1:], grid.span, (grid.rows[1][-1],))
