"""Lines that hold several things of one row: who, when and how beside what, field after field or behind arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.prose.field_labels import said_of
from ingest.prose.tails import tail_of
from ingest.words.headers import Role, table_of
from ontology import Kind, Reason, Span, Table

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ontology import Row

_DONE = {Kind.ACTION, Kind.LEVER}  # of which is said who, when and how


def store_record(draft: Draft, span: Span, fields: list[tuple[Role, str, int, int]], place: Place) -> None:
    """A line that is a whole record: its fields, as `record_of` tells them in its own text, share a row."""
    kinds = frozenset(role for role, *_ in fields)
    _store_fields(draft, draft.row(place, draft.table(), table_of(kinds), 1), span, fields)


def store_chain(draft: Draft, links: list[tuple[Role, Span]], place: Place) -> None:
    """A line in which arrows lead from one thing to the next: they share a row."""
    row = draft.row(place, draft.table(), table_of(frozenset(role for role, _ in links)), 1)
    for role, span in links:
        if role.kind:
            draft.mention(row, role.kind, span, place.section)


def store_planned(draft: Draft, kind: Kind | None, title: str, span: Span, place: Place) -> bool:
    """Take an action or a lever whose own line tells who, when and how: a row of its own."""
    text = span.of(draft.document.text)
    if kind not in _DONE or kind is None:
        return False
    if told := said_of(text):
        row = draft.row(place, draft.table(), Table.PLAN, 1)
        draft.mention(row, kind, Span(span.start, span.start + told[0][2]), title)
        _store_fields(draft, row, span, told)
        return True
    if (tail := tail_of(text)) is None:
        return False
    end, parts = tail
    row = draft.row(place, draft.table(), Table.PLAN, 1)
    draft.mention(row, kind, Span(span.start, span.start + end), title)
    for role, one, other in parts:
        if role.kind:
            draft.mention(row, role.kind, Span(span.start + one, span.start + other), title)
    return True


def _store_fields(draft: Draft, row: Row, span: Span, fields: list[tuple[Role, str, int, int]]) -> None:
    """Store what the fields of a passage hold, which goes on to its end."""
    ends = [start for _, _, start, _ in fields[1:]] + [span.end - span.start]
    for (role, label, start, begin), end in zip(fields, ends, strict=True):
        draft.aside(Span(span.start + start, span.start + begin), Reason.HEADING)
        if role.kind:
            draft.mention(row, role.kind, Span(span.start + begin, span.start + end), label)
