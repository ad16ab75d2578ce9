"""Keeping the index in step with the store: only what a load touched is done again."""

from __future__ import annotations

import contextlib
import errno
import sqlite3
from functools import cache
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from graph.layers import layers
from graph.search.index import Index, Wording, beside
from graph.search.meaning import made_by, meanings
from graph.search.writing import WritableIndex
from graph.triples import iri

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from graph.semantic import Encoder
    from graph.store import Cell, Store

_AT_ONCE = 400
_VECTORS_AT_ONCE = 64
_EVERY = "VALUES ?id { UNDEF }"


def index_of(store: Store) -> Index:
    """The index of a store, to read: the one beside it, or one made in memory where it is missing or damaged."""
    path = beside(store)
    if path is not None and layers(path):
        try:
            return Index(path)
        except sqlite3.DatabaseError:
            pass
    return in_memory(store)


def in_memory(store: Store) -> WritableIndex:
    """An index of all that the store says now, without vectors."""
    index = WritableIndex()
    index.put(wordings(store))
    return index


def refresh(store: Store, touched: Iterable[str], *, everything: bool = False) -> None:
    """Bring the index beside a store up to what it says of these things; of all things for a new or damaged index."""
    path = beside(store)
    if path is None:
        return
    things = sorted(touched)
    try:
        _refreshed(path, store, things, everything=everything)
    except sqlite3.DatabaseError:  # damaged further on than its first page
        _refreshed(path, store, things, everything=True)


def fill_vectors(store: Store, model: Encoder, progress: Callable[[int, int], object] = lambda _, __: None) -> None:
    """Add the vectors that are missing in the index beside a store.

    Args:
        store: open for writing.
        model: makes the vectors, or remembers them.
        progress: is told how many are done, and how many there are to do.
    """
    path = beside(store)
    if path is None:
        return
    with _writing(path) as index:
        version = made_by(model)
        index.drop_vectors(version)
        missing, done = index.unvectored(), 0
        rest = iter(missing)
        while some := list(islice(rest, _VECTORS_AT_ONCE)):
            made = meanings(model, [text for _, text in some])
            halves = (vector.tobytes() for vector in made.astype("float16"))
            index.put_vectors(zip((number for number, _ in some), halves, strict=True), version)
            done += len(some)
            progress(done, len(missing))


def lacks_vectors(store: Store, model: Encoder) -> bool:
    """Whether `fill_vectors` has something to do."""
    if beside(store) is None:
        return False
    with index_of(store) as index:
        return not index.knows_meaning(made_by(model)) or bool(index.unvectored())


def wordings(store: Store, things: Iterable[str] | None = None) -> Iterator[Wording]:
    """All wordings of all things, or of these, those of one following each other."""
    if things is None:
        name = "wordings.cypher" if store.language == "cypher" else "wordings.rq"
        yield from map(wording, store.select(_query(name)).rows)
        return
    rest = iter(things)
    while some := list(islice(rest, _AT_ONCE)):
        text = _query().replace(_EVERY, f"VALUES ?id {{ {' '.join(map(iri, some))} }}")
        yield from sorted(map(wording, store.select(text).rows), key=attrgetter("iri"))


def wording(row: tuple[Cell, ...]) -> Wording:
    """A row of the query."""
    thing, text, role, language, support = row
    return Wording(str(thing), str(text), str(role), str(language or ""), None if support is None else int(support))


def _refreshed(path: Path, store: Store, things: Sequence[str], *, everything: bool) -> None:
    if everything:
        _forget(path)
    with _writing(path) as index:
        if index.empty():
            index.fill(wordings(store, sorted(str(row[0]) for row in store.select(_query("named.rq")).rows)))
        else:
            index.put(wordings(store, things), things)


@contextlib.contextmanager
def _writing(path: Path) -> Iterator[WritableIndex]:
    """The index in that file, made anew where it is damaged or of another version."""
    try:
        try:
            index = WritableIndex(path)
        except sqlite3.DatabaseError:
            _forget(path)
            index = WritableIndex(path)
        with index:
            yield index
    except sqlite3.OperationalError as error:
        # As the store says it: what cannot be written is the disk's doing.
        full = error.sqlite_errorname in {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error


def _forget(path: Path) -> None:
    for file in layers(path).values():
        file.unlink()


@cache
def _query(name: str = "wordings.rq") -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
