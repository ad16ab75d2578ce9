"""A reading under way: rows and mentions are added, every passage is accounted for, nothing is dropped."""

from __future__ import annotations

import bisect
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.cleaning import clean, trim
from ingest.words.template import reason_aside
from ontology import Aside, Kind, Mention, Reading, Reason, Row, Session, Span, Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ingest.document import Document
    from ontology import Participation

_MARKS = '|";'  # what draws a table or parts items
_LETTERS = {"o", "§"}  # that are bullets


@dataclass(slots=True)
class Place:
    """Where the reading stands: what a row found now belongs to."""

    session: str
    section: str = ""
    theme: str | None = None
    territory: str | None = None


@dataclass(slots=True)
class Draft:
    """What has been read so far of one document."""

    document: Document
    key: str
    title: str = ""
    source: str = ""
    start: int = 0  # offset after a front matter
    year: str = ""  # of days told without one
    sessions: list[Session] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    told: dict[tuple[str, str], str] = field(default_factory=dict)  # session, field of its form → what was written
    numbered: dict[str, str] = field(default_factory=dict)  # numbers of the titles that name themes → those themes
    _tables: int = 0
    _longest: int = 0  # of the passages claimed
    _claims: list[Span] = field(default_factory=list)

    def text(self, span: Span) -> str:
        """The words of a passage."""
        return clean(span.of(self.document.text))

    # -- what is stored ------------------------------------------------------------------------------------------
    def session(self, title: str, theme: str | None, territory: str | None) -> str:
        """Begin a session; later facts are added with `about`."""
        identifier = f"{self.key}.s{len(self.sessions) + 1}"
        self.sessions.append(Session(identifier, title, theme, territory))
        return identifier

    def entitle(self, identifier: str, title: str) -> None:
        """Another title of a session's front page: the first one stays, what others add is joined."""
        for place, session in enumerate(self.sessions):
            if session.id == identifier and title not in session.title:
                self.sessions[place] = replace(session, title=f"{session.title} – {title}" if session.title else title)

    def attend(self, identifier: str, participations: Iterable[Participation]) -> None:
        """Those who took part in a session, category by category."""
        for place, session in enumerate(self.sessions):
            if session.id == identifier:
                self.sessions[place] = replace(session, participations=(*session.participations, *participations))

    def attended(self, identifier: str) -> bool:
        """Whether the block of a session told who took part."""
        told = (one for session in self.sessions if session.id == identifier for one in session.participations)
        return any(one.present for one in told)

    def about(self, identifier: str, **facts: str | tuple[str, ...] | None) -> None:
        """Facts of a session that its block tells; one that is already known stays."""
        for place, session in enumerate(self.sessions):
            if session.id == identifier:
                fresh = {name: fact for name, fact in facts.items() if fact and not getattr(session, name)}
                self.sessions[place] = replace(session, **fresh)  # type: ignore[arg-type]

    def table(self) -> int:
        """Number of a new table, list or block of rows."""
        self._tables += 1
        return self._tables

    def row(
        self, place: Place, table: int, kind: Table, number: int, *, position: int | None = None, reference: str = ""
    ) -> Row:
        """Begin a row; ``position`` is its rank among the printed rows where it differs from ``number``."""
        identifier = f"{self.key}.t{table}r{position or number}"
        row = Row(identifier, place.session, place.section, kind, number, place.theme, place.territory, reference)
        self.rows.append(row)
        return row

    def mention(
        self, row: Row, kind: Kind, span: Span, column: str, title: str = "", *, doubtful: bool = False
    ) -> bool:
        """Store one item; an item that says nothing is set aside. Tells whether it was stored."""
        span = trim(self.document.text, span)
        text = self.text(span)
        if reason := reason_aside(text):
            self.aside(span, reason)
            return False
        spotted = spot(text, cell=kind is Kind.ACTOR)
        position = len(self.mentions) + 1
        unknown, words = (spotted.unknown, spotted.left) if kind is Kind.ACTOR else ((), spotted.unknown)
        self.mentions.append(
            Mention(
                f"{row.id}m{position}", row.id, kind, text, span, column, position, title, spotted.actors, unknown,
                self.document.page_of(span.start), doubtful or self.document.doubtful(span), words,
            )
        )  # fmt: skip
        self.claim(span)
        return True

    def refer(self, row: Row, experiences: tuple[str, ...]) -> None:
        """Note the rows of the experiences that a row refers to."""
        self.rows[self.rows.index(row)] = replace(row, experiences=experiences)

    def belongs(self, place: Place) -> None:
        """The form goes on after who leads a project: what it tells now is true of that row too."""
        rows = {row.id for row in self.rows if row.session == place.session}
        if any(one.row in rows and one.kind is not Kind.ACTOR for one in self.mentions):
            return
        for number, row in enumerate(self.rows):
            if row.id in rows:
                theme, territory = row.theme or place.theme, row.territory or place.territory
                self.rows[number] = replace(row, theme=theme, territory=territory)

    def locate(self, row: Row, territory: str) -> Row:
        """Note the territory of one row, which its own words tell; the row as it is then."""
        place = next(number for number in range(len(self.rows) - 1, -1, -1) if self.rows[number].id == row.id)
        self.rows[place] = replace(self.rows[place], territory=territory)
        return self.rows[place]

    # -- what is not ---------------------------------------------------------------------------------------------
    def aside(self, span: Span, reason: Reason) -> None:
        """Set a passage aside, with the reason."""
        self.claim(span)
        inner = trim(self.document.text, span)
        line = self.document.line_of(inner.start)
        self.asides.append(Aside(span, reason, line, self.text(inner)))

    def claim(self, span: Span) -> None:
        """This passage is accounted for."""
        self._longest = max(self._longest, span.end - span.start)
        bisect.insort(self._claims, span)

    def unclaimed(self, span: Span) -> list[Span]:
        """The parts of a passage that nobody accounted for, spaces and marks apart."""
        parts, start = [], span.start
        first = bisect.bisect_left(self._claims, Span(span.start - self._longest, 0))
        for place in range(first, len(self._claims)):
            claim = self._claims[place]
            if claim.start >= span.end:
                break
            if claim.end <= span.start:
                continue
            if claim.start > start:
                parts.append(Span(start, claim.start))
            start = max(start, claim.end)
        if start < span.end:
            parts.append(Span(start, span.end))
        trimmed = (trim(self.document.text, part) for part in parts)
        return [part for part in trimmed if part.start < part.end]

    def _left(self, part: Span, whole: Span) -> Reason | None:
        """Why a part that nothing accounted for is set aside; None for marks that say nothing at all."""
        words = self.text(part).strip(_MARKS)
        alone = part == whole
        if not any(map(str.isalnum, words)):
            return Reason.EMPTY if words and alone else None
        if not alone and (words in _LETTERS or not any(map(str.isalpha, words))):
            return Reason.DECORATION  # a number or a letter that only opens an item
        return reason_aside(self.text(part)) or Reason.PROSE

    def finish(self) -> Reading:
        """All that was read; lines that nothing accounted for are set aside as prose."""
        for line in self.document.lines():
            whole = trim(self.document.text, line)
            for part in self.unclaimed(line):
                if reason := self._left(part, whole):
                    self.aside(part, reason)
        mentions = tuple(
            replace(mention, position=position, id=f"{mention.row}m{position}")
            for position, mention in enumerate(sorted(self.mentions, key=lambda one: one.span), 1)
        )
        used = {mention.row for mention in mentions}
        rows = tuple(row for row in self.rows if row.id in used)
        held = {row.session for row in rows}
        document = self.document
        title = self.title or next((session.title for session in self.sessions if session.title), document.name)
        return Reading(
            self.key, document.name, title, document.text, document.sha256, document.media_type,
            tuple(one for one in self.sessions if one.id in held or (held and self.attended(one.id))),
            rows, mentions, tuple(sorted(self.asides, key=lambda aside: aside.span)),
            (*document.notes, *self.warnings), self.source,
        )  # fmt: skip
