"""Servers that read and write in fewer ways: updates alone, answers cut short, accounts that may not write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sample_graph
from fake_sparql import Fake, Told, fake
from test_remote import SAYS, made, quads

from graph.oxigraph import OxigraphStore
from graph.remote import RemoteStore, publish
from graph.remote import writer as writing
from graph.remote.address import Address
from ontology.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def plain() -> Iterator[Fake]:
    """A server that takes updates, and knows no Graph Store Protocol."""
    with fake() as told:
        yield told


def test_a_server_of_updates_alone_is_written(plain: Fake) -> None:
    store = sample_graph.fill(OxigraphStore())
    done = publish(store, f"{plain.url}/sparql")
    assert done.atomic
    assert quads(RemoteStore(f"{plain.url}/sparql")) == quads(store)
    assert publish(store, f"{plain.url}/sparql").written == []


def test_what_is_too_long_goes_in_parts_and_is_told(plain: Fake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_PART", 5)
    plain.longest = 1500
    store = made(*(f"texte {one}" for one in range(40)))
    done = publish(store, f"{plain.url}/sparql")
    assert not done.atomic
    assert "un lecteur a pu en voir une partie" in done.changes
    assert quads(RemoteStore(f"{plain.url}/sparql")) == quads(store)


def test_an_account_that_may_not_write_is_told(plain: Fake) -> None:
    plain.fault = lambda request: Told(403, b"read only") if request.path == "/update" else None
    with pytest.raises(StoreError, match=r"d’y écrire à ce compte \(read only\)"):
        publish(made("un"), f"{plain.url}/sparql")


def test_writing_elsewhere_than_one_reads_is_told(plain: Fake) -> None:
    plain.fault = lambda request: Told(204) if request.path == "/update" else None
    with pytest.raises(StoreError, match="ne s’y relit pas"):
        publish(made("un"), f"{plain.url}/sparql")


def test_answers_cut_short_are_read_page_by_page(plain: Fake) -> None:
    """A server as Virtuoso is: it says how many rows it gives at most, and knows no empty pattern."""
    store = made(*(f"texte {one}" for one in range(30)), graphs=5)
    for graph in store.graphs():
        triples = store.answer(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}",
                               "application/n-triples")  # fmt: skip
        plain.store.update(f"INSERT DATA {{ GRAPH <{graph}> {{ {triples.decode()} }} }}")
    plain.most = 10
    remote = RemoteStore(f"{plain.url}/sparql")
    query = f"PREFIX ex: <https://exemple.invalid/> # tout\nSELECT ?o ?g WHERE {{ GRAPH ?g {{ ?s <{SAYS}> ?o }} }}"
    expected = store.select(query).rows
    assert sorted(remote.select(query).rows, key=str) == sorted(expected, key=str)
    with pytest.raises(StoreError, match="que 10 réponses à la fois"):
        remote.answer(query, "text/csv")
    with pytest.raises(StoreError, match="que 10 triplets à la fois"):
        remote.dump("text/turtle")


ADDRESSES = {
    "http://h:3030/ds": ("http://h:3030/ds", "http://h:3030/ds/update", "http://h:3030/ds/data"),
    "http://h:3030/ds/sparql": ("http://h:3030/ds/sparql", "http://h:3030/ds/update", "http://h:3030/ds/data"),
    "http://h:3030/ds/data": ("http://h:3030/ds/sparql", "http://h:3030/ds/update", "http://h:3030/ds/data"),
    "http://h:7878/query": ("http://h:7878/query", "http://h:7878/update", "http://h:7878/data"),
    "http://h:7200/repositories/a": ("http://h:7200/repositories/a", "http://h:7200/repositories/a/statements",
                                     "http://h:7200/repositories/a/rdf-graphs/service"),
    "http://h:7200/repositories/a/statements": (
        "http://h:7200/repositories/a", "http://h:7200/repositories/a/statements",
        "http://h:7200/repositories/a/rdf-graphs/service"),
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_endpoints_follow_from_an_address(address: str) -> None:
    """As Fuseki, Oxigraph, GraphDB and RDF4J document them."""
    place = Address.parse(address)
    assert (place.queries[0], place.updates[0], place.stores[0]) == ADDRESSES[address]
