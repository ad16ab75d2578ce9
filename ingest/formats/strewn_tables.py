"""Tables put together from their headers and the lines under them."""

from __future__ import annotations

import math
from itertools import product
from operator import itemgetter
from typing import TYPE_CHECKING

from ingest.formats.anew import USUAL
from ingest.formats.strewn_data import data
from ingest.formats.strewn_header import Heading
from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_nodes import Shape
from ingest.formats.strewn_parts import begun
from ingest.formats.strewn_pieces import pieces
from ingest.formats.strewn_search import Search
from ingest.formats.strewn_words import joined
from ingest.formats.writer import Paragraph, Table, plain
from ingest.words.headers import Role
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.anew import Style
    from ingest.formats.strewn_header import Printed
    from ingest.formats.strewn_pieces import Piece
    from ingest.formats.strewn_search import Item


def assemble(
    printed: Sequence[tuple[Heading, list[Printed]]],
    found: Sequence[Heading],
    known: frozenset[str],
    *,
    strict: bool,
) -> list[Table]:
    """Tables as they were before they were printed.

    Args:
        printed: the header of each and the lines under it.
        found: every header of the report, in full or not.
        known: words that stand whole somewhere.
        strict: no blank lines part the cells.
    """
    late = [_late(heading, body, found) for heading, body in printed]
    style = USUAL.seen(begun([lines for _, lines in late]) if strict else [], [])
    small = style.small >= data()["begin"]["small"]
    parted = [(whole, *pieces(lines, whole.roles, strict=strict, small=small)) for whole, lines in late]
    several = any(_may_share(whole, parts) for whole, parts, _ in parted)
    begins = [part for _, parts, _ in parted for part in parts if part.marked or part.lines[0][:1].isupper()]
    listed = sum(part.marked for part in begins) >= data()["cells"]["listed"] * len(begins)
    openings = data()["cells"]["opening"][: None if strict and listed else 1]
    shapes = [Shape(strict, *rest) for rest in product((False, True)[: 1 + several], openings)]
    _, best = min((_solved(parted, style, shape) for shape in shapes), key=itemgetter(0))
    return [_table(whole, items, known, wides) for (whole, _, _), (items, wides) in zip(parted, best, strict=True)]


def _solved(
    parted: Sequence[tuple[Heading, list[Piece], int]], style: Style, shape: Shape
) -> tuple[float, list[tuple[list[Item], list[float]]]]:
    """What all tables cost at best, and for each its items and the widths of its columns.

    Args:
        parted: the header of each table, its pieces, the number of bullets apart.
        style: of the items.
        shape: of the tables.
    """
    cost, tables = data()["merged"]["cost"] * shape.merged, []
    for whole, parts, apart in parted:
        own = shape._replace(merged=shape.merged and _may_share(whole, parts))
        search = Search(parts, whole.roles, style, own, apart=apart)
        items = search.solve()
        cost += search.cost
        tables.append((items, [search.costs.wide(column) or math.inf for column in range(len(whole.roles))]))
    return cost, tables


def _may_share(heading: Heading, parts: Sequence[Piece]) -> bool:
    """Whether rows may share a theme: none is printed twice, and more is below them than one row of each."""
    labels = [fold(piece.text) for piece in parts if heading.roles[0] is Role.THEME and theme_state("", piece.text)]
    return 0 < len(labels) == len(set(labels)) and len(parts) >= data()["merged"]["least"] * len(heading.roles)


def _late(heading: Heading, body: list[Printed], found: Sequence[Heading]) -> tuple[Heading, list[Printed]]:
    """A header with the names that were printed further down, as other headers of the report have them."""
    fuller = {other.roles: other for other in found[::-1] if set(other.roles) > set(heading.roles)}
    for other in sorted(fuller.values(), key=lambda one: len(one.roles)):
        missing = [fold(name) for role, name in other.columns if role not in heading.roles]
        rest, names = _without(body, missing)
        if not names:
            return Heading(heading.lines, other.columns), rest
    named = [column for other in found for column in other.columns if column[0] is Role.REFERENCE]
    if named and Role.REFERENCE not in heading.roles:
        rest, names = _without(body, [fold(named[0][1])])
        if not names:
            return Heading(heading.lines, [*heading.columns, named[0]]), rest
    again = [fold(name) for role, name in heading.columns if role is Role.REFERENCE]
    return heading, _without(body, again)[0]


def _without(body: list[Printed], names: list[str]) -> tuple[list[Printed], list[str]]:
    """The lines of a table but for those that spell names, over up to three lines each; and the names not found."""
    left, rest, place = list(names), [], 0
    while place < len(body):
        spelt = next(
            (n for n in (1, 2, 3) if fold(" ".join(line.text for line in body[place : place + n])) in names), 0
        )
        if spelt:
            name = fold(" ".join(line.text for line in body[place : place + spelt]))
            left = [other for other in left if other != name]
        else:
            rest.append(body[place])
        place += max(1, spelt)
    return rest, left


def _table(heading: Heading, items: Sequence[Item], known: frozenset[str], wides: Sequence[float]) -> Table:
    rows: dict[int, list[list[Item]]] = {}
    for item in items:
        rows.setdefault(item.row, [[] for _ in heading.roles])[item.column].append(item)
    table = Table([[[Paragraph(plain(name))] for _, name in heading.columns]], headed=True)
    for row in sorted(rows):
        table.rows.append(
            [
                [_paragraph(item, joined(item.lines, known, wide), several=len(cell) > 1) for item in cell]
                for cell, wide in zip(rows[row], wides, strict=True)
            ]
        )
    return table


def _paragraph(item: Item, words: str, *, several: bool) -> Paragraph:
    first = item.pieces[0]
    return Paragraph(plain(words), marked=first.marked or several, page=first.page, doubtful=item.doubtful)
