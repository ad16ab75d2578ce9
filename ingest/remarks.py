"""What is said in prose: kept until the report is read, and stored where no list or table of the same part says it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.lists import TOGETHER
from ingest.told import told
from ontology import Span, Table

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.lines import Line
    from ontology import Kind, Row


@dataclass(slots=True)
class Part:
    """A part of the report, from its title on: where it begins, and its paragraphs."""

    start: int
    paragraphs: list[tuple[Span, Place]] = field(default_factory=list)


class Remarks:
    """Gathers the prose of one document, part by part."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._parts = [Part(0)]
        self._open = False  # the last paragraph may go on

    def part(self, start: int) -> None:
        """Another part of the report begins."""
        if self._parts[-1].start < start:
            self._parts.append(Part(start))
        self._open = False

    def close(self) -> None:
        """Something else stands here: the paragraph is over."""
        self._open = False

    def add(self, line: Line, place: Place) -> None:
        """One more line of prose."""
        paragraphs = self._parts[-1].paragraphs
        if self._open and not line.marked and paragraphs and paragraphs[-1][0].end + 1 == line.span.start:
            paragraphs[-1] = Span(paragraphs[-1][0].start, line.span.end), paragraphs[-1][1]
        else:
            paragraphs.append((line.span, replace(place)))
        self._open = True

    def store(self) -> None:
        """The report is read: what its prose says for sure becomes items."""
        draft, text = self.draft, self.draft.document.text
        ends = [part.start for part in self._parts[1:]] + [len(text)]
        for part, end in zip(self._parts, ends, strict=True):
            if not part.paragraphs:
                continue
            inside = [mention for mention in draft.mentions if part.start <= mention.span.start < end]
            kinds = {mention.kind for mention in inside}
            listed = {mention.row for mention in inside if mention.kind in TOGETHER}
            rows: dict[bool, Row] = {}
            noted = [row for row in draft.rows if row.id in listed and row.table is Table.NOTES]
            if len(noted) == 1:
                rows[True] = noted[0]
            for span, place in part.paragraphs:
                for one in told(text, span):
                    kind = one.role.kind
                    if kind is not None and kind not in kinds:
                        draft.mention(self._row(rows, kind, place), kind, one.span, place.section)

    def _row(self, rows: dict[bool, Row], kind: Kind, place: Place) -> Row:
        """The row of a kind in the part: those that answer each other share one, with the lists of the part."""
        together = kind in TOGETHER
        if together not in rows:
            rows[together] = self.draft.row(place, self.draft.table(), Table.NOTES, 1)
        return rows[together]
