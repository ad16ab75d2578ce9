"""Experiences told outside a table: the RETEX of the form, and the "expérience réussie" of the bassins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ingest.prose.field_labels import label_in
from ingest.words.phrases import header_key, phrases
from ingest.words.template import reason_aside
from ontology import Kind, Reason, Span, Table
from ontology.vocabulary import find_territory

if TYPE_CHECKING:
    from ingest.draft import Draft, Place
    from ingest.prose.lines import Line
    from ingest.tables.table import Tables

_SENTENCE_END = re.compile(r"(?<=[.!?])\s|\s:\s")
_BRACKETS = re.compile(r"\(([^()]+)\)")
_NO_LAND = re.compile(
    r"\b(?:vall[ée]es?|rives?|bords?|fleuve|rivi[èe]re|canal|pont|quais?|rue|avenue|boulevard|place|val|pays)\s+"
    r"(?:de\s+la\s+|de\s+l['’]|du\s+|des\s+|de\s+|d['’])[\w-]+",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\W*(?:retex|retour d.exp[ée]rience|t[ée]moignage|exp[ée]rience)\s*(?:n\s?°\s*)?(?:\d{1,2}|(?-i:[A-H]))"
    r"\s*(?:\([^()]*\)\s*)?[*_]{0,3}\s?:[*_]{0,3}\s+(?=\S)",
    re.IGNORECASE,
)
_LONGEST_TITLE, _LONGEST_HEADING = 140, 16  # characters, words
_LEAST_TOLD = 8  # words of a title that tells the experience itself


@dataclass(slots=True)
class Story:
    """An experience being told: its title line, then its paragraphs."""

    place: Place
    heading: Line
    form: bool = False  # told in the fields of a form
    inline: Span | None = None  # what its title says behind its number: "RETEX 2 : un club répare les portables"
    title: str = ""
    public: Span | None = None  # for whom it was
    pieces: list[Span] = field(default_factory=list)
    told: list[tuple[Span, str]] = field(default_factory=list)


class Stories:
    """Gathers the lines of one experience at a time and stores it when it ends."""

    def __init__(self, draft: Draft, tables: Tables) -> None:
        self.draft = draft
        self.tables = tables
        self.story: Story | None = None

    def begin(self, heading: Line, place: Place, *, form: bool = False) -> None:
        """A title opens an experience; what it names in brackets is where it took place."""
        self.end()
        told = replace(place)
        inside = _BRACKETS.search(heading.words)  # alone there, a name such as "Nord" is a territory
        if territory := (find_territory(_land(inside[1])) if inside else None) or find_territory(_land(heading.words)):
            told.territory = territory.id
        start = self._behind_number(heading)
        inline = Span(start, heading.span.end) if start else None
        self.story = Story(told, heading, form, inline)
        if inline and (heading.words.endswith(".") or len(heading.words.split()) > _LONGEST_HEADING):
            self.story.pieces.append(inline)

    def _behind_number(self, heading: Line) -> int:
        """Where the words begin that a title says behind its number and a colon; 0 where there are none."""
        match = _NUMBERED.match(heading.span.of(self.draft.document.text))
        said = match is not None and len(heading.words.split()) >= _LEAST_TOLD
        return heading.span.start + match.end() if match and said else 0

    def add(self, line: Line) -> bool:
        """Take a line into the experience; False when the line cannot belong to it."""
        story = self.story
        if story is None:
            return False
        if story.form and self._field(story, line):
            return True
        if reason := reason_aside(line.words):
            self.draft.aside(line.span, reason)
            if reason is Reason.LINK:
                self._cut(story)
            return True
        story.pieces.append(line.span)
        return True

    def fills(self, line: Line) -> bool:
        """Whether a line fills in a field of the form in which the experience under way is told."""
        return self.story is not None and self.story.form and is_field(line)

    def _field(self, story: Story, line: Line) -> bool:
        opening, field = label_in(line.words), _field_of(line.words)
        if opening is None or field is None:
            return False
        value = line.words[opening[1] :].strip(" .…")
        if field == "title":
            self._cut(story)
            story.title = value
        colon = line.span.of(self.draft.document.text).index(":") + 1
        if value:
            self.draft.aside(Span(line.span.start, line.span.start + colon), Reason.HEADING)
            story.pieces.append(Span(line.span.start + colon, line.span.end))
            story.public = story.pieces[-1] if field == "public" else story.public
        else:
            self.draft.aside(line.span, Reason.HEADING if field == "text" and story.title else Reason.PLACEHOLDER)
        return True

    def _cut(self, story: Story) -> None:
        if story.pieces[1:] and story.pieces[-1] == story.public:
            self.draft.aside(story.pieces.pop(), Reason.SESSION)  # for whom, and nothing more is told
        if story.pieces:
            span = Span(story.pieces[0].start, story.pieces[-1].end)
            story.told.append((span, story.title or short_title(self.draft.text(story.pieces[0]))))
        story.pieces, story.title = [], ""

    def end(self) -> None:
        """Store the experience that was being told, if any."""
        story, self.story = self.story, None
        if story is None:
            return
        if story.inline and not (story.pieces or story.told):
            story.pieces.append(story.inline)
        self._cut(story)
        heading, inline = story.heading.span, story.inline
        told = inline is not None and any(span.start == inline.start for span, _ in story.told)
        self.draft.aside(Span(heading.start, inline.start if inline and told else heading.end), Reason.HEADING)
        if not story.told:
            return
        row = self.draft.row(story.place, self.draft.table(), Table.EXPERIENCE, 1)
        for span, title in story.told:
            self.draft.mention(row, Kind.EXPERIENCE, span, story.heading.words, title)
        self.tables.tell(row, story.heading.words)


def _land(words: str) -> str:
    """Words without rivers and roads, which bear the names of territories: "vallée de la Meuse"."""
    return _NO_LAND.sub(" ", words)


def short_title(text: str) -> str:
    """A name for an experience, from its first words."""
    title = _SENTENCE_END.split(text, maxsplit=1)[0].strip(" .:")
    if len(title) <= _LONGEST_TITLE:
        return title
    return title[:_LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def detail_of(words: str) -> tuple[str, str] | None:
    """What a line tells of an experience besides its story, and with what words: "Territoire : Mayenne"."""
    label, start = label_in(words) or ("", 0)
    found = phrases("details").opening(label)
    return (found[0], words[start:]) if found and found[1] == header_key(label) else None


def is_field(line: Line) -> bool:
    """Whether a line fills in a field of the form in which an experience is told."""
    return _field_of(line.words) is not None


def _field_of(words: str) -> str | None:
    """The field of that form that a line is."""
    opening = label_in(words)
    found = phrases("story").opening(opening[0]) if opening else None
    return found[0] if found else None
