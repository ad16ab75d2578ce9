"""The pieces of a table printed cell by cell: what its lines say by themselves of the column that they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from ingest.formats.strewn_data import data
from ingest.formats.strewn_labels import is_thematic, theme_state
from ingest.formats.strewn_parts import dash_of, parts
from ingest.formats.strewn_words import is_bare, joined, unfinished
from ingest.tables.references import experience_numbers
from ingest.tables.widths import Room, room
from ingest.words.headers import Role
from ingest.words.wording import costs
from ontology.vocabulary import find_territory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.strewn_header import Printed

_RANK = r"\s\d{1,3}(?:\s?(?:bis|ter))?"
_PLACE = rf"(?:(?:[^\W\d_][\w’'+-]*|\+)\s){{0,4}}?(?:[^\W\d_][\w’'+-]*|\+)(?:{_RANK})?,\s(?:l|p|§)\.?(?:\s?\d[\d–-]*)?"
_REFERENCE = re.compile(
    rf"^{_PLACE}(?:\s?;\s{_PLACE})*\s?;?$|^[^\W\d_][\w’'+-]*{_RANK},?$"
    rf"|^(?:l|p)\.\s?\d[\d–-]*$|^\d{{1,4}}(?:[–-]\d{{1,4}})?(?:\s?;\s{_PLACE})*\s?;?$"
)
_LONGEST_REFERENCE, _LONGEST_LABEL = 80, 120  # characters
_LONGEST_PLACE, _LONGEST_NAME = 6, 4  # words of a cell of places; of the name of an unknown one
_ANY = Room(0.0, float("inf"))


@dataclass(slots=True)
class Piece:
    """Lines that belong together, or a part of one.

    Attributes:
        lines: without the bullet that opens them.
        marked: a bullet opens it.
        joined: it goes on with the printed line of the piece before.
        blank: blank lines, or a new page, stand before it.
        room: what its lines say of the width of their column.
        under: the column whose name stands above it.
        sense: cost of each column, by its words.
    """

    lines: list[str]
    page: int
    marked: bool = False
    joined: bool = False
    blank: bool = False
    turned: bool = False  # another page begins with it
    under: Role | None = None
    room: Room = _ANY
    sense: list[float] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words."""
        return joined(self.lines)


def pieces(
    lines: Sequence[Printed], roles: Sequence[Role], *, strict: bool, small: bool = False
) -> tuple[list[Piece], int]:
    """The pieces of some lines, and the number of bullets that stand apart from their words.

    Args:
        lines: of a table.
        roles: of its columns.
        strict: no blank lines part the cells.
        small: items begin with a small letter.
    """
    found: list[Piece] = []
    dash = dash_of(lines)
    apart, blank, page = 0, False, lines[0].page if lines else 0
    for line in lines:
        blank = blank or line.blank
        if is_bare(line.text):
            apart += len(line.text.split())
            continue
        for place, (text, marked) in enumerate(parts(line.text, dash, roles, strict=strict)):
            turned = line.page != page
            piece = Piece([text], line.page, marked, place > 0, blank and not place, turned, line.under)
            if found and not piece.turned and _surely_goes_on(found[-1], piece, roles, small=small):
                found[-1].lines.append(text)
            else:
                found.append(piece)
            page = line.page
        blank = False
    for piece in found:
        piece.room = room(piece.lines)
        piece.sense = sense(piece.text, tuple(roles), marked=piece.marked)
        if piece.under is not None and piece.under in roles:
            _lean(piece, roles, piece.under, data()["sense"]["under"])
    for piece, role in _counted(found, roles):
        _lean(piece, roles, role, data()["sense"]["counted"])
    return found, apart


def _lean(piece: Piece, roles: Sequence[Role], role: Role, other: float) -> None:
    """Make every other column than that of a role cost more."""
    piece.sense = [cost + other * (one is not role) for one, cost in zip(roles, piece.sense, strict=True)]


def _counted(found: Sequence[Piece], roles: Sequence[Role]) -> Iterator[tuple[Piece, Role]]:
    """The pieces of rows that white parts into as many blocks as there are columns, each with its column.

    A theme opens each row. Where most rows have another number of blocks, no row tells anything.
    """
    rows = _rows(found) if roles[0] is Role.THEME else []
    whole = [blocks for blocks in rows if len(blocks) == len(roles) - 1 and all(map(_opens, blocks))]
    if len(whole) * data()["sense"]["rows"] >= len(rows):
        yield from (
            (one, role) for blocks in whole for role, block in zip(roles[1:], blocks, strict=True) for one in block
        )


