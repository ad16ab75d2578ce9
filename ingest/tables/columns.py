"""Columns found again: the bullets of a table printed cell by cell are parted into its columns.

Cells come in column order, so a table is a sequence of columns that never goes back within a row; the cheapest such
sequence is found by dynamic programming over the wording of each bullet, what stands between two bullets, and the
widths of printed lines. Widths are estimated from the document itself, from the columns found so far.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ingest.tables.widths import Room, width_of
from ingest.words.headers import Role
from ingest.words.wording import costs
from ontology import Span, Table, search_key

if TYPE_CHECKING:
    from collections.abc import Sequence

_FAR = 1e6


@dataclass(frozen=True, slots=True)
class Bullet:
    """One item of a table that lost its columns, and what stands before it.

    Attributes:
        theme: the text is the label of a theme.
        number: it only refers to numbered experiences.
        empty: a bare bullet.
        same_line: another bullet stands before it on its line.
        blank: lines of spaces only between it and the item before; ``trailing``: that item's line ends with spaces.
    """

    span: Span
    text: str
    room: Room
    theme: bool = False
    number: bool = False
    empty: bool = False
    same_line: bool = False
    blank: int = 0
    trailing: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A bullet in its column; ``row`` counts from 0; ``margin`` is what the next best column would cost more."""

    bullet: Bullet
    row: int
    column: int
    margin: float

    @property
    def doubtful(self) -> bool:
        """Whether another reading is nearly as good."""
        return self.margin < float(_data()["doubt"]["margin"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("ingest.tables").joinpath("columns.toml").read_text(encoding="utf-8"))


def content_words(text: str) -> frozenset[str]:
    """The words of a passage that carry sense, folded and in the singular."""
    return frozenset(word for word in search_key(text).split() if len(word) > 3)


def _axis(bullet: Bullet, levers: list[frozenset[str]]) -> float:
    """What it costs to call a bullet the axis of a plan, knowing the levers of its theme."""
    weights, words = _data()["axis"], content_words(bullet.text)
    shared = max((len(words & lever) / max(1, min(len(words), len(lever))) for lever in levers), default=0.0)
    return float(weights["repeats"] if words and shared >= weights["shared"] else weights["other"])


class Sheet:
    """The tables of one document that have the same columns: their widths are estimated together."""

    def __init__(self, roles: Sequence[Role], table: Table) -> None:
        self.roles = list(roles)
        self.table = table
        self.bullets: list[list[Bullet]] = []  # by table
        self.levers: list[list[frozenset[str]]] = []  # by table: the words of each lever that its theme already has
        self._wording: dict[Bullet, list[float]] = {}
        self._widths: list[float | None] = [None] * len(self.roles)
        self._skips = self._of_column("skip", _data()["transition"]["skip"])
        self._stays = self._of_column("stay", _data()["stay"]["default"])
        self._known_moves: dict[tuple[bool, bool, bool], list[list[float]]] = {}

    def solve(self) -> list[list[Placed]]:
        """The columns of each table's bullets."""
        for bullets, levers in zip(self.bullets, self.levers, strict=True):
            for bullet in bullets:
                self._wording[bullet] = self._emission(bullet)
                if self.table is Table.PLAN and levers and Role.LEVER in self.roles:
                    self._wording[bullet][self.roles.index(Role.LEVER)] += _axis(bullet, levers)
        placed = [self._place(bullets) for bullets in self.bullets]
        for _ in range(_data()["width"]["turns"]):
            self._measure(placed)
            placed = [self._place(bullets) for bullets in self.bullets]
        return placed

    def _measure(self, placed: list[list[Placed]]) -> None:
        least = _data()["width"]["least"]
        for column in range(len(self.roles)):
            rooms = [
                one.bullet.room for table in placed for one in table if one.column == column and one.bullet.room.least
            ]
            broken = [room for room in rooms if room.below != math.inf]
            self._widths[column] = width_of(rooms) if len(broken) >= least else None

    def _emission(self, bullet: Bullet) -> list[float]:
        weights = _data()["transition"]
        if bullet.empty:
            return [0.0] * len(self.roles)
        kinds = costs(bullet.text, [role for role in self.roles if role.kind])
        found = []
        for role in self.roles:
            if role is Role.THEME:
                found.append(0.0 if bullet.theme else weights["no_theme"])
            elif bullet.theme:
                found.append(weights["theme_elsewhere"])
            elif bullet.number:
                found.append(0.0 if role is Role.EXPERIENCE else weights["theme_elsewhere"])
            else:
                found.append(kinds.get(role, weights["theme_elsewhere"]))
        return found

    def _cost(self, bullet: Bullet, column: int) -> float:
        width, found = self._widths[column], self._wording[bullet][column]
        if width is not None and bullet.room.least:
            data = _data()["width"]
            misfit = bullet.room.misfit(width, data["tolerance"])
            found += {-1: data["too_wide"], 1: data["too_early"], 0: 0.0}[misfit]
        return found

    def _advance(self, column: int, bullet: Bullet) -> tuple[float, float]:
        """Costs of staying in a column and of leaving it, before a bullet."""
        data = _data()
        weights, stay = data["transition"], data["stay"]
        logit = weights["advance"] + math.log(stay["default"] / self._stays[column]) * 2
        logit += weights["same_line"] * bullet.same_line + weights["blank_paragraph"] * min(bullet.blank, 1)
        logit += weights["trailing"] * bullet.trailing
        logit += weights["continued"] * (not bullet.same_line and not bullet.blank and not bullet.trailing)
        return math.log1p(math.exp(logit)), math.log1p(math.exp(-logit))

    def _skipped(self, start: int, end: int) -> float:
        """Cost of leaving the columns from ``start`` to before ``end`` empty."""
        return sum(self._skips[start:end])

    def _of_column(self, name: str, default: float) -> list[float]:
        said, table = _data()[name], self.table.value
        return [float(said.get(f"{table}_{role.value}", said.get(role.value, default))) for role in self.roles]

    def _moves(self, bullet: Bullet) -> list[list[float]]:
        """Cost of going from each column to each column at a bullet; going back to the first one opens a row."""
        evidence = (bullet.same_line, bullet.blank > 0, bullet.trailing)
        if evidence not in self._known_moves:
            self._known_moves[evidence] = self._all_moves(bullet)
        return self._known_moves[evidence]

    def _all_moves(self, bullet: Bullet) -> list[list[float]]:
        weights, count = _data()["transition"], len(self.roles)
        found = []
        for column in range(count):
            stay, leave = self._advance(column, bullet)
            row = [_FAR] * count
            row[column] = stay if column or self.roles[0] is not Role.THEME else _FAR
            for other in range(column + 1, count):
                row[other] = leave + self._skipped(column + 1, other)
            again = leave + weights["new_row"] + self._skipped(column + 1, count)
            row[0] = min(row[0], again) if column else (again if self.roles[0] is Role.THEME else row[0])
            found.append(row)
        return found

    def _place(self, bullets: list[Bullet]) -> list[Placed]:
        if not bullets:
            return []
        count = range(len(self.roles))
        moves = [self._moves(bullet) for bullet in bullets]
        emitted = [[self._cost(bullet, column) for column in count] for bullet in bullets]
        ahead = [[emitted[0][column] + self._skipped(0, column) for column in count]]
        came: list[list[int]] = [[0] * len(self.roles)]
        for place in range(1, len(bullets)):
            row, origin = [], []
            for column in count:
                cost, before = min((ahead[-1][c] + moves[place][c][column], c) for c in count)
                row.append(cost + emitted[place][column])
                origin.append(before)
            ahead.append(row)
            came.append(origin)
        behind = [[0.0 for _ in count]]
        for place in range(len(bullets) - 1, 0, -1):
            after = behind[0]
            behind.insert(0, [min(moves[place][c][d] + emitted[place][d] + after[d] for d in count) for c in count])
        column = min(count, key=lambda c: ahead[-1][c])
        path = [column]
        for place in range(len(bullets) - 1, 0, -1):
            column = came[place][column]
            path.insert(0, column)
        return self._rows(bullets, path, ahead, behind)

    def _rows(
        self, bullets: list[Bullet], path: list[int], ahead: list[list[float]], behind: list[list[float]]
    ) -> list[Placed]:
        best, row, placed = min(ahead[-1]), 0, []
        for place, (bullet, column) in enumerate(zip(bullets, path, strict=True)):
            if place and (column < path[place - 1] or (column == 0 and self.roles[0] is Role.THEME)):
                row += 1
            others = [ahead[place][c] + behind[place][c] for c in range(len(self.roles)) if c != column]
            placed.append(Placed(bullet, row, column, min(others, default=_FAR) - best))
        return placed
