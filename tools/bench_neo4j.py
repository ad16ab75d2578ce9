"""How fast `leviers publish` fills a Neo4j, beside a bare loop that sends the same batches to the same warm server.

Both are wall seconds into an emptied database, in turn, after publications that warm the server; medians.
Ours include all: starting the process that reads the store, connecting, reading, writing, counting what is there at the
end. The bare loop counts only sending: the same statements with the same rows in as many transactions, each at hand,
over a connection that is open.

Usage: LEVIERS_TEST_NEO4J=bolt://user:secret@host:port python tools/bench_neo4j.py STORE…
LEVIERS_BENCH_TURNS=0 is for a country, after a small store that warms the server: the publication that writes the
batches down for the loop counts as ours, and the loop turns once.
The database must hold nothing of leviers; what is published is removed again.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import resource
import statistics
import sys
import tempfile
import time
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from graph import open_store
from graph.cypher import writer
from graph.cypher.connection import connect, parse
from graph.cypher.projection import MARK

if TYPE_CHECKING:
    import neo4j

    from graph import Store

_TURNS = int(os.environ.get("LEVIERS_BENCH_TURNS", "5"))
# Relations first: a theme has so many that its node and they are more than one transaction holds.
_EMPTY = (
    f"MATCH (:{MARK})-[r]->() CALL (r) {{ DELETE r }} IN TRANSACTIONS OF 20000 ROWS",
    f"MATCH (n:{MARK}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS",
)


class Run(NamedTuple):
    """A publication into an emptied server: wall seconds, CPU seconds of both processes, what is there after it."""

    seconds: float
    cpu: float
    done: writer.Published


def published(store: Store, address: str) -> Run:
    """A publication into an emptied server."""
    empty(address)
    start, before = time.perf_counter(), cpu()
    done = writer.publish(store, address)
    return Run(time.perf_counter() - start, cpu() - before, done)


def recorded(store: Store, address: str, file: BinaryIO) -> Run:
    """A publication whose batches are written down, each the statements of one transaction."""
    run = writer.run_all

    def record(transaction: neo4j.ManagedTransaction, work: list[writer.Statement]) -> int:
        if "rows" in work[0][1]:
            pickle.dump(work, file, pickle.HIGHEST_PROTOCOL)
        return run(transaction, work)

    writer.run_all = record
    try:
        return published(store, address)
    finally:
        writer.run_all = run


def bare(address: str, file: BinaryIO) -> float:
    """Wall seconds of sending the batches written down again, in a loop."""
    empty(address)
    file.seek(0)
    where, spent = parse(address), 0.0
    with connect(where) as driver, driver.session(database=where.database) as session, contextlib.suppress(EOFError):
        while True:
            batch = pickle.load(file)
            start = time.perf_counter()
            session.execute_write(_send, batch)
            spent += time.perf_counter() - start
    return spent


def _send(transaction: neo4j.ManagedTransaction, batch: list[tuple[str, dict[str, Any]]]) -> None:
    for text, values in batch:
        transaction.run(text, values).consume()


def empty(address: str) -> None:
    """Remove all that leviers wrote."""
    where = parse(address)
    with connect(where) as driver, driver.session(database=where.database) as session:
        for statement in _EMPTY:
            session.run(statement).consume()


def holds_ours(address: str) -> bool:
    """Whether something of leviers is there already."""
    where = parse(address)
    with connect(where) as driver:
        return bool(driver.execute_query(f"MATCH (n:{MARK}) RETURN n LIMIT 1", database_=where.database).records)


def compare(store: Store, address: str) -> None:
    """Both rates, and their ratio."""
    with tempfile.TemporaryFile() as file:
        first = recorded(store, address, file)
        peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        ours, loops = [], []
        for _ in range(max(1, _TURNS)):
            ours.append(published(store, address) if _TURNS else first)
            loops.append(bare(address, file))
    seconds, loop = statistics.median(run.seconds for run in ours), statistics.median(loops)
    things = first.done.nodes + first.done.relationships
    print(
        f"publication dans Neo4j ({first.done.nodes} nœuds, {first.done.relationships} relations) : {seconds:.1f} s, "
        f"{things / seconds:.0f} éléments/s, {loop / seconds:.2f} × la boucle nue ({things / loop:.0f}/s) ; "
        f"{statistics.median(run.cpu for run in ours):.1f} s CPU, {sum(peaks)} Mo au plus, "
        f"dont {peaks[1]} pour le processus qui lit",
        flush=True,
    )


def cpu() -> float:
    """CPU seconds of this process and of those that it waited for."""
    own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def main() -> None:
    """A line for each store."""
    address = os.environ["LEVIERS_TEST_NEO4J"]
    if holds_ours(address):
        sys.exit(f"publication dans Neo4j : sautée, {parse(address).shown} garde déjà un graphe publié")
    try:
        published(open_store(sys.argv[1]), address)  # warms the server
        for folder in sys.argv[1:]:
            compare(open_store(folder), address)
    finally:
        empty(address)


if __name__ == "__main__":
    main()
