"""Cells that say themselves what they hold: the quarters of a grid, or "Frein : … / Appui : …" in one cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ingest.cleaning import clean
from ingest.prose.entries import TOGETHER
from ingest.prose.field_labels import label_alone, label_of
from ingest.tables.parting import parted
from ingest.words.headers import Role
from ontology import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.tables.cells import Item

_LEAST_ROLES = 2  # that the cells of a grid without a header name


@dataclass(frozen=True, slots=True)
class Told:
    """One item of such a cell: what it is by the label above or before it, None where none stands there."""

    span: Span
    role: Role | None
    label: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """A cell read by its own labels; ``heads``: the first one stands above what it announces."""

    labels: tuple[Span, ...]
    told: tuple[Told, ...]
    heads: bool

    @property
    def roles(self) -> set[Role]:
        """What it holds."""
        return {one.role for one in self.told if one.role}


def labelled(text: str, found: Iterable[Item]) -> Labelled | None:
    """A cell, given by its items, as its labels tell; None for one that has none, or nothing under them."""
    role: Role | None = None
    label, heads = "", False
    labels: list[Span] = []
    told: list[Told] = []
    for item in found:
        words = clean(item.span.of(text))
        alone = None if item.marked else label_alone(words)
        if alone:
            heads = heads or not (labels or told)
            role, label = alone, words
            labels.append(item.span)
            continue
        opened = label_of(words)
        inline = label_alone(opened[0]) if opened else None
        if opened and inline:
            sign = "?" if opened[0].endswith("?") else ":"
            start = item.span.start + item.span.of(text).index(sign) + 1
            labels.append(Span(item.span.start, start))
            pieces = parted(text, Span(start, item.span.end), pairs=inline is not Role.ACTOR)
            told += [Told(span, inline, opened[0]) for span in pieces]
        else:
            told.append(Told(item.span, role, label))
    made = Labelled(tuple(labels), tuple(told), heads)
    return made if made.roles else None


def tells(cells: Iterable[Labelled | None]) -> bool:
    """Whether the cells of a grid without a header name enough by themselves to be read."""
    roles = {role for cell in cells if cell for role in cell.roles}
    return len(roles) >= _LEAST_ROLES and any(role.kind in TOGETHER for role in roles)
