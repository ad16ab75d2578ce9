"""Tables whose columns were lost when the text was taken out of a PDF: gathered bullet by bullet, then found again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from ingest.cleaning import BULLETS, clean, trim
from ingest.prose.lines import Line, Look
from ingest.sessions.session import is_date
from ingest.tables.captions import CAPTIONS
from ingest.tables.columns import Bullet, Placed, Sheet, content_words
from ingest.tables.references import experience_numbers
from ingest.tables.widths import room
from ingest.words import classes
from ingest.words.headers import Role, column_role, is_section, names_theme, starts_report, table_of
from ingest.words.phrases import header_key, phrases
from ontology import Kind, Reason, Span, Table
from ontology.vocabulary import find_theme

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.tables.table import Tables

_BULLET = re.compile(f"[{BULLETS}]")
_NO_NAME = re.compile(r"[:?→⇒]|[-=]>")  # in no name of a column
_MOST_LINES, _MOST_WORDS = 16, 12
_LEAST_ROLES, _SHORT_NAME = 3, 5  # columns, words
_ARTICLES, _GOVERNING = classes.words("articles"), classes.words("governing")


def header_roles(lines: list[Line], start: int) -> tuple[int, list[tuple[Role, str]]]:
    """The header printed cell by cell at ``start``: how many lines, and its columns in order; 0 where there is none.

    Such a header is a run of short lines without bullets that name at least three columns, with a bullet right after.
    """
    words = lines[start].words
    first = phrases("roles").first(words)
    if first is None and words.count(" ") < _SHORT_NAME:
        first = phrases("columns").first(words)
    if first is None or first[1] or lines[start].look is Look.BLANK:
        return 0, []
    end, last = start, start
    while end < len(lines) and end - start < _MOST_LINES * 2 and lines[end].look not in {Look.ITEM, Look.STORY}:
        if lines[end].look is not Look.BLANK:
            if (
                lines[end].look is Look.HEADING
                or len(lines[end].words.split()) > _MOST_WORDS
                or _NO_NAME.search(lines[end].words)
            ):
                return 0, []
            last = end + 1
        end += 1
    if end >= len(lines) or not lines[end].marked:
        return 0, []
    said = [line.words for line in lines[start:last] if line.words]
    if any(starts_report(words) or is_date(words) or find_theme(words) for words in said):
        return 0, []  # a title page
    columns = named_columns(said)
    return (last - start, columns) if len(columns) >= _LEAST_ROLES else (0, [])


def named_columns(lines: list[str]) -> list[tuple[Role, str]]:
    """The columns of a header in the order of its words, each with the words that name it."""
    if len(whole := _whole_names(lines)) >= _LEAST_ROLES:
        return whole
    said = " ".join(lines)
    found: dict[Role, int] = {}
    key = header_key(said)
    for phrase, start, _ in phrases("roles").within(key):
        before = key[:start].split()
        if _governed(before) or (Role.INDICATOR in found and before[-1] == "de"):
            continue  # words of a longer name: "pour une mise en œuvre", "facteurs de réussite"
        found.setdefault(Role(phrases("roles").names[phrase]), start)
    columns = sorted(found.items(), key=lambda item: item[1])
    # A later header may speak of an earlier column ("leviers répondant aux besoins"): the first place of a role counts.
    places = [place for _, place in columns] + [len(key)]
    names = [key[one:other].strip() for one, other in pairwise(places)]
    return [(role, _printed(lines, name)) for (role, _), name in zip(columns, names, strict=True)]


def _whole_names(lines: list[str]) -> list[tuple[Role, str]]:
    """The columns, where each line is wholly a name of its own: "Quoi", "Comment", "Qui"; else nothing."""
    if len(lines) < _LEAST_ROLES or any(line.count(" ") >= _SHORT_NAME for line in lines):
        return []
    found: dict[Role, str] = {}
    for line in lines:
        role = column_role(line) if not is_section(line) else None
        told, key = phrases("roles"), header_key(line)
        opened = told.opening(line) or phrases("columns").opening(line)
        several = len({told.names[phrase] for phrase, *_ in told.within(key)}) > 1
        if role is None or role in found or opened is None or several:
            return []
        found[role] = line
    return [*found.items()]


def _governed(before: list[str]) -> bool:
    """Whether the words before a name call for it, its article set aside: "répondre aux", "pour une"."""
    while before and before[-1] in _ARTICLES:
        before = before[:-1]
    return bool(before) and before[-1] in _GOVERNING


def _printed(lines: list[str], name: str) -> str:
    words, said = name.split(), " ".join(lines).split()
    keys = [header_key(word) for word in said]
    for start in range(len(said)):
        if (
            words
            and keys[start].split()[:1] == words[:1]
            and header_key(" ".join(said[start : start + len(words)])).startswith(words[0])
        ):
            taken: list[str] = []
            end = start
            while end < len(said) and len(taken) < len(words):
                taken += keys[end].split()
                end += 1
            if taken[: len(words)] == words:
                return " ".join(said[start:end])
    return name


@dataclass(slots=True)
class LostTable:
    """A table being gathered: where it stands, its columns, its bullets."""

    place: Place
    columns: list[tuple[Role, str]]
    told: dict[str, str] = field(default_factory=dict)  # experiences told so far, by number
    bullets: list[Bullet] = field(default_factory=list)


class Lost:
    """Gathers the tables of a document that lost their columns, and stores them when all are known."""

    def __init__(self, draft: Draft, tables: Tables) -> None:
        self.draft = draft
        self.tables = tables
        self.found: list[LostTable] = []
        self._spans: list[Span] = []  # of the lines of the bullet under way
        self._blank, self._pending, self._same_line = 0, 0, False

    def header(self, lines: list[Line], columns: list[tuple[Role, str]], place: Place) -> None:
        """A header: the same one again, in the same part of the report, goes on with the table."""
        self.end()
        before = self.found[-1] if self.found else None
        again = before is not None and [role for role, _ in before.columns] == [role for role, _ in columns]
        going_on = (
            again and before is not None and before.place.section == place.section and before.place.theme == place.theme
        )
        for line in lines:
            if line.words:
                self.draft.aside(line.span, Reason.REPEATED if going_on else Reason.HEADER)
        self._blank = 0
        if not going_on:
            self.found.append(LostTable(replace(place), columns, dict(self.tables.told.get(place.session, {}))))

    def blank(self, line: Line) -> None:
        """A line without words; one of spaces is an empty paragraph, most often the end of a cell."""
        self._pending += line.span.end > line.span.start

    def add(self, line: Line) -> None:
        """A line of the table: each bullet in it begins another item."""
        text = self.draft.document.text
        bullets = [match.start() for match in _BULLET.finditer(text, line.span.start, line.span.end)]
        first = bullets[0] if bullets else line.span.end
        if clean(text[line.span.start : first]):
            if self._spans:
                self._spans.append(Span(line.span.start, first))
            else:
                self.draft.aside(Span(line.span.start, first), Reason.LAYOUT)
        for place, bullet in enumerate(bullets):
            self.end()
            self._blank, self._pending = self._pending, 0
            self._same_line = place > 0
            self._spans = [Span(bullet, bullets[place + 1] if place + 1 < len(bullets) else line.span.end)]
        if not bullets:
            self._pending = 0

    def end(self) -> None:
        """The item under way is whole."""
        spans, self._spans = self._spans, []
        if not spans or not self.found:
            return
        text = self.draft.document.text
        inner = trim(text, Span(spans[0].start, spans[-1].end))
        words = self.draft.text(inner)
        previous = self.found[-1].bullets
        self.found[-1].bullets.append(
            Bullet(
                inner if words else spans[0],
                words,
                room([trim(text, span).of(text) for span in spans]),
                theme=names_theme(words),
                number=bool(words) and bool(experience_numbers(words)),
                empty=not words,
                same_line=self._same_line and bool(previous),
                blank=self._blank,
                trailing=bool(previous) and _trails(text, previous[-1].span),
            )
        )

    def store(self) -> None:
        """Part the bullets of all tables into columns, and store what they say."""
        self.end()
        sheets: dict[tuple[Role, ...], tuple[Sheet, list[LostTable]]] = {}
        for table in self.found:
            roles = tuple(role for role, _ in table.columns)
            sheet, tables = sheets.setdefault(roles, (Sheet(roles, table_of(frozenset(roles))), []))
            sheet.bullets.append(table.bullets)
            tables.append(table)
        for sheet, tables in sorted(sheets.values(), key=lambda pair: pair[0].table is Table.PLAN):
            sheet.levers = [self._levers(table.place) for table in tables]
            for table, placed in zip(tables, sheet.solve(), strict=True):
                self._table(table, sheet, placed)
        self.found = []

    def _levers(self, place: Place) -> list[frozenset[str]]:
        """The levers that tables other than plans gave to a theme so far."""
        rows = {row.id for row in self.draft.rows if row.theme == place.theme and row.table is not Table.PLAN}
        return [content_words(m.text) for m in self.draft.mentions if m.kind is Kind.LEVER and m.row in rows]

    def _table(self, table: LostTable, sheet: Sheet, placed: list[Placed]) -> None:
        number, theme = self.draft.table(), table.place.theme
        for row in range(placed[-1].row + 1 if placed else 0):
            inside = [one for one in placed if one.row == row]
            label = next((one.bullet.text for one in inside if sheet.roles[one.column] is Role.THEME), "")
            found = find_theme(label) if label else None
            theme = found.id if found else theme
            section = CAPTIONS.get(sheet.table, table.place.section)
            self._row(replace(table.place, theme=theme, section=section), table, sheet, inside, (number, row + 1))

    def _row(
        self, place: Place, table: LostTable, sheet: Sheet, inside: list[Placed], numbers: tuple[int, int]
    ) -> None:
        row = self.draft.row(place, numbers[0], sheet.table, numbers[1])
        for one in inside:
            role, name = table.columns[one.column]
            bullet = one.bullet
            if bullet.empty:
                self.draft.aside(bullet.span, Reason.EMPTY)
            elif role.kind is None:
                self.draft.aside(bullet.span, Reason.THEME if role is Role.THEME else Reason.SESSION)
            elif role.kind is Kind.EXPERIENCE and bullet.number:
                self.draft.aside(bullet.span, Reason.REFERENCE)
                self.tables.refer(row, experience_numbers(bullet.text), table.told)
            else:
                self.draft.mention(row, role.kind, bullet.span, name, doubtful=one.doubtful)


def _trails(text: str, span: Span) -> bool:
    end = text.find("\n", span.end)
    after = text[span.end : end if end >= 0 else len(text)]
    return not after.strip() and len(after) > 1
