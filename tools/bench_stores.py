"""Every canned query at a million triples: embedded, rdflib in memory, and the servers that are named, side by side.

A query is asked as it is, for a thing that it may be asked for, and where it takes them under one theme and in one
territory; rdflib is asked the first of these only.

Usage: python tools/bench_stores.py [STORE]          (without a store, one of LEVIERS_BENCH_STORES reports is made)
       python -m tools.servers neo4j-lts fuseki -- python tools/bench_stores.py     (make bench-servers)

Times are wall seconds, the best of some turns in a row after a first one, one store after the other; a query that takes
rdflib longer than the limit is stopped, and counts with the limit: its ratio is then a lower bound.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from make_country import load

from graph import open_store
from graph.memory import MemoryStore
from graph.triples import iri
from ontology import ID, LV, Proof
from queries.catalogue import CannedQuery, get, names
from queries.posing import pose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

_REPORTS = int(os.environ.get("LEVIERS_BENCH_STORES", "350"))
_LIMIT = 15.0  # seconds for one query of rdflib
_TURNS = 25  # in a row: a server goes on warming up for some twenty
_ENOUGH = 3.0  # seconds of one store on one question, after which no more turns are begun
_WELL_KNOWN = 25  # rank, by support, of the irritant and the lever that are asked for
_CONTEXT = {"theme": f"{ID}theme/egal-acces", "territoire": f"{ID}territory/maine-et-loire"}
_MOST_SAID = f"""PREFIX lv: <{LV}>
SELECT ?thing WHERE {{ ?thing a lv:@class ; lv:support ?n }} GROUP BY ?thing ORDER BY DESC(MAX(?n)) ?thing LIMIT 100"""


def terms(store: Store, query: CannedQuery) -> dict[str, str]:
    """What the query is asked for: things that several reports speak of."""
    said = {"acteur": f"{ID}actor/erun"}
    for name, kind in (("irritant", "Irritant"), ("levier", "Lever")):
        found = store.select(_MOST_SAID.replace("@class", kind)).rows
        said[name] = str(found[min(_WELL_KNOWN, len(found) - 1)][0])
    return {each.name: iri(said[each.name]) for each in query.parameters if each.name in said}


def ways(store: Store, query: CannedQuery) -> dict[str, dict[str, str]]:
    """The parameters that the query is asked with, by their names."""
    asked = terms(store, query)
    needed = {each.name: asked[each.name] for each in query.parameters if each.required}
    found = {" ".join(asked): asked}
    for name, thing in _CONTEXT.items():
        if name in (each.name for each in query.parameters):
            found[" ".join((*needed, name))] = {**needed, name: iri(thing)}
    return found


def seconds(stores: dict[str, Store], query: CannedQuery, asked: dict[str, str]) -> dict[str, float]:
    """Wall seconds of one answer from each of the stores, the best of some turns in a row after a first one.

    In a row, as each is asked when it is alone: caches of the processor are not those that another store has filled.
    """
    best = dict.fromkeys(stores, float("inf"))
    for name, store in stores.items():
        begun = time.perf_counter()
        pose(store, query, asked, Proof.CLOSE)
        for _ in range(_TURNS):
            start = time.perf_counter()
            pose(store, query, asked, Proof.CLOSE)
            best[name] = min(best[name], time.perf_counter() - start)
            if time.perf_counter() - begun > _ENOUGH:
                break
    return best


def slow_seconds(store: Store, query: CannedQuery, asked: dict[str, str]) -> float:
    """The same for rdflib, once, within the limit."""
    start = time.perf_counter()
    with contextlib.suppress(TimeoutError), _within(_LIMIT):
        pose(store, query, asked, Proof.CLOSE)
    return time.perf_counter() - start


@contextlib.contextmanager
def _within(limit: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def copied(store: Store) -> MemoryStore:
    """The same graph in rdflib."""
    copy = MemoryStore()
    for graph in store.graphs():
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        copy.replace_graph(graph, store.answer(text, "application/n-triples").decode().splitlines())
    return copy


def servers(store: Store) -> dict[str, Store]:
    """The servers that the environment names, with the same graph."""
    from graph.publishing import publish

    found: dict[str, Store] = {}
    for name, variable in (("Neo4j", "LEVIERS_TEST_NEO4J"), ("Fuseki", "LEVIERS_TEST_SPARQL")):
        if address := os.environ.get(variable):
            start = time.perf_counter()
            publish(store, address)
            print(f"publication vers {name} : {time.perf_counter() - start:.1f} s", flush=True)
            found[name] = open_store(address)
    return found


def main() -> None:
    """The table, and the medians; of the store that is named, or of one that is made."""
    if sys.argv[1:]:
        compare(open_store(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory() as place:
        load(f"{place}/base", _REPORTS)
        compare(open_store(f"{place}/base"))


def compare(store: Store) -> None:
    """Each canned query, asked of this store and of the others with the same graph; of rdflib at the end.

    What rdflib holds would fill the caches of the processor while the others answer.
    """
    size = store.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
    reports = len(pose(store, get("documents"), {}, Proof.CLOSE))
    print(f"{reports} comptes rendus, {size} triplets", flush=True)
    others = servers(store)
    quick: dict[str, float] = {}
    ratios: dict[str, list[float]] = {name: [] for name in (*others, "rdflib")}
    least = {name: float("inf") for name in others}
    for name in names():
        query = get(name)
        for rank, (way, asked) in enumerate(ways(store, query).items()):
            took = seconds({"": store, **others}, query, asked)
            mine = took.pop("")
            answers = len(pose(store, query, asked, Proof.CLOSE))
            line = [f"{name:<24} {way:<20}{mine * 1000:8.1f} ms {answers:6} réponses"]
            for other, there in took.items():
                line.append(f"{other} ×{there / mine:.2f}")
                if way:
                    least[other] = min(least[other], there / mine)
                if not rank:
                    ratios[other].append(there / mine)
            quick.setdefault(name, mine)
            print("  ".join(line), flush=True)
    slow = copied(store)
    gc.freeze()  # what it holds is not gone through while it answers
    for name, mine in quick.items():
        there = slow_seconds(slow, get(name), next(iter(ways(store, get(name)).values())))
        ratios["rdflib"].append(there / mine)
        print(f"{name:<24} rdflib {'≥ ' if there >= _LIMIT else ''}×{there / mine:.1f}", flush=True)
    for other, known in ratios.items():
        print(f"{other} / embarqué : médiane ×{statistics.median(known):.1f}, au moins ×{min(known):.2f}")
    for other, known_least in least.items():
        print(f"{other} / embarqué, questions avec paramètre : au moins ×{known_least:.2f}")


if __name__ == "__main__":
    main()
