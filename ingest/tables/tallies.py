"""Tables that tell how often each thing was said: "Difficulté citée | 1er degré | 2nd degré"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.words.headers import Role, column_role, opens_with_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.tables.grids import Grid
    from ontology import Span

_LEAST_ROWS = 3  # with the header
_NUMBER = re.compile(r"[\d\s.,/%+–—-]*(?:voix|votes?|fois|points?|réponses?|citations?)?")


def tallied(grid: Grid, say: Callable[[Span], str]) -> list[Role | None] | None:
    """The roles of the columns of such a table: one holds things said, the others only numbers; None for any other."""
    table = [[say(cell) for cell in cells] for cells in grid.rows]
    names, *rows = table
    if len(table) < _LEAST_ROWS or not grid.may_head(0) or any(len(row) != len(names) for row in rows):
        return None
    roles = [column_role(name) if name and opens_with_role(name) else None for name in names]
    told = [place for place, role in enumerate(roles) if role and role.kind]
    if len(told) != 1 or len(names) < 2:
        return None
    said, *others = (told[0], *(place for place in range(len(names)) if place != told[0]))
    numbers = all(_NUMBER.fullmatch(row[place]) for row in rows for place in others)
    words = all(any(map(str.isalpha, row[said])) for row in rows)
    counted = any(any(map(str.isdigit, row[place])) for row in rows for place in others)
    return roles if numbers and words and counted else None
