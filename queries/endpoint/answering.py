"""From a question to the bytes of its answer, on one open store."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pyoxigraph as ox

from queries.endpoint import errors, markup
from queries.endpoint.diagnosis import find_mistake
from queries.endpoint.errors import Refusal
from queries.endpoint.frames import Answer, Question
from queries.endpoint.guards import is_update, uses
from queries.endpoint.negotiation import HTML, choose

if TYPE_CHECKING:
    from typing_extensions import Buffer

_Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
}
"""For SELECT and ASK."""
GRAPHS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "text/n3": ox.RdfFormat.N3,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/plain": ox.RdfFormat.N_TRIPLES,
}
"""For CONSTRUCT and DESCRIBE."""


class _Sink(BytesIO):
    """Collects what a serializer writes, up to a size."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Buffer) -> int:
        written = super().write(data)
        if self.tell() > self._limit:
            raise errors.too_large(self._limit)
        return written


def answer(store: ox.Store, question: Question, limit: int) -> Answer:
    """Run a query; what it may not do or cannot give comes back as an answer too, with its code."""
    try:
        media_type, body = _represent(_run(store, question), question.accept, limit)
    except Refusal as refusal:
        return refused(refusal)
    except MemoryError:
        return refused(errors.out_of_memory())
    except (OSError, RuntimeError, ValueError) as error:
        return refused(Refusal(500, "evaluation", f"la requête n’a pas pu être évaluée : {error}"))
    return Answer(body, media_type)


def refused(refusal: Refusal) -> Answer:
    """A refusal, as an answer for the pipe."""
    return Answer(str(refusal).encode(), status=refusal.status, code=refusal.code)


def _run(store: ox.Store, question: Question) -> _Results:
    query, base = question.query, question.base
    try:
        if uses("service", query, base):
            raise Refusal(403, "service", errors.FEDERATION)
        if question.default_graphs or question.named_graphs:
            return store.query(
                query,
                base_iri=base,
                default_graph=[_graph(iri) for iri in question.default_graphs],
                named_graphs=[_graph(iri) for iri in question.named_graphs],
            )
        return store.query(query, base_iri=base, use_default_graph_as_union=not uses("from", query, base))
    except SyntaxError as error:
        if is_update(query):
            raise Refusal(403, "read-only", errors.READ_ONLY) from None
        mistake = find_mistake(query, error, base)
        raise Refusal(400, "parse", f"ligne {mistake.line}, colonne {mistake.column} : {mistake.message}") from None


def _graph(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError:
        raise errors.bad_request(f"« {iri} » n’est pas l’adresse complète d’un graphe (https://…)") from None


def _represent(results: _Results, accept: str, limit: int) -> tuple[str, bytes]:
    known = GRAPHS if isinstance(results, ox.QueryTriples) else TABLES
    media_type = choose(accept, [*known, HTML])
    if media_type is None:
        raise Refusal(406, "not-acceptable", f"format non proposé, demandez plutôt : {', '.join(known)}")
    sink = _Sink(limit)
    if media_type == HTML:
        markup.write(results, sink.write)
    elif isinstance(results, ox.QueryTriples):
        results.serialize(sink, format=GRAPHS[media_type])
    else:
        results.serialize(sink, format=TABLES[media_type])
    return media_type, sink.getvalue()
