"""Real servers as fixtures, started once for a run; what a machine lacks is skipped aloud.

``bolt_server``     ArcadeDB, from a wheel that brings its own Java: in ``make test``, on any machine
``sparql_server``   Oxigraph's HTTP server, from a wheel: likewise
``live_neo4j``      each real Neo4j Community of `NEO4J`, the LTS and the current version; for tests marked ``live``
``live_sparql``     each real Apache Jena Fuseki of `SPARQL`, for Java 17 and current; for tests marked ``live``

Each gives the address with its credentials, as ``--store`` takes it. ``make live`` starts the real ones (Java and Maven
needed); LEVIERS_TEST_NEO4J and LEVIERS_TEST_SPARQL name a user's own instead. Tests must leave what is not theirs there
as it was: nothing is removed but what carries the mark of leviers, or lies in its graphs.

What ArcadeDB 26.10 does otherwise than Neo4j, tried with the official driver (the rest of what the twins use works:
constraints, indexes, UNWIND, MERGE, SET, EXISTS, COUNT and COLLECT subqueries, CALL with and without scope,
IN TRANSACTIONS, comprehensions, reduce, text functions, transactions, error classes and codes):

* a node made in a transaction under a uniqueness constraint cannot be given one more label there
  (``MERGE (n:A {id: 1}) SET n:B``: ConstraintError): give all labels at once, ``MERGE (n:A:B {id: 1})``;
* such a MERGE by two labels does not use the index (80 to 300 nodes a second after some thousands): small graphs only;
* no FULLTEXT index; PROFILE and EXPLAIN give a text, not Neo4j's tree of operators;
* a database is made over HTTP: this one is called ``neo4j``, as in a new Neo4j.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from tools.servers import CATALOGUE, Missing, running

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIVEN = {"given_neo4j": "LEVIERS_TEST_NEO4J", "given_sparql": "LEVIERS_TEST_SPARQL"}


def _ways(given: str, *names: str) -> list[str]:
    """The fixture of the user's own server where one is named, else those of servers that we start."""
    return [given] if os.environ.get(_GIVEN[given]) else list(names)


NEO4J = _ways("given_neo4j", "neo4j_lts", "neo4j")
SPARQL = _ways("given_sparql", "fuseki_5", "fuseki")


def _start(name: str) -> Iterator[str]:
    if name == "given_sparql":
        yield from _lent(os.environ[_GIVEN[name]])
        return
    if name in _GIVEN:
        yield os.environ[_GIVEN[name]]
        return
    name = name.replace("_", "-")
    if "artifacts" in CATALOGUE[name] and os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.skip("serveur réel : lancez « make live » (Java et Maven requis)")
    try:
        with running(name) as server:
            yield server.url
    except Missing as missing:
        pytest.skip(f"{CATALOGUE[name]['title']} : {missing}")


def _lent(address: str) -> Iterator[str]:
    """A user's SPARQL server: used where no graph of leviers is published there, and left so."""
    from graph.remote import RemoteStore
    from ontology import GRAPH

    store = RemoteStore(address)
    if store.graphs():
        pytest.skip(f"« {store.address} » garde déjà un graphe publié : donnez un jeu de données vide")
    yield address
    for graph in [*RemoteStore(address).graphs(), f"{GRAPH}_published"]:
        store.replace_graph(graph, [])


@pytest.fixture(scope="session")
def bolt_server() -> Iterator[str]:
    """A server that speaks Bolt and openCypher, from pip alone."""
    yield from _start("arcadedb")


@pytest.fixture(scope="session")
def sparql_server() -> Iterator[str]:
    """A server that speaks the SPARQL 1.1 protocol and the Graph Store Protocol, from pip alone."""
    yield from _start("oxigraph")


def _real(name: str) -> Any:
    @pytest.fixture(scope="session", name=name)
    def server() -> Iterator[str]:
        yield from _start(name)

    return server


neo4j_lts, neo4j, fuseki_5, fuseki = map(_real, ("neo4j_lts", "neo4j", "fuseki_5", "fuseki"))
given_neo4j, given_sparql = map(_real, _GIVEN)


@pytest.fixture(scope="session", params=NEO4J)
def live_neo4j(request: pytest.FixtureRequest) -> str:
    """A real Neo4j."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session", params=SPARQL)
def live_sparql(request: pytest.FixtureRequest) -> str:
    """A real SPARQL store."""
    return str(request.getfixturevalue(request.param))
