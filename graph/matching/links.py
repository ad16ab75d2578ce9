"""The close matches that the machine writes in the graph: whatever the order of loads, they are the same.

Whether two statements are close depends on these two alone, their words and their places. So a load compares what it
touched with what shares words with it, and the graph is what it would be had all been loaded at once. Words alone
decide: the graph does not depend on the models that are installed where it is made.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING

from graph.batches import batches
from graph.link import close_lines
from graph.matching.compare import closeness
from graph.matching.kept import Kept
from graph.matching.ledger import NOT, SURE
from graph.matching.model import thresholds
from graph.matching.statement import FACING, LINKED, Place, Statement
from graph.triples import literal
from ontology import LV, MATCHES_GRAPH, kind_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from graph.matching.ledger import Ledger
    from graph.said import Said
    from graph.store import Store

    Pair = tuple[str, str]

FOLDER = "matching"
_DATA = (
    ("graph", "shorthand.txt"),
    ("graph.search", "lexicon.txt"),
    *(("graph.matching", name) for name in ("cues.toml", "models.json", "weights.json")),
)
_ROWS_AT_ONCE = 500
_MOST_STATEMENTS = 20_000  # remembered while pairs are compared


def match(
    store: Store, said: Said, folder: Path, version: str, touched: Iterable[str], judged: set[frozenset[str]]
) -> None:
    """Bring the machine's close matches up to date.

    Args:
        store: the graph.
        said: what its documents say.
        folder: where the ledgers are kept, with the store.
        version: of what read the documents.
        touched: concepts of which something changed.
        judged: pairs of concepts of which a person has decided: the machine leaves them alone.
    """
    kept = Kept(folder / FOLDER, f"{version} {_digest()}")
    if kept.fresh:
        store.replace_graphs({MATCHES_GRAPH: []})
        touched = said.concepts()
    by_kind: dict[str, list[str]] = {}
    for concept in sorted(touched):
        by_kind.setdefault(kind_in(concept), []).append(concept)
    ledgers = []
    for kinds in (*((kind,) for kind in LINKED), *FACING):
        ledgers.append(ledger := kept.ledger(*(kind.value for kind in kinds)))
        some = [concept for kind in kinds for concept in by_kind.get(kind.value, ())]
        ledger.replace(some, [Statement(concept, texts) for concept, texts in said.texts(some)])
        _compare(ledger, said)
    if kept.fresh:
        store.edit_graph(MATCHES_GRAPH, (), (line for ledger in ledgers for line in _all_lines(ledger, judged)))
    else:
        edits = [_edits(ledger, kept.judged, judged) for ledger in ledgers]
        gone, come = ((line for lines in some for line in lines) for some in zip(*edits, strict=True))
        store.edit_graph(MATCHES_GRAPH, gone, come)
    kept.save(judged)


def _compare(ledger: Ledger, said: Said) -> None:
    """Say of each pair what is not known yet."""
    held: dict[int, Statement] = {}
    for rows in batches(_alike_together(ledger, said, ledger.unknown()), _ROWS_AT_ONCE):
        asked = {row: ledger.unknown_of(row) for row in rows}
        if len(held) > _MOST_STATEMENTS:
            held.clear()
        met = {*asked, *(far for others in asked.values() for far in others)}
        missing = {ledger.names[row]: row for row in met - held.keys()}
        held |= {missing[concept]: Statement(concept, texts) for concept, texts in said.texts(missing)}
        doubtful = {(min(pair), max(pair)) for row in rows for pair in _wherever(ledger, held, row)}
        places = _placed(said, {held[row].iri: held[row] for pair in doubtful for row in pair})
        for one, other in doubtful:
            sure, _ = closeness(places[held[one].iri], places[held[other].iri])
            ledger.say(one, other, _code(sure))


def _wherever(ledger: Ledger, held: dict[int, Statement], row: int) -> Iterator[tuple[int, int]]:
    """Say of a row what holds wherever two statements are said; gives the pairs for which it depends."""
    for other in ledger.unknown_of(row):
        sure, everywhere = closeness(held[row], held[other])
        if everywhere:
            ledger.say(row, other, _code(sure) | SURE)
        else:
            yield row, other


def _placed(said: Said, statements: dict[str, Statement]) -> dict[str, Statement]:
    """The same statements, with their places."""
    return {
        concept: Statement(concept, statements[concept].texts, tuple(map(Place._make, places)))
        for concept, places in said.places(statements)
    }


def _alike_together(ledger: Ledger, said: Said, rows: list[int]) -> list[int]:
    """Rows in an order in which those that follow each other are near to the same ones, so that these are met again."""
    if len(rows) <= _ROWS_AT_ONCE:
        return rows
    texts = dict(said.texts(ledger.names[row] for row in rows))
    return sorted(rows, key=lambda row: (texts[ledger.names[row]], row))


def _all_lines(ledger: Ledger, judged: set[frozenset[str]]) -> Iterator[str]:
    """The triples of all close pairs."""
    names = ledger.names
    for one, other, code in ledger.pairs():
        if (sure := _class(code)) and frozenset(pair := (names[one], names[other])) not in judged:
            yield from _lines(min(pair), max(pair), sure)


def _edits(ledger: Ledger, before: set[frozenset[str]], now: set[frozenset[str]]) -> tuple[list[str], list[str]]:
    """The triples that the graph should hold no more, and those that it should hold from now on.

    Args:
        ledger: up to date.
        before: pairs that were judged, of any kind.
        now: pairs that are judged now.
    """
    held: dict[Pair, str] = {}
    due: dict[Pair, str] = {}
    names = ledger.names
    for one, other in ledger.moved({end for pair in before ^ now for end in pair}):
        pair = min(names[one], names[other]), max(names[one], names[other])
        if (sure := _class(ledger.said_before(one, other))) and frozenset(pair) not in before:
            held[pair] = sure
        if (sure := _class(ledger.said_of(one, other))) and frozenset(pair) not in now:
            due[pair] = sure
    was = {line for pair, sure in held.items() if due.get(pair) != sure for line in _lines(*pair, sure)}
    will = {line for pair, sure in due.items() if held.get(pair) != sure for line in _lines(*pair, sure)}
    return sorted(was - will), sorted(will - was)


def _code(sure: str) -> int:
    return NOT + _classes().index(sure)


def _class(code: int) -> str:
    return _classes()[(code & ~SURE) - NOT] if code else ""


def _classes() -> tuple[str, ...]:
    return ("", *thresholds())


def _lines(one: str, other: str, sure: str) -> list[str]:
    return close_lines(one, other, sure, (f"{LV}matchedWith", literal("lexical")))


def _digest() -> str:
    digest = hashlib.sha256()
    for package, name in _DATA:
        digest.update(files(package).joinpath(name).read_bytes())
    return digest.hexdigest()[:12]
