"""One contract, every store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import servers

from graph.memory import MemoryStore
from graph.oxigraph import OxigraphStore
from graph.remote import RemoteStore
from graph.triples import Lines, iri, literal, number
from ontology import GRAPH, BadQuery

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graph import Store

A, B, P = "https://exemple.invalid/a", "https://exemple.invalid/b", "https://exemple.invalid/p"
ONE, TWO = f"{GRAPH}1", f"{GRAPH}2"
LIVE = [pytest.param(name, marks=pytest.mark.live) for name in servers.SPARQL]


@pytest.fixture(params=["oxigraph", "oxigraph-disk", "rdflib", "sparql_server", *LIVE])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if request.param == "rdflib":
        found: Store = MemoryStore()
    elif request.param in {"sparql_server", *servers.SPARQL}:
        found = RemoteStore(request.getfixturevalue(request.param))
        for graph in found.graphs():
            found.replace_graph(graph, [])
    elif request.param == "oxigraph":
        found = OxigraphStore()
    else:
        found = OxigraphStore(tmp_path / "disque", write=True)
    yield found
    found.close()


def lines(*values: str) -> list[str]:
    made = Lines()
    for value in values:
        made.add(A, P, value)
    return made.sorted()


def values(store: Store) -> list[object]:
    return sorted((row[0] for row in store.select(f"SELECT DISTINCT ?o WHERE {{ <{A}> <{P}> ?o }}").rows), key=str)


def test_values_come_as_plain_python(store: Store) -> None:
    store.replace_graph(
        ONE,
        lines(literal('l’été\n« " »', "fr"), number(3), iri(B), '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
    )
    assert values(store) == [3, True, B, 'l’été\n« " »']


def test_an_unbound_variable_is_none(store: Store) -> None:
    store.replace_graph(ONE, lines(number(1)))
    rows = store.select(f"SELECT ?o ?x WHERE {{ <{A}> <{P}> ?o OPTIONAL {{ ?o <{P}> ?x }} }}")
    assert (rows.columns, rows.rows) == (("o", "x"), [(1, None)])


def test_a_graph_is_replaced_and_no_other(store: Store) -> None:
    store.replace_graph(ONE, lines(number(1), number(2)))
    store.replace_graph(TWO, lines(number(9)))
    store.replace_graph(ONE, lines(number(3)))
    assert values(store) == [3, 9]
    assert store.graphs() == [ONE, TWO]
    store.replace_graph(ONE, [])
    assert store.graphs() == [TWO]


@pytest.mark.parametrize("size", [1, 2, 5])
def test_a_large_graph_goes_some_triples_at_a_time(store: Store, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.oxigraph._LINES_AT_ONCE", 2)
    store.replace_graph(ONE, lines(*map(number, range(size)), literal('l’été\n« " »', "fr")))
    store.replace_graph(TWO, lines(number(9)))
    store.replace_graphs({ONE: []})
    assert values(store) == [9]
    assert store.graphs() == [TWO]


def test_replacing_by_the_same_changes_nothing(store: Store) -> None:
    store.replace_graph(ONE, lines(number(1), literal("é")))
    before = store.dump("application/n-quads")
    store.replace_graph(ONE, lines(number(1), literal("é")))
    assert sorted(before.split(b"\n")) == sorted(store.dump("application/n-quads").split(b"\n"))


def test_subjects_are_changed_apart(store: Store) -> None:
    made = Lines()
    made.add(A, P, number(1))
    made.add(B, P, number(2))
    store.replace_graph(ONE, made.sorted())
    store.change_graph(ONE, [A], lines(number(5)))
    rows = store.select(f"SELECT ?s ?o WHERE {{ ?s <{P}> ?o }}").rows
    assert sorted(rows, key=str) == [(A, 5), (B, 2)]


def test_queries_see_the_union_and_each_graph(store: Store) -> None:
    store.replace_graph(ONE, lines(number(1)))
    store.replace_graph(TWO, lines(number(1)))
    assert store.select(f"SELECT (COUNT(DISTINCT ?o) AS ?n) WHERE {{ <{A}> <{P}> ?o }}").rows == [(1,)]
    assert sorted(store.select(f"SELECT ?g WHERE {{ GRAPH ?g {{ <{A}> <{P}> 1 }} }}").rows) == [(ONE,), (TWO,)]


@pytest.mark.parametrize("query", ["SELECT", "ASK { ?s ?p ?o }", "INSERT DATA { <x:a> <x:b> 1 }", "DROP ALL", ""])
def test_what_is_no_select_is_refused(store: Store, query: str) -> None:
    with pytest.raises(BadQuery):
        store.select(query)


def test_answers_are_serialised(store: Store) -> None:
    store.replace_graph(ONE, lines(literal("é")))
    assert "é" in store.answer("SELECT ?o WHERE { ?s ?p ?o }", "text/csv").decode()
    assert "é" in store.answer("CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle").decode()
    assert b"true" in store.answer("ASK { ?s ?p ?o }", "application/sparql-results+json")
    with pytest.raises(BadQuery):
        store.answer("ASK { ?s ?p ?o }", "text/turtle")


def test_hostile_text_stays_text(store: Store) -> None:
    hostile = '" . <x:a> <x:b> <x:c> . } ; DROP ALL ; \\ \t\r\n\x01 }} #'
    store.replace_graph(ONE, lines(literal(hostile, "fr")))
    assert [text for text in values(store) if isinstance(text, str)] == [hostile]
    assert store.graphs() == [ONE]


@pytest.mark.parametrize("text", ["a b", "x>y", 'x"', "", "a\nb", "{x}"])
def test_a_broken_iri_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no IRI"):
        iri(text)
