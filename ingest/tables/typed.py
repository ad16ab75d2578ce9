"""Tables in which one column tells, line by line, what another one holds: "Irritant | trop de mots de passe"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.prose.field_labels import label_alone
from ingest.words.headers import Role, column_role, is_neutral
from ingest.words.phrases import header_key, phrases

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.tables.grids import Grid
    from ontology import Span

_LEAST_ROWS, _LEAST_ROLES = 2, 2
_LONGEST_NAME = 5  # words
_TOLD_SHARE = 0.8  # of the lines, whose role the column tells


@dataclass(frozen=True, slots=True)
class Typed:
    """Such a table: its header, if it has one, and for each column what it describes."""

    kinds: int  # place of the column that tells what the other holds
    words: int  # place of that one
    headed: bool  # the first line names the columns
    names: tuple[str, ...]
    roles: tuple[Role | None, ...]  # of the other columns


def typed(grid: Grid, say: Callable[[Span], str]) -> Typed | None:
    """The table as its own column tells it; None for any other one.

    Args:
        grid: the table as printed.
        say: the words of a cell.
    """
    width = min(map(len, grid.rows))
    if len(grid.rows) < _LEAST_ROWS:
        return None
    sample = grid.rows[1 : 1 + _LEAST_ROWS]
    likely = [kinds for kinds in range(width) if any(role_named(say(row[kinds])) for row in sample)]
    table = [[say(cell) for cell in row] for row in grid.rows] if likely else []
    for kinds in likely:
        roles = [role_named(row[kinds]) for row in table]
        headed = roles[0] is None
        told = [role for role in roles[headed:] if role]
        several = len(set(told)) >= _LEAST_ROLES and len(told) >= _LEAST_ROWS
        if not several or len(told) < _TOLD_SHARE * len(roles[headed:]):
            continue
        labels = [header_key(row[kinds]) for row in table[headed:] if row[kinds]]
        if len(set(labels)) == len(labels) and not (headed and phrases("typing").opening(table[0][kinds])):
            continue  # each label once: a table on its side
        others = [place for place in range(width) if place != kinds]
        if not others:
            continue
        lengths = {place: sum(len(row[place]) for row in table[headed:]) for place in others}
        words = max(others, key=lambda place: (lengths[place], -place))
        names = tuple(table[0]) if headed else tuple("" for _ in range(width))
        if headed and sum(column_role(name) is not None for name in names) > len(names) // 2:
            continue  # a header of its own tells the columns
        return Typed(kinds, words, headed, names, tuple(_describing(name) for name in names))
    return None


def role_named(words: str) -> Role | None:
    """The role that a cell names and says nothing else: "Irritant", "Pistes"."""
    role = label_alone(words) if words and len(words.split()) <= _LONGEST_NAME else None
    return role if role and not is_neutral(words) else None


def _describing(name: str) -> Role | None:
    role = column_role(name) if name else None
    return role if role is not None and role.kind is None else None