def _rows(found: Sequence[Piece]) -> list[list[list[Piece]]]:
    """The blocks between white of each row, below the label that opens it."""
    rows: list[list[list[Piece]]] = []
    for piece in found:
        if not piece.joined and theme_state("", piece.text) is not None:
            rows.append([])
        elif rows and (piece.blank or not rows[-1]):
            rows[-1].append([piece])
        elif rows:
            rows[-1][-1].append(piece)
    return rows


def _opens(block: Sequence[Piece]) -> bool:
    """Whether a block below white begins a cell: one that begins small goes on with another one."""
    return block[0].blank and (block[0].marked or block[0].lines[0][:1].isupper())


def _surely_goes_on(before: Piece, piece: Piece, roles: Sequence[Role], *, small: bool) -> bool:
    """Whether a line goes on with the one right above it: by a small letter, unless it may be a label's."""
    text = piece.lines[0]
    if piece.marked or piece.joined or piece.blank:
        return False
    if not text[:1].islower():
        spelt = Role.REFERENCE in roles and not before.marked and len(before.text) < _LONGEST_REFERENCE
        return (
            spelt and not is_reference(before.text) and not is_reference(text) and is_reference(f"{before.text} {text}")
        )
    if Role.THEME in roles and (theme_state("", before.text) or is_thematic(text)):
        return theme_state(before.text, text) is not None and theme_state("", before.text) is not None
    begins = small and not before.marked and not unfinished(before.lines[-1])
    return not is_reference(before.text) and not begins


# -- what stands in the columns that describe a row --------------------------------------------------------------
@lru_cache(maxsize=4096)
def is_reference(text: str) -> bool:
    """Whether a text refers to a place in another document.

    >>> is_reference("Synthèse 1, l. 362-376"), is_reference("RETEX 2"), is_reference("Deux ENT")
    (True, True, False)
    """
    return len(text) < _LONGEST_REFERENCE and bool(_REFERENCE.match(text))


@lru_cache(maxsize=8192)
def sense(text: str, roles: tuple[Role, ...], *, marked: bool) -> list[float]:
    """Cost of each column for an item, by its words alone."""
    weights = data()["sense"]
    special = weights["special"]
    theme = theme_state("", text) is not None
    number, reference = bool(experience_numbers(text)), is_reference(text)
    kinds = _kinds(text, roles)
    placed = Role.TERRITORY in roles and not marked and find_territory(text) is not None
    elsewhere = special * (theme and Role.THEME in roles) + weights["placed"] * placed
    found = []
    for role in roles:
        if role is Role.THEME:
            cost = weights["near"] * marked if theme else special
        elif role is Role.REFERENCE:
            cost = 0.0 if reference and not marked else special
        elif role is Role.TERRITORY:
            cost = _territory(text, marked=marked)
        elif role is Role.EXPERIENCE and number:
            cost = 0.0
        else:
            told = Role.EXPERIENCE in roles and number
            named = reference and Role.REFERENCE in roles and not marked
            cost = kinds.get(role, weights["plain"]) * weights["wording"]
            cost += elsewhere + special * (told or named)
        found.append(cost)
    return found


def _kinds(text: str, roles: tuple[Role, ...]) -> dict[Role, float]:
    """Cost of each kind, by the model of wording; of others, by those that are worded like them."""
    wanted = {role for role in roles if role.kind}
    like = {role for role in (Role.ACTION, Role.LEVER, Role.NEED) if Role.OBJECTIVE in wanted}
    found = costs(text, sorted(wanted | like))
    if Role.OBJECTIVE in wanted:
        found[Role.OBJECTIVE] = min(found[role] for role in like)
    if Role.QUESTION in wanted:
        found[Role.QUESTION] = 0.0 if "?" in text else data()["sense"]["plain"]
    return found


def _territory(text: str, *, marked: bool) -> float:
    special, plain = data()["sense"]["special"], data()["sense"]["plain"]
    words = text.split()
    if marked or len(words) > _LONGEST_PLACE:
        return float(special)
    if find_territory(text) is not None:
        return float(data()["sense"]["near"])
    return float(plain if text[:1].isupper() and len(words) <= _LONGEST_NAME else special)
