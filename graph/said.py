"""What each document says of each concept, one row a mention: what is derived from all documents is derived from here.

One SQLite file beside the readings, that says what the documents' graphs say. A concept that a whole country speaks of
has thousands of mentions, and each new report speaks of a few such: here they are read a hundred times sooner than by
a query of the graph.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any, NamedTuple

from graph.batches import batches
from graph.layers import Pending, layers, marks
from graph.rdf import bodies
from ontology import ID, Kind, concept_iri, made_from_content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from ontology import Mention, Reading, Row, Session

FILE = "said.sqlite"
_FORMAT = 1
_MOST = 1_000_000  # rows of one document: the number of a row tells its document
_AT_ONCE = 400
_TABLES = """
CREATE TABLE IF NOT EXISTS document (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS gone (number INTEGER PRIMARY KEY); -- documents of the base that count no more
CREATE TABLE IF NOT EXISTS said (
  id INTEGER PRIMARY KEY, concept TEXT NOT NULL, text TEXT NOT NULL, wording TEXT NOT NULL, row TEXT NOT NULL,
  form TEXT NOT NULL, theme TEXT NOT NULL, session TEXT NOT NULL, territory TEXT NOT NULL, first TEXT, last TEXT);
CREATE INDEX IF NOT EXISTS said_of ON said (concept);
"""
_STANDING = f"id / {_MOST} NOT IN (SELECT number FROM main.gone)"  # no document of the changes is in it
_OF = f"WHERE {_STANDING} AND concept IN"
# CROSS: mentions first, then their documents; SQLite may choose to go through all documents for many concepts.
_IN = f"FROM @said CROSS JOIN @document ON number = id / {_MOST} {_OF}"
_FACTS = f"SELECT concept, text, wording, key, row, form, theme, session, territory, first, last {_IN}"
_PLACES = f"SELECT concept, key, theme, form, row {_IN}"
_TEXTS = f"SELECT DISTINCT concept, text FROM @said {_OF}"


class Fact(NamedTuple):
    """One mention of a concept.

    Attributes:
        text: as said.
        wording: what may name the concept: its title, the name of an actor, or the text.
        document: its key.
        row: its identifier; ``table`` is the kind of its table.
        theme: empty where there is none, as the territory.
        first: year of the session's first date, and of the last one.
    """

    text: str
    wording: str
    document: str
    row: str
    table: str
    theme: str
    session: str
    territory: str
    first: str | None
    last: str | None


class Said:
    """The facts of an archive; nothing is written before `save`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._pending = Pending(path, _TABLES, _FORMAT, _merge)

    def lost(self) -> bool:
        """Whether there is no such file, or none that can be used: all documents are to be put again."""
        try:
            return not self._pending.open().most("number", "document")
        except sqlite3.DatabaseError:
            for file in layers(self.path).values():
                file.unlink()
            return True

    def put(self, reading: Reading, canonical: Callable[[str], str], *, counted: bool = True) -> None:
        """What a document says, in place of what it said before.

        Args:
            reading: what was read.
            canonical: the concept that stands for another since a decision, or the same one.
            counted: False where the document repeats another, and adds no evidence.
        """
        both = self._pending.open()
        self._drop(reading.key)
        if not counted or not reading.mentions:
            return
        number = both.most("number", "document") + 1
        both.held.execute("INSERT INTO document VALUES (?, ?)", (number, reading.key))
        facts = enumerate(_facts(reading, canonical), number * _MOST)
        both.held.executemany(f"INSERT INTO said VALUES (?{', ?' * 10})", ((place, *fact) for place, fact in facts))

    def concepts(self) -> list[str]:
        """All that is spoken of, sorted."""
        rows = self._pending.open().rows(f"SELECT DISTINCT concept FROM @said WHERE {_STANDING}")
        return sorted({ID + one for (one,) in rows})

    def of(self, concepts: Iterable[str]) -> Iterator[tuple[str, list[Fact]]]:
        """The facts of those of these concepts that have some, by concept."""
        for concept, rows in self._of(_FACTS, concepts):
            yield concept, list(map(Fact._make, rows))

    def texts(self, concepts: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """How they are worded, each wording once, sorted; by concept."""
        for concept, rows in self._of(_TEXTS, concepts):
            yield concept, tuple(sorted({text for (text,) in rows}))

    def places(self, concepts: Iterable[str]) -> Iterator[tuple[str, list[tuple[str, str, str, str]]]]:
        """Document, theme, table and row of each place where they are said, once, sorted; by concept."""
        for concept, rows in self._of(_PLACES, concepts):
            yield concept, sorted(set(rows))

    def _of(self, query: str, concepts: Iterable[str]) -> Iterator[tuple[str, list[Any]]]:
        for some in batches(sorted(concept.removeprefix(ID) for concept in concepts), _AT_ONCE):
            found: dict[str, list[tuple[Any, ...]]] = {}
            for row in self._pending.open().rows(f"{query} ({marks(some)})", some):
                found.setdefault(row[0], []).append(row[1:])
            for concept in some:
                if concept in found:
                    yield ID + concept, found[concept]

    def save(self) -> None:
        """Bring all changes to the file, and let go of it."""
        self._pending.save()

    def _drop(self, key: str) -> None:
        held = self._pending.open().held
        for schema in self._pending.open().schemas:
            row = held.execute(f"SELECT number FROM {schema}.document WHERE key = ?", (key,)).fetchone()
            if row and schema == "base":
                held.execute("INSERT OR IGNORE INTO gone VALUES (?)", row)
            elif row:
                held.execute("DELETE FROM main.document WHERE number = ?", row)
                held.execute("DELETE FROM main.said WHERE id BETWEEN ? AND ?", _ids(row[0]))


def _merge(base: sqlite3.Connection) -> None:
    """Bring the changes, attached as ``changes``, into a base."""
    for (number,) in base.execute("SELECT number FROM changes.gone").fetchall():
        base.execute("DELETE FROM document WHERE number = ?", (number,))
        base.execute("DELETE FROM said WHERE id BETWEEN ? AND ?", _ids(number))
    base.execute("INSERT INTO document SELECT * FROM changes.document")
    base.execute("INSERT INTO said SELECT * FROM changes.said")


def _ids(document: int) -> tuple[int, int]:
    return document * _MOST, (document + 1) * _MOST - 1


def _facts(reading: Reading, canonical: Callable[[str], str]) -> Iterator[tuple[str | None, ...]]:
    sessions = {session.id: session for session in reading.sessions}
    for mention in reading.mentions:
        row = reading.row(mention.row)
        place = _place(row, sessions.get(row.session))
        for concept in dict.fromkeys(map(canonical, bodies(mention))):
            for wording in _wordings(mention, concept, canonical):
                yield (concept.removeprefix(ID), mention.text, wording, *place)


def _place(row: Row, session: Session | None) -> tuple[str | None, ...]:
    years = sorted(day[:4] for day in session.dates) if session else []
    first, last = (years[0], years[-1]) if years else (None, None)
    return row.id, row.table.value, row.theme or "", row.session, row.territory or "", first, last


def _wordings(mention: Mention, concept: str, canonical: Callable[[str], str]) -> list[str]:
    if mention.kind is not Kind.ACTOR or not made_from_content(concept):
        return [mention.title or mention.text]
    return [name for name in mention.unknown_actors if canonical(concept_iri(Kind.ACTOR, name)) == concept]
