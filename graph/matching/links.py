"""The close matches that the machine writes in the graph: whatever the order of loads, they are the same.

Whether two statements are close depends on these two alone, their words and their places. So a load compares what it
touched with what shares words with it, and the graph is what it would be had all been loaded at once. Words alone
decide: the graph does not depend on the models that are installed where it is made.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.matching.compare import COMMON, compare
from graph.matching.index import Index
from graph.matching.ledger import MOST, Ledger
from graph.matching.statement import statements
from graph.rdf import link_iri
from graph.triples import Lines, iri, literal
from ontology import LV, MATCHES_GRAPH, Proof, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from graph.matching.ledger import Hits, Pair
    from graph.store import Store

_FILE = "matching.sqlite"
_DATA = ("cues.toml", "models.json", "weights.json")
_ROUNDING = 0.01  # of the index's whole weights


def match(store: Store, folder: Path, version: str, touched: Iterable[str], judged: set[frozenset[str]]) -> None:
    """Bring the machine's close matches up to date.

    Args:
        store: the graph, its documents and concepts written.
        folder: where the index of statements is kept, with the store.
        version: of what read the documents.
        touched: concepts of which something changed.
        judged: pairs of concepts of which a person has decided: the machine leaves them alone.
    """
    try:
        _match(store, folder / _FILE, version, touched, judged)
    except sqlite3.DatabaseError:  # the index is damaged: it can be made again
        (folder / _FILE).unlink(missing_ok=True)
        _match(store, folder / _FILE, version, touched, judged)


def _match(store: Store, file: Path, version: str, touched: Iterable[str], judged: set[frozenset[str]]) -> None:
    with closing(Index(file)) as index, index.base:
        ledger, stale = Ledger(index.base), set(touched)
        index.base.execute("BEGIN")
        if index.made_with(f"{version} {_digest()}"):
            now = statements(store, stale)
        else:
            ledger.clear()
            store.replace_graph(MATCHES_GRAPH, [])
            now = statements(store)
            stale |= {statement.iri for statement in now}
        changed = index.replace(stale, now)
        found = _nearest(index, ledger, changed)
        concerned = stale | changed | found.keys() | {end for pair in ledger.judged() ^ judged for end in pair}
        before = ledger.links(concerned)
        ledger.judge(judged)
        ledger.forget(changed, stale)
        ledger.add(found)
        ledger.say((one, other, _class(index, one, other)) for one, other in ledger.unknown())
        after = ledger.links(concerned)
        moved = {pair for pair in {*before, *after} if before.get(pair) != after.get(pair)}
        _write(store, ledger, moved, after)


def _nearest(index: Index, ledger: Ledger, changed: set[str]) -> dict[str, Hits]:
    """The nearest statements of those that changed or had one of these, and what comes among the nearest of others."""
    refilled = {concept for concept in changed | ledger.beside(changed) if index.holds(concept)}
    found: dict[str, Hits] = {}
    new: list[tuple[str, str, float]] = []
    for concept in sorted(refilled):
        hits = index.near(index.get(concept), COMMON - _ROUNDING)
        found[concept] = hits[:MOST]
        if concept in changed:
            new += [(far, concept, common) for far, common in hits if far not in refilled]
    floors = ledger.floors({far for far, _, _ in new})
    for far, concept, common in new:
        if common >= floors.get(far, 0.0):
            found.setdefault(far, []).append((concept, common))
    return found


def _class(index: Index, one: str, other: str) -> str:
    return compare(index.get(one), index.get(other)).confidence


def _write(store: Store, ledger: Ledger, changed: set[Pair], after: dict[Pair, str]) -> None:
    """Bring to the graph the pairs that it should hold from now on, or no more, or otherwise."""
    lines, close = Lines(), Relation.CLOSE_TO
    ends = {end for pair in changed for end in pair}
    for one, other in ledger.links(ends):
        for end, far in ((one, other), (other, one)):
            if end in ends:
                lines.add(end, close.iri, iri(far))
    for one, other in changed & after.keys():
        me = link_iri(one, close, other)
        lines.add(me, "a", iri(LV + "Link"))
        lines.add(me, LV + "from", iri(one))
        lines.add(me, LV + "relation", iri(close.iri))
        lines.add(me, LV + "to", iri(other))
        for end, thing in zip(close.ends, (one, other), strict=True):
            lines.add(me, end, iri(thing))
        lines.add(me, LV + "proof", iri(LV + Proof.CLOSE.value))
        lines.add(me, LV + "confidence", literal(after[one, other]))
        lines.add(me, LV + "matchedWith", literal("lexical"))
    links = {link_iri(one, close, other) for one, other in changed}
    store.change_graph(MATCHES_GRAPH, sorted(ends | links), lines.sorted())


def _digest() -> str:
    digest = hashlib.sha256()
    for name in _DATA:
        digest.update(files("graph.matching").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]
