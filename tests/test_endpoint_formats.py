"""The SPARQL service over HTTP: the form of an answer, and the graphs it is drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from endpoint_site import BOTH, FORM, LEVERS, PREFIXES, QUERY, Site, started

from ontology import GRAPH, ID

if TYPE_CHECKING:
    from collections.abc import Iterator

    from endpoint_site import Words

GRAPH_QUERY = PREFIXES + "CONSTRUCT { ?a lv:answers ?b } WHERE { ?a lv:answers ?b }"
COUNT = PREFIXES + "SELECT (COUNT(*) AS ?n) {} WHERE {{ {} }}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with started(tmp_path_factory.mktemp("service")) as site:
        yield site


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/sparql-results+json", "application/sparql-results+json"),
        ("application/json", "application/json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("application/xml", "application/xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0.2, */*;q=0.1", "text/csv; charset=utf-8"),
        ("image/png, text/tab-separated-values;q=0.1", "text/tab-separated-values; charset=utf-8"),
        ("*/*, application/sparql-results+json;q=0", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8"),
        ("text/csv;q=bad, text/tab-separated-values;q=0.1", "text/tab-separated-values; charset=utf-8"),
    ],
)
def test_select_in_the_format_liked_best(site: Site, accept: str, expected: str) -> None:
    reply = site.ask(LEVERS, accept)
    assert (reply.status, reply.headers["content-type"]) == (200, expected)
    assert BOTH[0] in reply.text or "id:lever/bbbbbbbbbbbb" in reply.text


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("application/sparql-results+json", ox.QueryResultsFormat.JSON),
        ("application/sparql-results+xml", ox.QueryResultsFormat.XML),
        ("text/tab-separated-values", ox.QueryResultsFormat.TSV),
    ],
)
def test_each_table_format_says_the_same(site: Site, accept: str, format_: ox.QueryResultsFormat) -> None:
    results = ox.parse_query_results(site.ask(LEVERS, accept).text, format=format_)
    assert isinstance(results, ox.QuerySolutions)
    assert [str(row["levier"]) for row in results] == [f"<{iri}>" for iri in BOTH]


def test_csv_is_a_header_and_rows(site: Site) -> None:
    assert site.ask(LEVERS, "text/csv").text.split() == ["levier", *BOTH]


@pytest.mark.parametrize(
    ("accept", "format_"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
@pytest.mark.parametrize("query", [GRAPH_QUERY, f"DESCRIBE <{BOTH[0]}>"])
def test_graphs_in_each_format(site: Site, query: str, accept: str, format_: ox.RdfFormat) -> None:
    reply = site.ask(query, accept)
    assert reply.headers["content-type"].split(";")[0] == accept
    triples = {str(quad.triple) for quad in ox.parse(reply.text, format=format_)}
    assert f"<{BOTH[0]}> <https://w3id.org/leviers/ontology#answers> <{ID}irritant/aaaaaaaaaaaa>" in triples


def test_a_graph_is_turtle_unless_asked_otherwise(site: Site) -> None:
    assert site.ask(GRAPH_QUERY, "*/*").headers["content-type"] == "text/turtle; charset=utf-8"
    assert site.ask(GRAPH_QUERY, "application/json").headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    ("accept", "yes"),
    [
        ("application/sparql-results+json", '"boolean":true'),
        ("application/sparql-results+xml", "<boolean>true</boolean>"),
        ("text/csv", "true"),
        ("text/tab-separated-values", "true"),
        ("text/html", "Oui"),
    ],
)
def test_ask(site: Site, accept: str, yes: str) -> None:
    assert yes in site.ask(PREFIXES + "ASK { ?x a lv:Lever }", accept).text


def test_format_parameter_overrides_accept(site: Site) -> None:
    for csv in ("csv", "text/csv"):
        assert site.ask(LEVERS, "*/*", {"format": csv}).headers["content-type"] == "text/csv; charset=utf-8"
    assert site.ask(LEVERS, "text/csv", {"format": "unheard-of"}).headers["content-type"] == "text/csv; charset=utf-8"
    assert site.ask(GRAPH_QUERY, "*/*", {"format": "json"}).headers["content-type"] == "application/ld+json"


def count(site: Site, clause: str = "", pattern: str = "?x lv:quote ?q", parameters: Words | None = None) -> int:
    reply = site.ask(COUNT.format(clause, pattern), parameters=parameters)
    assert reply.status == 200, reply.text
    return int(reply.rows[0]["n"])


def test_the_union_of_graphs_is_the_default_graph(site: Site) -> None:
    assert count(site) == 4
    assert count(site, pattern="GRAPH ?g { ?x lv:quote ?q }") == 4


def test_a_triple_of_two_graphs_counts_twice_unless_distinct_and_the_service_says_so(site: Site) -> None:
    pattern = f"<{BOTH[0]}> a lv:Lever"
    assert count(site, pattern=pattern) == 2
    assert count(site, pattern=f"{{ SELECT DISTINCT ?t WHERE {{ {pattern}, ?t }} }}") == 1
    assert "count with DISTINCT" in site.send().text


def test_from_and_from_named(site: Site) -> None:
    assert count(site, f"FROM <{GRAPH}seconde>") == 2
    assert count(site, f"FROM <{GRAPH}seconde>FROM<{GRAPH}atelier>") == 4
    assert count(site, f"FROM NAMED <{GRAPH}seconde>") == 0
    assert count(site, f"FROM NAMED <{GRAPH}seconde>", "GRAPH ?g { ?x lv:quote ?q }") == 2


def test_from_inside_a_name_is_no_clause(site: Site) -> None:
    assert count(site, pattern="?from lv:quote ?q FILTER(?q != 'FROM')") == 4


def test_datasets_of_the_protocol(site: Site) -> None:
    atelier, seconde = f"{GRAPH}atelier", f"{GRAPH}seconde"
    named = "GRAPH ?g { ?x lv:quote ?q }"
    assert count(site, parameters={"default-graph-uri": seconde}) == 2
    assert count(site, parameters={"default-graph-uri": [seconde, atelier]}) == 4
    assert count(site, parameters={"named-graph-uri": seconde}) == 0
    assert count(site, pattern=named, parameters={"named-graph-uri": seconde}) == 2
    assert count(site, pattern=named, parameters={"default-graph-uri": seconde}) == 0


def test_the_protocol_overrides_from(site: Site) -> None:
    assert count(site, f"FROM <{GRAPH}_vocabulary>", parameters={"default-graph-uri": f"{GRAPH}seconde"}) == 2


def test_datasets_come_in_the_address_of_a_direct_post_and_in_the_body_of_a_form(site: Site) -> None:
    query, dataset = COUNT.format("", "?x lv:quote ?q"), {"default-graph-uri": f"{GRAPH}seconde"}
    assert site.post(query, QUERY, "?" + urlencode(dataset)).rows == [{"n": "2"}]
    assert site.post(urlencode({"query": query, **dataset}), FORM).rows == [{"n": "2"}]
