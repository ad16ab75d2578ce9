"""The way through a document: titles say where we are, tables, lists and experiences say what is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.forms import Form
from ingest.grids import grids
from ingest.headers import Role, is_section, phrases, starts_report, title_role
from ingest.lines import Line, Look, read_lines
from ingest.lists import TOGETHER, Lists
from ingest.lost import Lost, header_roles
from ingest.sessions import is_date, place_in, usual_year
from ingest.stories import Stories
from ingest.tables import Tables
from ingest.template import is_page_number, reason_aside
from ingest.whereabouts import Whereabouts
from ontology import Kind, Reason, Span, Table, fold
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from ingest.document import Document
    from ingest.draft import Draft
    from ingest.grids import Grid

_THEME_SHARE = 0.6  # of the words of a line that names a theme
_LONGEST_QUESTION = 45  # words
_SHORT_TITLE = 5  # words


class Outline:
    """Reads one document from top to bottom into a draft."""

    def __init__(self, document: Document, draft: Draft) -> None:
        self.draft = draft
        self.tables = Tables(draft)
        self.stories = Stories(draft, self.tables)
        self.lists = Lists(draft)
        self.form = Form(draft)
        self.lost = Lost(draft, self.tables)
        self.document = document
        self._lost_table = False
        self._caption = False  # a caption strayed into a table, and may go on
        self._template = False  # the last words were the form's
        self.where = Whereabouts(draft, self.form)
        draft.year = draft.year or usual_year(document.text)

    def read(self) -> None:
        """Everything, in order."""
        found = list(grids(self.document))
        inside = [grid.span for grid in found]
        outside = [line for line in _outside(self.document, inside) if line.start >= self.draft.start]
        lines = read_lines(self.document, outside)
        tables = iter(found)
        table = next(tables, None)
        place = 0
        while place < len(lines):
            while table is not None and table.span.start < lines[place].span.start:
                self._grid(table)
                table = next(tables, None)
            limit = table.span.start if table else len(self.document.text)
            place += self._step(lines, place, limit)
        while table is not None:
            self._grid(table)
            table = next(tables, None)
        self._stop()
        self.lost.store()
        self.where.settle()

    def _grid(self, grid: Grid) -> None:
        self._stop()
        self.lists.subject()
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
        self._line(line, _next(lines, place))
        return 1

    def _line(self, line: Line, following: Line | None) -> None:
        if self._furniture(line) or (self._lost_table and self._in_lost(line)):
            return
        reason = reason_aside(line.words)
        self._template = reason is Reason.TEMPLATE
        if line.look is Look.STORY:
            self._stop()
            self.stories.begin(line, self.where.place)
        elif line.titled and not self._in_form(line):
            self._title(line, following)
        elif reason and (reason is not Reason.LINK or not self.stories.story):
            self.draft.aside(line.span, reason)
        elif not (self._in_session(line) or self.stories.add(line) or self.lists.add(line)):
            self._text(line, following)

    def _furniture(self, line: Line) -> bool:
        """Set aside what only dresses the page: running headers, page numbers, the second line of a title."""
        if self._caption and line.look is Look.TEXT and line.words[:1].islower() and not self._lost_table:
            self.draft.aside(line.span, Reason.HEADING)
            return True
        self._caption = self._caption and self._lost_table
        running = line.look is Look.FURNITURE and not (self._lost_table or self.form.counts(line))
        if running or (is_page_number(line.words) and not self.lists.list):
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

    def _in_session(self, line: Line) -> bool:
        return self.form.active and (self.form.opens(line, self.where.place) or self.form.add(line))

    def _in_form(self, line: Line) -> bool:
        story = self.stories.story
        return story is not None and story.form and _is_form_field(line)

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
        if starts_report(words) or line.opens_report:
            self.where.report(line)
            self.lists.subject()
        if self.where.title(words):
            self.lists.subject()
        role = title_role(words)
        people = phrases("people").first(words)
        if people and people[1] <= 1 and role is None:
            self.form.opens(line, self.where.place, titled=True)
            return
        if role is Role.EXPERIENCE and following is not None and _is_form_field(following):
            self.stories.begin(line, self.where.place, form=True)
            return
        if self._is_fact(words):
            if not self.form.opens(line, self.where.place, titled=self.where.at_front):
                self.draft.aside(line.span, Reason.SESSION)
            return
        if role is not None and not self._parts(words, following):
            if role.kind not in TOGETHER or not self.where.place.section or self.lists.holds(role):
                self.where.place.section = words
            self.lists.begin(words, role, self.where.place)
        elif words.endswith("?") and not is_section(words):
            self._question(line)
            return
        else:
            self.lists.subject()
            self.where.place.section = words
        reason = reason_aside(words)
        self.draft.aside(line.span, reason or Reason.HEADING)
        self._caption = True

    def _is_fact(self, words: str) -> bool:
        found = phrases("session").first(words)
        return len(words.split()) <= _SHORT_TITLE and (is_date(words) or (found is not None and found[1] <= 1))

    def _parts(self, words: str, following: Line | None) -> bool:
        """Whether a title only parts the report, though its words tell a role."""
        found, section = phrases("roles").first(words), phrases("sections").first(words)
        if is_section(words) and section and found and section[1] <= found[1]:
            return True
        under = following is not None and following.titled and title_role(following.words) is not None
        return under and found is not None and found[1] > 0

    def _question(self, line: Line) -> None:
        """A question that parts the report: it opens the row of its answers."""
        self.lists.subject()
        self.where.place.section = line.words
        row = self.draft.row(self.where.place, self.draft.table(), Table.QUESTIONS, 1)
        self.draft.mention(row, Kind.QUESTION, line.span, self.where.place.section)
        self.lists.answers(row, line.words, self.where.place)

    # -- text ----------------------------------------------------------------------------------------------------
    def _text(self, line: Line, following: Line | None) -> None:
        words = line.words
        self.where.line()
        if self.form.ticks(line, self.where.place) or self.form.opens(line, self.where.place):
            return
        if is_date(words):
            self.where.facts(words)
            self.draft.about(self.where.place.session, place=place_in(words))
            self.draft.aside(line.span, Reason.SESSION)
            return
        theme = find_theme(words)
        if theme and len(fold(theme.label).split()) >= _THEME_SHARE * len(fold(words).split()):
            if self.where.title(words):
                self.lists.subject()
            self.draft.aside(line.span, Reason.HEADING)
        elif words.endswith(("?", "?:", "? :")) and not line.marked and len(words.split()) <= _LONGEST_QUESTION:
            self._question(line)
        elif following is not None and following.titled and title_role(following.words) and _short(line):
            self.lists.subject()
            self.where.place.section = words
            self.draft.aside(line.span, Reason.HEADING)
        else:
            self.where.prose(words)
            self.draft.aside(line.span, Reason.PROSE)


def _outside(document: Document, inside: list[Span]) -> list[Span]:
    lines, grid = [], 0
    for line in document.lines():
        while grid < len(inside) and inside[grid].end < line.start:
            grid += 1
        if grid == len(inside) or line.end < inside[grid].start:
            lines.append(line)
    return lines


def _next(lines: list[Line], place: int) -> Line | None:
    return next((line for line in lines[place + 1 :] if line.look is not Look.BLANK), None)


def _is_form_field(line: Line) -> bool:
    match = re.match(r"^([^:]{3,40}?)\s*:", line.words)
    found = phrases("story").first(match[1]) if match else None
    return found is not None and found[1] == 0


def _short(line: Line) -> bool:
    return not line.marked and len(line.words.split()) <= 14 and not line.words.endswith(".")
