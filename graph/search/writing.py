"""Writing the index: a file that nobody reads yet, or an index in memory."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from graph.search.index import KINDS, Index, made_with
from ontology import ID
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
        self._take(sqlite3.connect(path or ":memory:", isolation_level=None))

    def close(self) -> None:
        """Let go of the file; what was written is on the disk."""
        super().close()
        if self._path is not None:
            with self._path.open("rb") as file:
                os.fsync(file.fileno())

    def empty(self) -> bool:
        """Whether nothing was put in it yet."""
        return self._base.execute("SELECT 1 FROM thing").fetchone() is None

    def put(self, wordings: Iterable[Wording], without: Iterable[str] = ()) -> None:
        """Take these things out, then put in all the things that these wordings name, in one step."""
        by_thing: dict[str, list[Wording]] = {}
        for one in wordings:
            if one.iri.startswith(ID) and one.iri.removeprefix(ID).split("/", 1)[0] in KINDS:
                by_thing.setdefault(one.iri, []).append(one)
        with self._transaction():
            vectors: dict[str, bytes] = {}
            for iri in sorted({*without, *by_thing}):
                vectors.update(self._take_out(iri))
            with self._in_bulk() if self.fast and self.empty() else contextlib.nullcontext():
                for iri in sorted(by_thing):
                    self._put_in(iri, by_thing[iri], vectors)

    def clear(self) -> None:
        """Take everything out, vectors included."""
        with self._transaction():
            for table in ("vector", "wording", "thing"):
                self._base.execute(f"DELETE FROM {table}")

    def put_vectors(self, vectors: Iterable[tuple[int, bytes]], version: str) -> None:
        """Keep the vectors of these wordings, made by that version of the model."""
        with self._transaction():
            self._base.execute("INSERT OR REPLACE INTO meta VALUES ('vectors', ?)", [version])
            self._base.executemany(
                "INSERT OR REPLACE INTO vector SELECT id, kind, ?2 FROM wording WHERE id = ?1", vectors
            )

    def drop_vectors(self, version: str) -> None:
        """Forget the vectors that another version of the model has made."""
        if not self.knows_meaning(version):
            with self._transaction():
                self._base.execute("DELETE FROM vector")

    def _prepare(self) -> None:
        # What is written is a copy that nobody reads yet: it is thrown away when anything fails.
        self._base.execute("PRAGMA journal_mode = MEMORY")
        self._base.execute("PRAGMA synchronous = OFF")
        if not self._base.execute("PRAGMA schema_version").fetchone()[0]:
            self._create()

    def _create(self) -> None:
        self._base.executescript(_sql("schema.sql"))
        try:
            self._base.executescript(f"BEGIN; {_sql('fulltext.sql')} COMMIT;")
        except sqlite3.OperationalError:  # a SQLite without FTS5, or before its trigrams (3.34)
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
        self._base.execute("INSERT INTO meta VALUES ('made with', ?)", [made_with()])

    def _take_out(self, iri: str) -> dict[str, bytes]:
        """Take a thing out; gives the vectors of its wordings, which may come back."""
        row = self._base.execute("SELECT id FROM thing WHERE iri = ?", [iri]).fetchone()
        if not row:
            return {}
        vectors = self._base.execute(
            "SELECT text, value FROM vector JOIN wording ON id = wording WHERE thing = ?", row
        ).fetchall()
        self._base.execute("DELETE FROM vector WHERE wording IN (SELECT id FROM wording WHERE thing = ?)", row)
        self._base.execute("DELETE FROM wording WHERE thing = ?", row)
        self._base.execute("DELETE FROM thing WHERE id = ?", row)
        return dict(vectors)

    def _put_in(self, iri: str, wordings: Sequence[Wording], vectors: dict[str, bytes]) -> None:
        kind = iri.removeprefix(ID).split("/", 1)[0]
        french = sorted({one.text for one in wordings if one.role == "prefLabel" and one.language in {"fr", ""}})
        label = french[0] if french else min(one.text for one in wordings)
        said = max((one.said or 0 for one in wordings), default=0)
        number = self._base.execute(
            "INSERT INTO thing (iri, kind, label, said) VALUES (?, ?, ?, ?)", [iri, kind, label, said]
        ).lastrowid
        shown: dict[str, bool] = {}
        for one in wordings:
            shown[one.text] = shown.get(one.text, False) or one.role != "hiddenLabel"
        for text, counts in sorted(shown.items()):
            words = content_words(text[:_LONGEST])
            row = self._base.execute(
                "INSERT INTO wording (thing, kind, text, shown, words, stems) VALUES (?, ?, ?, ?, ?, ?)",
                [number, kind, text, counts, " ".join(words), " ".join(map(stem, words))],
            ).lastrowid
            if text in vectors:
                self._base.execute("INSERT INTO vector VALUES (?, ?, ?)", [row, kind, vectors[text]])

    @contextlib.contextmanager
    def _in_bulk(self) -> Iterator[None]:
        """Read the wordings into the full text at the end, which takes a fifth of the time of one by one."""
        trigger = self._base.execute("SELECT sql FROM sqlite_master WHERE name = 'wording_added'").fetchone()[0]
        self._base.execute("DROP TRIGGER wording_added")
        yield
        for table in ("by_stem", "by_part"):
            self._base.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
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


def _sql(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
