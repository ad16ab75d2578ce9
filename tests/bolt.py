"""A Neo4j, as tests look into it."""

from __future__ import annotations

from typing import Any

from graph.cypher.connection import connect, parse

_ALL = """MATCH (n) OPTIONAL MATCH (n)-[r]->(m)
RETURN labels(n) AS labels, properties(n) AS properties, type(r) AS type, properties(r) AS told, m.id AS other"""


class Server:
    """A server and what stands in it."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._driver = connect(parse(address))

    def run(self, query: str, **values: object) -> list[list[Any]]:
        """The values of each row."""
        return [list(row.values()) for row in self._driver.execute_query(query, values).records]

    def run_script(self, text: str) -> None:
        """Each statement by itself, as cypher-shell does."""
        with self._driver.session() as session:
            for statement in text.split(";\n"):
                if statement.strip():
                    session.run(statement).consume()

    def all(self) -> list[str]:
        """Every node with each relationship that leaves it, in words."""
        return sorted(str([sorted(row[0]), sorted(row[1].items()), row[2], sorted((row[3] or {}).items()), row[4]])
                      for row in self.run(_ALL))  # fmt: skip

    def empty(self) -> Server:
        """The same, with nothing in it."""
        self.run("MATCH (n) DETACH DELETE n")
        return self

    def close(self) -> None:
        """Let go of the connection."""
        self._driver.close()
