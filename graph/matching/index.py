"""Which statements may be near another: an inverted index of the roots of their words, in one SQLite file.

Weights are whole numbers, so sums do not depend on the order of rows, nor what is found on the order of loads.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from graph.matching.profile import profile
from graph.matching.statement import Place, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE IF NOT EXISTS statement (concept TEXT PRIMARY KEY, texts TEXT, places TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS wording (id INTEGER PRIMARY KEY, concept TEXT, weight INTEGER);
CREATE INDEX IF NOT EXISTS wording_of ON wording (concept);
CREATE TABLE IF NOT EXISTS posting (
  root TEXT, wording INTEGER, weight INTEGER, PRIMARY KEY (root, wording)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS posting_of ON posting (wording);
CREATE TABLE IF NOT EXISTS judged (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamp (made_with TEXT);
"""
_NEAR = """
SELECT w.concept, MAX(1.0 * shared / (? + w.weight - shared)) AS near FROM (
  SELECT wording, SUM(weight) AS shared FROM posting WHERE root IN (@roots) GROUP BY wording
) JOIN wording w ON w.id = wording
WHERE w.concept != ? AND shared >= ? * (? + w.weight - shared)
GROUP BY w.concept ORDER BY near DESC, w.concept LIMIT ?"""
_UNIT = 100  # of the whole numbers that weights become
_EVERY = 2**31


class Index:
    """Statements by the roots of their words; of a file, or of this moment."""

    def __init__(self, path: Path | None = None) -> None:
        self._base = sqlite3.connect(path or ":memory:", isolation_level=None)
        self._base.executescript(_TABLES)

    def put(self, statements: Iterable[Statement]) -> None:
        """Add statements that the index does not hold."""
        base = self._base
        base.execute("BEGIN")
        for statement in statements:
            places = json.dumps(statement.places, separators=(",", ":"))
            texts = json.dumps(statement.texts, separators=(",", ":"))
            base.execute("INSERT INTO statement VALUES (?, ?, ?)", (statement.iri, texts, places))
            for roots in {tuple(sorted(_roots(statement.kind, text).items())) for text in statement.texts}:
                weight = sum(weight for _, weight in roots)
                made = base.execute("INSERT INTO wording VALUES (NULL, ?, ?)", (statement.iri, weight)).lastrowid
                base.executemany("INSERT INTO posting VALUES (?, ?, ?)", ((root, made, each) for root, each in roots))
        base.execute("COMMIT")

    def drop(self, concepts: Iterable[str]) -> None:
        """Forget statements; those that are not held are passed over."""
        of = [(concept,) for concept in concepts]
        self._base.execute("BEGIN")
        self._base.executemany("DELETE FROM posting WHERE wording IN (SELECT id FROM wording WHERE concept = ?)", of)
        self._base.executemany("DELETE FROM wording WHERE concept = ?", of)
        self._base.executemany("DELETE FROM statement WHERE concept = ?", of)
        self._base.execute("COMMIT")

    def get(self, concept: str) -> Statement:
        """A statement that the index holds."""
        texts, places = self._base.execute(
            "SELECT texts, places FROM statement WHERE concept = ?", (concept,)
        ).fetchone()
        return Statement(concept, tuple(json.loads(texts)), tuple(Place(*place) for place in json.loads(places)))

    def near(self, statement: Statement, least: float = 0.0, most: int = _EVERY) -> list[str]:
        """The other statements of its kind that share words with it, the nearest first.

        Args:
            statement: held by the index or not.
            least: share of the weight of both wordings that is common, 0 to 1.
            most: how many.
        """
        best: dict[str, float] = {}
        for text in statement.texts:
            roots = _roots(statement.kind, text)
            mine = sum(roots.values())
            query = _NEAR.replace("@roots", ",".join("?" * len(roots)))
            for concept, near in self._base.execute(query, (mine, *roots, statement.iri, least, mine, most)):
                best[concept] = max(near, best.get(concept, 0.0))
        return sorted(best, key=lambda concept: (-best[concept], concept))[:most]

    def made_with(self, version: str) -> bool:
        """Whether the index was made with this version; if not, it is emptied, to be made with it."""
        if self._base.execute("SELECT made_with FROM stamp").fetchall() == [(version,)]:
            return True
        for table in ("statement", "wording", "posting", "judged", "stamp"):
            self._base.execute(f"DELETE FROM {table}")
        self._base.execute("INSERT INTO stamp VALUES (?)", (version,))
        return False

    def judge(self, pairs: set[frozenset[str]]) -> set[frozenset[str]]:
        """Note which pairs a person has judged; gives those of which that changed."""
        before = {frozenset(pair) for pair in self._base.execute("SELECT one, other FROM judged")}
        if moved := before ^ pairs:
            self._base.execute("BEGIN")
            self._base.execute("DELETE FROM judged")
            self._base.executemany("INSERT INTO judged VALUES (?, ?)", [tuple(sorted(pair)) for pair in pairs])
            self._base.execute("COMMIT")
        return moved

    def close(self) -> None:
        """Let go of the file."""
        self._base.close()


def _roots(kind: str, text: str) -> dict[str, int]:
    return {f"{kind} {root}": round(weight * _UNIT) for root, weight in profile(text).roots.items()}
