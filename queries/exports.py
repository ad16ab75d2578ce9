"""The graph in exchange formats: RDF, GraphML, and one line for each mention."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ontology import ID, LV

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Store

_RDF = {"ttl": "text/turtle", "nq": "application/n-quads", "jsonld": "application/ld+json"}
_FIELDS = (
    "document",
    "section",
    "territory",
    "theme",
    "table",
    "row",
    "column",
    "kind",
    "text",
    "start",
    "end",
    "concepts",
    "labels",
)


def export(store: Store, form: str) -> bytes:
    """The graph in one format, as bytes of UTF-8."""
    if form in _RDF:
        return store.dump(_RDF[form])
    if form == "graphml":
        return _graphml(store)
    rows = mentions(store)
    return _csv(rows) if form == "csv" else "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def parts(store: Store, form: str) -> Iterator[bytes]:
    """The same in parts, for the formats that need not be whole in memory."""
    if form == "cypher":
        from graph.cypher.script import script

        yield from (part.encode() for part in script(store))
    elif form == "n10s":
        from graph.cypher.n10s import mapping

        yield mapping().encode()
    else:
        yield export(store, form)


def mentions(store: Store) -> list[dict[str, Any]]:
    """Each mention with its place and its concepts, by document and position."""
    bodies = _bodies(store)
    rows = []
    for facts in store.select(_query("mentions")).dicts():
        concepts = sorted(bodies.get(str(facts["mention"]), ()))
        rows.append(
            {
                "document": facts["document"],
                "section": facts["section"],
                "territory": facts["territory"],
                "theme": facts["theme"],
                "table": facts["table"],
                "row": str(facts["row"]).removeprefix(f"{ID}row/"),
                "column": facts["column"],
                "kind": str(facts["kind"]).removeprefix(LV).lower(),
                "text": facts["text"],
                "start": facts["start"],
                "end": facts["end"],
                "concepts": [concept for concept, _ in concepts],
                "labels": [label for _, label in concepts],
                "_position": facts["position"],
            }
        )
    rows.sort(key=lambda row: (str(row["document"]), row["_position"]))
    return [{field: row[field] for field in _FIELDS} for row in rows]


def _bodies(store: Store) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for mention, concept, label in store.select(_query("bodies")).rows:
        found.setdefault(str(mention), {}).setdefault(str(concept), str(label or ""))
    return {mention: sorted(concepts.items()) for mention, concepts in found.items()}


@cache
def _query(name: str) -> str:
    return files("queries").joinpath("exporting", f"{name}.rq").read_text(encoding="utf-8")


def _csv(rows: list[dict[str, Any]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    for row in rows:
        cells = (" | ".join(value) if isinstance(value, list) else value for value in row.values())
        writer.writerow([_inert(cell) for cell in cells])
    return text.getvalue().encode()


def _inert(cell: Any) -> Any:
    # A spreadsheet runs what begins so.
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _graphml(store: Store) -> bytes:
    import networkx as nx

    from graph.network import network

    graph = network(store)
    graph.graph.clear()
    for _, facts in graph.nodes(data=True):
        facts["quotes"] = [
            f"« {quote['quote']} » ({quote['document']}, {quote['section']})" for quote in facts["quotes"]
        ]
    for facts in [*(data for _, data in graph.nodes(data=True)), *(data for _, _, data in graph.edges(data=True))]:
        facts.update({name: " | ".join(value) for name, value in facts.items() if isinstance(value, list)})
    out = io.BytesIO()
    nx.write_graphml(graph, out, named_key_ids=True)
    return out.getvalue()
