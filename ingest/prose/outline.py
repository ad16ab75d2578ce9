"""The way through a document: titles say where we are, tables, lists and experiences say what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ingest.prose import signs
from ingest.prose.entries import TOGETHER, leads_in
from ingest.prose.field_labels import axis_of
from ingest.prose.indents import outlined
from ingest.prose.labels import Labels
from ingest.prose.lines import Line, Look, read_lines, unbroken
from ingest.prose.lists import ALONE, Lists
from ingest.prose.openings import Openings
from ingest.prose.printed import width_of, with_marks, with_titles, without_running
from ingest.prose.remarks import Remarks
from ingest.prose.stories import Stories, detail_of, is_field
from ingest.prose.texts import Texts
from ingest.prose.whereabouts import Whereabouts
from ingest.sessions.forms import Form
from ingest.sessions.session import usual_year
from ingest.tables.grids import grids, outside_of
from ingest.tables.lost import Lost, header_roles
from ingest.tables.table import Tables
from ingest.words.headers import Role, is_section, starts_report
from ingest.words.phrases import phrases
from ingest.words.template import is_page_number, reason_aside
from ontology import Reason

if TYPE_CHECKING:
    from ingest.document import Document
    from ingest.draft import Draft
    from ingest.tables.grids import Grid

_SHORT_TITLE = 5  # words
_FEW = 3  # words of a title that is surely whole


class Outline:
    """Reads one document from top to bottom into a draft."""

    def __init__(self, document: Document, draft: Draft) -> None:
        self.draft = draft
        self.tables = Tables(draft)
        self.stories = Stories(draft, self.tables)
        self.lists = Lists(draft)
        self.openings = Openings(draft, self.lists)
        self.form = Form(draft)
        self.lost = Lost(draft, self.tables)
        self.remarks = Remarks(draft, self.lists)
        self.document = document
        self._lost_table = False
        self._caption = False  # a caption strayed into a table, and may go on
        self._template = False  # the last words were the form's
        self._headed: int | None = None  # where the last title stands, which says what is under it
        self._counted = False  # a number opened the line before
        self._decides = False  # the last title is that of decisions, and of no plan
        self._ran = False  # it was a running header or footer
        self._entitled: int | None = None  # where the title of the whole report stands
        self.where = Whereabouts(draft, self.form)
        self.texts = Texts(draft, self.lists, self.openings, self.remarks, self.form, self.where)
        self.labels = Labels(draft, self.lists, self.openings, self.stories, self.form, self.where, self._stop)
        draft.year = draft.year or usual_year(document.text)

    def read(self) -> None:
        """Everything, in order."""
        found = list(grids(self.document))
        outside = [line for line in outside_of(found, self.document) if line.start >= self.draft.start]
        lines = self._printed(outlined(read_lines(self.document, outside), self.document.text))
        self.labels.prepare(lines)
        self._entitled = signs.title_of(lines)
        self.lists.roomy = unbroken(lines)
        tables = iter(found)
        table = next(tables, None)
        place = 0
        while place < len(lines):
            while table is not None and table.span.start < lines[place].span.start:
                self._grid(table)
                table = next(tables, None)
            limit = table.span.start if table else len(self.document.text)
            place += self._step(lines, place, limit)
        for last in filter(None, (table, *tables)):
            self._grid(last)
        self._stop()
        self.lost.store()
        self.remarks.store()
        self.where.settle()

    def _printed(self, lines: list[Line]) -> list[Line]:
        """The lines, where the print of the text tells what some of them are."""
        text = self.document.text
        lines = without_running(lines, self.document)
        self.lists.width = width_of(lines, text)
        return with_titles(with_marks(lines, self.lists.width), text, self.lists.width)

    def _grid(self, grid: Grid) -> None:
        self._stop()
        self.lists.subject()
        if self._headed is not None:
            self.remarks.part(self._headed)
        self.tables.read(grid, self.where.place, template=self._template)
        self._template = False

    def _stop(self) -> None:
        self.stories.end()
        self.lists.end()
        self.lost.end()
        self.form.end()
        self._lost_table = False

    def _step(self, lines: list[Line], place: int, limit: int) -> int:
        """Read the line at a place; tells how many lines were read."""
        line = lines[place]
        if line.look is Look.BLANK:
            self.remarks.close()
            if line.words:
                self.stories.end()  # a line across the page
            self.lists.blank()
            self.form.blank()
            self.lost.blank(line)
            self._caption = self._caption and self._lost_table
            return 1
        upto = next((n for n in range(place, min(len(lines), place + 40)) if lines[n].span.start > limit), place + 40)
        length, columns = header_roles(lines[:upto], place)
        if length:
            self._stop()
            self.lists.subject()
            self.lost.header(lines[place : place + length], columns, self.where.place)
            self._lost_table = True
            return length
        self._line(line, signs.next_said(lines, place))
        return 1

    def _line(self, line: Line, following: Line | None) -> None:
        if self._furniture(line) or (self._lost_table and self._in_lost(line)):
            return
        reason = reason_aside(line.words)
        self._template = reason is Reason.TEMPLATE
        before, self._counted = self._counted, line.counted
        if line.lead:
            self.draft.aside(line.span, Reason.LEAD_IN)
            return
        taken = self.labels.take(line, following) or self._parting(line, following, run=before)
        if taken or (line.titled and self.form.ticks(line, self.where.place)):
            return
        if line.look is Look.STORY:
            self.lists.introduces()
            self._stop()
            self.stories.begin(line, self.where.place)
        elif line.titled and leads_in(self.lists.list, line):
            self.draft.aside(line.span, Reason.LEAD_IN)
        elif line.titled and not self.stories.fills(line):
            self._title(line, following)
        elif reason and (reason is not Reason.LINK or not self.stories.story):
            self.draft.aside(line.span, reason)
        elif self.form.active and (self.form.opens(line, self.where.place) or self.form.add(line)):
            return
        elif not (self.stories.add(line) or self._in_list(line, following)):
            self.texts.take(line, following)

    def _in_list(self, line: Line, following: Line | None) -> bool:
        current = self.lists.list
        if current is None or signs.is_apart(line) or (current.blank and signs.leaves_list(line, following)):
            return False
        # Under the title of a report that speaks of experiences, the day they met is no experience.
        if current.role is not Role.TIMEFRAME and signs.is_short(line) and self.texts.tells_when(line):
            return False
        if current.blank and detail_of(line.words) and signs.fills_form(line, following):
            self._stop()
            return False
        return self.lists.add(line, opens_list=following is not None and following.marked)

    def _parting(self, line: Line, following: Line | None, *, run: bool) -> bool:
        """Take a line that parts the report: the title of a list, or who and when of it, stands right under it."""
        if self.where.heads_form(line, following, part=True):
            self._title(line, following)
            return True
        if following is None or not line.marked or self.stories.story:
            return False
        if signs.heads_fields(line, following, self.document.text, run=run):
            self._stop()
            self.openings.axis(line, Role.ACTION if self._decides else Role.LEVER, self.where.place)
            return True
        item = run or (self.lists.list is not None and not (self.lists.list.marked or self.lists.list.item))
        if item or not line.counted or not signs.heads_titles(following):
            return False
        self._stop()
        self.remarks.part(line.span.start)
        self.openings.part(line, self.where.place)
        return True

    def _furniture(self, line: Line) -> bool:
        """Set aside what only dresses the page: running headers, page numbers, the second line of a title."""
        goes_on = line.look is Look.TEXT and line.words[:1].islower() and not reason_aside(line.words)
        if self._caption and goes_on and not self._lost_table:
            if self.where.at_front:
                self.where.facts(line.words)
            self.draft.aside(line.span, Reason.HEADING)
            return True
        self._caption = self._caption and self._lost_table
        running = line.look is Look.FURNITURE and not (self._lost_table or self.form.counts(line))
        if is_page_number(line.words) and self.lists.list and self.lists.list.plain:
            self._stop()  # the next page or slide begins
        numbers = is_page_number(line.words) and (self._ran or not self.lists.list)
        self._ran = running
        if running or numbers:
            self.lists.apart()
            self.draft.aside(line.span, reason_aside(line.words) or Reason.DECORATION)
            return True
        return False

    def _in_lost(self, line: Line) -> bool:
        """Take a line into a table that lost its columns; False for one that ends it."""
        if line.look is Look.STORY or (line.parts and line.titled and not line.caption):
            return False
        if line.caption:
            self.lost.end()
            self.draft.aside(line.span, Reason.HEADING)
            self._caption = True
        else:
            self._below_lost(line)
        return True

    def _below_lost(self, line: Line) -> None:
        if self._caption and line.words[:1].islower() and len(line.words.split()) <= _SHORT_TITLE and not line.marked:
            self.draft.aside(line.span, Reason.HEADING)  # the caption goes on
        elif (reason := reason_aside(line.words)) and not line.marked:
            self.lost.end()
            self.draft.aside(line.span, reason)
        else:
            self._caption = self._caption and not line.marked
            self.lost.add(line)

    # -- titles --------------------------------------------------------------------------------------------------
    def _title(self, line: Line, following: Line | None) -> None:
        words = line.words
        self._stop()
        block = self.where.opens_block(line, following)
        if starts_report(words) or line.opens_report or block or self.where.leaves(words, line.level):
            self.where.report(line)
            self.lists.subject()
        if self.where.title(words, line.level, dated=block):
            self.lists.subject()
        role = None if line.span.start == self._entitled else signs.role_of(line, following)
        people = phrases("people").first(words)
        if block:
            self._heading(line, None)
        elif people and people[1] <= 1 and role is None:
            self.form.opens(line, self.where.place, titled=True)
        elif role is Role.EXPERIENCE and following is not None and is_field(following):
            self.stories.begin(line, self.where.place, form=True)
        elif signs.is_fact(words):
            if not self.form.opens(line, self.where.place, titled=self.where.at_front):
                self.draft.aside(line.span, Reason.SESSION)
        elif axis := axis_of(words) or signs.says_what(line, following):
            self.openings.axis(line, axis, self.where.place)
        elif signs.asks(words, role, following):
            self.openings.question(line, self.where.place)
        else:
            self._heading(line, None if signs.parts_report(words, following) else role)

    def _heading(self, line: Line, role: Role | None) -> None:
        """A title that opens a list, or only parts the report."""
        words, place = line.words, self.where.place
        if self.openings.resumes(line, place):
            return
        role = self.where.inherited(line, role)
        self._headed = line.span.start if role else None
        self._decides = role is Role.ACTION and not is_section(words)
        closes = phrases("closing").opening(words) is not None
        if closes:
            self.lists.subject()
        if role is None:
            self.lists.subject()
            self.remarks.part(line.span.start)
            place.section = words
        else:
            role = self.lists.goes_on_with(words, role)
            told = role.kind in TOGETHER and place.section and not self.lists.holds(role)
            under = told or (self.lists.axis and role.kind not in ALONE)
            if closes or not under or signs.follows(words, place.section):
                place.section = words
            self.lists.begin(words, role, place)
        self.draft.aside(line.span, reason_aside(words) or Reason.HEADING)
        # The title of a list that a mark ends, or that is a word or two, does not go on in the next line.
        self._caption = not words.endswith(("?", ":")) and (role is None or len(words.split()) > _FEW)
