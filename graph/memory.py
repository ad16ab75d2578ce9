"""The reference store: an rdflib Dataset in memory, slow and independent of Oxigraph."""

from __future__ import annotations

import contextlib
import warnings
from typing import TYPE_CHECKING

from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.plugins import sparql

from graph.store import Cell, Rows
from ontology.errors import BadQuery
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from rdflib.query import Result
    from rdflib.term import Node

sparql.SPARQL_LOAD_GRAPHS = False  # FROM must never fetch an address or a file

_RESULTS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "txt",
}
_USUAL = {"SELECT": "text/tab-separated-values", "ASK": "application/sparql-results+json"}
_DEFAULT = "urn:x-rdflib:default"
_GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/n-quads": "nquads",
    "application/trig": "trig",
}


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    # rdflib 7.6 warns of names of its own that its own code still uses.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=r"Dataset\.", category=DeprecationWarning)
        yield


class MemoryStore:
    """A store that ends with the process."""

    address = "memory:"
    language = "sparql"

    def __init__(self) -> None:
        with _quiet():
            self._data = Dataset(default_union=True)

    @_quiet()
    def select(self, query: str) -> Rows:
        """See `Store.select`."""
        result = self._query(query)
        if result.type != "SELECT":
            raise BadQuery("cette requête n’est pas un SELECT")
        columns = tuple(str(variable) for variable in result.vars or ())
        return Rows(columns, [tuple(_cell(term) for term in row) for row in result])  # type: ignore[union-attr]

    @_quiet()
    def answer(self, query: str, media_type: str) -> bytes:
        """See `Store.answer`."""
        result = self._query(query)
        formats = _GRAPHS if result.type in {"CONSTRUCT", "DESCRIBE"} else _RESULTS
        media_type = media_type or _USUAL.get(result.type, "text/turtle")
        if media_type not in formats:
            raise BadQuery(f"cette réponse ne s’écrit pas en {media_type}")
        return result.serialize(format=formats[media_type]) or b""

    @_quiet()
    def dump(self, media_type: str) -> bytes:
        """See `Store.dump`."""
        if media_type in {"application/n-quads", "application/trig"}:
            return self._data.serialize(format=_GRAPHS[media_type], encoding="utf-8")
        union = Graph()
        for prefix, namespace in PREFIXES.items():
            union.bind(prefix, namespace)
        for subject, predicate, object_, _ in self._data.quads():
            union.add((subject, predicate, object_))
        return union.serialize(format=_GRAPHS[media_type], encoding="utf-8")

    @_quiet()
    def graphs(self) -> list[str]:
        """See `Store.graphs`."""
        names = (graph.identifier for graph in self._data.graphs() if len(graph))
        return sorted(str(name) for name in names if isinstance(name, URIRef) and str(name) != _DEFAULT)

    @_quiet()
    def replace_graph(self, graph: str, lines: Sequence[str]) -> None:
        """See `Store.replace_graph`."""
        self._data.remove_graph(URIRef(graph))
        if lines:
            self._data.graph(URIRef(graph)).parse(data="\n".join(lines) + "\n", format="nt")

    def replace_graphs(self, graphs: Mapping[str, Sequence[str]]) -> None:
        """See `Store.replace_graphs`."""
        for graph, lines in graphs.items():
            self.replace_graph(graph, lines)

    @_quiet()
    def change_graph(self, graph: str, without: Iterable[str], lines: Sequence[str]) -> None:
        """See `Store.change_graph`."""
        held = self._data.graph(URIRef(graph))
        for subject in without:
            held.remove((URIRef(subject), None, None))
        if lines:
            held.parse(data="\n".join(lines) + "\n", format="nt")

    @_quiet()
    def edit_graph(self, graph: str, gone: Iterable[str], come: Iterable[str]) -> None:
        """See `Store.edit_graph`."""
        held = self._data.graph(URIRef(graph))
        for triple in Graph().parse(data="\n".join(gone) + "\n", format="nt"):
            held.remove(triple)
        held.parse(data="\n".join(come) + "\n", format="nt")

    def close(self) -> None:
        """See `Store.close`."""

    def _query(self, query: str) -> Result:
        try:
            return self._data.query(query)
        except Exception as error:
            raise BadQuery(
                f"requête SPARQL refusée : {str(error).splitlines()[0] if str(error) else type(error).__name__}"
            ) from error


def _cell(term: Node | None) -> Cell:
    if term is None:
        return None
    if isinstance(term, Literal):
        value = term.toPython()
        return value if isinstance(value, (bool, int, float)) else str(term)
    return str(term)
