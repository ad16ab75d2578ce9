"""An Oxigraph store: on disk for users, in memory for a moment; pyoxigraph called directly."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph.batches import batches
from graph.store import Cell, Rows
from ontology.errors import BadQuery, StoreError
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from graph.syntax import Form

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
_GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
_ROWS = ("text/tab-separated-values", "application/sparql-results+json")  # of a SELECT, of an ASK
_XSD = PREFIXES["xsd"]
_STRING = _XSD + "string"
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger")}
_DECIMALS = {_XSD + name for name in ("decimal", "double", "float")}
_SUBJECTS_AT_ONCE = 500
_LINES_AT_ONCE = 10_000  # of one update; more are loaded in bulk, for a transaction takes a kilobyte a triple
_IN_BULK = 50_000
_MUCH = 500_000  # triples loaded in bulk, from which putting files in order pays: answers come 1.2 times sooner


class OxigraphStore:
    """A store of this process; ``write`` opens a folder for writing, which only one process may do."""

    language = "sparql"

    def __init__(self, folder: Path | None = None, *, write: bool = False) -> None:
        self.address = "memory:" if folder is None else str(folder)
        self.folder = folder
        self._in_bulk = 0
        try:
            if folder is None:
                self._store = ox.Store()
            else:
                self._store = ox.Store(str(folder)) if write else ox.Store.read_only(str(folder))
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"la base « {folder} » est abîmée ou illisible : rechargez vos comptes rendus dans un dossier neuf"
            ) from error

    def select(self, query: str) -> Rows:
        """See `Store.select`."""
        solutions = self._query(query)
        if not isinstance(solutions, ox.QuerySolutions):
            raise BadQuery("cette requête n’est pas un SELECT")
        columns = tuple(variable.value for variable in solutions.variables)
        try:
            return Rows(columns, [tuple(map(cell, solution)) for solution in solutions])
        except (OSError, RuntimeError) as error:
            raise StoreError(f"la base « {self.address} » est abîmée : {_first_line(error)}") from error

    def answer(self, query: str, media_type: str) -> bytes:
        """See `Store.answer`."""
        result = self._query(query)
        return bytes(result.serialize(format=format_of(type(result), media_type)) or b"")  # type: ignore[arg-type]

    def dump(self, media_type: str) -> bytes:
        """See `Store.dump`; sorted, so that the same graph gives the same bytes."""
        return written(self._store, media_type)

    def graphs(self) -> list[str]:
        """See `Store.graphs`."""
        return sorted(str(name.value) for name in self._store.named_graphs() if isinstance(name, ox.NamedNode))

    def replace_graph(self, graph: str, lines: Sequence[str]) -> None:
        """See `Store.replace_graph`; one update is one transaction."""
        name = ox.NamedNode(graph)
        insert = f" ; INSERT DATA {{ GRAPH {name} {{ {_body(lines)} }} }}" if lines else ""
        self._update(f"DROP SILENT GRAPH {name}{insert}")

    def replace_graphs(self, graphs: Mapping[str, Sequence[str]]) -> None:
        """See `Store.replace_graphs`; loaded in bulk, three times sooner than one update each."""
        for graph in graphs:
            self._empty(graph)
        if len(graphs) == 1:  # its triples as they are
            [(graph, lines)] = graphs.items()
            self._load(lines, ox.RdfFormat.N_TRIPLES, ox.NamedNode(graph))
        else:
            quads = [f"{line[:-1]}<{graph}> ." for graph, lines in graphs.items() for line in lines]
            self._load(quads, ox.RdfFormat.N_QUADS)

    def change_graph(self, graph: str, without: Iterable[str], lines: Sequence[str]) -> None:
        """See `Store.change_graph`; one update is one transaction, but for many triples."""
        name = ox.NamedNode(graph)
        parts = []
        for some in batches(without, _SUBJECTS_AT_ONCE):
            subjects = " ".join(str(ox.NamedNode(subject)) for subject in some)
            parts.append(f"DELETE {{ GRAPH {name} {{ ?s ?p ?o }} }} "
                         f"WHERE {{ VALUES ?s {{ {subjects} }} GRAPH {name} {{ ?s ?p ?o }} }}")  # fmt: skip
        if 0 < len(lines) <= _LINES_AT_ONCE:
            parts.append(f"INSERT DATA {{ GRAPH {name} {{ {_body(lines)} }} }}")
        if parts:
            self._update(" ; ".join(parts))
        if len(lines) > _LINES_AT_ONCE:
            self._load(lines, ox.RdfFormat.N_TRIPLES, name)

    def edit_graph(self, graph: str, gone: Iterable[str], come: Iterable[str]) -> None:
        """See `Store.edit_graph`."""
        name, rest = ox.NamedNode(graph), iter(come)
        for some in batches(gone, _LINES_AT_ONCE):
            self._update(f"DELETE DATA {{ GRAPH {name} {{ {_body(some)} }} }}")
        if some := list(islice(rest, _LINES_AT_ONCE)):
            self._update(f"INSERT DATA {{ GRAPH {name} {{ {_body(some)} }} }}")
        for some in batches(rest, _IN_BULK):
            self._load(some, ox.RdfFormat.N_TRIPLES, name)

    def close(self) -> None:
        """See `Store.close`."""
        if self.address != "memory:":
            del self._store

    def flush(self) -> None:
        """Bring all that was written to the disk, in order where it is much."""
        if self._in_bulk > _MUCH:
            self._store.optimize()
        self._store.flush()

    def _empty(self, graph: str) -> None:
        """Remove a graph: a large one some triples at a time, for a transaction takes a kilobyte for each."""
        name = ox.NamedNode(graph)
        held = self._store.quads_for_pattern(None, None, None, name)
        first = list(islice(held, _LINES_AT_ONCE))
        if len(first) == _LINES_AT_ONCE:
            self.edit_graph(graph, (f"{quad.triple} ." for quad in chain(first, held)), ())
        self._store.remove_graph(name)

    def _load(self, lines: Sequence[str], form: ox.RdfFormat, graph: ox.NamedNode | None = None) -> None:
        self._in_bulk += len(lines)
        self._store.bulk_load(_body(lines).encode(), format=form, to_graph=graph)

    def _query(self, query: str) -> ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean:
        try:
            return self._store.query(query, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise BadQuery(f"requête SPARQL mal écrite : {error}") from error
        except (ValueError, RuntimeError, OSError) as error:
            raise BadQuery(f"requête SPARQL refusée : {_first_line(error)}") from error

    def _update(self, update: str) -> None:
        try:
            self._store.update(update)
        except RuntimeError as error:
            raise StoreError(f"écriture impossible dans la base : {error}") from error


def format_of(form: Form, media_type: str) -> ox.RdfFormat | ox.QueryResultsFormat:
    """The format of an answer of that form; for no media type the usual one.

    Raises:
        BadQuery: such an answer is not written so.
    """
    if form is ox.QueryTriples:
        media_type = media_type or "text/turtle"
        if media_type not in _GRAPHS:
            raise BadQuery(f"un graphe ne s’écrit pas en {media_type}")
        return _GRAPHS[media_type]
    media_type = media_type or _ROWS[form is ox.QueryBoolean]
    if media_type not in _RESULTS:
        raise BadQuery(f"une liste de réponses ne s’écrit pas en {media_type}")
    return _RESULTS[media_type]


def written(quads: Iterable[ox.Quad], media_type: str) -> bytes:
    """Quads, or the union of their graphs where the format knows none; sorted: the same graph gives the same bytes."""
    form = _GRAPHS[media_type]
    if media_type in {"application/n-quads", "application/trig"}:
        ordered = sorted(quads, key=lambda quad: (str(quad.graph_name), *map(str, quad.triple)))
        return bytes(ox.serialize(ordered, format=form, prefixes=None) or b"")
    triples = sorted({quad.triple for quad in quads}, key=lambda triple: tuple(map(str, triple)))
    return bytes(ox.serialize(triples, format=form, prefixes=PREFIXES) or b"")


def _body(lines: Iterable[str]) -> str:
    return "\n".join(lines)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def cell(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple | None) -> Cell:
    """A term as the plain value that all stores give."""
    if isinstance(term, ox.Literal):
        if term.language:
            return term.value
        datatype = term.datatype.value
        if datatype == _STRING:
            return term.value
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _DECIMALS:
            return float(term.value)
        return term.value == "true" if datatype == _XSD + "boolean" else term.value
    if term is None:
        return None
    return str(term) if isinstance(term, ox.Triple) else term.value
