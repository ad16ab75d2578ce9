"""A store on a SPARQL server, read as any other: the union of our graphs, nothing of what others keep there."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pyoxigraph as ox

from graph.oxigraph import cell, format_of, written
from graph.remote.address import Address
from graph.remote.connection import Connection, Reply
from graph.remote.writer import Writer
from graph.store import Cell, Rows
from graph.syntax import Form, form_of, prologue, uses
from ontology.errors import BadQuery, StoreError
from ontology.terms import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MANIFEST = f"{GRAPH}_published"  # what was published, for the next time; no part of the graph
_JSON = "application/sparql-results+json"
_NTRIPLES = "application/n-triples"
_GRAPHS = {_NTRIPLES: ox.RdfFormat.N_TRIPLES, "text/plain": ox.RdfFormat.N_TRIPLES, "text/turtle": ox.RdfFormat.TURTLE,
           "application/x-turtle": ox.RdfFormat.TURTLE, "application/rdf+xml": ox.RdfFormat.RDF_XML}  # fmt: skip
_ACCEPTED = f"{_NTRIPLES}, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_DEFAULT = "default-graph-uri"
# How servers are told to read all graphs at once: not at all, Jena, Oxigraph.
_UNIONS: tuple[tuple[tuple[str, str], ...], ...] = (
    (), ((_DEFAULT, "urn:x-arq:UnionGraph"),), (("union-default-graph", ""),),
)  # fmt: skip
_MANY = 100
_LONGEST_ADDRESS = 2000  # longer queries go by POST
_NAMES = "SELECT ?g WHERE { GRAPH ?g { } }"  # where it works, it reads no triple
_ALL_NAMES = "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }"
_SOME = "SELECT ?s ?o WHERE { GRAPH <@graph> { ?s a ?o FILTER(isIRI(?s) && isIRI(?o)) } } LIMIT 1"


class RemoteStore:
    """The graphs of leviers on a server, by its address, with or without credentials in it.

    Raises:
        StoreError: no SPARQL service answers there.
    """

    language = "sparql"

    def __init__(self, address: str) -> None:
        place = Address.parse(address)
        self.address = place.url
        self._connection = Connection(place)
        self._url = ""
        self._names: list[str] = []
        self._quick = ""
        self._find()

    def select(self, query: str) -> Rows:
        """See `Store.select`."""
        if _form(query) is not ox.QuerySolutions:
            raise BadQuery("cette requête n’est pas un SELECT")
        return self._select(query, self._dataset(query))

    def answer(self, query: str, media_type: str) -> bytes:
        """See `Store.answer`; written here, so that all stores give the same."""
        form = _form(query)
        wanted = format_of(form, media_type)
        if isinstance(wanted, ox.RdfFormat):
            return bytes(ox.serialize(self._triples(query, self._dataset(query)), format=wanted) or b"")
        reply = self._ask(query, _JSON, self._dataset(query))
        most = _cut_at(reply) if form is ox.QuerySolutions else 0
        if most and len(self._rows(reply)[1]) >= most:
            raise StoreError(f"le serveur « {self.address} » ne donne que {most} réponses à la fois : ajoutez LIMIT")
        return bytes(self._results(reply).serialize(format=wanted) or b"")

    def dump(self, media_type: str) -> bytes:
        """See `Store.dump`; one request a graph."""
        return written((quad for graph in self.graphs() for quad in self._quads(graph)), media_type)

    def graphs(self) -> list[str]:
        """See `Store.graphs`: those of leviers."""
        return [name for name in self._listed() if name.startswith(GRAPH) and name != MANIFEST]

    def replace_graph(self, graph: str, lines: Sequence[str]) -> None:
        """See `Store.replace_graph`."""
        self._forget()
        self.writer.replace(_ours(graph), lines)

    def replace_graphs(self, graphs: Mapping[str, Sequence[str]]) -> None:
        """See `Store.replace_graphs`."""
        for graph, lines in graphs.items():
            self.replace_graph(graph, lines)

    def change_graph(self, graph: str, without: Iterable[str], lines: Sequence[str]) -> None:
        """See `Store.change_graph`: the graph is read, changed here, and replaced whole."""
        gone = set(without)
        kept = [f"{quad.triple} ." for quad in self._quads(graph) if getattr(quad.subject, "value", "") not in gone]
        self.replace_graph(graph, sorted({*kept, *lines}))

    def edit_graph(self, graph: str, gone: Iterable[str], come: Iterable[str]) -> None:
        """See `Store.edit_graph`: the graph is read, changed here, and replaced whole."""
        kept = {f"{quad.triple} ." for quad in self._quads(graph)}
        self.replace_graph(graph, sorted(kept.difference(gone).union(come)))

    def close(self) -> None:
        """See `Store.close`."""
        self._connection.close()

    def manifest(self) -> dict[str, str]:
        """The digest of each graph that was published here."""
        query = f"SELECT DISTINCT ?g ?d WHERE {{ GRAPH <{MANIFEST}> {{ ?g ?p ?d }} }}"
        return {str(graph): str(digest) for graph, digest in self._select(query, ()).rows}

    @cached_property
    def writer(self) -> Writer:
        """What writes to this server, found when it is first needed.

        Raises:
            StoreError: it takes no writing there.
        """
        return Writer(self._connection)

    def _find(self) -> None:
        """The first address of the likely ones where a query is answered."""
        first: Reply | None = None
        for url in self._connection.address.queries:
            self._url = url
            reply = self._request(_NAMES, _JSON, ())
            if reply.ok and "json" in reply.type:
                self._names, self._quick = self._graph_names(self._results(reply)), _NAMES
                return
            if reply.status in {401, 403, 429, 502, 503}:
                raise self._connection.refusal(reply)
            if reply.status in {400, 500} and self._request(_ALL_NAMES, _JSON, ()).ok:  # no empty pattern there
                return
            first = first or reply
        raise self._connection.refusal(first or Reply(404, "", b"", {}))

    def _listed(self) -> list[str]:
        # Some servers understand the quick way and answer nothing to it.
        for query in filter(None, (self._quick, _ALL_NAMES)):
            if not self._names:
                self._names = self._graph_names(self._results(self._ask(query, _JSON, ())))
        return self._names

    @staticmethod
    def _graph_names(found: ox.QuerySolutions | ox.QueryBoolean) -> list[str]:
        if isinstance(found, ox.QueryBoolean):
            return []
        return sorted({row[0].value for row in found if isinstance(row[0], ox.NamedNode)})

    def _forget(self) -> None:
        self._names = []
        self.__dict__.pop("_united", None)

    def _dataset(self, query: str) -> tuple[tuple[str, str], ...]:
        """What makes the server read the union of our graphs, in the terms of the protocol."""
        united = self._united
        if not united or uses("from", query):
            return ()
        described = united[0][0] == _DEFAULT and "graph" in query.lower()
        return united + tuple(("named-graph-uri", one) for one in self.graphs() if described)

    @cached_property
    def _united(self) -> tuple[tuple[str, str], ...]:
        """What to send so that the server's default graph is the union of our graphs; nothing where it is already.

        The protocol's own way, a list of graphs, keeps others' graphs out, and is slow with many: then the server's
        own union is taken where it has one.
        """
        ours = self.graphs()
        listed = tuple((_DEFAULT, one) for one in ours)
        alone = len(ours) + (MANIFEST in self._listed()) == len(self._listed())
        if not ours or not (alone or len(ours) > _MANY):
            return listed
        samples = [
            row for graph in (ours[0], ours[-1]) for row in self._select(_SOME.replace("@graph", graph), ()).rows
        ]
        shown = " ".join(f"<{subject}> a <{kind}> ." for subject, kind in samples)
        for way in _UNIONS if samples else ():
            reply = self._request(f"ASK {{ {shown} }}", _JSON, way)
            if reply.ok and bool(self._results(reply)):
                return way
        return listed

    def _request(self, query: str, accept: str, dataset: Sequence[tuple[str, str]]) -> Reply:
        form = urlencode([("query", query), *dataset])
        headers = {"Accept": accept}
        url = f"{self._url}{'&' if '?' in self._url else '?'}{form}"
        if len(url) <= _LONGEST_ADDRESS:
            return self._connection.send("GET", url, headers)
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self._connection.send("POST", self._url, headers, form.encode())

    def _ask(self, query: str, accept: str, dataset: Sequence[tuple[str, str]]) -> Reply:
        reply = self._request(query, accept, dataset)
        if reply.status == 206:
            raise StoreError(
                f"le serveur « {self.address} » n’a donné qu’une partie de la réponse : restreignez la requête"
            )
        if reply.ok:
            return reply
        if reply.status == 400:
            raise BadQuery(f"requête SPARQL refusée par le serveur : {reply.said() or 'sans dire pourquoi'}")
        raise self._connection.refusal(reply)

    def _select(self, query: str, dataset: Sequence[tuple[str, str]]) -> Rows:
        """All rows, page by page where the server cuts answers short."""
        reply = self._ask(query, _JSON, dataset)
        columns, rows = self._rows(reply)
        most = _cut_at(reply)
        if not most or len(rows) < most:
            return Rows(columns, rows)
        declared, rest = prologue(query)
        order = " ".join(f"?{name}" for name in columns)
        page = f"{declared}\nSELECT {order} WHERE {{ {{ {rest}\n}} }} ORDER BY {order} LIMIT {most} OFFSET "
        pages: list[tuple[Cell, ...]] = []
        more = rows
        while len(more) >= most:
            _, more = self._rows(self._ask(f"{page}{len(pages)}", _JSON, dataset))
            pages += more
        return Rows(columns, pages)

    def _rows(self, reply: Reply) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
        found = self._results(reply)
        if isinstance(found, ox.QueryBoolean):
            raise StoreError(f"le serveur « {self.address} » répond vrai ou faux là où une liste est attendue")
        try:
            rows = [tuple(cell(term) for term in row) for row in found]
        except (SyntaxError, ValueError) as error:
            raise self._broken() from error
        return tuple(variable.value for variable in found.variables), rows

    def _results(self, reply: Reply) -> ox.QuerySolutions | ox.QueryBoolean:
        if "json" not in reply.type:
            raise self._connection.refusal(reply)
        try:
            return ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise self._broken() from error

    def _triples(self, query: str, dataset: Sequence[tuple[str, str]]) -> list[ox.Triple]:
        reply = self._ask(query, _ACCEPTED, dataset)
        form = _GRAPHS.get(reply.type)
        if form is None:
            raise self._connection.refusal(reply)
        try:
            triples = [quad.triple for quad in ox.parse(reply.body, format=form)]
        except (SyntaxError, ValueError) as error:
            raise self._broken() from error
        if (most := _cut_at(reply)) and len(triples) >= most:
            raise StoreError(
                f"le serveur « {self.address} » ne donne que {most} triplets à la fois : relevez sa limite"
            )
        return triples

    def _quads(self, graph: str) -> list[ox.Quad]:
        name = ox.NamedNode(graph)
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"
        return [ox.Quad(each.subject, each.predicate, each.object, name) for each in self._triples(query, ())]

    def _broken(self) -> StoreError:
        return StoreError(f"la réponse du serveur « {self.address} » est tronquée ou illisible : relancez la commande")


def _form(query: str) -> Form:
    try:
        return form_of(query)
    except SyntaxError as error:
        raise BadQuery(f"requête SPARQL mal écrite : {error}") from error
    except (ValueError, RuntimeError, OSError) as error:
        raise BadQuery(f"requête SPARQL refusée : {error}") from error


def _cut_at(reply: Reply) -> int:
    """How many rows the server gives at most, where it says that it cut an answer short; 0 else."""
    text = reply.headers.get("x-sparql-maxrows", "").strip()
    return int(text) if text.isdigit() else 0


def _ours(graph: str) -> str:
    if not graph.startswith(GRAPH):
        raise StoreError(f"« {graph} » n’est pas un graphe de leviers : il n’est pas écrit sur un serveur")
    return graph
