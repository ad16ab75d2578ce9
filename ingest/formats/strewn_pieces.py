"""The pieces of a table printed cell by cell: what its lines say by themselves of the column that they stand in."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS
from ingest.formats.strewn_data import data
from ingest.formats.strewn_words import is_bare, joined
from ingest.tables.references import experience_numbers
from ingest.tables.widths import Room, room
from ingest.words.headers import Role
from ingest.words.wording import costs
from ontology import fold
from ontology.vocabulary import find_territory, find_theme, themes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.strewn_header import Printed

_BULLET = re.compile(rf"(?:[{BULLETS}·]|(?<!\S)[-–—*](?=\s))\s*")
_DASHES = frozenset("-–—*")
_RANK = r"\s\d{1,3}(?:\s?(?:bis|ter))?"
_PLACE = rf"(?:(?:[^\W\d_][\w’'+-]*|\+)\s){{0,4}}?(?:[^\W\d_][\w’'+-]*|\+)(?:{_RANK})?,\s(?:l|p|§)\.?(?:\s?\d[\d–-]*)?"
_REFERENCE = re.compile(
    rf"^{_PLACE}(?:\s?;\s{_PLACE})*\s?;?$|^[^\W\d_][\w’'+-]*{_RANK},?$"
    rf"|^(?:l|p)\.\s?\d[\d–-]*$|^\d{{1,4}}(?:[–-]\d{{1,4}})?(?:\s?;\s{_PLACE})*\s?;?$"
)
_INSIDE = re.compile(r"(?<=[^\s(«:])\s+(?=[A-ZÀÂÇÉÈÊÎÔÛ][\w’']|RETEX)")
_LONGEST_REFERENCE, _LONGEST_LABEL = 80, 120  # characters
_LONGEST_PLACE, _LONGEST_NAME = 6, 4  # words of a cell of places; of the name of an unknown one
_LEAST_DASHES = 3
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


def pieces(lines: Sequence[Printed], roles: Sequence[Role], *, strict: bool) -> tuple[list[Piece], int]:
    """The pieces of some lines, and the number of bullets that stand apart from their words."""
    found: list[Piece] = []
    dash = _dash(lines)
    apart, blank, page = 0, False, lines[0].page if lines else 0
    for line in lines:
        blank = blank or line.blank
        if is_bare(line.text):
            apart += len(line.text.split())
            continue
        for place, (text, marked) in enumerate(_parts(line.text, dash, strict=strict)):
            turned = line.page != page
            piece = Piece([text], line.page, marked, place > 0, blank and not place, turned, line.under)
            if found and not piece.turned and _surely_goes_on(found[-1], piece, roles):
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


def _dash(lines: Sequence[Printed]) -> str:
    """The dash that opens items, so that the same one inside a line opens another cell; empty where none does."""
    marks = Counter(line.text[:1] for line in lines if line.marked and not is_bare(line.text))
    mark, count = max(marks.items(), key=itemgetter(1, 0), default=("", 0))
    return mark if mark in _DASHES and count >= _LEAST_DASHES and count * 2 > marks.total() else ""


def _parts(text: str, dash: str, *, strict: bool) -> Iterator[tuple[str, bool]]:
    cuts = [match for match in _BULLET.finditer(text) if not match.start() or _opens_inside(match, dash)]
    start, marked = 0, False
    for match in [*cuts, None]:
        said = text[start : match.start() if match else len(text)].strip()
        if said:
            inside = [said] if marked or not strict else _INSIDE.split(said)
            yield inside[0], marked
            yield from ((part, False) for part in inside[1:])
        if match:
            start, marked = match.end(), True


def _opens_inside(match: re.Match[str], dash: str) -> bool:
    """Whether a mark inside a line opens a cell: a bullet, or the dash of items before a capital."""
    if match[0][0] == dash:
        return match.string[match.end() : match.end() + 1].isupper()
    return match[0][0] not in "-–—*·"


def _surely_goes_on(before: Piece, piece: Piece, roles: Sequence[Role]) -> bool:
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
    return not is_reference(before.text)


# -- what stands in the columns that describe a row --------------------------------------------------------------
@lru_cache(maxsize=1)
def _labels() -> tuple[str, ...]:
    """The letters of every label of a theme, with and without the article that opens it."""
    said = {fold(name) for theme in themes() for name in (theme.label, *theme.alts)}
    said |= {name.split(" ", 1)[1] for name in said if name.split(" ", 1)[0] in {"un", "l", "le", "la"}}
    return tuple(sorted(name.replace(" ", "") for name in said))


@lru_cache(maxsize=16384)
def theme_state(before: str, text: str) -> bool | None:
    """Whether the words of a label, told so far and further, make it whole; None where they are no label's.

    Spaces count for nothing: narrow columns break words.

    >>> theme_state("", "Égal accès au"), theme_state("Égal accès au", "numériq"), theme_state("", "Égal réseau")
    (False, False, None)
    """
    if len(before) + len(text) > _LONGEST_LABEL:
        return None
    letters = fold(f"{before} {text}").replace(" ", "")
    if not letters:
        return None
    fits = [label for label in _labels() if label.startswith(letters)]
    if fits:
        return letters in fits
    words = fold(f"{before} {text}")
    theme = find_theme(words)
    known = theme is not None and is_thematic(text) and len(words.split()) <= len(fold(theme.label).split()) + 2
    return True if known and (not before or theme_state("", before) is False) else None


@lru_cache(maxsize=4096)
def is_thematic(text: str) -> bool:
    """Whether a text stands, letter by letter, in the label of a theme."""
    letters = fold(text).replace(" ", "")
    return bool(letters) and any(letters in label for label in _labels())


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
