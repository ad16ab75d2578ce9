"""The way through a document: titles say where we are, tables, lists and experiences say what is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ingest.draft import Draft, Place
from ingest.grids import grids
from ingest.headers import Role, is_section, phrases, starts_report, title_role
from ingest.lines import Line, Look, read_lines
from ingest.lists import TOGETHER, Lists
from ingest.lost import Lost, header_roles
from ingest.sessions import dates, has_boxes, is_date, read_fact, session_field, usual_year
from ingest.stories import Stories
from ingest.tables import Tables
from ingest.template import is_page_number, reason_aside
from ontology import Kind, Reason, Span, Table, fold
from ontology.vocabulary import find_territory, find_theme

if TYPE_CHECKING:
    from ingest.document import Document
    from ingest.grids import Grid

_THEME_SHARE = 0.6  # of the words of a line that names a theme
_FRONT_LINES = 12  # lines of a title page
_LONGEST_QUESTION = 45  # words
_SHORT_TITLE, _LONGEST_PLACE = 5, 14  # words


class Outline:
    """Reads one document from top to bottom into a draft."""

    def __init__(self, document: Document, draft: Draft) -> None:
        self.draft = draft
        self.tables = Tables(draft)
        self.stories = Stories(draft, self.tables)
        self.lists = Lists(draft)
        self.lost = Lost(draft, self.tables)
        self.document = document
        self._lost_table = False
        self._caption = False  # a caption strayed into a table, and may go on
        self._people = False
        self._template = False  # the last words were the form's
        self._letterhead: str | None = None  # a territory that stands alone above a title
        self._first_words = ""  # of the title page, for a block without a title
        self._territory_told = False  # by a field of its own
        self._front = 0  # lines of the title page so far
        self._stored = 0  # mentions when the session began
        self.place = Place(draft.session("", None, None))
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
        self._settle()

    def _grid(self, grid: Grid) -> None:
        self._stop()
        self.lists.subject()
        self.tables.read(grid, self.place, template=self._template)
        self._template = False

    def _stop(self) -> None:
        self.stories.end()
        self.lists.end()
        self.lost.end()
        self._lost_table = self._people = False

    def _step(self, lines: list[Line], place: int, limit: int) -> int:
        """Read the line at a place; tells how many lines were read."""
        line = lines[place]
        if line.look is Look.BLANK:
            self.lists.blank()
            self.lost.blank(line)
            self._caption = self._caption and self._lost_table
            return 1
        upto = next((n for n in range(place, min(len(lines), place + 40)) if lines[n].span.start > limit), place + 40)
        length, columns = header_roles(lines[:upto], place)
        if length:
            self._stop()
            self.lists.subject()
            self.lost.header(lines[place : place + length], columns, self.place)
            self._lost_table = True
            return length
        self._line(line, _next(lines, place))
        return 1

    def _line(self, line: Line, following: Line | None) -> None:
        if self._caption and line.look is Look.TEXT and line.words[:1].islower() and not self._lost_table:
            self.draft.aside(line.span, Reason.HEADING)  # a title broken over two lines
            return
        if not self._lost_table:
            self._caption = False
        reason = reason_aside(line.words)
        self._template = reason is Reason.TEMPLATE
        if (line.look is Look.FURNITURE and not self._lost_table) or (
            is_page_number(line.words) and not self.lists.list
        ):
            self.draft.aside(line.span, reason or Reason.DECORATION)
        elif line.look is Look.STORY:
            self._stop()
            self.stories.begin(line, self.place)
        elif self._lost_table and line.caption:
            self.lost.end()
            self.draft.aside(line.span, Reason.HEADING)
            self._caption = True
        elif line.titled and (line.parts or not self._lost_table) and not self._in_form(line):
            self._title(line, following)
        elif reason and not self._lost_table and (reason is not Reason.LINK or not self.stories.story):
            self.draft.aside(line.span, reason)
        elif self._lost_table:
            self._below_lost(line)
        elif self._people:
            self.draft.aside(line.span, Reason.SESSION)
        elif not (self.stories.add(line) or self.lists.add(line)):
            self._text(line, following)

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
        self._first_words = self._first_words or words
        if starts_report(words) or line.opens_report:
            self._report(words)
        self._note(words)
        role = title_role(words)
        people = phrases("people").first(words)
        if people and people[1] <= 1 and role is None:
            self._people = True
        elif role is Role.EXPERIENCE and following is not None and _is_form_field(following):
            self.stories.begin(line, self.place, form=True)
            return
        elif self._is_fact(words):
            self.draft.aside(line.span, Reason.SESSION)
            return
        elif role is not None and not self._parts(words, following):
            if role.kind not in TOGETHER or not self.place.section:
                self.place.section = words
            self.lists.begin(words, role, self.place)
        elif words.endswith("?"):
            self._question(line)
            return
        else:
            self.lists.subject()
            self.place.section = words
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

    def _report(self, words: str) -> None:
        if len(self.draft.mentions) > self._stored:
            self._settle()
            self.place = Place(self.draft.session("", None, None), territory=self._letterhead or self._home())
            self._stored = len(self.draft.mentions)
            self._front, self._territory_told = 0, False
        self.draft.entitle(self.place.session, words)
        self._letterhead = None
        self.lists.subject()

    def _settle(self) -> None:
        """A block that names no territory takes that of the letterhead or of the file."""
        self.draft.about(self.place.session, territory=self.place.territory, title=self._first_words)
        self._first_words = ""

    def _home(self) -> str | None:
        """The territory of the whole file, for a block that names none: that of its first block."""
        return self.draft.sessions[0].territory

    def _note(self, words: str) -> None:
        """What a title says of when, where and on which theme."""
        if theme := find_theme(words):
            if self.place.theme != theme.id:
                self.lists.subject()
            self.place.theme = theme.id
            self.draft.about(self.place.session, theme=theme.id)
        if self._at_front():
            self._facts(words)

    def _facts(self, words: str) -> None:
        draft, place = self.draft, self.place
        if days := dates(words, draft.year):
            draft.about(place.session, dates=days, date_text=words)
        short = len(words.split()) <= _LONGEST_PLACE
        if short and not self._territory_told and (territory := find_territory(words)):
            place.territory = territory.id

    def _at_front(self) -> bool:
        return len(self.draft.mentions) == self._stored

    def _question(self, line: Line) -> None:
        """A question that parts the report: it opens the row of its answers."""
        self.lists.subject()
        self.place.section = line.words
        row = self.draft.row(self.place, self.draft.table(), Table.QUESTIONS, 1)
        self.draft.mention(row, Kind.QUESTION, line.span, self.place.section)
        self.lists.answers(row, line.words, self.place)

    # -- text ----------------------------------------------------------------------------------------------------
    def _text(self, line: Line, following: Line | None) -> None:
        words = line.words
        self._front += 1
        if has_boxes(line.span.of(self.document.text)):
            self.draft.aside(line.span, Reason.SESSION)
            return
        if fact := session_field(words):
            name, value = fact
            self.draft.aside(line.span, Reason.SESSION)
            self._people = name == "people" and not value
            read_fact(self.draft, name, value or (following.words if following else ""), self.place)
            self._territory_told = self._territory_told or name == "territory"
            return
        if is_date(words):
            self._facts(words)
            self.draft.aside(line.span, Reason.SESSION)
            return
        theme = find_theme(words)
        if theme and len(fold(theme.label).split()) >= _THEME_SHARE * len(fold(words).split()):
            self._note(words)
            self.draft.aside(line.span, Reason.HEADING)
        elif words.endswith(("?", "?:", "? :")) and not line.marked and len(words.split()) <= _LONGEST_QUESTION:
            self._question(line)
        elif following is not None and following.titled and title_role(following.words) and _short(line):
            self.lists.subject()
            self.place.section = words
            self.draft.aside(line.span, Reason.HEADING)
        else:
            if self._at_front() and self._front <= _FRONT_LINES:
                self._first_words = self._first_words or words
                self._facts(words)
            elif len(words.split()) <= _SHORT_TITLE and (territory := find_territory(words)):
                self._letterhead = territory.id
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
