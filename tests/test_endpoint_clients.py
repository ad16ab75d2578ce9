"""The SPARQL service seen by the libraries people already use: SPARQLWrapper and rdflib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from endpoint_site import BOTH, LEVERS, PREFIXES, Site, started
from rdflib import RDF, Graph, Literal, URIRef, Variable
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from ontology import GRAPH, ID, LV

if TYPE_CHECKING:
    from collections.abc import Iterator

ANSWERS = PREFIXES + "CONSTRUCT { ?a lv:answers ?b } WHERE { ?a lv:answers ?b }"
LINK = (URIRef(BOTH[0]), URIRef(f"{LV}answers"), URIRef(f"{ID}irritant/aaaaaaaaaaaa"))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(tmp_path_factory.mktemp("service")) as site:
        yield site


@pytest.fixture
def wrapper(site: Site) -> Any:
    module = pytest.importorskip("SPARQLWrapper", reason="SPARQLWrapper manque : installez « leviers[test] »")
    return module.SPARQLWrapper(f"{site.url}/sparql")


@pytest.fixture
def store(site: Site) -> Iterator[SPARQLStore]:
    store = SPARQLStore(f"{site.url}/sparql", returnFormat="json")
    yield store
    store.close()


def convert(wrapper: Any, query: str, form: str) -> Any:
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper.queryAndConvert()


@pytest.mark.parametrize(
    ("method", "request_method"), [("GET", "urlencoded"), ("POST", "urlencoded"), ("POST", "postdirectly")]
)
def test_sparqlwrapper_asks_in_three_ways(wrapper: Any, method: str, request_method: str) -> None:
    wrapper.setMethod(method)
    wrapper.setRequestMethod(request_method)
    found = convert(wrapper, LEVERS, "json")
    assert [row["levier"]["value"] for row in found["results"]["bindings"]] == BOTH


def test_sparqlwrapper_reads_every_table(wrapper: Any) -> None:
    assert [node.firstChild.data for node in convert(wrapper, LEVERS, "xml").getElementsByTagName("uri")] == BOTH
    assert convert(wrapper, LEVERS, "csv").decode().split() == ["levier", *BOTH]
    assert convert(wrapper, LEVERS, "tsv").decode().split() == ["?levier", *(f"<{iri}>" for iri in BOTH)]
    assert convert(wrapper, PREFIXES + "ASK { ?x a lv:Lever }", "json")["boolean"] is True


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", ["turtle", "xml", "json-ld", "n3"])
@pytest.mark.parametrize("query", [ANSWERS, f"DESCRIBE <{BOTH[0]}>"])
def test_sparqlwrapper_reads_every_graph(wrapper: Any, query: str, form: str) -> None:
    found = convert(wrapper, query, form)
    graph = Graph().parse(data=found) if isinstance(found, bytes) else found
    assert LINK in graph


def test_sparqlwrapper_names_graphs(wrapper: Any) -> None:
    wrapper.addDefaultGraph(f"{GRAPH}seconde")
    found = convert(wrapper, PREFIXES + "SELECT ?q { ?x lv:quote ?q }", "json")
    assert len(found["results"]["bindings"]) == 2


def test_sparqlwrapper_understands_a_syntax_error(wrapper: Any) -> None:
    from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

    with pytest.raises(QueryBadFormed, match="ligne 1, colonne 12"):
        convert(wrapper, "SELECT * { oops }", "json")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_selects(site: Site, form: str, method: str) -> None:
    store = SPARQLStore(f"{site.url}/sparql", returnFormat=form, method=method)
    assert [str(row[Variable("levier")]) for row in Graph(store).query(LEVERS).bindings] == BOTH
    store.close()


def test_rdflib_walks_the_graph_triple_by_triple(store: SPARQLStore) -> None:
    graph = Graph(store)
    assert LINK in graph
    assert graph.value(LINK[2], URIRef(f"{LV}quote")) == Literal("Débit « trop faible » à l’école", lang="fr")
    assert set(graph.subjects(RDF.type, URIRef(f"{LV}Lever"))) == {URIRef(iri) for iri in BOTH}


def test_rdflib_reads_one_named_graph(site: Site) -> None:
    store = SPARQLStore(f"{site.url}/sparql", returnFormat="json", context_aware=True)
    quotes = Graph(store, identifier=URIRef(f"{GRAPH}seconde")).query(PREFIXES + "SELECT ?q { ?x lv:quote ?q }")
    assert len(quotes) == 2
    store.close()


def test_rdflib_constructs_and_asks(site: Site) -> None:
    store = SPARQLStore(f"{site.url}/sparql", returnFormat="xml")
    graph = Graph(store)
    assert LINK in set(graph.query(ANSWERS))
    assert graph.query(PREFIXES + "ASK { ?x a lv:Lever }").askAnswer is True
    store.close()


def test_rdflib_joins_its_own_data_with_the_service(site: Site) -> None:
    mine = Graph()
    mine.add((LINK[2], URIRef("urn:seen"), Literal(True)))
    query = f"SELECT ?a {{ ?b <urn:seen> true SERVICE <{site.url}/sparql> {{ ?a <{LV}answers> ?b }} }}"
    assert {str(row[Variable("a")]) for row in mine.query(query).bindings} == {BOTH[0]}


def test_rdflib_reads_the_descriptions(site: Site) -> None:
    for path in ("/sparql", "/.well-known/void"):
        assert len(Graph().parse(f"{site.url}{path}")) > 10
