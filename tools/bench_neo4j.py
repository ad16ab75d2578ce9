"""How fast `leviers publish` fills a Neo4j, beside a bare loop that sends the same batches to the same warm server.

Usage: python tools/bench_neo4j.py bolt://user:secret@host:port STORE        (what leviers wrote there is removed first)
"""

from __future__ import annotations

import resource
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

_TURNS = 3
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


def main() -> None:
    """Both rates, and their ratio."""
    address, store = sys.argv[1], open_store(sys.argv[2])
    published(store, address)  # warms the server
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    batches = recorded(store, address)
    ours, loop = float("inf"), float("inf")
    for _ in range(_TURNS):
        seconds, done = published(store, address)
        ours, loop = min(ours, seconds), min(loop, bare(address, batches))
    things = done.nodes + done.relationships
    print(
        f"publication dans Neo4j ({done.nodes} nœuds, {done.relationships} relations) : {ours:.1f} s, "
        f"{things / ours:.0f} éléments/s, {loop / ours:.2f} × la boucle nue ({things / loop:.0f}/s) ; "
        f"mémoire de notre processus : {peak} Mo"
    )


if __name__ == "__main__":
    main()
