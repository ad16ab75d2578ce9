"""The property graph as a script for cypher-shell: what `publish` writes, for who has no server in reach."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graph.cypher import statements
from graph.cypher.parts import Part, parts
from graph.cypher.projection import MARK
from graph.cypher.writer import link_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

_AT_ONCE = 500  # nodes of one statement
_HEAD = """\
// The graph of leviers as Neo4j holds it. Run it with: cypher-shell -f FILE
// Running it again changes nothing; what an earlier run wrote and this one does not is removed, and nothing else is.
"""
_BEGIN = (
    f"MATCH (:{MARK})-[r {{{statements.OURS}: true}}]->() CALL (r) {{ DELETE r }} IN TRANSACTIONS OF 10000 ROWS",
    f"MATCH (n:{MARK}) CALL (n) {{ SET {statements.bare()} }} IN TRANSACTIONS OF 10000 ROWS",
)
_END = (
    f"MATCH (n:{MARK}) WHERE n.vanished AND NOT EXISTS {{ (n)--() }} CALL (n) {{ DELETE n }} "
    "IN TRANSACTIONS OF 10000 ROWS",
)


def script(store: Store) -> Iterator[str]:
    """The statements, one a line or more, each ended by a semicolon; the same graph gives the same text."""
    yield _HEAD
    yield from (f"{text};\n" for text in (*statements.schema(), *_BEGIN))
    for part in parts(store, _AT_ONCE, _AT_ONCE):
        if isinstance(part, Part):
            yield from _written(part)
    yield from (f"{text};\n" for text in _END)


def _written(part: Part) -> Iterator[str]:
    said = [row for rows in part.nodes.values() for row in rows if row["digest"]]
    if not part.late:
        for labels, rows in part.nodes.items():
            yield _filled(statements.create(labels), rows)
            yield _filled(statements.revive(part.label), [{"id": row["id"]} for row in rows])
    for text, values in link_statements(part, {row["id"] for row in said}):
        yield _filled(text, values["rows"])
    if part.late and said:
        yield _filled(statements.mark(part.label), said)


def _filled(text: str, rows: list[dict[str, Any]]) -> str:
    written = ",\n  ".join(literal(row) for row in rows)
    return text.replace("$rows", f"[\n  {written}\n]", 1) + ";\n"


def literal(value: Any) -> str:
    r"""A value as Cypher writes it; keys of maps are names of ours.

    >>> print(literal({"id": "lever/1", "n": 2, "said": ['l’"accès"\n'], "ticked": False, "page": None}))
    {id: "lever/1", n: 2, said: ["l’\"accès\"\n"], ticked: false, page: null}
    """
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(value[name])}" for name in value) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(literal, value)) + "]"
    # A text of JSON is one of Cypher; what no line may hold is escaped too, so that a statement ends where it ends.
    return json.dumps(value, ensure_ascii=False).replace("\u2028", "\\u2028").replace("\x85", "\\u0085")
