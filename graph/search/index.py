"""The index of all wordings: SQLite beside the graph, in layers, or in memory where a store has no folder."""

from __future__ import annotations

import sqlite3
import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, Self

from graph.batches import batches
from graph.layers import Layers, marks
from ontology import Kind
from ontology.stems import function_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from graph.store import Store

FILE = "search.sqlite"
PLACES = ("theme", "territory")
NAMES = frozenset({Kind.ACTOR.value, *PLACES})
KINDS = (*(kind.value for kind in Kind), *PLACES)
FORMAT = 3
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
    """Wordings and their vectors; full text where this Python's SQLite has FTS5 with trigrams, else a slow scan.

    Attributes:
        schemas: the layers that hold something.
        fast: whether it has full text.
    """

    def __init__(self, path: Path) -> None:
        """Open the file, to read.

        Raises:
            sqlite3.DatabaseError: the file is no index, or one of another version.
        """
        self._take(Layers(path, None, FORMAT))

    def _take(self, both: Layers) -> None:
        """Work with these layers, which are let go where they are no index of this version."""
        self._both, self._base = both, both.held
        try:
            self._prepare()
            if self._meta("made with") != made_with():
                raise sqlite3.DatabaseError("an index of another version")
            self.schemas = both.schemas
            self._standing = " NOT IN (SELECT thing FROM main.gone)" if len(self.schemas) > 1 else " IS NOT NULL"
            self.fast = any(both.rows("SELECT 1 FROM @sqlite_master WHERE name = 'by_stem'"))
        except BaseException:
            both.close()
            raise

    def _prepare(self) -> None:
        """What has to be done before the database is read."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._both.close()

    def unvectored(self) -> list[tuple[int, str]]:
        """Number and text of the wordings whose meaning counts and is not known yet: what is said, and names."""
        known = {number for number, _ in self._vectors("1")}
        rows = self._both.rows(
            "SELECT w.id, text FROM @wording AS w JOIN @thing AS t ON t.id = w.thing"
            " WHERE CASE t.kind WHEN 'territory' THEN 0 WHEN 'theme' THEN text = label"
            f" WHEN 'actor' THEN said AND text = label ELSE said END AND t.id{self._standing}"
        )
        return sorted((number, text) for number, text in rows if number not in known)

    def knows_meaning(self, version: str) -> bool:
        """Whether it holds vectors that this version of the model has made."""
        return self._meta("vectors") == version

    def vectors(self, version: str, kinds: Sequence[str]) -> list[tuple[int, bytes]]:
        """The vectors of the wordings of these kinds, as far as that version of the model made them."""
        if not self.knows_meaning(version):
            return []
        return sorted(self._vectors(f"v.kind IN ({marks(kinds)})", kinds))

    def _vectors(self, which: str, values: Sequence[object] = ()) -> Iterator[tuple[int, bytes]]:
        """The vectors of some wordings; those of a base count where the changes are of the same model."""
        version, gone = self._meta("vectors"), set()
        if len(self.schemas) > 1:
            query = "SELECT id FROM base.wording WHERE thing IN (SELECT thing FROM main.gone)"
            gone = {row[0] for row in self._base.execute(query)}
        for schema in self.schemas:
            rows = self._base.execute(
                f"SELECT v.wording, v.value FROM {schema}.vector AS v JOIN {schema}.meta AS m ON m.name = 'vectors'"
                f" WHERE m.value = ? AND {which}",
                [version, *values],
            )
            yield from ((number, value) for number, value in rows if number not in gone)

    def rarity(self, stems: Sequence[str]) -> tuple[int, dict[str, int]]:
        """How many wordings there are, and how many of them hold each of these stems."""
        if not self.fast:
            rows = self._both.rows(f"SELECT stems FROM @wording WHERE thing{self._standing}")
            held = [set(said.split()) for (said,) in rows]
            return len(held), {one: sum(one in some for some in held) for one in stems}
        count, found = 0, dict.fromkeys(stems, 0)
        for schema in self.schemas:
            counts = f"temp.stem_count_{schema}"
            self._base.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {counts} USING fts5vocab({schema}, by_stem, row)")
            count += self._base.execute(f"SELECT COUNT(*) FROM {schema}.wording").fetchone()[0]
            query = f"SELECT term, doc FROM {counts} WHERE term IN ({marks(stems)})"
            for term, said in self._base.execute(query, stems):
                found[term] += said
        if len(self.schemas) > 1:
            count -= self._base.execute("SELECT IFNULL(SUM(wordings), 0) FROM main.gone").fetchone()[0]
            query = f"SELECT stem, wordings FROM main.gone_stem WHERE stem IN ({marks(stems)})"
            for term, said in self._base.execute(query, stems):
                found[term] -= said
        return count, {term: said for term, said in found.items() if said}

    def candidates(
        self, stems: Iterable[str], words: Iterable[str], kinds: Sequence[str], limit: int
    ) -> dict[int, Found]:
        """The wordings of these kinds nearest by stems, and those nearest by parts of words; all of them without FTS5.

        Args:
            stems: any of them may be there.
            words: folded words, whose parts may be there.
            kinds: of the things.
            limit: how many at most, each way, of statements and of names: those of actors have many wordings alike.
        """
        if not self.fast:
            return self.found([row[0] for row in self._both.rows("SELECT id FROM @wording")], kinds)
        parts = dict.fromkeys(word[at : at + 3] for word in words for at in range(len(word) - 2))
        ids = {
            one
            for table, some in (("by_stem", list(stems)), ("by_part", list(parts)))
            if some
            for apart in ([kind for kind in kinds if (kind in NAMES) is named] for named in (False, True))
            if apart
            for one in self._matching(table, some, apart, limit)
        }
        return self.found(sorted(ids), kinds)

    def found(self, ids: Sequence[int], kinds: Sequence[str]) -> dict[int, Found]:
        """The wordings of these numbers, as far as they are of these kinds."""
        found: dict[int, Found] = {}
        for some in batches(ids, _AT_ONCE):
            rows = self._both.rows(
                f"SELECT id, thing, text, words, stems FROM @wording WHERE id IN ({marks(some)})"
                f" AND kind IN ({marks(kinds)}) AND thing{self._standing}",
                [*some, *kinds],
            )
            for number, thing, text, words, stems in rows:
                found[number] = Found(number, thing, text, tuple(words.split()), tuple(stems.split()))
        return found

    def things(self, ids: Sequence[int]) -> dict[int, tuple[str, str, str, int]]:
        """Identifier, kind, label and number of sessions of these things."""
        found: dict[int, tuple[str, str, str, int]] = {}
        for some in batches(ids, _AT_ONCE):
            asked = f"SELECT id, iri, kind, label, said FROM @thing WHERE id IN ({marks(some)}) AND id{self._standing}"
            found.update((row[0], row[1:]) for row in self._both.rows(asked, some))
        return found

    def wordings(self, ids: Sequence[int]) -> dict[int, list[str]]:
        """Every wording of these things that is shown, the label first."""
        said: dict[int, list[str]] = {}
        for some in batches(ids, _AT_ONCE):
            rows = self._both.rows(
                "SELECT t.id, text FROM @wording AS w JOIN @thing AS t ON t.id = w.thing"
                f" WHERE shown AND t.id IN ({marks(some)}) AND t.id{self._standing} ORDER BY text <> label, text",
                some,
            )
            for thing, text in rows:
                said.setdefault(thing, []).append(text)
        return said

    def _matching(self, table: str, tokens: Sequence[str], kinds: Sequence[str], limit: int) -> Iterator[int]:
        # Tokens are folded letters and digits; in quotes none of them is an operator of FTS5.
        asked = " OR ".join(f'"{token}"' for token in tokens)
        rows = self._both.rows(
            f"SELECT w.id FROM @{table} AS found JOIN @wording AS w ON w.id = found.rowid"
            f" WHERE found.{table} MATCH ? AND w.kind IN ({marks(kinds)}) AND w.thing{self._standing}"
            " ORDER BY found.rank, text LIMIT ?",
            [asked, *kinds, limit],
        )
        return (row[0] for row in rows)

    def _meta(self, name: str) -> str:
        return str(next(self._both.rows("SELECT value FROM @meta WHERE name = ?", [name]), ("",))[0])


def beside(store: Store) -> Path | None:
    """Where the index of a store is kept: beside its folder; None for a store that has none."""
    folder: Path | None = getattr(store, "folder", None)
    return folder.parent / FILE if folder else None


@cache
def made_with() -> str:
    """What the stems in an index depend on."""
    from Stemmer import version

    return f"{FORMAT} {version()} {zlib.crc32(' '.join(sorted(function_words())).encode()):08x}"
