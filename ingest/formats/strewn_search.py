"""Which column each piece of a table belongs to: the cheapest way to fill its columns, each from top to bottom.

Every column is a stream of items. A piece goes on with one of the last items of a stream, or begins another one, in the
same row or in a later one. Many readings are followed at once, the cheapest first (a beam search).
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from ingest.formats.strewn_costs import WORST, Costs
from ingest.formats.strewn_data import data
from ingest.formats.strewn_nodes import Node, Tail
from ingest.tables.widths import room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ingest.formats.anew import Style
    from ingest.formats.strewn_nodes import Shape
    from ingest.formats.strewn_pieces import Piece
    from ingest.tables.widths import Room
    from ingest.words.headers import Role

_cost = attrgetter("cost")


@dataclass(slots=True)
class Item:
    """Pieces of one item, in its place."""

    pieces: list[Piece]
    column: int
    row: int
    doubtful: bool = False

    @property
    def lines(self) -> list[str]:
        """Its lines, as printed."""
        return [line for piece in self.pieces for line in piece.lines]


class Search:
    """The pieces of one table, and the cheapest ways to put them in its columns."""

    def __init__(
        self, pieces: Sequence[Piece], roles: Sequence[Role], style: Style, shape: Shape, *, apart: int
    ) -> None:
        self.pieces, self.columns, self.cost = pieces, len(roles), 0.0
        self.costs = Costs(pieces, roles, style, shape, apart=apart)
        self._worst = "strict_worst" if shape.strict else "whole_worst" if self.costs.whole else "worst"
        self._kept = 1 if shape.strict else int(data()["search"]["open"])  # items of a column that may go on

    def solve(self) -> list[Item]:
        """The items, as they begin; what another reading, nearly as good, puts in another column is doubtful."""
        items = self._best()
        for _ in range(data()["search"]["turns"]):
            rooms: list[list[Room]] = [[] for _ in range(self.columns)]
            for item in items:
                rooms[item.column].append(room(item.lines))
            if not self.costs.measure(rooms):
                break
            items = self._best()
        return items

    # -- the search --------------------------------------------------------------------------------------------------
    def _best(self) -> list[Item]:
        if not self.pieces:
            return []
        size, reach = int(data()["search"]["beam"]), float(data()["search"]["reach"])
        beam = [Node(0.0, -1, -1, ((),) * self.columns, -1, False, False, False, 0, None)]
        for place in range(len(self.pieces)):
            found: dict[tuple[object, ...], Node] = {}
            columns, bound = self._columns(place), math.inf
            for node in beam:
                if node.cost > bound:
                    break
                for other in self._next(node, place, columns, bound):
                    key = other[1:6]
                    known = found.get(key)
                    if known is None or other.cost < known.cost:
                        found[key] = other
                        bound = min(bound, other.cost + reach)
            beam = heapq.nsmallest(size, found.values(), key=_cost)
        beam = sorted((node._replace(cost=node.cost + self.costs.left_empty(node)) for node in beam), key=_cost)
        self.cost = beam[0].cost
        return self._items(beam)

    def _columns(self, place: int) -> list[int]:
        sense = self.pieces[place].sense
        worst = min(sense) + data()["search"]["prune"]
        return [column for column, cost in enumerate(sense) if cost < worst]

    def _next(self, node: Node, place: int, columns: list[int], bound: float) -> Iterator[Node]:
        """The ways to go on from a node with one more piece, but for those that cost more than a bound."""
        piece, left = self.pieces[place], bound - node.cost
        for column in range(self.columns):
            going, beginning, back = self.costs.move(node, column, piece)
            items = node.tails[column]
            if items and not piece.marked:
                for slot in range(1 if piece.joined else len(items)):
                    cost = self.costs.stay(going, column) + self.costs.go_on(node, slot, place, column)
                    if cost < left and cost < WORST:
                        yield self._gone_on(node, place, column, slot, cost)
            if column in columns and beginning < left:
                cost = beginning + self.costs.begin(node, place, column)
                if cost < left:
                    for row, more in self.costs.rows(node, column, piece):
                        total = cost + more + back * (row <= node.row)
                        if total < left:
                            yield self._begun(node, place, column, row, total)

    def _gone_on(self, node: Node, place: int, column: int, slot: int, cost: float) -> Node:
        items = node.tails[column]
        said = self.pieces[place].text if column == self.costs.theme else ""
        tail = Tail(place, items[slot].row, f"{items[slot].label} {said}" if said else "")
        tails = (*node.tails[:column], (tail, *items[:slot], *items[slot + 1 :]), *node.tails[column + 1 :])
        alone = node.alone and self.pieces[place].joined
        return Node(node.cost + cost, column, tail.row, tails, node.top, alone, False, False, slot, node)

    def _begun(self, node: Node, place: int, column: int, row: int, cost: float) -> Node:
        piece, before = self.pieces[place], node.tails[column]
        # An item right above another one in one block of lines is whole.
        closed = node.column == column and not piece.blank and not piece.turned
        label = piece.text if column == self.costs.theme else ""
        front = (Tail(place, row, label), *(before[1:] if closed else before))[: self._kept]
        tails = (*node.tails[:column], front, *node.tails[column + 1 :])
        opens = not before or before[0].row != row
        alone = len(piece.lines) == 1 and opens
        return Node(node.cost + cost, column, row, tails, max(node.top, row), alone, True, closed, 0, node)

    def _items(self, beam: list[Node]) -> list[Item]:
        items: list[Item] = []
        last: dict[int, list[Item]] = {}
        doubtful = self._doubtful(beam)
        for place, (piece, step) in enumerate(zip(self.pieces, _path(beam[0]), strict=True)):
            open_items = last.setdefault(step.column, [])
            if step.begins:
                if step.closed:
                    open_items.pop(0)
                open_items.insert(0, Item([piece], step.column, step.row))
                items.append(open_items[0])
            else:
                open_items.insert(0, open_items.pop(step.slot))
                open_items[0].pieces.append(piece)
            open_items[0].doubtful |= place in doubtful
            del open_items[self._kept :]
        return items

    def _doubtful(self, beam: list[Node]) -> set[int]:
        """Pieces that a reading nearly as good puts in another column; all, where the best reading is a poor one."""
        weights, count = data()["search"], len(self.pieces)
        if count >= weights["judged"] and beam[0].cost > weights[self._worst] * count:
            return set(range(count))
        best = _path(beam[0])
        near = [_path(node) for node in beam[1:] if node.cost - beam[0].cost < weights["doubt"]]
        return {
            place
            for other in near
            for place, (one, two) in enumerate(zip(best, other, strict=True))
            if one.column != two.column
        }


def _path(node: Node) -> list[Node]:
    """The nodes that lead to a node, the first one first."""
    path = [node]
    while path[-1].before is not None and path[-1].before.column >= 0:
        path.append(path[-1].before)
    return path[::-1]
