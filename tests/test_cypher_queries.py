"""Each question has a twin in Cypher: same parameters, columns and levels of proof, an index for each parameter."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sample_graph as sample

from graph.cypher.connection import connect, parse
from graph.cypher.projection import ACTOR_CLASSES, LABELS, MARK, projection, types
from graph.cypher.statements import create, link, schema
from graph.cypher.writer import publish
from graph.oxigraph import OxigraphStore
from graph.triples import iri, literal, plain
from ontology import ID, LV, PREFIXES, Kind, Proof, Relation, expand
from queries import catalogue
from queries.posing import native

if TYPE_CHECKING:
    from collections.abc import Iterator

    import neo4j

FOLDER = Path(catalogue.__file__).parent
TWINS = sorted((FOLDER / "canned").glob("*.cypher"))
THINGS = {
    "irritant": sample.irritant("Zones blanches"), "levier": sample.lever("Libérer du temps"),
    "acteur": sample.actor("erun"), "theme": sample.ENSEMBLE, "territoire": sample.REGION,
}  # fmt: skip


@pytest.mark.parametrize("folder", ["canned", "dossier"])
def test_each_query_has_its_twin(folder: str) -> None:
    assert {path.stem for path in (FOLDER / folder).glob("*.rq")} == {
        path.stem for path in (FOLDER / folder).glob("*.cypher")
    }


@pytest.mark.parametrize("name", catalogue.names())
def test_a_twin_takes_and_gives_the_same(name: str) -> None:
    query, text = catalogue.get(name), catalogue.twin(name)
    assert set(re.findall(r"\$(\w+)", text)) == {each.name for each in query.parameters}
    assert "//+" not in text, "the header of the .rq describes both"
    given = text[text.rindex("\nRETURN ") :]
    aliases = set(re.findall(r"\bAS `?(\w+)`?", given)) | set(re.findall(r"(?:RETURN|,)\s+(\w+)(?=,|\s*$)", given))
    projected = re.search(r"SELECT DISTINCT (.*?)\nWHERE", query.source, re.DOTALL)
    assert projected
    selected = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\bAS \?(\w+)\)", r"?\1", projected[1])
    assert aliases == set(re.findall(r"\?(\w+)", selected))
    levels = re.findall(r"// proof: (\w+)", text)
    beside = {"same"} if "# only row: " in query.source else set()  # found with the answers of one row
    assert set(levels) == {*re.findall(r"# proof: (\w+)", query.source), *beside}
    assert len(levels) == text.count("// end")


@pytest.mark.parametrize("name", catalogue.names())
def test_weaker_levels_leave_the_text(name: str) -> None:
    query = catalogue.get(name)
    sizes = [len(query.cypher(level)) for level in Proof]
    assert sizes == sorted(sizes)
    assert "proof: theme" not in query.cypher(Proof.CLOSE)
    assert query.cypher() == catalogue.twin(name)


@pytest.mark.parametrize("path", [*TWINS, *sorted((FOLDER / "dossier").glob("*.cypher"))], ids=lambda path: path.stem)
def test_a_twin_reads_only_what_is_published(path: Path) -> None:
    text = path.read_text("utf-8")
    assert max(map(len, text.splitlines())) <= 120
    assert not re.search(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD|apoc)\b", text)
    found = set(re.findall(r"\[\w*:([A-Z_|]+)", text))
    assert {one for some in found for one in some.split("|")} <= types()
    labels = {one for some in re.findall(r"\(\w*((?::\w+)+)", text) for one in some.split(":") if one}
    assert labels <= {MARK, *ACTOR_CLASSES, *(label.name for label in LABELS)}


def test_names_are_those_of_the_ontology() -> None:
    import rdflib

    graph = rdflib.Graph().parse(FOLDER.parent / "ontology" / "leviers.ttl")
    for label in LABELS:
        for one in (*label.classes, LV + label.name):
            known = (rdflib.URIRef(one), rdflib.RDF.type, rdflib.OWL.Class) in graph
            assert known or label.name == "SearchKey", one
    for parent, child in [(parent, child) for child, parents in ACTOR_CLASSES.items() for parent in parents]:
        assert (rdflib.URIRef(LV + child), rdflib.RDFS.subClassOf, rdflib.URIRef(LV + parent)) in graph
    told = {str(one): str(name) for one, name in graph.subject_objects(rdflib.URIRef(LV + "neo4jType"))}
    ours = projection().relationships | {relation.iri: relation.neo4j for relation in Relation}
    assert told.items() <= ours.items()
    for name, type_ in projection().relationships.items():
        local = re.split(r"[#/]", name)[-1]
        upper = re.sub(r"(?<!^)(?=[A-Z])", "_", local).upper()
        assert type_ in {told.get(name, upper), "HAS_KEY"}
    for table in (projection().texts, projection().lists, projection().relationships, projection().links):
        for name in table:
            if name.startswith(LV):
                assert (rdflib.URIRef(name), rdflib.RDFS.label, None) in graph, name


def test_every_property_of_the_graph_is_known_or_left_out_on_purpose() -> None:
    """A property that documents get one day is not lost in silence on the way to Neo4j."""
    import graph.rdf

    source = Path(graph.rdf.__file__).read_text("utf-8")
    written = {
        (LV if space == "LV" else PREFIXES[{"_DC": "dcterms", "_OA": "oa", "_SKOS": "skos"}[space]]) + name
        for space, name in re.findall(r'\b(LV|_DC|_OA|_SKOS) \+ "(\w+)"', source)
    }
    known = projection()
    ours = {name.partition("@")[0] for table in known for name in table}
    folded = {expand(name) for name in (
        "lv:from", "lv:to", "lv:relation", "lv:proof", "lv:evidence", "lv:quote",  # relationships; the mentions' texts
        "oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:prefix", "oa:suffix",  # around the quotation
        "oa:TextQuoteSelector", "oa:TextPositionSelector",
        "lv:rowTheme", "lv:rowTerritory", "lv:says", "lv:shared",  # what queries in SPARQL start from
    )}  # fmt: skip
    classes = {LV + label.name for label in LABELS} | {LV + "Link"}
    assert written - ours - folded - classes == set()


def test_the_schema_names_every_label() -> None:
    text = "\n".join(schema())
    assert all(f"FOR (n:{label.name}) REQUIRE n.id IS UNIQUE" in text for label in LABELS)
    assert text.count("IF NOT EXISTS") == len(schema())


@pytest.mark.parametrize("bad", ["Lever) DETACH DELETE (n", "Personne", ""])
def test_only_names_of_the_ontology_are_written(bad: str) -> None:
    with pytest.raises(ValueError, match="no label"):
        create((bad,))
    with pytest.raises(ValueError, match="no type"):
        link("Lever", bad, "Irritant", told=False)


def test_terms_come_back_as_they_were() -> None:
    for text in ('l’été "là"', "a\\nb\n\r\x01\\", "\\u0041", ""):
        assert plain(literal(text, "fr")) == plain(literal(text)) == text
    assert plain(iri(ID + "actor/erun")) == ID + "actor/erun"
    query = catalogue.get("acteurs-ensemble")
    assert native(query, {"acteur": "<urn:x>"}) == {"acteur": "urn:x", "theme": None, "territoire": None}


def test_what_is_mapped_for_neosemantics() -> None:
    from graph.cypher.n10s import mapping

    text = mapping()
    mapped = dict(re.findall(r"n10s\.mapping\.add\('(.*?)', '(.*?)'\)", text))
    assert mapped[LV + "mobilises"] == "MOBILISES"
    assert mapped[PREFIXES["skos"] + "closeMatch"] == "CLOSE_TO"
    assert set(mapped.values()) >= types() - {"HAS_KEY"} | {kind.label for kind in Kind}
    spaces = set(re.findall(r"nsprefixes\.add\('\w+', '(.*?)'\)", text))
    assert all(any(name.startswith(space) for space in spaces) for name in mapped)
    assert "$" not in text
    assert text == mapping()


@pytest.fixture(scope="module")
def driver(live_neo4j: str) -> Iterator[neo4j.Driver]:
    publish(sample.fill(OxigraphStore()), live_neo4j)
    driver = connect(parse(live_neo4j))
    driver.execute_query("CALL db.prepareForReplanning(60)")  # plans rest on what the indexes are known to hold
    yield driver
    driver.close()


@pytest.mark.live
@pytest.mark.parametrize("name", catalogue.names())
def test_each_parameter_is_looked_up_in_an_index(driver: neo4j.Driver, name: str) -> None:
    query = catalogue.get(name)
    for weakest in query.proofs:
        terms = {each.name: iri(THINGS[each.name]) for each in query.parameters}
        plan = driver.execute_query("EXPLAIN " + query.cypher(weakest), native(query, terms)).summary.plan
        steps = list(_steps(plan))
        sought = " ".join(str(step["args"].get("Details", "")) for step in steps if "IndexSeek" in step["operatorType"])
        scanned = [str(step["args"].get("Details", "")) for step in steps if "Scan" in step["operatorType"]]
        assert "AllNodesScan" not in {step["operatorType"].partition("@")[0] for step in steps}
        for each in query.parameters:
            assert f"${each.name}" in sought, f"{each.name} is looked up in no index: {sought}"
            assert not any(f"${each.name}" in details for details in scanned)


@pytest.mark.live
@pytest.mark.parametrize("name", ["_by-id", "_by-key", "_evidence", "_labels", "_sources"])
def test_helpers_look_up_in_an_index(driver: neo4j.Driver, name: str) -> None:
    values = {name: ["x"] for name in ("id", "key", "row")}
    steps = [step["operatorType"] for step in _steps(driver.execute_query(
        "EXPLAIN " + catalogue.twin(name), values).summary.plan)]  # fmt: skip
    assert any("IndexSeek" in step for step in steps)
    assert not any("Scan" in step for step in steps)


def _steps(plan: Any) -> Iterator[dict[str, Any]]:
    yield plan
    for child in plan.get("children", ()):
        yield from _steps(child)
