"""The ontology: what the Python types name it defines, what anything uses it defines, and each term explains itself."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection

from ontology import LV, PREFIXES, Kind, Proof, Relation, Table, horizon_of

if TYPE_CHECKING:
    from rdflib.term import Node

ROOT = Path(__file__).parent.parent
FILE = ROOT / "ontology" / "leviers.ttl"
FORMS = ROOT / "ontology" / "formes.ttl"
PACKAGES = ("graph", "ingest", "ontology", "queries", "viz")
USED_AS_PREFIX = re.compile(r"(?<![\w:/])lv:([A-Za-z]\w*)")
USED_IN_PYTHON = re.compile(r"""(?:\bLV \+ f?["']|\{LV\})([A-Za-z]\w*)""")
lv = Namespace(LV)
STATEMENTS = {LV + kind.label for kind in Kind if kind is not Kind.ACTOR}
# DESIGN's second table: from, to, and the type in Neo4j.
RELATIONS = {
    "answers": ("Lever", {"Irritant"}, "ANSWERS"),
    "raises": ("Irritant", {"Need"}, "RAISES"),
    "meets": ("Lever", {"Need"}, "MEETS"),
    "reveals": ("Experience", {"Irritant", "Strength"}, "REVEALS"),
    "implements": ("Action", {"Lever"}, "IMPLEMENTS"),
    "mobilises": ("Lever", {"Actor"}, "MOBILISES"),
    "measuredBy": ("Lever", {"Indicator"}, "MEASURED_BY"),
    "scheduledFor": ("Lever", {"Timeframe"}, "SCHEDULED_FOR"),
    "involves": ("Experience", {"Actor"}, "INVOLVES"),
    "names": ("Statement", {"Actor"}, "NAMES"),
}
BUILT_ON = {
    "Irritant": "ibis:Issue",
    "Strength": "ibis:Argument",
    "Need": "skos:Concept",
    "Lever": "ibis:Position",
    "Action": "prov:Plan",
    "Actor": "prov:Agent",
    "Role": "org:Role",
    "Organisation": "org:Organization",
    "Indicator": "skos:Concept",
    "Timeframe": "skos:Concept",
    "Experience": "prov:Activity",
    "Objective": "skos:Concept",
    "Question": "skos:Concept",
    "Theme": "skos:Concept",
    "Session": "schema:Event",
    "Document": "foaf:Document",
    "Row": "prov:Entity",
    "Mention": "oa:Annotation",
}


@cache
def _ontology() -> Graph:
    return Graph().parse(FILE)


def _terms() -> list[URIRef]:
    return sorted({node for node in _ontology().subjects() if isinstance(node, URIRef) and node.startswith(LV)})


def _members(node: Node | None, *lists: URIRef) -> set[str]:
    """The class itself, or the members of the union or enumeration that it is; local names for ours."""
    graph = _ontology()
    for name in lists or (OWL.unionOf,):
        head = graph.value(node, name)
        if head is not None:
            return {str(item).removeprefix(LV) for item in Collection(graph, head)}
    return {str(node).removeprefix(LV)}


def _classes_above(name: str) -> set[str]:
    return {str(node) for node in _ontology().transitive_objects(lv[name], RDFS.subClassOf)}


def _uses() -> dict[str, set[str]]:
    """Each local name that a file uses, with the files that use it."""
    found: dict[str, set[str]] = {}
    files = [*ROOT.glob("docs/**/*.md"), *ROOT.glob("README.md")]
    for package in PACKAGES:
        files += [path for ending in ("py", "ttl", "rq", "j2") for path in (ROOT / package).rglob(f"*.{ending}")]
    for path in files:
        text = path.read_text(encoding="utf-8")
        names = USED_AS_PREFIX.findall(text) + (USED_IN_PYTHON.findall(text) if path.suffix == ".py" else [])
        for name in names:
            found.setdefault(name, set()).add(path.relative_to(ROOT).as_posix())
    return found


@pytest.mark.parametrize("relation", Relation)
def test_the_ends_of_a_relation_are_ends(relation: Relation) -> None:
    graph = _ontology()
    for end, general in zip(relation.ends, ("from", "to"), strict=True):
        assert (URIRef(end), RDF.type, OWL.ObjectProperty) in graph
        assert graph.value(URIRef(end), RDFS.subPropertyOf) == URIRef(LV + general)


def test_both_parsers_read_the_same_triples() -> None:
    for path in (FILE, FORMS):
        theirs = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
        assert len(theirs) == len(Graph().parse(path)) > 0


def test_the_ontology_says_what_it_is() -> None:
    graph, me = _ontology(), URIRef(LV.rstrip("#"))
    dcterms, vann = Namespace(PREFIXES["dcterms"]), Namespace("http://purl.org/vocab/vann/")
    assert (me, RDF.type, OWL.Ontology) in graph
    for property_ in (dcterms.title, dcterms.description):
        assert {getattr(text, "language", None) for text in graph.objects(me, property_)} == {"fr", "en"}
    for property_ in (dcterms.license, dcterms.created, OWL.versionInfo, OWL.versionIRI):
        assert graph.value(me, property_) is not None
    assert graph.value(me, vann.preferredNamespacePrefix) == Literal("lv")
    assert graph.value(me, vann.preferredNamespaceUri) == Literal(LV, datatype=XSD.anyURI)


def test_the_kinds_are_the_statement_classes_and_the_actor() -> None:
    graph = _ontology()
    assert {str(node) for node in graph.subjects(RDFS.subClassOf, lv.Statement)} == STATEMENTS
    assert {str(node) for node in graph.subjects(RDFS.subClassOf, lv.Concept)} == {LV + "Statement", LV + "Actor"}
    assert _members(graph.value(lv.kind, RDFS.range), OWL.oneOf) == {kind.label for kind in Kind}


def test_a_statement_is_of_one_kind() -> None:
    graph = _ontology()
    disjoint = [graph.value(node, OWL.members) for node in graph.subjects(RDF.type, OWL.AllDisjointClasses)]
    members = [{str(item) for item in Collection(graph, head)} for head in disjoint if head is not None]
    assert STATEMENTS in members


@pytest.mark.parametrize(("name", "base"), BUILT_ON.items())
def test_a_class_is_built_on_a_known_one(name: str, base: str) -> None:
    prefix, _, local = base.partition(":")
    assert PREFIXES[prefix] + local in _classes_above(name)


def test_a_local_authority_is_an_organisation_and_every_leaf_an_actor() -> None:
    assert LV + "Organisation" in _classes_above("LocalAuthority")
    for name in ("Role", "Organisation", "LocalAuthority", "Body", "Audience"):
        assert LV + "Actor" in _classes_above(name)


@pytest.mark.parametrize("relation", [relation for relation in Relation if relation is not Relation.CLOSE_TO])
def test_a_relation_joins_what_it_should(relation: Relation) -> None:
    graph, iri = _ontology(), URIRef(relation.iri)
    domain, range_, neo4j = RELATIONS[relation.value]
    assert (iri, RDF.type, OWL.ObjectProperty) in graph
    assert _members(graph.value(iri, RDFS.domain)) == {domain}
    assert _members(graph.value(iri, RDFS.range)) == range_
    assert graph.value(iri, lv.neo4jType) == Literal(neo4j) == Literal(relation.neo4j)


def test_a_close_match_joins_concepts_in_neo4j_too() -> None:
    graph, iri = _ontology(), URIRef(Relation.CLOSE_TO.iri)
    assert iri == SKOS.closeMatch
    assert graph.value(iri, lv.neo4jType) == Literal(Relation.CLOSE_TO.neo4j)
    assert list(graph.objects(iri, RDFS.domain)) == []  # the property is not ours
    assert str(SKOS.Concept) in _classes_above("Statement")


def test_theme_and_territory_have_a_type_in_neo4j() -> None:
    graph = _ontology()
    types = {str(node): str(name) for node, name in graph.subject_objects(lv.neo4jType)}
    assert types[LV + "hasTheme"] == "HAS_THEME"
    assert types[LV + "inTerritory"] == "IN_TERRITORY"
    assert len(set(types.values())) == len(types) == len(Relation) + 2
    assert _members(graph.value(lv.relation, RDFS.range), OWL.oneOf) == {
        relation.iri.removeprefix(LV) for relation in Relation
    }


def test_every_term_in_use_is_defined() -> None:
    defined = {term.removeprefix(LV) for term in _terms()}
    unknown = {name: sorted(files) for name, files in _uses().items() if name not in defined}
    assert unknown == {}


def test_the_search_for_terms_in_use_finds_them() -> None:
    assert USED_AS_PREFIX.findall("?l a lv:Link ; ^lv:inRow ?r . id:lv:no https://lv:no") == ["Link", "inRow"]
    assert USED_IN_PYTHON.findall("""add(me, LV + "sha256") f"<{LV}quote>" NOLV + "x" """) == ["sha256", "quote"]
    assert {"Link", "kind", "searchKey", "meetingFormat"} <= set(_uses())


@pytest.mark.parametrize("term", _terms(), ids=lambda term: term.removeprefix(LV))
def test_a_term_explains_itself_in_both_languages(term: URIRef) -> None:
    graph = _ontology()
    for property_ in (RDFS.label, RDFS.comment):
        texts = [text for text in graph.objects(term, property_) if isinstance(text, Literal)]
        assert sorted(text.language or "" for text in texts) == ["en", "fr"]
        assert all(text.strip() for text in texts)


def test_every_property_says_what_it_joins() -> None:
    graph = _ontology()
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = {node for kind in kinds for node in graph.subjects(RDF.type, kind) if str(node).startswith(LV)}
    assert len(ours) > len(Relation)
    for node in ours:
        for property_ in (RDFS.domain, RDFS.range):
            assert len(list(graph.objects(node, property_))) == 1, (node, property_)


def test_no_two_terms_have_one_french_label() -> None:
    graph = _ontology()
    by_kind: dict[tuple[bool, str], list[str]] = {}
    for term in _terms():
        is_class = (term, RDF.type, OWL.Class) in graph
        for text in graph.objects(term, RDFS.label):
            if isinstance(text, Literal) and text.language == "fr":
                by_kind.setdefault((is_class, str(text)), []).append(term)
    assert {label: terms for label, terms in by_kind.items() if len(terms) > 1} == {}


def test_whatever_is_referred_to_is_declared() -> None:
    graph = _ontology()
    linking = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range)
    standard = (str(XSD), str(RDF), str(RDFS), str(OWL))
    for property_ in linking:
        for node in graph.objects(None, property_):
            known = isinstance(node, BNode) or str(node).startswith(standard) or (node, RDF.type, None) in graph
            assert known, f"{property_} {node}"


