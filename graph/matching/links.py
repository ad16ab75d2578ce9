"""The close matches that the machine writes in the graph: whatever the order of loads, they are the same.

Whether two statements are close depends on these two alone, their words and their places. So a load compares what it
touched with what shares words with it, and the graph is what it would be had all been loaded at once. Words alone
decide: the graph does not depend on the models that are installed where it is made.
"""

from __future__ import annotations

import hashlib
import sqlite3
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.matching.compare import COMMON, compare
from graph.matching.index import Index
from graph.matching.statement import statements
from graph.rdf import link_iri
from graph.triples import Lines, iri, literal
from ontology import LV, MATCHES_GRAPH, PREFIXES, Proof, Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graph.matching.compare import Candidate
    from graph.matching.statement import Statement
    from graph.store import Store

_FILE = "matching.sqlite"
_DATA = ("cues.toml", "models.json", "weights.json")
_ROUNDING = 0.01  # of the index's whole weights
_AT_ONCE = 400
_WRITTEN = f"""PREFIX skos: <{PREFIXES["skos"]}>
SELECT ?one ?other WHERE {{ VALUES ?one {{ @concepts }} GRAPH <{MATCHES_GRAPH}> {{ ?one skos:closeMatch ?other }} }}"""


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
    index = Index(file)
    try:
        if index.made_with(f"{version} {_digest()}"):
            stale = {*touched, *(concept for pair in index.judge(judged) for concept in pair)}
            now = statements(store, stale)
            index.drop(stale)
            index.put(now)
            _replace(store, stale, _close(index, now, judged))
        else:
            index.judge(judged)
            now = statements(store)
            index.put(now)
            store.replace_graph(MATCHES_GRAPH, _lines(_close(index, now, judged)).sorted())
    finally:
        index.close()


def _close(index: Index, now: list[Statement], judged: set[frozenset[str]]) -> list[Candidate]:
    """The close pairs of which at least one is among these statements."""
    held = {statement.iri: statement for statement in now}
    seen: set[frozenset[str]] = set(judged)
    found = []
    for statement in now:
        for other in index.near(statement, COMMON - _ROUNDING):
            if (pair := frozenset((statement.iri, other))) not in seen:
                seen.add(pair)
                found.append(compare(statement, held.get(other) or index.get(other)))
    return [pair for pair in found if pair.confidence]


def _replace(store: Store, stale: set[str], found: list[Candidate]) -> None:
    """Put these pairs in place of all those of the stale concepts."""
    old = set(_written(store, stale))
    beside = {other for _, other in old} - stale
    lines = _lines(found)
    for one, other in _written(store, beside):
        if other not in stale:
            lines.add(one, Relation.CLOSE_TO.iri, iri(other))
    links = {link_iri(min(pair), Relation.CLOSE_TO, max(pair)) for pair in old}
    store.change_graph(MATCHES_GRAPH, sorted(stale | beside | links), lines.sorted())


def _written(store: Store, concepts: set[str]) -> Iterator[tuple[str, str]]:
    known = sorted(concepts)
    for start in range(0, len(known), _AT_ONCE):
        some = " ".join(map(iri, known[start : start + _AT_ONCE]))
        for one, other in store.select(_WRITTEN.replace("@concepts", some)).rows:
            yield str(one), str(other)


def _lines(pairs: Iterable[Candidate]) -> Lines:
    lines, close = Lines(), Relation.CLOSE_TO
    for pair in pairs:
        me = link_iri(pair.one, close, pair.other)
        lines.add(pair.one, close.iri, iri(pair.other))
        lines.add(pair.other, close.iri, iri(pair.one))
        lines.add(me, "a", iri(LV + "Link"))
        lines.add(me, LV + "from", iri(pair.one))
        lines.add(me, LV + "relation", iri(close.iri))
        lines.add(me, LV + "to", iri(pair.other))
        lines.add(me, LV + "proof", iri(LV + Proof.CLOSE.value))
        lines.add(me, LV + "confidence", literal(pair.confidence))
        lines.add(me, LV + "matchedWith", literal("lexical"))
    return lines


def _digest() -> str:
    digest = hashlib.sha256()
    for name in _DATA:
        digest.update(files("graph.matching").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]
