"""Which statements may be near another: an inverted index of the roots of their words, in one SQLite file.

Weights are whole numbers, so sums do not depend on the order of rows, nor what is found on the order of loads.
"""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from graph.matching.profile import content, roots_of
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
    """Statements by the roots of their words; of a file, or of this moment.

    Attributes:
        base: what holds it; no transaction is open between two calls but one that the caller began.
    """

    def __init__(self, path: Path | None = None) -> None:
        self.base = sqlite3.connect(path or ":memory:", isolation_level=None)
        self.base.executescript(_TABLES)

    def put(self, statements: Iterable[Statement]) -> None:
        """Add statements that the index does not hold."""
        base = self.base
        for statement in statements:
            row = (statement.iri, _json(statement.texts), _json(statement.places))
            base.execute("INSERT INTO statement VALUES (?, ?, ?)", row)
            for roots in {tuple(sorted(_roots(statement.kind, text).items())) for text in statement.texts}:
                weight = sum(weight for _, weight in roots)
                made = base.execute("INSERT INTO wording VALUES (NULL, ?, ?)", (statement.iri, weight)).lastrowid
                base.executemany("INSERT INTO posting VALUES (?, ?, ?)", ((root, made, each) for root, each in roots))

    def drop(self, concepts: Iterable[str]) -> None:
        """Forget statements; those that are not held are passed over."""
        of = [(concept,) for concept in concepts]
        self.base.executemany("DELETE FROM posting WHERE wording IN (SELECT id FROM wording WHERE concept = ?)", of)
        self.base.executemany("DELETE FROM wording WHERE concept = ?", of)
        self.base.executemany("DELETE FROM statement WHERE concept = ?", of)

    def get(self, concept: str) -> Statement:
        """A statement that the index holds."""
        texts, places = self.base.execute(
            "SELECT texts, places FROM statement WHERE concept = ?", (concept,)
        ).fetchone()
        return Statement(concept, tuple(json.loads(texts)), tuple(Place(*place) for place in json.loads(places)))

    def replace(self, concepts: Iterable[str], now: Iterable[Statement]) -> set[str]:
        """Put what statements are now in place of what they were; gives those that came, went, or say other words."""
        before = {concept: texts for concept in concepts if (texts := self._texts(concept)) is not None}
        after = {statement.iri: statement for statement in now}
        changed = {
            concept for concept in {*before, *after}
            if concept not in after or before.get(concept) != _json(after[concept].texts)
        }  # fmt: skip
        self.drop(changed)
        self.put(statement for concept, statement in sorted(after.items()) if concept in changed)
        moved = [(_json(one.places), concept) for concept, one in after.items() if concept not in changed]
        self.base.executemany("UPDATE statement SET places = ? WHERE concept = ?", moved)
        return changed

    def near(self, statement: Statement, least: float = 0.0, most: int = _EVERY) -> list[tuple[str, float]]:
        """The other statements of its kind that share words with it, and what share, the nearest first.

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
            for concept, near in self.base.execute(query, (mine, *roots, statement.iri, least, mine, most)):
                best[concept] = max(near, best.get(concept, 0.0))
        return sorted(best.items(), key=lambda item: (-item[1], item[0]))[:most]

    def holds(self, concept: str) -> bool:
        """Whether the index holds a statement."""
        return self._texts(concept) is not None

    def _texts(self, concept: str) -> str | None:
        row = self.base.execute("SELECT texts FROM statement WHERE concept = ?", (concept,)).fetchone()
        return row and str(row[0])

    def made_with(self, version: str) -> bool:
        """Whether the index was made with this version; if not, it is emptied, to be made with it."""
        if self.base.execute("SELECT made_with FROM stamp").fetchall() == [(version,)]:
            return True
        for table in ("statement", "wording", "posting", "stamp"):
            self.base.execute(f"DELETE FROM {table}")
        self.base.execute("INSERT INTO stamp VALUES (?)", (version,))
        return False

    def close(self) -> None:
        """Let go of the file."""
        self.base.close()


def _json(said: object) -> str:
    return json.dumps(said, separators=(",", ":"))


def _roots(kind: str, text: str) -> dict[str, int]:
    return {f"{kind} {root}": round(weight * _UNIT) for root, weight in roots_of(content(text)).items()}
