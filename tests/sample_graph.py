"""A small graph that holds one of everything, written triple by triple as docs/model.md says."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, NamedTuple

from graph.link import close_lines
from graph.triples import TRUE, Lines, date, iri, literal, number
from ontology import CONCEPTS_GRAPH, GRAPH, ID, LV, PREFIXES, VOCABULARY_GRAPH, Kind, Relation, concept_iri, search_key

if TYPE_CHECKING:
    from graph.store import Store

DC, OA, SKOS = PREFIXES["dcterms"], PREFIXES["oa"], PREFIXES["skos"]
DECISIONS_GRAPH = GRAPH + "_decisions"
EGAL, ENSEMBLE = f"{ID}theme/egal-acces", f"{ID}theme/travailler-ensemble"
MAINE, VENDEE = f"{ID}territory/maine-et-loire", f"{ID}territory/vendee"
REGION, FRANCE = f"{ID}territory/region-academique-pays-de-la-loire", f"{ID}territory/france-entiere"
OLD_LEVER = f"{ID}lever/0000aaaa1111"


def irritant(text: str) -> str:
    return concept_iri(Kind.IRRITANT, text)


def lever(text: str) -> str:
    return concept_iri(Kind.LEVER, text)


def strength(text: str) -> str:
    return concept_iri(Kind.STRENGTH, text)


def actor(name: str) -> str:
    return f"{ID}actor/{name}"


class Said(NamedTuple):
    """A row of a document: what stands in it, by kind; an actor is named by the end of its identifier."""

    id: str
    section: str
    table: str
    theme: str
    items: tuple[tuple[Kind, str], ...]


class Told(NamedTuple):
    """A document of one session."""

    key: str
    day: str
    territory: str
    rows: tuple[Said, ...]


IRR, LEV, NEED, GOOD, DOES = Kind.IRRITANT, Kind.LEVER, Kind.NEED, Kind.STRENGTH, Kind.ACTION
WHO, WHEN, SHOWS, TOLD, ASKED = Kind.ACTOR, Kind.TIMEFRAME, Kind.INDICATOR, Kind.EXPERIENCE, Kind.QUESTION

DOCUMENTS = (
    Told("atelier", "2020-10-05", MAINE, (
        Said("t1r1", "Diagnostic", "diagnostic", EGAL, (
            (TOLD, "Prêt de tablettes"), (IRR, "Zones blanches"), (GOOD, "Prêt de matériel"))),
        Said("t2r1", "Synthèse", "synthesis", EGAL, (
            (IRR, "Zones blanches"), (NEED, "Se connecter partout"), (LEV, "Ouvrir un point d’accès"))),
        Said("t2r2", "Synthèse", "synthesis", ENSEMBLE, (
            (IRR, "Manque de temps"), (NEED, "Du temps commun"), (LEV, "Libérer du temps"))),
        Said("t3r1", "Plan d’action", "plan", EGAL, (
            (LEV, "Ouvrir un point d’accès"), (DOES, "Équiper la mairie"), (DOES, "Afficher les horaires"),
            (WHO, "commune"), (WHO, "erun"), (WHEN, "Court terme"), (SHOWS, "Nombre de visites"))),
    )),
    Told("region", "2020-10-12", VENDEE, (
        Said("t1r1", "Synthèse", "synthesis", EGAL, ((IRR, "Réseau trop lent"), (LEV, "Installer la fibre"))),
        Said("t2r1", "Plan d’action", "plan", EGAL, (
            (LEV, "Installer la fibre"), (DOES, "Raccorder les écoles"), (WHO, "dane"), (WHEN, "Année 2021"))),
        Said("t2r2", "Plan d’action", "plan", ENSEMBLE, (
            (LEV, "Dégager du temps"), (DOES, "Banaliser une demi-journée"),
            (WHO, "erun"), (WHO, "dane"), (WHEN, "Long terme"), (SHOWS, "Heures dégagées"))),
        Said("t3r1", "Relevé", "findings", ENSEMBLE, (
            (IRR, "Outils trop nombreux"), (LEV, "Choisir un outil commun"), (WHO, "parents"))),
        Said("t3r2", "Relevé", "findings", ENSEMBLE, ((IRR, "Téléphone en classe"), (IRR, "Zones blanches"))),
        Said("t4r1", "Questions", "questions", ENSEMBLE, ((ASKED, "Qui paie ?"),)),
        Said("t4r2", "Questions", "questions", ENSEMBLE, ((ASKED, "Comment former ?"), (LEV, "Former entre pairs"))),
    )),
    Told("journee", "2015-10-01", FRANCE, (
        Said("t1r1", "Table ronde", "notes", EGAL, ((LEV, "Ouvrir un point d'accès."),)),
        Said("t1r2", "Table ronde", "notes", EGAL, ((GOOD, "Téléphone en classe"),)),
        Said("t1r3", "Table ronde", "notes", EGAL, ((IRR, "Débit insuffisant"),)),
    )),
)  # fmt: skip
CLOSE = (
    (irritant("Zones blanches"), irritant("Réseau trop lent"), "forte"),
    (lever("Dégager du temps"), lever("Libérer du temps"), "moyenne"),
    (irritant("Débit insuffisant"), irritant("Réseau trop lent"), "forte"),
    (irritant("Outils trop nombreux"), strength("Prêt de matériel"), "moyenne"),
)
VOCABULARY = (
    (EGAL, "Theme", "Un égal accès au numérique pour tous", "Equal access to digital tools for all"),
    (ENSEMBLE, "Theme", "Travailler ensemble autrement", "Working together differently"),
    (MAINE, "Territory", "Maine-et-Loire", ""),
    (VENDEE, "Territory", "Vendée", ""),
    (REGION, "Territory", "Région académique Pays de la Loire", ""),
    (FRANCE, "Territory", "France entière", ""),
    (actor("erun"), "Role", "Enseignant référent aux usages du numérique", "Digital lead teacher (primary schools)"),
    (actor("commune"), "LocalAuthority", "Commune", "Municipality"),
    (actor("dane"), "Organisation", "Délégation académique au numérique éducatif", ""),
    (actor("parents"), "Audience", "Parents d’élèves", "Parents"),
    (f"{ID}horizon/court", "Horizon", "court terme", "short term"),
    (f"{ID}horizon/moyen", "Horizon", "moyen terme", "medium term"),
    (f"{ID}horizon/long", "Horizon", "long terme", "long term"),
)
HORIZONS = {"Court terme": "court", "Long terme": "long"}
RELATIONS = (
    (LEV, "answers", IRR), (IRR, "raises", NEED), (LEV, "meets", NEED), (TOLD, "reveals", IRR), (TOLD, "reveals", GOOD),
    (DOES, "implements", LEV), (LEV, "mobilises", WHO), (LEV, "measuredBy", SHOWS), (LEV, "scheduledFor", WHEN),
)  # fmt: skip


def fill(store: Store) -> Store:
    """The sample in a store."""
    for name, lines in graphs().items():
        store.replace_graph(name, lines)
    return store


def graphs(
    documents: tuple[Told, ...] = DOCUMENTS, close: tuple[tuple[str, str, str], ...] = CLOSE
) -> dict[str, list[str]]:
    """The named graphs of the sample, or of other documents, each as N-Triples lines."""
    made = {f"{GRAPH}{told.key}": _document(told) for told in documents}
    return made | {
        f"{GRAPH}copie": _copy(),
        VOCABULARY_GRAPH: _vocabulary(),
        CONCEPTS_GRAPH: _concepts(documents),
        DECISIONS_GRAPH: _decisions(close),
    }


def body(kind: Kind, text: str) -> str:
    """What a mention is of."""
    return actor(text) if kind is WHO else concept_iri(kind, text)


def _document(told: Told) -> list[str]:
    lines = Lines()
    document, session = f"{ID}document/{told.key}", f"{ID}session/{told.key}.s1"
    lines.add(document, "a", iri(LV + "Document"))
    lines.add(document, DC + "identifier", literal(f"{told.key}.md"))
    lines.add(document, LV + "setAside", number(len(told.key)))
    lines.add(session, "a", iri(LV + "Session"))
    lines.add(session, DC + "isPartOf", iri(document))
    lines.add(session, DC + "title", literal(f"Séance {told.key}", "fr"))
    lines.add(session, DC + "date", date(told.day))
    lines.add(session, LV + "inTerritory", iri(told.territory))
    lines.add(session, LV + "meetingFormat", literal("Distanciel", "fr"))
    for count, category in ((5, "Premier degré"), (3, "Opérateurs")) if told.key == "atelier" else ():
        part = f"{ID}participation/{told.key}.s1.p{count}"
        lines.add(part, "a", iri(LV + "Participation"))
        lines.add(session, LV + "hasParticipation", iri(part))
        lines.add(part, LV + "category", literal(category, "fr"))
        lines.add(part, LV + "participants", number(count))
    position = 0
    for said in told.rows:
        position = _row(lines, told, said, document, session, position)
    return lines.sorted()


def _row(lines: Lines, told: Told, said: Said, document: str, session: str, position: int) -> int:
    row = f"{ID}row/{told.key}.{said.id}"
    lines.add(row, "a", iri(LV + "Row"))
    lines.add(row, DC + "isPartOf", iri(document))
    lines.add(row, LV + "inSession", iri(session))
    lines.add(row, LV + "section", literal(said.section, "fr"))
    lines.add(row, LV + "table", literal(said.table))
    lines.add(row, LV + "number", number(int(said.id[-1])))
    lines.add(row, LV + "hasTheme", iri(said.theme))
    lines.add(row, LV + "inTerritory", iri(told.territory))
    lines.add(row, LV + "rowTheme", iri(said.theme))
    lines.add(row, LV + "rowTerritory", iri(told.territory))
    for kind, text in said.items:
        position += 1
        lines.add(row, f"{LV}holds{kind.label}", iri(body(kind, text)))
        lines.add(row, LV + "says", iri(body(kind, text)))
        _mention(lines, f"{ID}mention/{told.key}.{said.id}m{position}", row, kind, text, position)
        if kind is not WHO:
            lines.add(body(kind, text), LV + "hasTheme", iri(said.theme))
            lines.add(body(kind, text), LV + "inTerritory", iri(told.territory))
    for subject, relation, object_ in RELATIONS:
        for one in (body(kind, text) for kind, text in said.items if kind is subject):
            for other in (body(kind, text) for kind, text in said.items if kind is object_):
                _link(lines, one, LV + relation, other, "row", row)
    return position


def _mention(lines: Lines, me: str, row: str, kind: Kind, text: str, position: int) -> None:
    concept = body(kind, text)
    lines.add(me, "a", iri(LV + "Mention"))
    lines.add(me, LV + "kind", iri(LV + kind.label))
    lines.add(me, LV + "inRow", iri(row))
    lines.add(me, LV + "column", literal("Colonne", "fr"))
    lines.add(me, LV + "text", literal(text, "fr"))
    lines.add(me, LV + "position", number(position))
    lines.add(me, OA + "hasBody", iri(concept))
    lines.add(me, OA + "hasTarget", iri(f"{me}#target"))
    lines.add(f"{me}#target", OA + "hasSelector", iri(f"{me}#quote"), iri(f"{me}#place"))
    lines.add(f"{me}#quote", OA + "exact", literal(text))
    lines.add(f"{me}#place", OA + "start", number(position * 10))
    lines.add(concept, LV + "quote", literal(text, "fr"))
    if kind is not WHO:
        lines.add(concept, "a", iri(LV + kind.label))
    if text in HORIZONS:
        lines.add(concept, LV + "horizon", iri(f"{ID}horizon/{HORIZONS[text]}"))


def _link(lines: Lines, one: str, relation: str, other: str, proof: str, row: str = "") -> str:
    me = f"{ID}link/{zlib.crc32(chr(9).join((one, relation, other, row)).encode()):016x}"
    if row:
        lines.add(one, relation, iri(other))
        lines.add(me, LV + "evidence", iri(row))
    lines.add(me, "a", iri(LV + "Link"))
    lines.add(me, LV + "from", iri(one))
    lines.add(me, LV + "relation", iri(relation))
    lines.add(me, LV + "to", iri(other))
    (known,) = (each for each in Relation if each.iri == relation)
    for end, thing in zip(known.ends, (one, other), strict=True):
        lines.add(me, end, iri(thing))
    lines.add(me, LV + "proof", iri(LV + proof))
    return me


def _copy() -> list[str]:
    lines = Lines()
    lines.add(f"{ID}document/copie", "a", iri(LV + "Document"))
    lines.add(f"{ID}document/copie", DC + "identifier", literal("copie.md"))
    lines.add(f"{ID}document/copie", LV + "setAside", number(4))
    lines.add(f"{ID}document/copie", LV + "countedElsewhere", TRUE)
    return lines.sorted()


def _vocabulary() -> list[str]:
    lines = Lines()
    for thing, kind, french, english in VOCABULARY:
        lines.add(thing, "a", iri(LV + kind))
        lines.add(thing, SKOS + "prefLabel", literal(french, "fr"))
        lines.add(thing, LV + "searchKey", literal(search_key(french)))
        if english:
            lines.add(thing, SKOS + "prefLabel", literal(english, "en"))
    lines.add(actor("erun"), SKOS + "altLabel", literal("ERUN", "fr"))
    lines.add(actor("erun"), LV + "searchKey", literal("erun"))
    lines.add(MAINE, DC + "isPartOf", iri(REGION))
    lines.add(VENDEE, DC + "isPartOf", iri(REGION))
    lines.add(REGION, DC + "isPartOf", iri(FRANCE))
    return lines.sorted()


def _concepts(documents: tuple[Told, ...]) -> list[str]:
    lines = Lines()
    wordings: dict[str, set[str]] = {}
    sessions: dict[str, set[str]] = {}
    years: dict[str, set[int]] = {}
    for told in documents:
        for said in told.rows:
            for kind, text in said.items:
                wordings.setdefault(body(kind, text), set()).add(text.rstrip("."))
                sessions.setdefault(body(kind, text), set()).add(told.key)
                years.setdefault(body(kind, text), set()).add(int(told.day[:4]))
    for concept, said_as in wordings.items():
        # One session, one territory in each document of the sample.
        lines.add(concept, LV + "support", number(len(sessions[concept])))
        lines.add(concept, LV + "territories", number(len(sessions[concept])))
        if len(sessions[concept]) > 1:
            lines.add(concept, LV + "shared", TRUE)
        lines.add(concept, LV + "firstYear", number(min(years[concept])))
        lines.add(concept, LV + "lastYear", number(max(years[concept])))
        if not concept.startswith(f"{ID}actor/"):
            lines.add(concept, SKOS + "prefLabel", literal(max(said_as), "fr"))
            lines.add(concept, SKOS + "altLabel", *(literal(text, "fr") for text in sorted(said_as - {max(said_as)})))
            lines.add(concept, LV + "searchKey", *(literal(search_key(text)) for text in sorted(said_as)))
    return lines.sorted()


def _decisions(close: tuple[tuple[str, str, str], ...]) -> list[str]:
    lines = Lines()
    lines.add(OLD_LEVER, DC + "isReplacedBy", iri(lever("Ouvrir un point d’accès")))
    for one, other, confidence in close:
        lines.take(close_lines(one, other, confidence))
    return lines.sorted()
