"""Readings of the pieces of a table so far, and what is supposed of how it was printed."""

from __future__ import annotations

from typing import NamedTuple

from ingest.formats.strewn_data import data


class Tail(NamedTuple):
    """The end of an item: its last piece, by place, its row, and the words of a theme so far."""

    piece: int
    row: int
    label: str


class Shape(NamedTuple):
    """How the tables of a text are printed.

    Attributes:
        strict: no blank lines part the cells.
        merged: several rows share a theme that is printed once.
        opening: share of the items that open a cell.
    """

    strict: bool
    merged: bool = False
    opening: float = data()["cells"]["opening"][0]


class Node(NamedTuple):
    """A reading of the pieces so far.

    Attributes:
        column: of the last piece; ``row``: of that piece.
        tails: of each column, the last items, the latest first.
        top: last row begun.
        alone: the last piece is a cell of one line so far.
        begins: the last piece begins an item; ``closed``: the item before it in its column is whole.
        slot: which of the last items of its column the piece goes on with.
        before: the node that it comes from.
    """

    cost: float
    column: int
    row: int
    tails: tuple[tuple[Tail, ...], ...]
    top: int
    alone: bool
    begins: bool
    closed: bool
    slot: int
    before: Node | None
