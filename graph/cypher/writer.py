"""Bringing a Neo4j server to hold the property graph of a store: what is new, what changed, what vanished.

A node and the relationships to nodes already there are written in one transaction with their digest, so that a run
that was broken off is completed by the next one, and a run that finds nothing new writes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.batches import batches
from graph.cypher import statements
from graph.cypher.ahead import ahead
from graph.cypher.connection import connect, parse, told
from graph.cypher.projection import LABELS, MARK
from graph.cypher.reading import AT_ONCE, LATE_AT_ONCE, Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import neo4j

    from graph.cypher.connection import Address
    from graph.cypher.projection import Label
    from graph.cypher.reading import Item
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
    driver = connect(where)
    try:
        return _Publication(store, driver, where, progress).run()
    finally:
        driver.close()


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

    def run(self) -> Published:
        with told(self.where), self._session() as session:
            session.execute_write(run_all, [(text, {}) for text in statements.schema()])
            self.fresh = not _count(session, statements.count_held())
        source = Source(self.store)
        things = source.things
        self.total = sum(len(things[label.name]) * (2 if label.late else 1) for label in LABELS)
        with told(self.where, begun=True), self._session() as session:
            # What vanished goes first: an identifier may come back under another label, as one that was replaced.
            if not self.fresh:
                for label in LABELS:
                    self._forget(session, label, source)
            for label, late, items in ahead(_parts(source)):
                self._write(session, label, items, late=late)
            return self._told(session)

    def _session(self) -> neo4j.Session:
        return self.driver.session(database=self.where.database)

    def _write(self, session: neo4j.Session, label: Label, items: list[Item], *, late: bool) -> None:
        held = self._held(session, label, items) if late or not self.fresh else {}
        work = list(_late_statements(label, items, held) if late else self._node_statements(label, items, held))
        if work:
            session.execute_write(run_all, work)
        self.done += len(items)
        self.progress(self.done, self.total)

    def _held(self, session: neo4j.Session, label: Label, items: list[Item]) -> dict[str, dict[str, Any]]:
        if self.fresh:
            return {item.id: {"linksDigest": None} for item in items}
        found = session.execute_read(_rows, statements.held(label.name), {"ids": [item.id for item in items]})
        return {one["id"]: one for row in found for one in row["found"]}

    def _node_statements(self, label: Label, items: list[Item], held: dict[str, dict[str, Any]]) -> Iterator[Statement]:
        new: dict[tuple[str, ...], list[Item]] = defaultdict(list)
        known: dict[tuple[str, ...], list[Item]] = defaultdict(list)
        for item in items:
            before = held.get(item.id)
            if before is None:
                new[item.labels].append(item)
            elif before["digest"] != item.digest:
                known[() if set(before["labels"]) >= set(item.labels) else item.labels].append(item)
        for labels, some in new.items():
            self.created += len(some)
            rows = [{"id": one.id, "iri": one.iri, "digest": one.digest, "properties": one.properties} for one in some]
            yield statements.create(labels), {"rows": rows}
        for labels, some in known.items():
            self.changed += len(some)
            rows = [
                {"id": one.id, "iri": one.iri, "digest": one.digest, "properties": {**_ABSENT, **one.properties}}
                for one in some
            ]
            yield statements.change(label.name, labels), {"rows": rows}
            yield statements.unlink(label, late=False), {"ids": [one.id for one in some]}
        for group in (new, known):
            yield from link_statements(label, [one for some in group.values() for one in some])

    def _forget(self, session: neo4j.Session, label: Label, source: Source) -> None:
        gone = sorted(one for one in _ids(session, label) if not source.holds(label, one))
        for some in batches(gone, AT_ONCE):
            work = [(text, {"ids": list(some)}) for text in statements.forget(label.name)]
            self.removed += session.execute_write(run_all, work)

    def _told(self, session: neo4j.Session) -> Published:
        kept = _count(session, f"MATCH (n:{MARK}) WHERE n.vanished RETURN count(n) AS count")
        found = _count(session, statements.count_held())
        links = _count(session, f"MATCH (:{MARK})-[r {{{statements.OURS}: true}}]->() RETURN count(r) AS count")
        return Published(self.where.shown, found - kept, links, self.created, self.changed, self.removed, kept)


def _parts(source: Source) -> Iterator[tuple[Label, bool, list[Item]]]:
    """All that is to be written, in order: what one transaction takes of a label, in its first pass or the late one."""
    for late in (False, True):
        for label in LABELS:
            if late and not label.late:
                continue
            for some in batches(source.things[label.name], LATE_AT_ONCE if late else AT_ONCE):
                yield label, late, source.late_links(label, some) if late else source.nodes(label, some)


def _late_statements(label: Label, items: list[Item], held: dict[str, dict[str, Any]]) -> Iterator[Statement]:
    changed = [item for item in items if (held.get(item.id, {}).get("linksDigest") or "") != item.digest]
    again = [item.id for item in changed if held.get(item.id, {}).get("linksDigest")]
    if again:
        yield statements.unlink(label, late=True), {"ids": again}
    yield from link_statements(label, changed)
    if changed:
        rows = [{"id": item.id, "digest": item.digest or None} for item in changed]
        yield statements.mark(label.name), {"rows": rows}


def link_statements(label: Label, items: list[Item]) -> Iterator[Statement]:
    """The statements that write the relationships of these nodes, some at a time."""
    groups: dict[tuple[str, str, bool], list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        for link in item.links:
            row: dict[str, Any] = {"id": item.id, "to": link.to}
            if link.properties:
                row["properties"] = link.properties
            groups[link.type, link.label, bool(link.properties)].append(row)
    for (type_, to, told_), rows in sorted(groups.items()):
        for start in range(0, len(rows), AT_ONCE):
            yield statements.link(label.name, type_, to, told=told_), {"rows": rows[start : start + AT_ONCE]}


def run_all(transaction: neo4j.ManagedTransaction, work: list[Statement]) -> int:
    """Run statements in one transaction; gives how many nodes they removed."""
    return sum(transaction.run(text, values).consume().counters.nodes_deleted for text, values in work)


def _rows(transaction: neo4j.ManagedTransaction, text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return transaction.run(text, values).data()


def _ids(session: neo4j.Session, label: Label) -> Iterator[str]:
    return (row["id"] for row in session.run(statements.all_held(label.name)))


def _count(session: neo4j.Session, query: str) -> int:
    found = session.run(query).single()
    return int(found["count"]) if found else 0

