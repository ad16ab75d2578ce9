"""What is known of each document without reading it again: name, source, what found no place, and whose part it is.

One SQLite file beside the readings. The sample of a document's shingles is indexed by value, so that a new document is
compared with those that say some of the same, not with all.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graph.works import contains, holder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES = """
CREATE TABLE IF NOT EXISTS card (
  id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, source TEXT NOT NULL,
  unplaced INTEGER NOT NULL, size INTEGER NOT NULL, work TEXT, sha256 TEXT NOT NULL, version TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS shingle (value INTEGER, card INTEGER, PRIMARY KEY (value, card)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_card ON shingle (card, value);
"""
_SHARED = """
SELECT other.key, other.size, said.count FROM (
  SELECT theirs.card AS card, COUNT(*) AS count FROM shingle AS mine JOIN shingle AS theirs ON theirs.value = mine.value
  WHERE mine.card = (SELECT id FROM card WHERE key = ?) GROUP BY theirs.card) AS said
JOIN card AS other ON other.id = said.card"""


@dataclass(frozen=True, slots=True)
class Card:
    """A document in a few words.

    Attributes:
        source: the name of the file that it summarises, empty where it is a report itself.
        unplaced: how many passages of its tables found no place.
        work: key of the document that it is part of, None for most.
        sha256: of the file's bytes.
        version: of what read it.
    """

    name: str
    source: str
    unplaced: int
    work: str | None = None
    sha256: str = ""
    version: str = ""


class Cards:
    """The cards of an archive; nothing is written before `save`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lines: sqlite3.Connection | None = None
        self._known: dict[str, Card] | None = None
        self._changed: set[str] = set()

    def all(self) -> dict[str, Card]:
        """Each card, by key."""
        if self._known is None:
            query = "SELECT key, name, source, unplaced, work, sha256, version FROM card ORDER BY key"
            rows = self._open().execute(query)
            self._known = {key: Card(*facts) for key, *facts in rows}
        return self._known

    def put(self, key: str, card: Card, sketch: Iterable[int]) -> None:
        """A document's card, in place of the one before; whose part it is will be found by `settle`."""
        values, lines, known = list(sketch), self._open(), self.all()
        work = known[key].work if key in known else None
        lines.execute("DELETE FROM shingle WHERE card = (SELECT id FROM card WHERE key = ?)", (key,))
        lines.execute(
            "INSERT INTO card (key, name, source, unplaced, size, work, sha256, version)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET name = excluded.name, source = excluded.source,"
            " unplaced = excluded.unplaced, size = excluded.size, sha256 = excluded.sha256, version = excluded.version",
            (key, card.name, card.source, card.unplaced, len(values), work, card.sha256, card.version),
        )
        ((one,),) = lines.execute("SELECT id FROM card WHERE key = ?", (key,)).fetchall()
        lines.executemany("INSERT INTO shingle VALUES (?, ?)", ((value, one) for value in values))
        known[key] = replace(card, work=work)
        self._changed.add(key)

    def works(self) -> dict[str, str]:
        """Each document that is part of another one, with that one, by key."""
        return {key: card.work for key, card in self.all().items() if card.work}

    def settle(self) -> None:
        """Find whose part the documents put since the last time are, and which ones are parts of them."""
        said = {key: self._shared(key) for key in sorted(self._changed)}
        doubtful = self._changed | {key for key, card in self.all().items() if card.work in self._changed}
        doubtful |= {other for told in said.values() for other, size, count in told if contains(size, count)}
        for key in sorted(doubtful):
            told = said[key] if key in said else self._shared(key)
            shared = {other: count for other, _, count in told}
            sizes = {other: size for other, size, _ in told} | ({} if told else {key: 0})
            work, card = holder(key, shared, sizes), self.all()[key]
            if work != card.work:
                self.all()[key] = replace(card, work=work)
                self._open().execute("UPDATE card SET work = ? WHERE key = ?", (work, key))
        self._changed.clear()

    def save(self) -> None:
        """Bring all changes to the file, and let go of it."""
        if self._lines is not None:
            with closing(self._lines) as lines:
                lines.commit()
            self._lines = None

    def _shared(self, key: str) -> list[tuple[str, int, int]]:
        """Itself, and the documents that may contain this one or be contained: key, size of the sketch, values shared.

        Stock phrases make nearly every document share something with nearly every other: what cannot count is let go.
        """
        told: list[tuple[str, int, int]] = self._open().execute(_SHARED, (key,)).fetchall()
        mine = next((size for other, size, _ in told if other == key), 0)
        return [one for one in told if one[0] == key or contains(one[1], one[2]) or contains(mine, one[2])]

    def _open(self) -> sqlite3.Connection:
        if self._lines is None:
            self._lines = sqlite3.connect(self.path, isolation_level="DEFERRED")
            self._lines.executescript(f"PRAGMA journal_mode = MEMORY; {_TABLES}")
        return self._lines
