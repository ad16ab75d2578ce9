"""Writing the index: a file that nobody reads yet, or an index in memory."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from graph.abbreviations import in_full
from graph.layers import Layers, fold, layers, marks
from graph.search.index import FORMAT, KINDS, Index, made_with
from ontology import kind_in
from ontology.stems import content_words, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graph.search.index import Wording

_LONGEST = 2000  # characters of a wording that are looked at


class WritableIndex(Index):
    """An index that can be changed as well."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the file, made where it is missing, or make an index in memory.

        Raises:
            sqlite3.DatabaseError: the file is no index, or one of another version.
        """
        self._path = path
        self._take(Layers(path, "", FORMAT))
        self._next = self._both.most("id", "thing") + 1, self._both.most("id", "wording") + 1

    def close(self) -> None:
        """Let go of the file; what was written is on the disk."""
        super().close()
        if self._path is not None:
            fold(self._path, _merge)
            for path in layers(self._path).values():
                with path.open("rb") as file:
                    os.fsync(file.fileno())

    def empty(self) -> bool:
        """Whether nothing was put in it yet."""
        return not any(self._both.rows("SELECT 1 FROM @thing LIMIT 1"))

    def put(self, wordings: Iterable[Wording], without: Iterable[str] = ()) -> None:
        """Take these things out, then put in all the things that these wordings name, in one step."""
        by_thing: dict[str, list[Wording]] = {}
        for one in wordings:
            if _held(one):
                by_thing.setdefault(one.iri, []).append(one)
        with self._transaction():
            vectors: dict[str, bytes] = {}
            for iri in sorted({*without, *by_thing}):
                vectors.update(self._take_out(iri))
            for iri in sorted(by_thing):
                self._put_in(iri, by_thing[iri], vectors)

    def fill(self, wordings: Iterable[Wording]) -> None:
        """Put all the things that these wordings name, those of one following each other, in an empty index."""
        with self._transaction(), self._in_bulk() if self.fast else contextlib.nullcontext():
            for iri, some in groupby(filter(_held, wordings), attrgetter("iri")):
                self._put_in(iri, list(some), {})

    def put_vectors(self, vectors: Iterable[tuple[int, bytes]], version: str) -> None:
        """Keep the vectors of these wordings, made by that version of the model."""
        with self._transaction():
            self._base.execute("INSERT OR REPLACE INTO main.meta VALUES ('vectors', ?)", [version])
            made = list(vectors)
            for schema in self.schemas:
                self._base.executemany(
                    f"INSERT OR REPLACE INTO main.vector SELECT id, kind, ?2 FROM {schema}.wording WHERE id = ?1", made
                )

    def drop_vectors(self, version: str) -> None:
        """Forget the vectors that another version of the model has made."""
        if not self.knows_meaning(version):
            with self._transaction():
                self._base.execute("DELETE FROM main.vector")

    def _prepare(self) -> None:
        if not self._base.execute("SELECT 1 FROM main.sqlite_master").fetchone():
            self._create()

    def _create(self) -> None:
        self._base.executescript(_sql("schema.sql"))
        try:
            self._base.executescript(f"BEGIN; {_sql('fulltext.sql')} COMMIT;")
        except sqlite3.OperationalError:  # a SQLite without FTS5, or before its trigrams (3.34)
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
        known = self._meta("vectors")
        self._base.executemany("INSERT INTO meta VALUES (?, ?)", (("made with", made_with()), ("vectors", known)))

    def _take_out(self, iri: str) -> dict[str, bytes]:
        """Take a thing out; gives the vectors of its wordings, which may come back."""
        vectors: dict[str, bytes] = {}
        for schema in self.schemas:
            query = f"SELECT id FROM {schema}.thing WHERE iri = ? AND id{self._standing}"
            if row := self._base.execute(query, [iri]).fetchone():
                texts = dict(self._base.execute(f"SELECT id, text FROM {schema}.wording WHERE thing = ?", row))
                which = f"v.wording IN ({marks(texts)})"
                vectors |= {texts[number]: value for number, value in self._vectors(which, list(texts))}
                self._base.execute(f"DELETE FROM main.vector WHERE wording IN ({marks(texts)})", list(texts))
                (self._hide if schema == "base" else self._delete)(row[0])
        return vectors

    def _delete(self, thing: int) -> None:
        self._base.execute("DELETE FROM main.wording WHERE thing = ?", [thing])
        self._base.execute("DELETE FROM main.thing WHERE id = ?", [thing])

    def _hide(self, thing: int) -> None:
        """Count a thing of the base no more."""
        rows = self._base.execute("SELECT stems FROM base.wording WHERE thing = ?", [thing])
        held = [said.split() for (said,) in rows]
        self._base.execute("INSERT INTO gone VALUES (?, ?)", [thing, len(held)])
        self._base.executemany(
            "INSERT INTO gone_stem VALUES (?, 1) ON CONFLICT DO UPDATE SET wordings = wordings + 1",
            [(stem,) for stems in held for stem in sorted(set(stems))],
        )

    def _put_in(self, iri: str, wordings: Sequence[Wording], vectors: dict[str, bytes]) -> None:
        kind = kind_in(iri)
        french = sorted({one.text for one in wordings if one.role == "prefLabel" and one.language in {"fr", ""}})
        label = french[0] if french else min(one.text for one in wordings)
        said = max((one.said or 0 for one in wordings), default=0)
        number, first = self._next
        self._base.execute("INSERT INTO main.thing VALUES (?, ?, ?, ?, ?)", [number, iri, kind, label, said])
        shown: dict[str, bool] = {}
        for one in wordings:
            shown[one.text] = shown.get(one.text, False) or one.role != "hiddenLabel"
        for row, (text, counts) in enumerate(sorted(shown.items()), first):
            words = content_words(in_full(text[:_LONGEST]))
            self._base.execute(
                "INSERT INTO main.wording VALUES (?, ?, ?, ?, ?, ?, ?)",
                [row, number, kind, text, counts, " ".join(words), " ".join(map(stem, words))],
            )
            if text in vectors:
                self._base.execute("INSERT INTO main.vector VALUES (?, ?, ?)", [row, kind, vectors[text]])
        self._next = number + 1, first + len(shown)

    @contextlib.contextmanager
    def _in_bulk(self) -> Iterator[None]:
        """Read the wordings into the full text at the end, which takes a fifth of the time of one by one."""
        trigger = self._base.execute("SELECT sql FROM main.sqlite_master WHERE name = 'wording_added'").fetchone()[0]
        self._base.execute("DROP TRIGGER main.wording_added")
        yield
        for table in ("by_stem", "by_part"):
            self._base.execute(f"INSERT INTO main.{table} ({table}) VALUES ('rebuild')")
        self._base.execute(trigger)

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        self._base.execute("BEGIN")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")


def _merge(base: sqlite3.Connection) -> None:
    """Bring the changes, attached as ``changes``, into a base."""
    gone = base.execute("SELECT thing FROM changes.gone").fetchall()
    base.executemany("DELETE FROM vector WHERE wording IN (SELECT id FROM wording WHERE thing = ?)", gone)
    base.executemany("DELETE FROM wording WHERE thing = ?", gone)
    base.executemany("DELETE FROM thing WHERE id = ?", gone)
    same = "SELECT value FROM {}meta WHERE name = 'vectors'"
    base.execute(f"DELETE FROM vector WHERE ({same.format('')}) <> ({same.format('changes.')})")
    for table in ("thing", "wording", "vector"):
        base.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM changes.{table}")
    base.execute("INSERT OR REPLACE INTO meta SELECT * FROM changes.meta")


def _held(wording: Wording) -> bool:
    return kind_in(wording.iri) in KINDS


def _sql(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
