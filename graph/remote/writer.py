"""Writing named graphs on a SPARQL server: whole, by the Graph Store Protocol, else by SPARQL Update."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from graph.batches import batches
from ontology.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graph.remote.connection import Connection, Reply

_NOT_HERE = {404, 405, 406, 410, 415, 501}
_NOTHING = "INSERT DATA { }"
_TOO_LONG = {400, 413, 414, 500}
_AT_ONCE = 4 << 20  # bytes of an update, then in parts
_PART = 2000  # triples


class Writer:
    """The ways to write that a server has.

    Attributes:
        atomic: whether each graph so far was replaced in one step, so that no reader saw a part of it.

    Raises:
        StoreError: it has none, or not for this account.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.atomic = True
        self._store = next(filter(self._speaks, connection.address.stores), "")
        self._update = "" if self._store else self._update_address()

    def replace(self, graph: str, lines: Sequence[str]) -> None:
        """Put these triples in place of all that the graph held; none removes it."""
        if self._store:
            reply = self._put(graph, lines) if lines else self._delete(graph)
            if reply.ok or (not lines and reply.status == 404):
                return
            if reply.status not in _NOT_HERE:
                raise self._connection.refusal(reply, writing=True)
            # It can be read so, and not written.
            self._store, self._update = "", self._update_address()
        self._replace_by_update(graph, lines)

    def _put(self, graph: str, lines: Sequence[str]) -> Reply:
        body = ("\n".join(lines) + "\n").encode()
        return self._connection.send("PUT", self._graph(graph), {"Content-Type": "application/n-triples"}, body)

    def _delete(self, graph: str) -> Reply:
        return self._connection.send("DELETE", self._graph(graph), {})

    def _graph(self, graph: str) -> str:
        return f"{self._store}?{urlencode({'graph': graph})}"

    def _speaks(self, url: str) -> bool:
        reply = self._connection.send("HEAD", f"{url}?default", {"Accept": "application/n-triples"})
        if reply.status in {401, 403}:
            raise self._connection.refusal(reply, writing=True)
        return reply.ok and "html" not in reply.type

    def _update_address(self) -> str:
        first: Reply | None = None
        for url in self._connection.address.updates:
            reply = self._send(url, _NOTHING)
            if reply.ok and "html" not in reply.type:
                return url
            if reply.status in {401, 403}:
                raise self._connection.refusal(reply, writing=True)
            first = first or reply
        host = self._connection.host
        raise StoreError(
            f"le serveur « {host} » ne prend pas d’écriture à cette adresse : donnez celle de son jeu de données "
            "(https://hôte:3030/ds), d’un compte qui a le droit d’écrire"
        )

    def _replace_by_update(self, graph: str, lines: Sequence[str]) -> None:
        drop = f"DROP SILENT GRAPH <{graph}>"
        if not lines:
            self._run(drop)
            return
        whole = f"{drop} ;\n{_insert(graph, lines)}"
        if len(whole.encode()) <= _AT_ONCE:
            reply = self._send(self._update, whole)
            if reply.ok:
                return
            if reply.status not in _TOO_LONG or len(lines) <= _PART:
                raise self._connection.refusal(reply, writing=True)
        self.atomic = False
        self._run(drop)
        for part in batches(lines, _PART):
            self._run(_insert(graph, part))

    def _run(self, update: str) -> None:
        reply = self._send(self._update, update)
        if not reply.ok:
            raise self._connection.refusal(reply, writing=True)

    def _send(self, url: str, update: str) -> Reply:
        return self._connection.send("POST", url, {"Content-Type": "application/sparql-update"}, update.encode())


def _insert(graph: str, lines: Sequence[str]) -> str:
    body = "\n".join(lines)
    return f"INSERT DATA {{ GRAPH <{graph}> {{\n{body}\n}} }}"
