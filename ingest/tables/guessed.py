"""Columns whose names tell nothing, told by the wording of their cells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.tables.cells import items
from ingest.words.headers import OF_AXIS, Role, column_role, is_neutral, is_number_column, names_theme
from ingest.words.wording import GUESSED, likely
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from ingest.tables.grids import Grid
    from ontology import Span

_LEAST_OF_AXIS, _LEAST_WORDS = 2, 2  # columns; words of a cell, one with another
_LEAST_THEMES = 2
_LEAST_COLUMNS, _LONGEST_NAME = 3, 8  # columns, words
_NUMBERED = {Role.ACTION, Role.LEVER, Role.OBJECTIVE, Role.IRRITANT, Role.NEED}
_NUMBER = re.compile(r"\W*(?:[^\W\d]+\s+)?(?:n\s?°\s?)?\d{1,2}\W*", re.IGNORECASE)  # "2", "Étape 2"
_BRIEF = 20  # letters of a cell that only numbers its line
_NO_NAME = re.compile(r"[\d:;]|\.$")


def told_by_cells(
    roles: Sequence[Role | None], names: Sequence[str], rows: Sequence[tuple[Span, ...]], text: str
) -> tuple[list[Role | None], set[str]]:
    """The roles of columns, with those that only their cells tell; and the names of these, whose cells are doubtful.

    Args:
        roles: what the names of the columns tell.
        names: those names.
        rows: the lines under them.
        text: of the document.
    """
    told, guessed = _without_numbers(roles, rows, text), set()
    if (first := _of_plan(roles, names, rows, text)) is not None:
        told[first] = Role.LEVER
        guessed.add(names[first])
    for place in range(len(names)):
        if told[place] is None and Role.THEME not in told and _of_themes(_said(rows, place, text)):
            told[place] = Role.THEME
    for place, name in enumerate(names):
        if told[place] is not None or not name or is_neutral(name):
            continue
        if found := likely(_said(rows, place, text), GUESSED - set(told)):
            told[place] = found
            guessed.add(name)
    return told, guessed


def _without_numbers(roles: Sequence[Role | None], rows: Sequence[tuple[Span, ...]], text: str) -> list[Role | None]:
    """The roles, where a column that only numbers its lines leaves its own to the next one: "Étape | Contenu"."""
    told = list(roles)
    for place, role in enumerate(roles):
        first = next((cells[place].of(text)[:_BRIEF] for cells in rows[:1] if place < len(cells)), "")
        if role not in _NUMBERED or not any(map(str.isdigit, first)):
            continue
        said = list(filter(None, _said(rows, place, text)))
        if len(said) >= _LEAST_THEMES and all(map(_NUMBER.fullmatch, said)):
            told[place] = None
            if place + 1 < len(told) and told[place + 1] is None:
                told[place + 1] = role
    return told


def first_row(grid: Grid, text: str) -> list[Role | None] | None:
    """The roles that a first line names, where it is a header by its form, and the cells tell most other columns."""
    names = [clean(cell.of(text)) for cell in grid.rows[0]]
    if len(names) < _LEAST_COLUMNS or not grid.may_head(0) or not all(map(_is_name, names)):
        return None
    roles = [column_role(name) for name in names]
    named = [role for role in roles if role]
    if len(set(named)) < len(named):
        return None
    whole, _ = told_by_cells(roles, names, grid.rows[1:], text)
    told = sum(role is not None and role.kind is not None for role in whole)
    return roles if told > 1 and told * 3 >= 2 * sum(not is_neutral(name) for name in names) else None


def _of_plan(
    roles: Sequence[Role | None], names: Sequence[str], rows: Sequence[tuple[Span, ...]], text: str
) -> int | None:
    """The column before those that tell who, when and how, whose cells are what they are said of: "Priorité"."""
    if Role.LEVER in roles or len(set(roles) & OF_AXIS) < _LEAST_OF_AXIS:
        return None
    first = next((n for n, name in enumerate(names) if name and not is_number_column(name)), len(names))
    if first >= len(names) or roles[first] is not None:
        return None
    said = [words for words in _said(rows, first, text) if words]
    counts = [len(words.split()) for words in said if any(map(str.isalpha, words)) and not find_theme(words)]
    least = _LEAST_WORDS + is_neutral(names[first])
    return first if said and len(counts) == len(said) and sum(counts) >= least * len(counts) else None


def _of_themes(said: Collection[str]) -> bool:
    """Whether the cells of a column name themes, and nothing else."""
    words = [words for words in said if words]
    return len(words) >= _LEAST_THEMES and all(map(names_theme, words))


def _said(rows: Collection[tuple[Span, ...]], place: int, text: str) -> list[str]:
    cells = (cells[place] for cells in rows if place < len(cells))
    return [clean(item.span.of(text)) for cell in cells for item in items(text, cell)]


def _is_name(words: str) -> bool:
    """Whether a cell may name a column: a few words that hold neither a number nor a field."""
    return 0 < len(words.split()) <= _LONGEST_NAME and not _NO_NAME.search(words)
