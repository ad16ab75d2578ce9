"""The form that opens a report, where it is printed line by line: a field goes on until something else begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ingest.actors.scan import spot
from ingest.sessions.asked import asked
from ingest.sessions.counting import has_count
from ingest.sessions.session import PEOPLE, dates, is_date, read_fact, read_people, session_field
from ingest.sessions.ticks import boxes, has_boxes, is_format, meeting_format
from ingest.words.headers import names_theme
from ingest.words.phrases import phrases
from ingest.words.ranks import RANK
from ontology import Reason, Span, fold
from ontology.vocabulary import find_territory

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.prose.lines import Line

_LONGEST_LINE, _LONGEST_FORMAT, _MOST_FORMATS = 14, 6, 3  # words, words, lines
_HOUR = re.compile(r"^\W*(?:de |à |et |au )?\s*\d{1,2}\s?(?:h|:|heures?)")
_GOES_ON = re.compile(r"(?:,|;|\b(?:à|et|au|de|le|les|du))\s*$", re.IGNORECASE)
_NEXT_FIELD = re.compile(
    r"(?:\s*[|;]\s*|\s{3,}|\s[-–]\s)(?P<field>[A-ZÀ-Ý][^:|;]{2,40}?\s?:\s*\S(?:(?!\s{3}|\s*[|;]|\s[-–]\s[A-ZÀ-Ý][^:]{2,20}:).)*)"
)
_COLON = re.compile(r":")


@dataclass(slots=True)
class Field:
    """The field being filled in.

    Attributes:
        spans: what was written in it, line by line.
        inline: it began on the line of its label.
        closed: a blank line stood after the last line.
    """

    name: str
    label: str
    place: Place
    spans: list[Span] = field(default_factory=list)
    inline: bool = False
    titled: bool = False
    closed: bool = False


class Form:
    """Gathers the lines of one field at a time and reads it when it ends."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._field: Field | None = None
        self.located: set[str] = set()  # sessions whose territory a field of its own told

    def opens(self, line: Line, place: Place, *, titled: bool = False) -> bool:
        """Begin the field that a line is the label of; False where it is no label."""
        words = line.words
        found = session_field(words) or self._asked(words)
        if found is None and titled:
            people = phrases("people").first(words) or phrases("session").first(words)
            named = people is not None and people[0] == "territory" and find_territory(words)
            found = (people[0], "") if people and people[1] <= 1 and not (is_date(words) or named) else None
        counted = has_count(line.span.of(self.draft.document.text))
        if found is None or (self._among_people() and (counted or not self._is_label(words, found))):
            return False
        self.end()
        self.draft.aside(line.span, Reason.SESSION)
        current = Field(found[0], words, place, inline=bool(found[1]), titled=titled)
        if found[1]:
            value = line.span if counted else self._value(line, found[1])
            current.spans.append(value if counted or found[0] in PEOPLE else self._first(value, place))
        self._field = current
        return True

    def asks(self, line: Line) -> bool:
        """Whether a line asks who met, when or where; after anything else was said, it is about that."""
        return self._asked(line.words) is not None

    def _asked(self, words: str) -> tuple[str, str] | None:
        if self.draft.mentions:
            return None
        return asked(words, dated=bool(dates(words, self.draft.year, brief=True)))

    def _first(self, value: Span, place: Place) -> Span:
        """A value without the fields that follow it in its line, which are read: "… | Lieu : Agen | Format : mixte"."""
        raw = value.of(self.draft.document.text)
        cuts = [(cut, field) for cut in _NEXT_FIELD.finditer(raw) if (field := session_field(cut["field"]))]
        for _, field in cuts:
            if field[0] not in PEOPLE:
                read_fact(self.draft, field[0], field[1], place)
        return Span(value.start, value.start + cuts[0][0].start()) if cuts else value

    @property
    def active(self) -> bool:
        """Whether a field is being filled in."""
        return self._field is not None

    def ticks(self, line: Line, place: Place) -> bool:
        """Take a line of boxes that no label announces; False where there is no box."""
        text = self.draft.document.text
        if not has_boxes(line.span.of(text)):
            return False
        formats = [is_format(self.draft.text(box.label)) for box in boxes(text, [line.span])]
        if all(formats) or has_count(line.span.of(text)) or self.draft.attended(place.session):
            self.end()
            self._field = Field("format" if all(formats) else "participants", "", place, [line.span])
        self.draft.aside(line.span, Reason.SESSION)
        return True

    def counts(self, line: Line) -> bool:
        """Whether a line fills in a number of participants, however often its words come back."""
        return self._among_people() and has_count(line.span.of(self.draft.document.text))

    def add(self, line: Line) -> bool:
        """Take a line into the field; False where there is none, or where the line does not belong to it."""
        current = self._field
        if current is None:
            return False
        boxed = has_boxes(line.span.of(self.draft.document.text))
        if current.name not in PEOPLE and not boxed and not self._belongs(current, line):
            self.end()
            return False
        if current.name in PEOPLE and current.closed and not boxed and self._is_other(line, current):
            self.end()
            return False
        current.spans.append(line.span)
        current.closed = False
        self.draft.aside(line.span, Reason.SESSION)
        return True

    def blank(self) -> None:
        """A blank line ends a fact, not a list of people."""
        if self._field is not None and self._field.spans:
            self._field.closed = True

    def end(self) -> None:
        """The field is whole."""
        current, self._field = self._field, None
        if current is None or not current.spans:
            return
        draft, text = self.draft, self.draft.document.text
        if current.name == "format" and any(has_boxes(span.of(text)) for span in current.spans):
            draft.about(current.place.session, meeting_format=meeting_format(text, current.spans))
        elif current.name in PEOPLE:
            read_people(draft, current.name, current.spans, current.place)
        else:
            lines = [draft.text(span) for span in current.spans]
            told, asks_place = self._joined(current.name, lines), "lieu" in fold(current.label)
            read_fact(draft, current.name, told, current.place, asks_place=asks_place)
            if current.name == "territory" and find_territory(told):
                self.located.add(current.place.session)

    def _among_people(self) -> bool:
        return self._field is not None and self._field.name in PEOPLE

    def _is_other(self, line: Line, current: Field) -> bool:
        """Whether a line that white parts from a list of people is none of them: a theme, a part, a question."""
        if self.counts(line) or (line.marked and not line.words.endswith("?")):
            return False
        if names_theme(line.words) or line.words.endswith("?"):
            return True
        apart = current.inline or bool(RANK.match(line.words))
        return apart and not spot(line.words, cell=True).actors

    def _is_label(self, words: str, found: tuple[str, str]) -> bool:
        """Whether a line under a list of people is a label of its own, and no entry such as "Académie : DAN"."""
        phrase = phrases("session").opening(words)
        return found[0] != "territory" or (phrase is not None and " " in phrase[1]) or not found[1]

    def _belongs(self, current: Field, line: Line) -> bool:
        words, count = line.words, len(line.words.split())
        if current.name == "format" and current.titled and not current.inline:
            return count <= _LONGEST_FORMAT and len(current.spans) < _MOST_FORMATS and ":" not in words
        if current.closed or count > _LONGEST_LINE:
            return False
        if not current.spans:
            return True
        if current.name == "date":
            before = self.draft.text(current.spans[-1])
            return bool(dates(words, self.draft.year, brief=True) or _HOUR.match(words) or _GOES_ON.search(before))
        return False

    def _value(self, line: Line, value: str) -> Span:
        """Where the value of an inline field stands: after the colon, else its last words."""
        raw = line.span.of(self.draft.document.text)
        colon = _COLON.search(raw)
        if colon and session_field(line.words) and ":" in line.words.split(value, maxsplit=1)[0]:
            return Span(line.span.start + colon.end(), line.span.end)
        place = raw.find(value.split(maxsplit=1)[0]) if value else -1
        return Span(line.span.start + max(0, raw.find(value) if value in raw else place), line.span.end)

    @staticmethod
    def _joined(name: str, lines: list[str]) -> str:
        """Lines that each tell a day are parted; a sentence broken over two lines is not."""
        if name == "format":
            return ", ".join(lines)
        made = lines[0]
        for line in lines[1:]:
            parted = name == "date" and dates(line, "2000", brief=True) and not _GOES_ON.search(made)
            made = f"{made} ; {line}" if parted else f"{made} {line}"
        return made
