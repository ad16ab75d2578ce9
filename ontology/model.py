"""What a report says, once read: typed, placed, and independent of any store.

Offsets are code points from 0 in the normalised text of the document; the end is excluded.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ontology.kinds import Kind, Reason, Table


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of a document's normalised text: ``text[start:end]``.

    >>> Span(0, 3).of("ENT commun")
    'ENT'
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The passage itself."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """One item of a cell, verbatim, in its place.

    Attributes:
        id: unique in the corpus, ``<row id>m<position>``.
        position: rank in the document, from 1, in reading order.
        text: cleaned: spaces joined, bullet and markup removed, typos kept.
        column: the header as printed, or the words that gave the kind.
        title: a short name, where the text is long and has one (experiences).
        actors: identifiers of the vocabulary's actors that the text names.
        unknown_actors: wordings in an actors' cell that the vocabulary lacks; each is an actor of its own.
        unknown_words: what else may name an actor that it lacks: acronyms of other statements, words left in a cell.
        page: page from 1, for paged formats.
        doubtful: its column had to be inferred, and another one is nearly as likely.
    """

    id: str
    row: str
    kind: Kind
    text: str
    span: Span
    column: str
    position: int
    title: str = ""
    actors: tuple[str, ...] = ()
    unknown_actors: tuple[str, ...] = ()
    page: int | None = None
    doubtful: bool = False
    unknown_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """The unit of evidence: one table row, one experience told, one question with its answers.

    Attributes:
        id: unique in the corpus, ``<document key>.t<table>r<row>``.
        number: rank in its table, from 1, the repeated headers not counted.
        reference: for a summary, the section and row of the source it stands for.
        experience: id of the row of the experience that this diagnostic row refers to, if any.
    """

    id: str
    session: str
    section: str
    table: Table
    number: int
    theme: str | None = None
    territory: str | None = None
    reference: str = ""
    experiences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Participation:
    """Those of one category who took part in a session, as declared.

    Attributes:
        category: as printed, without the names of persons.
        ticked: the state of its box, None where no box was printed.
        participants: None where no number was printed ("à compléter"), or where it is no single number.
        text: the count as printed, with its remark; empty where none was printed.
        span: from the box or the category to the end of the count.
    """

    category: str
    ticked: bool | None
    participants: int | None
    establishments: int | None
    text: str
    span: Span

    @property
    def counted(self) -> bool:
        """Whether a count was printed."""
        return bool(self.text) or self.participants is not None or self.establishments is not None

    @property
    def present(self) -> bool:
        """Whether the form says that they came: the box is not left empty, or a count was printed all the same."""
        return self.ticked is not False or self.counted


@dataclass(frozen=True, slots=True)
class Session:
    """One workshop: the block of a document that tells it.

    Attributes:
        id: unique in the corpus, ``<document key>.s<n>``.
        dates: ISO dates that the block states, sorted; of a range, its first and last days.
        facilitators: what those who led it are, never who: IRIs of the vocabulary's actors, or roles as worded.
    """

    id: str
    title: str
    theme: str | None = None
    territory: str | None = None
    dates: tuple[str, ...] = ()
    date_text: str = ""
    place: str = ""
    meeting_format: str = ""
    facilitators: tuple[str, ...] = ()
    participations: tuple[Participation, ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """A passage that was read and not stored, with the reason; ``line`` counts from 1."""

    span: Span
    reason: Reason
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one document.

    Attributes:
        key: readable and stable, from the file's name.
        name: file name, or path relative to the folder given.
        text: normalised text, to which all spans refer.
        sha256: of the file's bytes.
        source: for a summary, the name of the file that it summarises.
    """

    key: str
    name: str
    title: str
    text: str
    sha256: str
    media_type: str
    sessions: tuple[Session, ...] = ()
    rows: tuple[Row, ...] = ()
    mentions: tuple[Mention, ...] = ()
    asides: tuple[Aside, ...] = ()
    warnings: tuple[str, ...] = ()
    source: str = ""
    _rows: dict[str, Row] = field(default_factory=dict, repr=False, compare=False)

    @property
    def unplaced(self) -> list[Aside]:
        """The passages of tables that found no place."""
        return [aside for aside in self.asides if aside.reason in {Reason.LAYOUT, Reason.UNKNOWN_TABLE}]

    def row(self, identifier: str) -> Row:
        """The row of that id.

        Raises:
            KeyError: there is none.
        """
        if not self._rows:
            self._rows.update((row.id, row) for row in self.rows)
        return self._rows[identifier]
