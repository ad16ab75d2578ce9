"""Making a SPARQL server hold the graph of a store: what changed is sent, a run cut short is completed by the next."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.remote.store import MANIFEST, RemoteStore
from graph.store import graph_lines
from graph.triples import iri, literal
from ontology.errors import StoreEmpty, StoreError
from ontology.terms import GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from graph.store import Store

_DIGEST = "http://spdx.org/rdf/terms#checksumValue"
_BATCH_GRAPHS = 50
_BATCH_LINES = 200_000


@dataclass(slots=True)
class Published:
    """What one run did; graphs by name.

    Attributes:
        address: of the server, without credentials.
        triples: that the server holds of ours now.
        atomic: whether readers saw each graph as it was or as it is, never a part of it.
    """

    address: str
    triples: int = 0
    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    atomic: bool = True

    @property
    def holds(self) -> str:
        """How much is there, in words for the user."""
        graphs = len(self.written) + len(self.unchanged)
        return f"{_counted(graphs, 'graphe')}, {_counted(self.triples, 'triplet')}"

    @property
    def changes(self) -> str:
        """What this run changed, in words for the user; empty where nothing had to."""
        many = len(self.removed) > 1
        parts = [
            f"{_counted(len(self.written), 'graphe')} envoyé{'s' if len(self.written) > 1 else ''}"
            * bool(self.written),
            f"{_counted(len(self.removed), 'graphe')} retiré{'s' if many else ''}" * bool(self.removed),
            "en plusieurs fois : un lecteur a pu en voir une partie" * (not self.atomic),
        ]
        return ", ".join(part for part in parts if part)


def _counted(count: int, word: str) -> str:
    return f"{count:,}".replace(",", "\u202f") + f" {word}{'s' if count > 1 else ''}"


def publish(store: Store, address: str, progress: Callable[[int, int], None] | None = None) -> Published:
    """Make the server hold the graphs of a store, and no other under our name; what others keep there stays.

    A graph is sent where its digest is not the one noted on the server (in `MANIFEST`). The note goes before the graph
    is written and comes back after, so that no interruption leaves a wrong one.

    Args:
        store: what to publish.
        address: of a SPARQL server, as ``--store`` takes it.
        progress: told how many graphs are done, of how many.

    Raises:
        StoreError: the server cannot be reached or does not let us write.
        StoreEmpty: there is nothing to publish.
    """
    graphs = [name for name in store.graphs() if name.startswith(GRAPH) and name != MANIFEST]
    if not graphs:
        raise StoreEmpty("rien à publier : cette base est vide (« leviers ingest » la charge)")
    remote = RemoteStore(address)
    try:
        return _Run(store, remote, graphs, progress or (lambda *_: None)).done()
    finally:
        remote.close()


class _Run:
    """One publication under way."""

    def __init__(
        self, store: Store, remote: RemoteStore, graphs: list[str], progress: Callable[[int, int], None]
    ) -> None:
        self.store = store
        self.remote = remote
        self.graphs = graphs
        self.progress = progress
        self.present = set(remote.graphs())
        noted = remote.manifest()
        self.noted = {graph: digest for graph, digest in noted.items() if graph in self.present}
        self.stale = noted != self.noted
        self.report = Published(remote.address)
        self._checked = False

    def done(self) -> Published:
        """What was done, once it is."""
        for batch in self._batches():
            self._write(batch)
        for graph in sorted(self.present - set(self.graphs)):
            self.noted.pop(graph, None)
            self.stale = True
            self.remote.replace_graph(graph, [])
            self.report.removed.append(graph)
        if self.stale:
            self._note()
        if self.report.written or self.report.removed:
            self.report.atomic = self.remote.writer.atomic
        return self.report

    def _batches(self) -> Iterator[dict[str, tuple[str, list[str]]]]:
        """Some graphs at a time that must be sent: digest and lines, by name."""
        batch: dict[str, tuple[str, list[str]]] = {}
        waiting = 0
        for number, graph in enumerate(self.graphs, start=1):
            lines = graph_lines(self.store, graph)
            digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()
            self.report.triples += len(lines)
            if self.noted.get(graph) == digest:
                self.report.unchanged.append(graph)
            else:
                batch[graph] = digest, lines
                waiting += len(lines)
            if len(batch) >= _BATCH_GRAPHS or waiting > _BATCH_LINES:
                yield batch
                batch, waiting = {}, 0
            self.progress(number, len(self.graphs))
        if batch:
            yield batch

    def _write(self, batch: dict[str, tuple[str, list[str]]]) -> None:
        before = len(self.noted)
        self.noted = {graph: digest for graph, digest in self.noted.items() if graph not in batch}
        if self.stale or len(self.noted) < before:
            self._note()
        for graph, (digest, lines) in batch.items():
            self.remote.replace_graph(graph, lines)
            self.noted[graph] = digest
            self.report.written.append(graph)
        self._note()
        if not self._checked and self.remote.manifest() != self.noted:
            raise StoreError(
                f"ce qui est écrit sur « {self.remote.address} » ne s’y relit pas : donnez l’adresse du jeu de "
                "données, où ses requêtes et ses écritures se trouvent ensemble (https://hôte:3030/ds)"
            )
        self._checked = True

    def _note(self) -> None:
        lines = [f"{iri(graph)} {iri(_DIGEST)} {literal(digest)} ." for graph, digest in sorted(self.noted.items())]
        self.remote.replace_graph(MANIFEST, lines)
        self.stale = False
