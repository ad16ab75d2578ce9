"""A published graph as a store to ask: Cypher in place of SPARQL, the same rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.cypher.connection import connect, parse, told
from graph.cypher.projection import MARK
from graph.store import Cell, Rows
from ontology import GRAPH, ID
from ontology.errors import BadQuery, NotAStore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import neo4j

_GRAPHS = f"MATCH (n:{MARK}:Document) WHERE n.vanished IS NULL RETURN n.iri AS iri"
_SEVERAL = {"evidence": " "}  # between the values of a cell; a new line for other columns, as SPARQL queries have it


class CypherStore:
    """A Neo4j server that ``leviers publish`` has filled; it is read here, never written."""

    language = "cypher"

    def __init__(self, address: str) -> None:
        self._where = parse(address)
        self.address = self._where.shown
        self._driver = connect(self._where)

    def select(self, query: str, parameters: Mapping[str, object] | None = None) -> Rows:
        """The rows of a Cypher query; a list in a cell is one text of several lines.

        Raises:
            BadQuery: the server does not take the query.
            StoreError: the server does not answer.
        """
        from neo4j import RoutingControl
        from neo4j.exceptions import CypherSyntaxError

        with told(self._where):
            try:
                answer = self._driver.execute_query(
                    query,
                    dict(parameters or {}),
                    routing_=RoutingControl.READ,
                    database_=self._where.database,
                )
            except CypherSyntaxError as error:
                raise BadQuery(f"requête Cypher mal écrite : {str(error.message).splitlines()[0]}") from error
        columns = tuple(answer.keys)
        return Rows(columns, [_row(columns, record) for record in answer.records])

    def graphs(self) -> list[str]:
        """See `Store.graphs`: of the documents."""
        return sorted(GRAPH + str(row[0]).removeprefix(f"{ID}document/") for row in self.select(_GRAPHS).rows)

    def answer(self, query: str, media_type: str) -> bytes:  # noqa: ARG002 - no RDF to do it with
        """No SPARQL here."""
        raise self._no_rdf()

    def dump(self, media_type: str) -> bytes:  # noqa: ARG002 - no RDF to do it with
        """No RDF here."""
        raise self._no_rdf()

    def replace_graph(self, graph: str, lines: Sequence[str]) -> None:  # noqa: ARG002 - no RDF to do it with
        """No RDF here."""
        raise self._no_rdf()

    def replace_graphs(self, graphs: Mapping[str, Sequence[str]]) -> None:  # noqa: ARG002 - no RDF to do it with
        """No RDF here."""
        raise self._no_rdf()

    def change_graph(self, graph: str, without: Iterable[str], lines: Sequence[str]) -> None:  # noqa: ARG002 - no RDF to do it with
        """No RDF here."""
        raise self._no_rdf()

    def edit_graph(self, graph: str, gone: Iterable[str], come: Iterable[str]) -> None:  # noqa: ARG002 - no RDF to do it with
        """No RDF here."""
        raise self._no_rdf()

    def close(self) -> None:
        """Let go of the connection."""
        self._driver.close()

    def _no_rdf(self) -> NotAStore:
        return NotAStore(
            f"{self.address} est une copie Neo4j, sans RDF : donnez à --store le dossier de la base d’origine"
        )


def _row(columns: tuple[str, ...], record: neo4j.Record) -> tuple[Cell, ...]:
    return tuple(_cell(column, value) for column, value in zip(columns, record.values(), strict=True))


def _cell(column: str, value: Any) -> Cell:
    if isinstance(value, list):
        return _SEVERAL.get(column, "\n").join(dict.fromkeys(str(one) for one in _flat(value)))
    return value if value is None or isinstance(value, (str, int, float, bool)) else str(value)


def _flat(values: Iterable[Any]) -> Iterable[Any]:
    for value in values:
        if isinstance(value, list):
            yield from _flat(value)
        elif value is not None:
            yield value