def test_the_levels_of_proof_are_those_of_the_types_in_the_same_order() -> None:
    graph = _ontology()
    ranks = {str(node).removeprefix(LV): graph.value(node, lv["rank"]) for node in graph.subjects(RDF.type, lv.Proof)}
    assert ranks == {proof.value: Literal(proof.rank) for proof in Proof}


def test_the_horizons_are_those_that_words_lead_to() -> None:
    graph = _ontology()
    found = {str(node): graph.value(node, lv["rank"]) for node in graph.subjects(RDF.type, lv.Horizon)}
    assert found == {horizon_of(f"{word} terme"): Literal(rank) for rank, word in enumerate(("court", "moyen", "long"))}


def test_the_tables_are_those_of_the_types() -> None:
    assert _members(_ontology().value(lv.table, RDFS.range), OWL.oneOf) == {table.value for table in Table}


def test_the_shapes_know_the_same_lists() -> None:
    shapes, forme, sh = Graph().parse(FORMS), Namespace("https://w3id.org/leviers/formes#"), Namespace(PREFIXES["sh"])

    def listed(shape: str) -> set[str]:
        head = shapes.value(forme[shape], sh["in"])
        assert head is not None
        return {str(item).removeprefix(LV) for item in Collection(shapes, head)}

    assert listed("mention-kind") == {kind.label for kind in Kind}
    assert listed("row-table") == {table.value for table in Table}
    assert listed("link-proof") == {proof.value for proof in Proof}
    assert listed("link-relation") == {relation.iri.removeprefix(LV) for relation in Relation}
    for name, (domain, range_, _) in RELATIONS.items():
        assert shapes.value(forme[f"{name}-from"], sh["class"]) == lv[domain]
        to = forme[f"{name}-to"]
        options = Collection(shapes, shapes.value(to, sh["or"]) or RDF.nil)
        ends = {str(end) for node in (to, *options) for end in shapes.objects(node, sh["class"])}
        assert ends == {LV + end for end in range_}
