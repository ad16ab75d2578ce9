"""The graph in exchange formats: RDF, GraphML, and one line for each mention."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from graph.batches import batches
from graph.triples import iri
from ontology import ID, LV
from queries.binding import bind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from graph.store import Store

_RDF = {"ttl": "text/turtle", "nq": "application/n-quads", "jsonld": "application/ld+json"}
_AT_ONCE = 20  # documents
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


def parts(store: Store, form: str) -> Iterator[bytes]:
    """The graph in one format, as bytes of UTF-8; in parts where the format need not be whole in memory."""
    if form in _RDF:
        yield store.dump(_RDF[form])
    elif form == "graphml":
        yield _graphml(store)
    elif form == "csv":
        yield from _csv(mentions(store))
    elif form == "jsonl":
        yield from ((json.dumps(row, ensure_ascii=False) + "\n").encode() for row in mentions(store))
    elif form == "cypher":
        from graph.cypher.script import script

        yield from (part.encode() for part in script(store))
    else:
        from graph.cypher.n10s import mapping

        yield mapping().encode()


def mentions(store: Store) -> Iterator[dict[str, Any]]:
    """Each mention with its place and its concepts, by document and position."""
    names = {str(work): str(name) for work, name in store.select(_query("documents")).rows}
    for works in batches(sorted(names, key=lambda work: (names[work], work)), _AT_ONCE):
        asked = {"work": list(map(iri, works))}
        bodies = _bodies(store, asked)
        found = store.select(bind(_query("mentions"), asked)).dicts()
        for facts in sorted(found, key=lambda facts: (names[str(facts["work"])], facts["work"], facts["position"])):
            yield _mention(facts, names[str(facts["work"])], bodies.get(str(facts["mention"]), []))


def _mention(facts: Mapping[str, Any], document: str, concepts: list[tuple[str, str]]) -> dict[str, Any]:
    said = {
        **facts,
        "document": document,
        "row": str(facts["row"]).removeprefix(f"{ID}row/"),
        "kind": str(facts["kind"]).removeprefix(LV).lower(),
        "concepts": [concept for concept, _ in concepts],
        "labels": [label for _, label in concepts],
    }
    return {field: said[field] for field in _FIELDS}


def _bodies(store: Store, asked: Mapping[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    for mention, concept, label in store.select(bind(_query("bodies"), asked)).rows:
        found.setdefault(str(mention), {}).setdefault(str(concept), str(label or ""))
    return {mention: sorted(concepts.items()) for mention, concepts in found.items()}


@cache
def _query(name: str) -> str:
    return files("queries").joinpath("exporting", f"{name}.rq").read_text(encoding="utf-8")


def _csv(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_FIELDS)
    for row in rows:
        cells = (" | ".join(value) if isinstance(value, list) else value for value in row.values())
        writer.writerow([_inert(cell) for cell in cells])
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
    yield text.getvalue().encode()


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
