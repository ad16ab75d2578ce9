"""A reading as triples: the only file that knows the shape of a document's graph (see docs/model.md)."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from graph.link import link_facts, link_iri
from graph.triples import FALSE, TRUE, Lines, date, iri, literal, number
from ontology import (
    GRAPH,
    ID,
    LV,
    PREFIXES,
    Kind,
    Proof,
    Reason,
    Relation,
    class_iri,
    concept_iri,
    made_from_content,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ontology import Mention, Participation, Reading, Row, Session, Span

_DC, _OA, _SKOS, _XSD = PREFIXES["dcterms"], PREFIXES["oa"], PREFIXES["skos"], PREFIXES["xsd"]
_CONTEXT = 40  # code points kept before and after a quotation
_PRIVATE = {Reason.SESSION, Reason.PERSON}  # passages that name people: no quotation keeps a part of them

# What two kinds in one row say of each other.
RELATIONS: tuple[tuple[Kind, Relation, Kind], ...] = (
    (Kind.LEVER, Relation.ANSWERS, Kind.IRRITANT),
    (Kind.IRRITANT, Relation.RAISES, Kind.NEED),
    (Kind.LEVER, Relation.MEETS, Kind.NEED),
    (Kind.EXPERIENCE, Relation.REVEALS, Kind.IRRITANT),
    (Kind.EXPERIENCE, Relation.REVEALS, Kind.STRENGTH),
    (Kind.ACTION, Relation.IMPLEMENTS, Kind.LEVER),
    (Kind.LEVER, Relation.MOBILISES, Kind.ACTOR),
    (Kind.LEVER, Relation.MEASURED_BY, Kind.INDICATOR),
    (Kind.LEVER, Relation.SCHEDULED_FOR, Kind.TIMEFRAME),
    (Kind.EXPERIENCE, Relation.INVOLVES, Kind.ACTOR),
)


def graph_iri(key: str) -> str:
    """The named graph of a document."""
    return GRAPH + key


def document_iri(key: str) -> str:
    """The document itself."""
    return f"{ID}document/{key}"


def row_iri(identifier: str) -> str:
    """A row of a document."""
    return f"{ID}row/{identifier}"


def bodies(mention: Mention) -> tuple[str, ...]:
    """What a mention is of, before any decision: one concept, or the actors of a cell."""
    if mention.kind is not Kind.ACTOR:
        return (concept_iri(mention.kind, mention.text),)
    return (*mention.actors, *(concept_iri(Kind.ACTOR, name) for name in mention.unknown_actors))


def document_lines(
    reading: Reading,
    canonical: Callable[[str], str],
    source: str | None = None,
    *,
    counted: bool = True,
    version: str = "",
) -> list[str]:
    """The triples of one document.

    Args:
        reading: what was read.
        canonical: the concept that stands for another since a decision, or the same one.
        source: key of the loaded document that this one summarises.
        version: of what read it.
        counted: False where the document repeats another: it is kept, and adds no evidence.
    """
    writer = _Writer(reading, canonical)
    writer.document(source, counted=counted, version=version)
    if counted:
        for session in reading.sessions:
            writer.session(session)
        for row in reading.rows:
            writer.row(row)
        for mention in reading.mentions:
            writer.mention(mention)
        writer.links()
    return writer.lines.sorted()


class _Writer:
    def __init__(self, reading: Reading, canonical: Callable[[str], str]) -> None:
        self.reading = reading
        self.canonical = canonical
        self.lines = Lines()
        self.me = document_iri(reading.key)
        self.private = [aside.span for aside in reading.asides if aside.reason in _PRIVATE]

    def document(self, source: str | None, *, counted: bool, version: str) -> None:
        reading, add = self.reading, self.lines.add
        add(self.me, "a", iri(LV + "Document"))
        add(self.me, _DC + "title", literal(reading.title, "fr"))
        add(self.me, _DC + "identifier", literal(reading.name))
        add(self.me, LV + "sha256", literal(reading.sha256))
        add(self.me, LV + "mediaType", literal(reading.media_type))
        add(self.me, LV + "length", number(len(reading.text)))
        add(self.me, LV + "setAside", number(len(reading.asides)))
        add(self.me, LV + "readWith", literal(version))
        if source:
            add(self.me, _DC + "source", iri(document_iri(source)))
        if not counted:
            add(self.me, LV + "countedElsewhere", TRUE)

    def session(self, session: Session) -> None:
        me, add = f"{ID}session/{session.id}", self.lines.add
        add(me, "a", iri(LV + "Session"))
        add(me, _DC + "isPartOf", iri(self.me))
        add(me, _DC + "title", literal(session.title, "fr"))
        for property_, text in (
            ("dateText", session.date_text),
            ("place", session.place),
            ("meetingFormat", session.meeting_format),
        ):
            if text:
                add(me, LV + property_, literal(text, "fr"))
        add(me, _DC + "date", *(date(day) for day in session.dates))
        for role in session.facilitators:
            if role.startswith(ID):
                add(me, LV + "facilitatedBy", iri(role))
            else:
                add(me, LV + "facilitatorText", literal(role, "fr"))
        for place, told in enumerate(session.participations, 1):
            add(me, LV + "hasParticipation", iri(f"{ID}participation/{session.id}.p{place}"))
            self._participation(f"{ID}participation/{session.id}.p{place}", told)
        self._context(me, session.theme, session.territory)

    def _participation(self, me: str, told: Participation) -> None:
        add = self.lines.add
        add(me, "a", iri(LV + "Participation"))
        add(me, LV + "category", literal(told.category, "fr"))
        if told.ticked is not None:
            add(me, LV + "ticked", TRUE if told.ticked else FALSE)
        if told.participants is not None:
            add(me, LV + "participants", number(told.participants))
        if told.establishments is not None:
            add(me, LV + "establishments", number(told.establishments))
        if told.text:
            add(me, LV + "participantsText", literal(told.text, "fr"))
        self._target(me, told.span, around=0)  # beside a role stands the name of whoever holds it

    def row(self, row: Row) -> None:
        me, add = row_iri(row.id), self.lines.add
        add(me, "a", iri(LV + "Row"))
        add(me, _DC + "isPartOf", iri(self.me))
        add(me, LV + "inSession", iri(f"{ID}session/{row.session}"))
        add(me, LV + "section", literal(row.section, "fr"))
        add(me, LV + "table", literal(row.table.value))
        add(me, LV + "number", number(row.number))
        if row.reference:
            add(me, LV + "reference", literal(row.reference, "fr"))
        add(me, LV + "refersTo", *(iri(row_iri(other)) for other in row.experiences))
        self._context(me, row.theme, row.territory)
        if row.theme:
            add(me, LV + "rowTheme", iri(row.theme))
        if row.territory:
            add(me, LV + "rowTerritory", iri(row.territory))

    def mention(self, mention: Mention) -> None:
        me, add, row = f"{ID}mention/{mention.id}", self.lines.add, self.reading.row(mention.row)
        add(me, "a", iri(LV + "Mention"))
        add(me, LV + "kind", iri(class_iri(mention.kind)))
        add(me, LV + "inRow", iri(row_iri(mention.row)))
        add(me, LV + "column", literal(mention.column, "fr"))
        add(me, LV + "text", literal(mention.text, "fr"))
        add(me, LV + "position", number(mention.position))
        if mention.title:
            add(me, _DC + "title", literal(mention.title, "fr"))
        if mention.page is not None:
            add(me, LV + "page", number(mention.page))
        if mention.doubtful:
            add(me, LV + "doubtful", TRUE)
        self._target(me, mention.span)
        for body in bodies(mention):
            concept = self.canonical(body)
            add(me, _OA + "hasBody", iri(concept))
            self._concept(concept, mention, row)
        for name in mention.unknown_actors:  # kept where a decision gives the wording to another actor
            add(concept_iri(Kind.ACTOR, name), PREFIXES["rdfs"] + "label", literal(name, "fr"))
        if mention.kind is not Kind.ACTOR:
            relation = Relation.INVOLVES if mention.kind is Kind.EXPERIENCE else Relation.NAMES
            for actor in mention.actors:
                self._link(self._body(mention), relation, actor, mention.row)

    def _target(self, mention: str, span: Span, around: int = _CONTEXT) -> None:
        add, text = self.lines.add, self.reading.text
        first = max(0, span.start - around, *(other.end for other in self.private if other.end <= span.start))
        last = min(len(text), span.end + around, *(other.start for other in self.private if other.start >= span.end))
        target, quote, place = f"{mention}#target", f"{mention}#quote", f"{mention}#place"
        add(mention, _OA + "hasTarget", iri(target))
        add(target, _OA + "hasSource", iri(self.me))
        add(target, _OA + "hasSelector", iri(quote), iri(place))
        add(quote, "a", iri(_OA + "TextQuoteSelector"))
        add(quote, _OA + "exact", literal(span.of(text)))
        add(quote, _OA + "prefix", literal(text[first : span.start]))
        add(quote, _OA + "suffix", literal(text[span.end : last]))
        add(place, "a", iri(_OA + "TextPositionSelector"))
        add(place, _OA + "start", number(span.start))
        add(place, _OA + "end", number(span.end))

    def _concept(self, concept: str, mention: Mention, row: Row) -> None:
        add = self.lines.add
        add(concept, LV + "quote", literal(mention.text, "fr"))
        if mention.kind is not Kind.ACTOR:
            add(concept, "a", iri(class_iri(mention.kind)))
            self._context(concept, row.theme, row.territory)
        elif made_from_content(concept):
            add(concept, "a", iri(LV + "Actor"))
            add(concept, LV + "unrecognised", TRUE)
            for name in mention.unknown_actors:
                if self.canonical(concept_iri(Kind.ACTOR, name)) == concept:
                    add(concept, PREFIXES["rdfs"] + "label", literal(name, "fr"))

    def links(self) -> None:
        """What each row says of the things that stand in it."""
        told = self._by_row()
        for row in self.reading.rows:
            inside = dict(told.get(row.id, {}))
            for things in inside.values():
                self.lines.add(row_iri(row.id), LV + "says", *map(iri, things))
            for other in row.experiences:
                more = told.get(other, {}).get(Kind.EXPERIENCE, ())
                inside[Kind.EXPERIENCE] = (*inside.get(Kind.EXPERIENCE, ()), *more)
            for kind, things in inside.items():
                self.lines.add(row_iri(row.id), f"{LV}holds{kind.label}", *map(iri, things))
            for subject, relation, object_ in RELATIONS:
                for one, other in product(inside.get(subject, ()), inside.get(object_, ())):
                    self._link(one, relation, other, row.id)

    def _by_row(self) -> dict[str, dict[Kind, tuple[str, ...]]]:
        told: dict[str, dict[Kind, tuple[str, ...]]] = {}
        for mention in self.reading.mentions:
            kinds = told.setdefault(mention.row, {})
            kinds[mention.kind] = (*kinds.get(mention.kind, ()), *map(self.canonical, bodies(mention)))
        return told

    def _body(self, mention: Mention) -> str:
        return self.canonical(concept_iri(mention.kind, mention.text))

    def _link(self, one: str, relation: Relation, other: str, row: str) -> None:
        add = self.lines.add
        me = link_iri(one, relation, other, row)
        add(one, relation.iri, iri(other))
        for fact, thing in link_facts(one, relation, other, Proof.ROW):
            add(me, fact, iri(thing))
        add(me, LV + "evidence", iri(row_iri(row)))

    def _context(self, thing: str, theme: str | None, territory: str | None) -> None:
        if theme:
            self.lines.add(thing, LV + "hasTheme", iri(theme))
        if territory:
            self.lines.add(thing, LV + "inTerritory", iri(territory))


def known_concepts(lines: Iterable[str]) -> set[str]:
    """The concepts that the triples of a document quote."""
    quote = f" <{LV}quote> "
    return {line[1 : line.index(">")] for line in lines if quote in line}
