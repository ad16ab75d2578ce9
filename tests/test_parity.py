"""Every question gives the same rows from every kind of store.

A new kind of store is one line in ``KINDS``: the fixture of its server, and a function that takes the server's address
and gives another one, from the named graphs to a store that holds them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx_answers as by_hand
import parity
import pytest
import sample_graph as sample
from hypothesis import given, settings

from graph.cypher.store import CypherStore
from graph.cypher.writer import publish
from graph.memory import MemoryStore
from graph.network import network
from graph.oxigraph import OxigraphStore
from graph.remote import RemoteStore
from graph.remote.publishing import publish as publish_rdf
from graph.triples import Lines, iri
from ontology import Proof
from queries import catalogue
from queries.ask import ask
from queries.posing import helped, pose

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from graph import Store

    Graphs = Mapping[str, Sequence[str]]
    Holds = Callable[[Graphs], Store]


def embedded(graphs: Graphs) -> Store:
    """The store of users, which the others are compared with."""
    store = OxigraphStore()
    store.replace_graphs(graphs)
    return store


def in_memory(graphs: Graphs) -> Store:
    store = MemoryStore()
    store.replace_graphs(graphs)
    return store


def published(address: str) -> Holds:
    def hold(graphs: Graphs) -> Store:
        publish(embedded(graphs), address)
        return CypherStore(address)

    return hold


def sent(address: str) -> Holds:
    def hold(graphs: Graphs) -> Store:
        publish_rdf(embedded(graphs), address)
        return RemoteStore(address)

    return hold


KINDS: dict[str, tuple[str, Callable[[str], Holds]]] = {
    "bolt": ("bolt_server", published),
    "sparql": ("sparql_server", sent),
}


@pytest.fixture(scope="module", params=KINDS)
def holds(request: pytest.FixtureRequest) -> Holds:
    """A way to hold a graph that needs nothing but pip."""
    server, kind = KINDS[request.param]
    return kind(request.getfixturevalue(server))


@pytest.fixture(scope="module")
def holds_live(live_neo4j: str) -> Holds:
    """The same on a real server."""
    return published(live_neo4j)


def graphs_of(store: Store) -> dict[str, list[str]]:
    query = "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{}> {{ ?s ?p ?o }} }}"
    return {
        name: store.answer(query.format(name), "application/n-triples").decode().splitlines() for name in store.graphs()
    }


def ingested(folder: Path, place: Path) -> dict[str, list[str]]:
    from graph import open_store
    from queries.loading import ingest

    ingest(str(place), [folder], jobs=1)
    return graphs_of(open_store(str(place)))


def check(holds: Holds, graphs: Graphs, **sizes: int) -> None:
    other = holds(graphs)
    try:
        parity.checked(embedded(graphs), other, **sizes)
    finally:
        other.close()


def test_the_sample(holds: Holds) -> None:
    check(holds, sample.graphs(), things=1, contexts=1)


@settings(max_examples=2)
@given(graphs=parity.random_graphs())
def test_random_graphs(holds: Holds, graphs: Graphs) -> None:
    check(holds, graphs, things=1, contexts=0)


def test_rdflib_answers_the_same() -> None:
    """Its raw rows are compared in test_queries."""
    assert not list(parity.answered_differently(embedded(sample.graphs()), in_memory(sample.graphs()), things=1))


@pytest.mark.live
def test_the_sample_on_a_real_server(holds_live: Holds) -> None:
    check(holds_live, sample.graphs(), things=1, contexts=1)


@pytest.mark.live
def test_the_example_on_a_real_server(holds_live: Holds, example: Path, own_store: Path) -> None:
    check(holds_live, ingested(example, own_store), things=1, contexts=1)


@pytest.mark.live
def test_real_reports_on_a_real_server(holds_live: Holds, corpus: Path, own_store: Path) -> None:
    check(holds_live, ingested(corpus, own_store), things=1, contexts=1)


@pytest.mark.live
@settings(max_examples=2)
@given(graphs=parity.random_graphs())
def test_random_graphs_on_a_real_server(holds_live: Holds, graphs: Graphs) -> None:
    check(holds_live, graphs, things=1, contexts=0)


@pytest.mark.parametrize("name", by_hand.ANSWERS)
def test_a_walk_through_the_network_finds_the_same(name: str, example: Path, own_store: Path) -> None:
    for graphs in (sample.graphs(), ingested(example, own_store)):
        store = embedded(graphs)
        same_as_the_walk(store, name)


@settings(max_examples=20)
@given(graphs=parity.random_graphs())
def test_a_walk_through_a_random_network_finds_the_same(graphs: Graphs) -> None:
    store = embedded(graphs)
    for name in by_hand.ANSWERS:
        same_as_the_walk(store, name)


def same_as_the_walk(store: Store, name: str) -> None:
    graph = network(store)
    parameter, helper, walk = by_hand.ANSWERS[name]
    things = [str(row[0]) for row in helped(store, helper, {}).rows] if parameter else [""]
    for thing in things:
        for weakest in (Proof.ROW, Proof.CLOSE):
            rows = pose(store, catalogue.get(name), {parameter: iri(thing)} if parameter else {}, weakest)
            found = sorted(by_hand.key(row) for row in rows.dicts())
            assert found == sorted(walk(graph, thing, weakest)), f"{name} {thing} {weakest}"


def test_nothing_published_is_told(bolt_server: str) -> None:
    from ontology import StoreEmpty

    publish(embedded({"https://exemple.invalid/vide": Lines().sorted()}), bolt_server)
    store = CypherStore(bolt_server)
    with pytest.raises(StoreEmpty, match="leviers publish"):
        ask(store, "documents", {})
    store.close()
