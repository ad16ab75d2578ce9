"""How fast `leviers publish` fills a Neo4j, beside a bare loop that sends the same batches to the same warm server.

Both are wall seconds into an emptied database, in turn, after two publications that warm the server; medians.
Ours include all: starting the process that reads the store, connecting, reading, writing, counting what is there at the
end. The bare loop has its batches in memory and its connection open: it counts only sending them, the same statements
with the same rows in as many transactions.

Usage: LEVIERS_TEST_NEO4J=bolt://user:secret@host:port python tools/bench_neo4j.py STORE…
The database must hold nothing of leviers; what is published is removed again.
"""

from __future__ import annotations

import os
import resource
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

from graph import open_store
from graph.cypher import writer
from graph.cypher.connection import connect, parse
from graph.cypher.projection import MARK

if TYPE_CHECKING:
    import neo4j

    from graph import Store

_TURNS = 5
_EMPTY = f"MATCH (n:{MARK}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS"


def published(store: Store, address: str) -> tuple[float, writer.Published]:
    """Wall seconds of a publication into an emptied server."""
    empty(address)
    start = time.perf_counter()
    done = writer.publish(store, address)
    return time.perf_counter() - start, done


def recorded(store: Store, address: str) -> list[list[writer.Statement]]:
    """The batches of a publication, each the statements of one transaction."""
    batches: list[list[writer.Statement]] = []
    run = writer.run_all

    def record(transaction: neo4j.ManagedTransaction, work: list[writer.Statement]) -> int:
        batches.append(work)
        return run(transaction, work)

    writer.run_all = record
    try:
        published(store, address)
    finally:
        writer.run_all = run
    return [batch for batch in batches if "rows" in batch[0][1]]


def bare(address: str, batches: list[list[writer.Statement]]) -> float:
    """Wall seconds of sending them again in a loop."""
    empty(address)
    where = parse(address)
    with connect(where) as driver, driver.session(database=where.database) as session:
        start = time.perf_counter()
        for batch in batches:
            session.execute_write(_send, batch)
        return time.perf_counter() - start


def _send(transaction: neo4j.ManagedTransaction, batch: list[tuple[str, dict[str, Any]]]) -> None:
    for text, values in batch:
        transaction.run(text, values).consume()


def empty(address: str) -> None:
    """Remove all that leviers wrote."""
    where = parse(address)
    with connect(where) as driver, driver.session(database=where.database) as session:
        session.run(_EMPTY).consume()


def holds_ours(address: str) -> bool:
    """Whether something of leviers is there already."""
    where = parse(address)
    with connect(where) as driver:
        return bool(driver.execute_query(f"MATCH (n:{MARK}) RETURN n LIMIT 1", database_=where.database).records)


def compare(store: Store, address: str) -> None:
    """Both rates, and their ratio; the first publication warms the server and is not counted."""
    published(store, address)
    peaks = [resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    batches = recorded(store, address)
    ours, loops, spent = [], [], []
    for _ in range(_TURNS):
        before = cpu()
        seconds, done = published(store, address)
        spent.append(cpu() - before)
        ours.append(seconds)
        loops.append(bare(address, batches))
    seconds, loop = statistics.median(ours), statistics.median(loops)
    things = done.nodes + done.relationships
    print(
        f"publication dans Neo4j ({done.nodes} nœuds, {done.relationships} relations) : {seconds:.1f} s, "
        f"{things / seconds:.0f} éléments/s, {loop / seconds:.2f} × la boucle nue ({things / loop:.0f}/s) ; "
        f"{statistics.median(spent):.1f} s CPU, {sum(peaks)} Mo au plus, dont {peaks[1]} pour le processus qui lit",
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
        for folder in sys.argv[1:]:
            compare(open_store(folder), address)
    finally:
        empty(address)


if __name__ == "__main__":
    main()
