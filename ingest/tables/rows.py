"""What the header of a table, and the cells that only describe, say of its rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.tables.captions import caption
from ingest.tables.cells import items
from ingest.words.headers import Role, says_theme
from ingest.words.themes import theme_of
from ingest.words.titles import theme_number
from ontology import Reason, Table
from ontology.vocabulary import find_territory, find_theme

if TYPE_CHECKING:
    from collections.abc import Collection

    from ingest.draft import Draft, Place
    from ontology import Span

    Columns = list[tuple[Role | None, str, Span]]  # of a row: the role and the name of each, its cell


@dataclass(slots=True)
class Header:
    """The columns of the table being read."""

    roles: list[Role | None]
    names: list[str]
    table: Table
    number: int
    count: int = 0  # rows so far, headers apart
    theme: str | None = None
    run_on: bool = False
    guessed: Collection[str] = ()  # names of columns whose role only their cells tell
    experiences: dict[str, str] = field(default_factory=dict)


def facts_of(draft: Draft, header: Header, columns: Columns, place: Place) -> Place:
    """Where a row belongs, by its own cells that tell a theme or a territory."""
    facts = replace(place, section=caption(place.section, header.table, header.roles))
    facts.theme = header.theme or place.theme
    for role, name, cell in columns:
        words = draft.text(cell)
        if role is Role.THEME:
            told = _theme(draft, cell, name) if words else None
            facts.theme = told if words and says_theme(name) else told or header.theme or place.theme
            header.theme = facts.theme
        elif role is Role.TERRITORY and words and (territory := find_territory(words)):
            facts.territory = territory.id
    return facts


def _theme(draft: Draft, cell: Span, name: str) -> str | None:
    """The theme that a cell names, as a whole or in its first line; None for one in words of its own."""
    text = draft.document.text
    passages = [cell, *(item.span for item in items(text, cell)[:1])]
    named = next((theme.id for span in passages if (theme := find_theme(draft.text(span)))), None)
    words = draft.text(cell)
    told = theme_of(words, announced=True) if named is None and says_theme(name) else None
    return named or draft.numbered.get(theme_number(words)) or (told.id if told else None)


def reference_of(draft: Draft, columns: Columns) -> str:
    """What a row says of where it comes from."""
    return next((draft.text(cell) for role, _, cell in columns if role is Role.REFERENCE), "")


def described(role: Role, words: str) -> Reason:
    """Why a cell that only describes its row is set aside."""
    if not words:
        return Reason.EMPTY
    return Reason.THEME if role is Role.THEME else Reason.SESSION
