"""Real servers as fixtures, started once for a run; what a machine lacks is skipped aloud.

``bolt_server``     ArcadeDB, from a wheel that brings its own Java: in ``make test``, on any machine
``sparql_server``   Oxigraph's HTTP server, from a wheel: likewise
``live_neo4j``      real Neo4j Community, the LTS and the current version; for tests marked ``live``
``live_sparql``     real Apache Jena Fuseki, for Java 17 and the current version; for tests marked ``live``

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
from typing import TYPE_CHECKING

import pytest

from tools.servers import CATALOGUE, Missing, running

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEO4J, _SPARQL = "LEVIERS_TEST_NEO4J", "LEVIERS_TEST_SPARQL"


def _ways(variable: str, *names: str) -> list[str]:
    """The user's own server where one is named, else those that we start."""
    return [variable] if os.environ.get(variable) else list(names)


def _start(name: str) -> Iterator[str]:
    if name in {_NEO4J, _SPARQL}:
        yield os.environ[name]
        return
    if "artifacts" in CATALOGUE[name] and os.environ.get("PYTEST_XDIST_WORKER"):
        pytest.skip("serveur réel : lancez « make live » (Java et Maven requis)")
    try:
        with running(name) as server:
            yield server.url
    except Missing as missing:
        pytest.skip(f"{CATALOGUE[name]['title']} : {missing}")


@pytest.fixture(scope="session")
def bolt_server() -> Iterator[str]:
    """A server that speaks Bolt and openCypher, from pip alone."""
    yield from _start("arcadedb")


@pytest.fixture(scope="session")
def sparql_server() -> Iterator[str]:
    """A server that speaks the SPARQL 1.1 protocol and the Graph Store Protocol, from pip alone."""
    yield from _start("oxigraph")


@pytest.fixture(scope="session", params=_ways(_NEO4J, "neo4j-lts", "neo4j"))
def live_neo4j(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real Neo4j."""
    yield from _start(request.param)


@pytest.fixture(scope="session", params=_ways(_SPARQL, "fuseki-5", "fuseki"))
def live_sparql(request: pytest.FixtureRequest) -> Iterator[str]:
    """A real SPARQL store."""
    yield from _start(request.param)
