"""The index of all wordings: one SQLite file beside the graph, or the same in memory where a store has no folder."""

from __future__ import annotations

import sqlite3
import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Self

from graph.batches import batches
from ontology import Kind
from ontology.stems import function_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.store import Store

FILE = "search.sqlite"
PLACES = ("theme", "territory")
KINDS = (*(kind.value for kind in Kind), *PLACES)
_FORMAT = 1
_LONGEST = 2000  # characters of a wording that are looked at
_AT_ONCE = 500


class Wording(NamedTuple):
    """One wording of one thing, as the store has it.

    Attributes:
        role: ``prefLabel``, ``altLabel``, ``hiddenLabel`` or ``acronym``.
        said: how many sessions say the thing; None for what only the vocabulary knows.
    """

    iri: str
    text: str
    role: str
    language: str
    said: int | None


class Found(NamedTuple):
    """A wording that may be meant."""

    id: int
    thing: int
    text: str
    words: tuple[str, ...]
    stems: tuple[str, ...]


class Index:
    """Wordings and their vectors; full text where this Python's SQLite has FTS5 with trigrams, else a slow scan."""

    def __init__(self, path: Path) -> None:
        """Open the file, to read.

        Raises:
            sqlite3.DatabaseError: the file is no index, or one of another version.
        """
        self._take(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True))

    def _take(self, base: sqlite3.Connection) -> None:
        """Work with that database, which is let go where it is no index of this version."""
        self._base = base
        try:
            self._prepare()
            if self._meta("made with") != made_with():
                raise sqlite3.DatabaseError("an index of another version")
            self.fast = bool(base.execute("SELECT 1 FROM sqlite_master WHERE name = 'by_stem'").fetchone())
        except BaseException:
            base.close()
            raise

    def _prepare(self) -> None:
        """What has to be done before the database is read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()

    def unvectored(self) -> list[tuple[int, str]]:
        """Number and text of the wordings whose meaning counts and is not known yet: what is said, and names."""
        return self._base.execute(
            "SELECT wording.id, text FROM wording JOIN thing ON thing.id = wording.thing"
            " LEFT JOIN vector ON vector.wording = wording.id"
            " WHERE vector.wording IS NULL AND CASE thing.kind WHEN 'territory' THEN 0 WHEN 'theme' THEN text = label"
            " WHEN 'actor' THEN said AND text = label ELSE said END"
            " ORDER BY wording.id"
        ).fetchall()

    def knows_meaning(self, version: str) -> bool:
        """Whether it holds vectors that this version of the model has made."""
        return self._meta("vectors") == version

    def vectors(self, version: str, kinds: Sequence[str]) -> list[tuple[int, bytes]]:
        """The vectors of the wordings of these kinds, as far as that version of the model made them."""
        if not self.knows_meaning(version):
            return []
        return self._base.execute(
            f"SELECT wording, value FROM vector WHERE kind IN ({_marks(kinds)}) ORDER BY wording",
            list(kinds),
        ).fetchall()

    def rarity(self, stems: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many wordings there are, and how many of them hold each of these stems."""
        count = self._base.execute("SELECT COUNT(*) FROM wording").fetchone()[0]
        if not self.fast:
            held = [set(stems.split()) for (stems,) in self._base.execute("SELECT stems FROM wording")]
            return count, {one: sum(one in some for some in held) for one in stems}
        self._base.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem_count USING fts5vocab(main, by_stem, row)")
        rows = self._base.execute(f"SELECT term, doc FROM stem_count WHERE term IN ({_marks(stems)})", list(stems))
        return count, dict(rows)

    def candidates(
        self, stems: Iterable[str], words: Iterable[str], kinds: Sequence[str], limit: int
    ) -> dict[int, Found]:
        """The wordings of these kinds nearest by stems, and those nearest by parts of words; all of them without FTS5.

        Args:
            stems: any of them may be there.
            words: folded words, whose parts may be there.
            kinds: of the things.
            limit: how many at most, each way.
        """
        if not self.fast:
            return self.found([row[0] for row in self._base.execute("SELECT id FROM wording")], kinds)
        parts = dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2))
        ids = {
            one
            for table, some in (("by_stem", list(stems)), ("by_part", list(parts)))
            if some
            for one in self._matching(table, some, kinds, limit)
        }
        return self.found(sorted(ids), kinds)

    def found(self, ids: Sequence[int], kinds: Sequence[str]) -> dict[int, Found]:
        """The wordings of these numbers, as far as they are of these kinds."""
        found: dict[int, Found] = {}
        for some in batches(ids, _AT_ONCE):
            rows = self._base.execute(
                f"SELECT id, thing, text, words, stems FROM wording WHERE id IN ({_marks(some)})"
                f" AND kind IN ({_marks(kinds)})",
                [*some, *kinds],
            )
            for number, thing, text, words, stems in rows:
                found[number] = Found(number, thing, text, tuple(words.split()), tuple(stems.split()))
        return found

    def things(self, ids: Sequence[int]) -> dict[int, tuple[str, str, str, int]]:
        """Identifier, kind, label and number of sessions of these things."""
        found: dict[int, tuple[str, str, str, int]] = {}
        for some in batches(ids, _AT_ONCE):
            asked = f"SELECT id, iri, kind, label, said FROM thing WHERE id IN ({_marks(some)})"
            found.update((row[0], row[1:]) for row in self._base.execute(asked, some))
        return found

    def wordings(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """Every wording of these things that is shown, the label first."""
        said: dict[int, list[str]] = {}
        for some in batches(ids, _AT_ONCE):
            rows = self._base.execute(
                "SELECT thing.id, text FROM wording JOIN thing ON thing.id = wording.thing"
                f" WHERE shown AND thing.id IN ({_marks(some)}) ORDER BY text <> label, text",
                some,
            )
            for thing, text in rows:
                said.setdefault(thing, []).append(text)
        return said

    def _matching(self, table: str, tokens: Sequence[str], kinds: Sequence[str], limit: int) -> Iterator[int]:
        # Tokens are folded letters and digits; in quotes none of them is an operator of FTS5.
        asked = " OR ".join(f'"{token}"' for token in tokens)
        rows = self._base.execute(
            f"SELECT wording.id FROM {table} JOIN wording ON wording.id = {table}.rowid"
            f" WHERE {table} MATCH ? AND kind IN ({_marks(kinds)}) ORDER BY {table}.rank, text LIMIT ?",
            [asked, *kinds, limit],
        )
        return (row[0] for row in rows)

    def _meta(self, name: str) -> str:
        row = self._base.execute("SELECT value FROM meta WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else ""


def beside(store: Store) -> Path | None:
    """Where the index of a store is kept: beside its folder; None for a store that has none."""
    folder: Path | None = getattr(store, "folder", None)
    return folder.parent / FILE if folder else None


@cache
def made_with() -> str:
    """What the stems in an index depend on."""
    from Stemmer import version

    return f"{_FORMAT} {version()} {zlib.crc32(' '.join(sorted(function_words())).encode()):08x}"


def _marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))
