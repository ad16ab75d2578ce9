"""Of each statement, those that share most words with it, and which of them are close: what the graph should hold.

A field where everybody says the same thing would otherwise fill a graph with links: there are as many as pairs. The
nearest ones depend on the statements that are there, not on the order in which they came, and statements equally near
are told apart by their identifiers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

Pair = tuple[str, str]
Hits = list[tuple[str, float]]  # statements with the share of words in common, the nearest first

MOST = 12  # statements that one is compared with; more are compared with it, by being its nearest
_TABLES = """
CREATE TABLE IF NOT EXISTS near (
  concept TEXT, other TEXT, common REAL, confidence TEXT, PRIMARY KEY (concept, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS near_of ON near (other);
CREATE TABLE IF NOT EXISTS judged (one TEXT, other TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE TEMP TABLE some (concept TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_LINKS = """
SELECT concept, other, confidence FROM near n WHERE @end IN some AND confidence != '' AND NOT EXISTS (
  SELECT 1 FROM judged j WHERE j.one = MIN(n.concept, n.other) AND j.other = MAX(n.concept, n.other))"""


class Ledger:
    """The nearest statements of an index, in the same file."""

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        base.executescript(_TABLES)

    def clear(self) -> None:
        """Forget everything."""
        for table in ("near", "judged"):
            self._base.execute(f"DELETE FROM {table}")

    def judge(self, pairs: set[frozenset[str]]) -> None:
        """Note which pairs a person has judged."""
        self._base.execute("DELETE FROM judged")
        self._base.executemany("INSERT INTO judged VALUES (?, ?)", [tuple(sorted(pair)) for pair in pairs])

    def judged(self) -> set[frozenset[str]]:
        """The pairs noted as judged."""
        return {frozenset(pair) for pair in self._base.execute("SELECT one, other FROM judged")}

    def beside(self, concepts: Iterable[str]) -> set[str]:
        """The statements that have one of these among their nearest."""
        self._choose(concepts)
        return {str(one) for (one,) in self._base.execute("SELECT concept FROM near WHERE other IN some")}

    def floors(self, concepts: Iterable[str]) -> dict[str, float]:
        """How near another must be to come among the nearest of these statements, where they have enough."""
        self._choose(concepts)
        query = "SELECT concept, MIN(common) FROM near WHERE concept IN some GROUP BY concept HAVING COUNT(*) >= ?"
        return dict(self._base.execute(query, (MOST,)))

    def forget(self, changed: Iterable[str], stale: Iterable[str]) -> None:
        """Drop what is known of statements whose words changed, and the verdicts on those that are said elsewhere."""
        self._choose(changed)
        self._base.execute("DELETE FROM near WHERE concept IN some")
        self._base.execute("DELETE FROM near WHERE other IN some")
        self._choose(stale)
        self._base.execute("UPDATE near SET confidence = NULL WHERE concept IN some")
        self._base.execute("UPDATE near SET confidence = NULL WHERE other IN some")

    def add(self, found: Mapping[str, Hits]) -> None:
        """Add statements near to some, which keep the nearest of all."""
        rows = ((concept, other, common) for concept, hits in found.items() for other, common in hits)
        self._base.executemany("INSERT OR IGNORE INTO near VALUES (?, ?, ?, NULL)", rows)
        for concept in found:
            self._base.execute(
                "DELETE FROM near WHERE concept = ?1 AND other NOT IN (SELECT other FROM near WHERE concept = ?1 "
                "ORDER BY common DESC, other LIMIT ?2)",
                (concept, MOST),
            )

    def unknown(self) -> list[Pair]:
        """The near pairs that are still to be compared, each once."""
        rows = self._base.execute("SELECT concept, other FROM near WHERE confidence IS NULL")
        return sorted({(min(pair), max(pair)) for pair in rows})

    def say(self, verdicts: Iterable[tuple[str, str, str]]) -> None:
        """Note the class of pairs, empty for those that are not close."""
        both = [row for one, other, sure in verdicts for row in ((sure, one, other), (sure, other, one))]
        self._base.executemany("UPDATE near SET confidence = ? WHERE concept = ? AND other = ?", both)

    def links(self, concepts: Iterable[str]) -> dict[Pair, str]:
        """The close pairs of some statements that the graph should hold, with their class."""
        self._choose(concepts)
        rows = [row for end in ("concept", "other") for row in self._base.execute(_LINKS.replace("@end", end))]
        return {(min(one, other), max(one, other)): sure for one, other, sure in rows}

    def _choose(self, concepts: Iterable[str]) -> None:
        self._base.execute("DELETE FROM some")
        self._base.executemany("INSERT OR IGNORE INTO some VALUES (?)", ((concept,) for concept in concepts))
