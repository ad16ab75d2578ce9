"""What it costs to put a piece of a table in a column: by its words and width, and by what stands before it there."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.formats.anew import USUAL, Style, anew
from ingest.formats.strewn_data import data
from ingest.formats.strewn_labels import theme_state
from ingest.formats.strewn_words import bare_word, clashes, ended, unfinished, width
from ingest.tables.references import experience_numbers
from ingest.tables.widths import Room, width_of
from ingest.words.headers import Role
from ingest.words.wording import opens
from ontology import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ingest.formats.strewn_nodes import Node, Shape
    from ingest.formats.strewn_pieces import Piece

WORST = 12.0  # what costs more is never done


class Costs:
    """The costs of one table."""

    def __init__(
        self, pieces: Sequence[Piece], roles: Sequence[Role], style: Style, shape: Shape, *, apart: int
    ) -> None:
        self.pieces, self.roles, self.apart, self.strict = pieces, list(roles), apart, shape.strict
        self.widths: list[float | None] = [None] * len(roles)
        self._least = [0.0] * len(roles)  # ems that each column has at least
        self.theme = self.roles.index(Role.THEME) if Role.THEME in self.roles else -1
        usual = data()["cells"]["opening"][0]
        # Cost of another item in a cell, gain of one that opens another cell, beside what is usual.
        self._again = math.log((1 - usual) / (1 - shape.opening))
        self._opened = math.log(shape.opening / usual)
        self._kinds = [role.kind is not None for role in self.roles]
        self._later = 1.0 if self.strict else float(data()["begin"]["later"])
        bare = not apart and not any(piece.marked for piece in pieces)
        parted = [(one.lines[-1], two.lines[0]) for one, two in pairwise(pieces) if two.blank]
        begun = [piece.lines[0] for piece in pieces if piece.marked]
        small = style.seen(begun or [line for _, line in parted], []).small
        style = style.seen([line for _, line in parted], [line for line, _ in parted])
        self._anew = [0.0, *(_anew(one, two, style) * bare for one, two in pairwise(pieces))]
        self._small = 1 - small if small > USUAL.small else 1.0
        self._going: dict[tuple[int, int, int], float] = {}
        opened = [piece for piece in pieces if min(piece.sense) and (piece.marked or piece.lines[0][:1].isupper())]
        marked = sum(piece.marked for piece in opened)
        self._listed = not apart and marked >= data()["begin"]["listed"] * len(opened)  # a bullet opens every item
        # Or every item but one that is alone in its cell.
        self._mixed = self.strict and not apart and marked >= data()["begin"]["some"] * len(opened)
        # Cells without bullets before their words are printed whole, so that a row is left when all of it was printed.
        self.whole = self.strict or bool(apart) or not any(piece.marked for piece in pieces)
        self._left = 1.0 if self.strict else data()["empty"]["whole"] * self.whole
        labels = [theme_state("", piece.text) if self.theme >= 0 else None for piece in pieces]
        self._themed = any(label is not None for label in labels)
        self._labels = frozenset(place for place, label in enumerate(labels) if label)
        # The columns that a row begins in: below a theme that several rows share, that of the first statement too.
        self._openers = {self.theme if self._themed else 0} | ({self._kinds.index(True)} if shape.merged else set())
        beside = sum(piece.joined and (piece.marked or n - 1 in self._labels) for n, piece in enumerate(pieces))
        self._beside = self.strict and beside >= data()["move"]["sides"]

    def measure(self, rooms: Sequence[Sequence[Room]]) -> bool:
        """Take the widths of the columns from the lines of their items; tells whether any changed."""
        before = self.widths, self._least
        self.widths = list(map(_width, rooms))
        self._least = list(map(_least, rooms))
        self._going.clear()
        return (self.widths, self._least) != before

    def wide(self, column: int) -> float:
        """The width of a column, in ems: at least."""
        return self.widths[column] or self._least[column]

    def move(self, node: Node, column: int, piece: Piece) -> tuple[float, float, float]:
        """Cost of another column than that of the piece before: where an item goes on, where one begins.

        The third one is added where that item stands in the same row, further left.
        """
        weights, last = data()["move"], node.column
        if last < 0:
            return 0.0, weights["skip"] * column, 0.0
        if column == last:
            stay = weights["stay"] * piece.blank
            return stay, stay + self._again + weights["stacked"] * (piece.joined and piece.marked), 0.0
        name = "strict_" if self.strict else ""
        line = weights[name + "line"] - self._opened
        cost = weights["blank"] if piece.blank and not self.strict else line * (not piece.joined)
        if not piece.blank and not self._kinds[last]:
            cost = min(cost, weights["beside"])
        if column > last:
            cost += weights[name + "skip"] * (column - last - 1) + self._side(node, piece)
            return cost + self._far(node, column, piece), cost, 0.0
        if piece.joined:
            return WORST, WORST, 0.0
        back = weights[name + "back"] * (not piece.turned)
        return cost + back + self._far(node, column, piece), cost, back

    def _side(self, node: Node, piece: Piece) -> float:
        """Cost of a cell that begins on the line of the cell before, or below it.

        Cells of a row begin at one height: where lines at one height are printed as one, a cell of one line, and no
        other one, has the next cell beside it.
        """
        if not self._beside or piece.turned or node.alone == piece.joined:
            return 0.0
        return float(data()["move"]["below" if node.alone else "late"])

    def stay(self, going: float, column: int) -> float:
        """The same, where the next words of a label tell that it goes on."""
        return min(going, 0.0) if column == self.theme else going

    def _far(self, node: Node, column: int, piece: Piece) -> float:
        """Cost of going on with an item past other columns: little where a page ended inside its row."""
        items = node.tails[column]
        turned = bool(items) and items[0].row == node.row and self.pieces[items[0].piece].page != piece.page
        if self.strict:
            return float(data()["move"]["turned" if turned or piece.turned else "strict_far"])
        return float(data()["go_on"]["far"])

    def go_on(self, node: Node, slot: int, place: int, column: int) -> float:
        """Cost of going on with one of the last items of a column."""
        piece = self.pieces[place]
        if column == self.theme:
            said = None if piece.joined else theme_state(node.tails[column][slot].label.strip(), piece.text)
            return WORST if said is None else float(data()["move"]["label"] + data()["move"]["label_older"] * slot)
        tail = node.tails[column][slot].piece
        key = (tail, place, column)
        if key not in self._going:
            labelled = data()["go_on"]["labelled"] * (place in self._labels)
            words = self._anew[place] * (tail == place - 1 and self._kinds[column])
            self._going[key] = self._going_on(self.pieces[tail], piece, column) + labelled + words
        return self._going[key] + slot * float(data()["go_on"]["older"])

    def _going_on(self, before: Piece, piece: Piece, column: int) -> float:
        weights, sense = data()["go_on"], data()["sense"]
        one, other = before.lines[-1], piece.lines[0]
        role = self.roles[column]
        cost = 0.0
        if role is Role.REFERENCE:
            return 0.0 if piece.sense[column] == 0.0 and one.rstrip()[-1:] in ".,;-" else WORST
        if piece.joined:
            word = bare_word(other.split(maxsplit=1)[0])
            told = weights["opening"] * (other[1:2].islower() and opens(fold(word)))
            return float(weights["same_line"] + told + sense["going_on"] * piece.sense[column])
        calls = unfinished(one)
        cost += weights["number"] * (role is Role.EXPERIENCE and bool(experience_numbers(before.text)))
        cost += weights["calls"] * calls + weights["clash"] * clashes(one, other)
        if other[:1].isdigit():
            cost += weights["digit"]
        elif other[:1].isupper():
            called = calls and not piece.blank and not one.endswith(",")
            cost += weights["capital"] * (weights["called"] if called else 1.0)
        cost += weights["ended"] * ended(one) + weights["finished"] * (not calls)
        cost += weights["bracket"] * (calls and other[:1] == "(" and not one.endswith(","))
        cost += sense["going_on"] * min(piece.sense[column], sense["most"])
        wide = self.wide(column)
        if width(one + " " + other.split(" ", 1)[0]) < wide * (1 - sense["tolerance"]):
            cost += weights["early"]
        return float(cost + self._too_wide(piece, column))

    def _too_wide(self, piece: Piece, column: int) -> float:
        wide, sense = self.widths[column], data()["sense"]
        if wide is None or not self._kinds[column]:
            return 0.0
        misfit = piece.room.misfit(wide, sense["tolerance"])
        return float({-1: sense["wide"], 1: sense["early"], 0: 0.0}[misfit])

    def begin(self, node: Node, place: int, column: int) -> float:
        """Cost of an item that begins in a column, whatever its row."""
        weights, role = data()["begin"], self.roles[column]
        piece, items = self.pieces[place], node.tails[column]
        tail = self.pieces[items[0].piece] if items else None
        cost = piece.sense[column] + self._too_wide(piece, column)
        if piece.marked:
            cost += weights["marked"]
        elif self._kinds[column]:
            first = piece.lines[0][:1]
            cost += (
                weights["lower_case"]
                * self._small
                * (not first.isupper() and not first.isdigit() and first not in '«“"')
            )
            cost += weights["same_line"] * piece.joined + weights["bare"] * self._listed
            if tail is not None:
                cost += weights[self._full(tail, piece, column)]
        if tail is not None and role is Role.THEME:
            cost += weights["unfinished"] * (theme_state("", items[0].label.strip()) is not True) * self._later
        elif tail is not None:
            cost += weights["unfinished"] * unfinished(tail.lines[-1]) * self._later
        return cost

    def left_empty(self, node: Node) -> float:
        """Cost of the columns that have nothing in the last row."""
        weights = data()["empty"]
        return float(
            sum(
                weights["statement" if self._kinds[column] else "other"]
                for column, items in enumerate(node.tails)
                if not items or items[0].row < node.top
            )
        )

    def _full(self, before: Piece, piece: Piece, column: int) -> str:
        """Whether the first word of a piece had room left on the line before, in its column."""
        wide, least = self.widths[column], self._least[column]
        needed = width(before.lines[-1] + " " + piece.lines[0].split(" ", 1)[0])
        if wide is None:
            return "short" if needed < least else "unknown"
        return "full" if needed > wide else "short"

    def rows(self, node: Node, column: int, piece: Piece) -> list[tuple[int, float]]:
        """The rows that an item may begin in, each with its cost."""
        weights, role = data()["begin"], self.roles[column]
        here, top = (node.tails[column][0].row if node.tails[column] else -1), node.top
        opens = column in self._openers
        if role is Role.THEME and self._themed:
            return [(top + 1, weights["row"] + self.left_empty(node) * self.strict)]
        found = []
        skipped = weights["row_skipped"] * min(top - here - 1, weights["skipped_most"])
        if here >= 0:
            alone = weights["describing"] * (not self._kinds[column])
            alone += weights[self._beside_in_cell(self.pieces[node.tails[column][0].piece], marked=piece.marked)]
            # A line left empty is a cell without words: that of a theme, at the head of another row.
            alone += weights["row_parted"] * (self.strict and piece.blank and not piece.turned)
            found.append((here, weights["row_behind"] * (here < top) + alone))
        if opens or not self._themed:
            inside = 0.0 if opens or here < top else weights["row_inside"]
            left = self.left_empty(node) * self._left if here == top else 0.0
            # A row is begun once: its next cells stand in it without more ado.
            found.append((here + 1, weights["row"] * (here == top) + inside + left))
        elif here < top:
            found.append((here + 1, weights["row"] + skipped))
        else:
            found.append((here + 1, weights["row"] + weights["row_inside"]))
        if here + 1 < top:
            found.append((top, weights["row"] + skipped * weights["skipped_to_top"]))
        return found

    def _beside_in_cell(self, before: Piece, *, marked: bool) -> str:
        """What stands against an item in one cell with the item before it, by their bullets."""
        if marked:
            return "after_bare" if self._mixed and not before.marked and not before.text.endswith(":") else "alike"
        if self.apart:
            return "orphan"
        return "unmarked" if before.marked else "mixed" if self._mixed else "again"


def _anew(before: Piece, piece: Piece, style: Style) -> float:
    """What it costs, by the words on both sides, that a piece goes on with the one right above it."""
    if piece.marked or piece.joined:
        return 0.0
    weight = data()["go_on"]["anew_small" if style.small >= data()["begin"]["small"] else "anew"]
    return float(weight) * anew(piece.lines[0], before.lines[-1], frozenset(), style)


def _width(rooms: Sequence[Room]) -> float | None:
    """The width of a column, where enough broken lines tell it."""
    broken = sum(one.below != math.inf for one in rooms)
    return width_of(rooms) if broken >= data()["search"]["least"] else None


def _least(rooms: Sequence[Room]) -> float:
    """What a column has at least: the width of its second widest line."""
    return sorted((room.least for room in rooms), reverse=True)[1] if len(rooms) > 1 else 0.0
