"""Bringing a Neo4j server to hold the property graph of a store: what is new, what changed, what vanished.

A node and the relationships to nodes already there are written in one transaction with their digest, so that a run
that was broken off is completed by the next one, and a run that finds nothing new writes nothing.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.batches import batches
from graph.cypher import statements
from graph.cypher.ahead import ahead, beside
from graph.cypher.connection import connect, parse, told
from graph.cypher.parts import AT_ONCE, Part, parts, parts_of
from graph.cypher.projection import LABELS, MARK
from graph.cypher.reading import gone

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    import neo4j

    from graph.cypher.connection import Address
    from graph.cypher.parts import Row
    from graph.cypher.projection import Label
    from graph.store import Store

Statement = tuple[str, dict[str, Any]]
_ABSENT = dict.fromkeys(statements.properties())


class Published(NamedTuple):
    """What a server holds now of a graph, and what that took.

    Attributes:
        kept: vanished nodes that others' relationships still hold.
    """

    address: str
    nodes: int
    relationships: int
    created: int
    changed: int
    removed: int
    kept: int


def publish(store: Store, address: str, progress: Callable[[int, int], None] | None = None) -> Published:
    """Make the server at an address hold the graph of a store.

    Args:
        store: what to publish.
        address: ``neo4j://…`` or ``bolt://…``.
        progress: told how much is done, of how much in all.

    Raises:
        StoreError: the server cannot be reached or does not let us write; what was written is completed by a new run.
    """
    where = parse(address)
    with _read(store) as found:
        driver = connect(where)
        try:
            return _Publication(store, driver, where, progress).run(found)
        finally:
            driver.close()


@contextlib.contextmanager
def _read(store: Store) -> Iterator[Iterator[int | Part]]:
    """The parts of a store: read by another process where the store lies in a folder, for the server is fast."""
    folder = getattr(store, "folder", None)
    if folder is None:
        yield parts(store)
        return
    with beside(parts_of, folder) as found:
        yield found


class _Publication:
    def __init__(
        self, store: Store, driver: neo4j.Driver, where: Address, progress: Callable[[int, int], None] | None
    ) -> None:
        self.store = store
        self.driver = driver
        self.where = where
        self.progress = progress or (lambda *_: None)
        self.created = self.changed = self.removed = self.done = self.total = 0
        self.fresh = False

    def run(self, found: Iterator[int | Part]) -> Published:
        with told(self.where), self._session() as session:
            session.execute_write(run_all, [(text, {}) for text in statements.schema()])
            self.fresh = not _count(session, statements.count_held())
        with told(self.where, begun=True), self._session() as session:
            # What vanished goes first: an identifier may come back under another label, as one that was replaced.
            if not self.fresh:
                for label in LABELS:
                    self._forget(session, label)
            with contextlib.closing(ahead(found)) as coming:
                for one in coming:
                    if isinstance(one, Part):
                        self._write(session, one)
                    else:
                        self.total = one
            return self._told(session)

    def _session(self) -> neo4j.Session:
        return self.driver.session(database=self.where.database)

    def _write(self, session: neo4j.Session, part: Part) -> None:
        held = {} if self.fresh else self._held(session, part)
        work = list(_late_statements(part, held) if part.late else self._node_statements(part, held))
        if work:
            session.execute_write(run_all, work)
        self.done += part.size
        self.progress(self.done, self.total)

    def _held(self, session: neo4j.Session, part: Part) -> dict[str, Row]:
        ids = [row["id"] for rows in part.nodes.values() for row in rows]
        found = session.execute_read(_rows, statements.held(part.label), {"ids": ids})
        return {one["id"]: one for row in found for one in row["found"]}

    def _node_statements(self, part: Part, held: dict[str, Row]) -> Iterator[Statement]:
        new: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        known: dict[tuple[str, ...], list[Row]] = defaultdict(list)
        for labels, rows in part.nodes.items():
            for row in rows:
                before = held.get(row["id"])
                if before is None:
                    new[labels].append(row)
                elif before["digest"] != row["digest"]:
                    full = row | {"properties": {**_ABSENT, **row["properties"]}}
                    known[() if set(before["labels"]) >= set(labels) else labels].append(full)
        for labels, rows in new.items():
            self.created += len(rows)
            yield statements.create(labels), {"rows": rows}
        for labels, rows in known.items():
            self.changed += len(rows)
            yield statements.change(part.label, labels), {"rows": rows}
            yield statements.unlink(part.label, late=False), {"ids": [row["id"] for row in rows]}
        written = {row["id"] for group in (new, known) for rows in group.values() for row in rows}
        yield from link_statements(part, written)

    def _forget(self, session: neo4j.Session, label: Label) -> None:
        held = (row["id"] for row in session.run(statements.all_held(label.name)))
        for some in batches(sorted(gone(self.store, label, held)), AT_ONCE):
            work = [(text, {"ids": some}) for text in statements.forget(label.name)]
            self.removed += session.execute_write(run_all, work)

    def _told(self, session: neo4j.Session) -> Published:
        kept = _count(session, f"MATCH (n:{MARK}) WHERE n.vanished RETURN count(n) AS count")
        found = _count(session, statements.count_held())
        links = _count(session, f"MATCH (:{MARK})-[r {{{statements.OURS}: true}}]->() RETURN count(r) AS count")
        return Published(self.where.shown, found - kept, links, self.created, self.changed, self.removed, kept)


def _late_statements(part: Part, held: dict[str, Row]) -> Iterator[Statement]:
    before = {one: row["linksDigest"] for one, row in held.items() if row["linksDigest"]}
    rows = [row for rows in part.nodes.values() for row in rows if before.get(row["id"], "") != row["digest"]]
    again = [row["id"] for row in rows if row["id"] in before]
    if again:
        yield statements.unlink(part.label, late=True), {"ids": again}
    yield from link_statements(part, {row["id"] for row in rows})
    if rows:
        yield statements.mark(part.label), {"rows": [row | {"digest": row["digest"] or None} for row in rows]}


def link_statements(part: Part, ids: Container[str]) -> Iterator[Statement]:
    """The statements that write the relationships from these nodes of a part, some at a time."""
    for (type_, to, told_), rows in part.links.items():
        for some in batches((row for row in rows if row["id"] in ids), AT_ONCE):
            yield statements.link(part.label, type_, to, told=told_), {"rows": some}


def run_all(transaction: neo4j.ManagedTransaction, work: list[Statement]) -> int:
    """Run statements in one transaction; gives how many nodes they removed."""
    return sum(transaction.run(text, values).consume().counters.nodes_deleted for text, values in work)


def _rows(transaction: neo4j.ManagedTransaction, text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return transaction.run(text, values).data()


def _count(session: neo4j.Session, query: str) -> int:
    found = session.run(query).single()
    return int(found["count"]) if found else 0
