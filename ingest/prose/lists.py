"""Lists under a title that says what they hold: freins, appuis, leviers, objectifs, questions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.cleaning import trim
from ingest.prose import entries
from ingest.prose.field_labels import label_of
from ingest.prose.marks import mark_of
from ingest.prose.parts import part_of
from ingest.prose.records import store_planned
from ingest.prose.stories import detail_of, short_title
from ingest.prose.told import told
from ingest.words.headers import OF_AXIS, Role
from ingest.words.phrases import header_key
from ingest.words.template import reason_aside
from ontology import Kind, Reason, Row, Span, Table, horizon_of
from ontology.vocabulary import find_territory

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.prose.lines import Line

ALONE = {Kind.QUESTION, Kind.EXPERIENCE}  # each is a row of its own
_BY_TERM = {Role.OBJECTIVE, Role.ACTION, Role.LEVER, Role.NEED}
_FIELD = re.compile(r"^[A-ZÀ-Ý][^:;.]{2,40}:\s")
ANSWER = re.compile(r"^\s*R(?:ép(?:onse)?)?\s?\.?\s*:\s*", re.IGNORECASE)  # after a question
_CLOSED = re.compile(r"(?:[*_]{1,3}|</(?:b|strong)>)")  # the end of bold letters


class Lists:
    """Reads the lists of one document; lists under one subject share a row."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.list: entries.List | None = None
        self._place: Place | None = None
        self._row: Row | None = None
        self._side: Row | None = None  # that of actions, actors or objectives, which answer nothing
        self._beside = False  # the list under way stands in that one
        self._opened: set[Kind] = set()  # kinds of the lists of the row under way, answers to a question apart
        self.axis = False  # a numbered axis opened the row under way
        self._sheet = False  # … or a sheet did
        self._quarters: list[str] = []  # of the grid whose lists are read
        self._last: tuple[Role, str] | None = None  # role and title of the list before
        self.prose: list[Span] = []  # sentences that stand after a label
        self._told: Row | None = None  # that of the last experience of the list under way
        self._part = ""  # that the title of the list before names, with what it holds
        self.roomy = 0  # characters of the longest item, in a document whose items are lines that nothing broke
        self.width = 0  # characters of the lines that a page broke
        self._asked: Row | None = None  # that of the question under way: experiences do not end it

    def subject(self) -> None:
        """Another subject begins: what follows is another row."""
        self.end()
        self._row, self._side, self._asked, self._last, self.axis, self._sheet = None, None, None, None, False, False
        self._opened, self._quarters, self._part = set(), [], ""

    def sheet(self) -> None:
        """A sheet begins: all that its fields tell is one row, that of the axis above it where there is one."""
        if self._sheet or not self.axis:
            self.subject()
            self.axis = self._sheet = True

    def details(self) -> None:
        """What follows tells who, when and how of the actions noted before."""
        self.end()
        self._row, self.axis, self._part = self._side, True, ""

    def resume(self, before: entries.List | None) -> None:
        """What stood between two items of a list is read: the list goes on."""
        if before is not None:
            self.list = entries.List(before.title, before.role, before.bulleted, marked=before.marked)

    def apart(self) -> None:
        """Something else stands between two lists: the second goes on with nothing."""
        self._last = None

    def holds(self, role: Role) -> bool:
        """Whether the row under way has things of that kind already."""
        return role.kind in self._opened

    def goes_on_with(self, title: str, role: Role) -> Role:
        """The role of a list whose title only tells a term, under that of objectives or actions: "À court terme"."""
        last = self._last[0] if self._last else role
        return last if role is Role.TIMEFRAME and last in _BY_TERM and horizon_of(title) else role

    def begin(self, title: str, role: Role, place: Place, *, inline: bool = False) -> None:
        """A title opens a list; a second list of one kind begins another row, an ``inline`` one goes on with others."""
        part = part_of(title)
        if part != self._part and (self._part or self.axis):
            self.subject()  # "Table ronde 2 – leviers", then "Bénéfices"
        before = self.list
        goes_on_line = before is not None and before.inline and not before.blank and before.role in OF_AXIS
        self.end()
        goes_on = self._asked is None and self._last is not None and self._last[0] is role and self._last[1] != title
        quarter = header_key(title)
        if entries.is_quarter(title) and self._quarters and quarter not in self._quarters:
            goes_on = True
        self._quarters = (
            [*(self._quarters if goes_on or not self.holds(role) else []), quarter] if entries.is_quarter(title) else []
        )
        other = self._last is not None and self._last[0] is not role
        more = self._last is not None and other and all(map(entries.is_interrogative, (self._last[1], title)))
        self._last = role, title
        if role.kind in ALONE or (role.kind in self._opened and not goes_on and not self.axis):
            asked = self._asked if role is Role.EXPERIENCE else None
            self.subject()
            self._row = self._asked = asked
        self._part = part
        self.list, self._place = entries.List(title, role, bare=role.kind not in self._opened), place
        if role.kind:
            self._opened.add(role.kind)
        asks = role in OF_AXIS and title.endswith("?") and bool(self._opened & {Kind.LEVER, Kind.ACTION})
        self._told = None
        acts = asks and self._side is not None and Kind.LEVER not in self._opened
        self._beside = acts or not (self.axis or asks or role.kind in entries.TOGETHER)
        if not (acts or more or (inline and goes_on_line and role in OF_AXIS)):
            self._side = None

    def follow(self, span: Span, role: Role, section: str, place: Place) -> None:
        """An axis: the lists under it tell its actions, actors, dates and measures, in one row."""
        self.subject()
        self._row, self.axis = self.draft.row(place, self.draft.table(), Table.PLAN, 1), True
        self._beside = False
        if role.kind:
            self.draft.mention(self._row, role.kind, span, section)
        self.list, self._place = entries.List(section, Role.ACTION, bulleted=True), place

    def run_on(self, line: Line, label: str, role: Role, place: Place, *, field: bool = False) -> None:
        """A line that holds a label and its items: "Freins : coût ; délais", "Freins. Le coût pèse."."""
        self.begin(label, role, place, inline=True)
        raw = line.span.of(self.draft.document.text)
        mark = "?" if label.endswith("?") else ":" if field or label_of(line.words) else "."
        closed = _CLOSED.match(raw, raw.index(mark) + 1) if mark == "." else None
        start = line.span.start + (closed.end() if closed else raw.index(mark) + 1)
        self.draft.aside(Span(line.span.start, start), Reason.HEADING)
        if self.list is not None:
            self.list.inline, self.list.bare, self.list.told = True, False, mark == "."
            self.list.item.append(Span(start, line.span.end))

    def signed(self, line: Line, role: Role, length: int, place: Place) -> None:
        """A line that a sign opens is an item of the role that the sign tells, in the row of those around it."""
        self._store()
        if self.list is None or self.list.role is not role or not self.list.marked:
            self.list, self._place = entries.List(place.section, role, marked=True), place
            self._beside = False
            if role.kind:
                self._opened.add(role.kind)
        before = Span(line.span.start, line.span.start + length)
        said = any(map(str.isalpha, before.of(self.draft.document.text)))
        self.draft.aside(before, Reason.HEADING if said else Reason.DECORATION)
        self.list.item.append(Span(line.span.start + length, line.span.end))
        self.list.blank = False

    def answers(self, row: Row, title: str, place: Place) -> None:
        """Bullets under a question answer it: they stand in its row."""
        self.list, self._place = entries.List(title, Role.LEVER, bulleted=True), place
        self._row, self._asked, self._beside = row, row, False

    def add(self, line: Line, *, opens_list: bool = False) -> bool:
        """Take a line into the list; False where there is none, or where the line goes on with something else.

        Args:
            line: the line.
            opens_list: a bullet stands under it.
        """
        current = self.list
        if current is None:
            return False
        current.bare = False
        current.bulleted = current.bulleted and not ANSWER.match(line.words)
        if current.item and current.blank and not line.marked and self.draft.text(current.item[-1]).endswith(":"):
            self._aside_lead(current)
        if current.inline and (current.blank or (not line.marked and _FIELD.match(line.words))):
            self.end()
            return False
        if current.role is Role.EXPERIENCE and self._told_of(current, line):
            return True
        if line.marked:
            raw = line.span.of(self.draft.document.text)
            if not (current.item and current.role is Role.EXPERIENCE and entries.ARROW.match(raw)):
                self._store()
                current.marked = True
        elif self._leaves(current, line) or (current.bulleted and not current.item):
            self._store()
            if opens_list and entries.is_subtitle(line.words):
                self.list = None  # of what, nobody knows: its items are no longer of this list
            return False
        elif current.item and not current.inline and (current.blank or self._begins(current, line)):
            self._store()
        current.item.append(self._unmarked(line))
        current.inline = current.inline and not line.marked
        current.blank = False
        return True

    def _leaves(self, current: entries.List, line: Line) -> bool:
        return current.marked and entries.leaves(self.draft.document.text, line, current, self.width)

    def _begins(self, current: entries.List, line: Line) -> bool:
        first, last = (self.draft.text(span) for span in (current.item[0], current.item[-1]))
        return entries.begins(first, last, line, current, self.roomy)

    def _told_of(self, current: entries.List, line: Line) -> bool:
        """Take a line that only tells where, for whom or by whom the experience above it was: "Territoire : …"."""
        found = detail_of(line.words)
        if found is None or not (current.item or self._told):
            return False
        self._store()
        self.draft.aside(line.span, Reason.SESSION)
        if found[0] == Role.TERRITORY and self._told and (territory := find_territory(found[1])):
            self._told = self.draft.locate(self._told, territory.id)
        current.blank = False
        return True

    def _unmarked(self, line: Line) -> Span:
        text = line.span.of(self.draft.document.text)
        said = ANSWER.match(text)
        mark = mark_of(text) if line.marked else said.end() if said else entries.speaker(text)
        before = Span(line.span.start, line.span.start + mark)
        if mark and line.marked and not text[:mark].strip()[:1].isupper():
            self.draft.claim(before)
        elif mark:
            self.draft.aside(before, Reason.DECORATION if line.marked else Reason.LEAD_IN)
        return Span(line.span.start + mark, line.span.end)

    def blank(self) -> None:
        """A blank line ends the paragraph, not the list."""
        if self.list is not None:
            self.list.blank = True

    def end(self) -> None:
        """The list is over; one that no line followed only parted the report."""
        self._store()
        if self.list is not None and self.list.bare and self.list.role.kind:
            self._opened.discard(self.list.role.kind)
        self.list = None

    def _aside_lead(self, current: entries.List) -> None:
        self.draft.aside(Span(current.item[0].start, current.item[-1].end), Reason.LEAD_IN)
        current.item, current.marked = [], False

    def introduces(self) -> None:
        """What stands alone under the title of experiences, before the first one that is told, only introduces them."""
        current = self.list
        if current is not None and current.role is Role.EXPERIENCE and current.item and not current.marked:
            self._aside_lead(current)

    def _store(self) -> None:
        current, place = self.list, self._place
        if current is None or place is None or not current.item:
            return
        first, whole = current.item[0], Span(current.item[0].start, current.item[-1].end)
        current.item = []
        if current.inline:
            self.draft.claim(whole)
        if store_planned(self.draft, current.role.kind, current.title, whole, place):
            return
        for span in entries.parts(self.draft.document.text, whole, current):
            self._item(current, place, span, first)

    def _item(self, current: entries.List, place: Place, span: Span, first: Span) -> None:
        words, kind = self.draft.text(span), current.role.kind
        if current.inline and (again := entries.behind_label(self.draft.document.text, span, current.role)):
            self.draft.aside(Span(span.start, again.start), Reason.HEADING)
            span, words = again, self.draft.text(again)
        if current.inline and words.endswith((".", "?", "!")):
            self.prose.append(span)
        # A sentence after the label, or under a title that takes no side, may say itself what it is.
        itself = span.start > first.start if current.inline else not current.marked and entries.takes_no_side(current)
        if itself and (other := told(self.draft.document.text, span)):
            kind = other[0].role.kind
        if reason := reason_aside(words):
            self.draft.aside(span, reason)
        elif kind is None or (words.endswith(":") and not current.marked) or words.endswith(" :"):
            self.draft.aside(span, Reason.LEAD_IN)
        elif not entries.fits(words, kind):
            self.draft.aside(span, Reason.PROSE)
        else:
            named = self.draft.text(trim(self.draft.document.text, first)) if kind is Kind.EXPERIENCE else ""
            self.draft.mention(self._in_row(kind, place), kind, span, current.title, short_title(named))

    def _in_row(self, kind: Kind, place: Place) -> Row:
        under_way = self._side if self._beside else self._row
        if under_way is not None and kind not in ALONE:
            return under_way
        alone = {Kind.QUESTION: Table.QUESTIONS, Kind.EXPERIENCE: Table.EXPERIENCE}
        row = self.draft.row(place, self.draft.table(), alone.get(kind, Table.NOTES), 1)
        if kind is Kind.EXPERIENCE:
            self._told = row
        if kind not in ALONE and self._beside:
            self._side = row
        elif kind not in ALONE:
            self._row = row
        return row
