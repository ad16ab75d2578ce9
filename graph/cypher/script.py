"""The property graph as a script for cypher-shell: what `publish` writes, for who has no server in reach."""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from graph.batches import batches
from graph.cypher import statements
from graph.cypher.projection import LABELS, MARK
from graph.cypher.reading import Source
from graph.cypher.writer import link_statements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.cypher.reading import Item
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
    source = Source(store)
    yield _HEAD
    yield from (f"{text};\n" for text in (*statements.schema(), *_BEGIN))
    for late in (False, True):
        for label in LABELS:
            if late and not label.late:
                continue
            read = source.late_links if late else source.nodes
            for some in batches(source.things[label.name], _AT_ONCE):
                items = [item for item in read(label, some) if item.digest]
                if not late:
                    yield from _created(label.name, items)
                for text, values in link_statements(label, items):
                    yield _filled(text, values["rows"])
                if late and items:
                    yield _filled(statements.mark(label.name), [{"id": one.id, "digest": one.digest} for one in items])
    yield from (f"{text};\n" for text in _END)


def _created(label: str, items: list[Item]) -> Iterator[str]:
    for labels, some in groupby(sorted(items, key=lambda item: (item.labels, item.id)), key=lambda item: item.labels):
        group = list(some)
        rows = [{"id": one.id, "iri": one.iri, "digest": one.digest, "properties": one.properties} for one in group]
        yield _filled(statements.create(labels), rows)
        yield _filled(statements.revive(label), [{"id": one.id} for one in group])


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
