"""Tables that stand on their side: the headers are in the first column, and each other column is a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.words.bare_names import is_bare_name
from ingest.words.headers import Role, column_role, header_roles, is_neutral, names_theme, told_apart
from ingest.words.phrases import phrases, told_by_clause
from ontology import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from ingest.tables.grids import Grid

_LEAST_NAMED = 3  # first cells that name a role
_TITLE = ("title", "titre")
_LONGEST_LABEL = 6  # words
_PAIR = 2  # names, too few to be sure
# Roles that the form which opens a report has too: alone, they make no table of items.
_OF_SESSIONS = {Role.ACTOR, Role.TIMEFRAME, Role.OBJECTIVE, Role.QUESTION}


@dataclass(frozen=True, slots=True)
class Turned:
    """A table on its side, set upright.

    Attributes:
        titles: cells of a first line that names the columns, and not what they hold.
        labels: the headers, from the first column.
        rows: what each other column says, in the order of the headers.
    """

    roles: list[Role | None]
    names: list[str]
    titles: tuple[Span, ...]
    labels: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]


def turned(grid: Grid, say: Callable[[Span], str]) -> Turned | None:
    """The table set upright; None for one whose headers are in a line, or that has none.

    Args:
        grid: the table as printed.
        say: the words of a cell.
    """
    names = [say(row[0]) for row in grid.rows]
    titled = not (_role(names[0]) or _is_title(names[0])) and any(map(say, grid.rows[0][1:]))
    rows, names = (grid.rows[1:], names[1:]) if titled else (grid.rows, names)
    if len(names) < _LEAST_NAMED or any(_heads([say(cell) for cell in row]) for row in grid.rows[: titled + 1]):
        return None
    roles = _titled(names, told_apart(names, [_role(name) for name in names]))
    known = [role for role in roles if role and role.kind]
    asked = [name for name in names if name and not is_neutral(name)]
    telling = set(known) - _OF_SESSIONS
    if len(known) < _LEAST_NAMED or len(telling) < 2 or len(known) * 3 < len(asked) * 2:
        return None
    if len(set(known)) * 3 < len(known) * 2:
        return None  # one word comes back in each line: a column of its own
    width = max(map(len, rows))
    upright = tuple(
        tuple(row[n] if n < len(row) else Span(row[-1].end, row[-1].end) for row in rows) for n in range(1, width)
    )
    heads, labels = (grid.rows[0] if titled else ()), tuple(row[0] for row in rows)
    if len(heads) == width and all(names_theme(say(cell)) for cell in heads[1:]):  # each column is about a theme
        upright = tuple((head, *cells) for head, cells in zip(heads[1:], upright, strict=True))
        return Turned([Role.THEME, *roles], [say(heads[0]), *names], heads[:1], labels, upright)
    return Turned(roles, names, heads, labels, upright)


def _titled(names: list[str], roles: list[Role | None]) -> list[Role | None]:
    """The roles, where a title stands for the experience that the form tells."""
    if Role.EXPERIENCE in roles:
        return roles
    titles = [n for n, name in enumerate(names) if roles[n] is None and _is_title(name)]
    return [Role.EXPERIENCE if titles[:1] == [n] else role for n, role in enumerate(roles)]


def _is_title(name: str) -> bool:
    return phrases("story").opening(name) == _TITLE


def _heads(cells: list[str]) -> bool:
    """Whether a line is a header whose every name begins with what it says, and hardly says more."""
    roles = header_roles(cells)
    if roles is None:
        return False
    named = [cell for cell, role in zip(cells, roles, strict=True) if role]
    sure = len(named) > _PAIR or all(map(is_bare_name, named))  # "Question 2 | Comment évaluer ?" is no header
    return sure and all(_role(cell) is not None for cell in named)


def _role(name: str) -> Role | None:
    if not name or len(name.split()) > _LONGEST_LABEL:
        return None
    found = phrases("roles").first(name) or phrases("columns").first(name)
    return column_role(name) if (found and found[1] <= 1) or told_by_clause(name) else None
