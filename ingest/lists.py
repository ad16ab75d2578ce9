"""Lists under a title that says what they hold: freins, appuis, leviers, objectifs, questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.cleaning import clean, trim
from ingest.headers import Role
from ingest.stories import short_title
from ingest.template import reason_aside
from ontology import Kind, Reason, Row, Span, Table

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.lines import Line

# Kinds that answer each other when they stand under one question or one subject.
TOGETHER = {Kind.IRRITANT, Kind.LEVER, Kind.NEED, Kind.STRENGTH}
_ALONE = {Kind.QUESTION, Kind.EXPERIENCE}  # each is a row of its own
_ENDS = (".", "?", "!", ")", "»", ":")
_ARROW = re.compile(r"^\s*[-–—]?\s*→")
_DENSITY = 8  # words of a passage for each actor it names, at most, to be a list of actors


@dataclass(slots=True)
class List:
    """The list being read: its title, what it holds, its last item."""

    title: str
    role: Role
    bulleted: bool = False  # only bullets are items
    marked: bool = False  # a bullet was seen
    blank: bool = False  # a blank line since the last item
    item: list[Span] = field(default_factory=list)


class Lists:
    """Reads the lists of one document; lists under one subject share a row."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.list: List | None = None
        self._place: Place | None = None
        self._row: Row | None = None
        self._kinds: set[Kind] = set()  # that the row under way holds

    def subject(self) -> None:
        """Another subject begins: what follows is another row."""
        self.end()
        self._row = None
        self._kinds = set()

    def holds(self, role: Role) -> bool:
        """Whether the row under way has things of that kind already."""
        return role.kind in self._kinds

    def begin(self, title: str, role: Role, place: Place) -> None:
        """A title opens a list; a second list of one kind begins another row."""
        self.end()
        if role.kind in self._kinds:
            self.subject()
        self.list, self._place = List(title, role), place
        if role.kind not in TOGETHER:
            self._row = None

    def answers(self, row: Row, title: str, place: Place) -> None:
        """Bullets under a question answer it: they stand in its row."""
        self.list, self._place, self._row = List(title, Role.LEVER, bulleted=True), place, row

    def add(self, line: Line) -> bool:
        """Take a line into the list; False where there is none, or where the line goes on with something else."""
        current = self.list
        if current is None:
            return False
        if current.item and current.blank and not line.marked and self._announces(current):
            self._aside_lead(current)
        if line.marked and not (current.item and current.role is Role.EXPERIENCE and self._details(line)):
            self._store()
            current.marked = True
        elif line.marked:
            pass
        elif (current.marked and current.blank) or (current.bulleted and not current.item):
            self._store()
            return False
        elif current.item and (current.blank or self._begins(current, line)):
            self._store()
        current.item.append(line.span)
        current.blank = False
        return True

    def blank(self) -> None:
        """A blank line ends the paragraph, not the list."""
        if self.list is not None:
            self.list.blank = True

    def end(self) -> None:
        """The list is over."""
        self._store()
        self.list = None

    def _announces(self, current: List) -> bool:
        return clean(current.item[-1].of(self.draft.document.text)).endswith(":")

    def _aside_lead(self, current: List) -> None:
        self.draft.aside(Span(current.item[0].start, current.item[-1].end), Reason.LEAD_IN)
        current.item, current.marked = [], False

    def _details(self, line: Line) -> bool:
        """An arrow under an experience tells more of it."""
        return bool(_ARROW.match(line.span.of(self.draft.document.text)))

    def _begins(self, current: List, line: Line) -> bool:
        before = clean(current.item[-1].of(self.draft.document.text))
        if current.marked and current.role is not Role.QUESTION:
            return False  # under a bullet, a line without one goes on with it
        return before.endswith(_ENDS) and not line.words[:1].islower()

    def _store(self) -> None:
        current, place = self.list, self._place
        if current is None or place is None or not current.item:
            return
        span = Span(current.item[0].start, current.item[-1].end)
        first = current.item[0]
        current.item = []
        words, kind = self.draft.text(span), current.role.kind
        if reason := reason_aside(words):
            self.draft.aside(span, reason)
        elif kind is None or (words.endswith(":") and not current.marked) or words.endswith(" :"):
            self.draft.aside(span, Reason.LEAD_IN)
        elif kind is Kind.ACTOR and not self._names_actors(words):
            self.draft.aside(span, Reason.PROSE)
        else:
            title = (
                short_title(self.draft.text(trim(self.draft.document.text, first))) if kind is Kind.EXPERIENCE else ""
            )
            self.draft.mention(self._in_row(kind, place), kind, span, current.title, title)

    def _names_actors(self, words: str) -> bool:
        from ingest.actors import spot

        found = spot(words, cell=True)
        return len(found.actors) * _DENSITY >= len(words.split())

    def _in_row(self, kind: Kind, place: Place) -> Row:
        if self._row is None or kind in _ALONE:
            table = (
                Table.QUESTIONS
                if kind is Kind.QUESTION
                else Table.EXPERIENCE
                if kind is Kind.EXPERIENCE
                else Table.NOTES
            )
            row = self.draft.row(place, self.draft.table(), table, 1)
            if kind not in _ALONE:
                self._row = row
                self._kinds.add(kind)
            return row
        self._kinds.add(kind)
        return self._row
