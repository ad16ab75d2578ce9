"""The graph as networkx sees it: concepts as nodes, links as edges with their proof and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontology import ID, LV, PREFIXES, Kind, Relation

if TYPE_CHECKING:
    import networkx as nx

    from graph.store import Store

_PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in PREFIXES.items())
_LABELS = (
    _PREFIXES
    + """SELECT ?thing ?label ?support WHERE {
  ?thing lv:support ?support . OPTIONAL { ?thing skos:prefLabel ?label FILTER(LANG(?label) = "fr") } }"""
)
_OTHERS = (
    _PREFIXES
    + """SELECT ?thing ?label WHERE { ?thing lv:support ?n ; skos:altLabel ?label FILTER(LANG(?label) = "fr") }"""
)
_ACTORS = (
    _PREFIXES
    + """SELECT ?thing ?type ?definition WHERE {
  ?thing lv:support ?n ; a ?type .
  FILTER(?type IN (lv:Role, lv:Organisation, lv:LocalAuthority, lv:Body, lv:Audience))
  OPTIONAL { ?thing skos:definition ?definition FILTER(LANG(?definition) = "fr") } }"""
)
_QUOTES = (
    _PREFIXES
    + """SELECT ?thing ?text ?document ?section ?row ?number ?theme ?territory WHERE {
  ?mention oa:hasBody ?thing ; lv:text ?text ; lv:inRow ?row .
  ?row dcterms:isPartOf/dcterms:identifier ?document ; lv:section ?section ; lv:number ?number .
  OPTIONAL { ?row lv:hasTheme ?theme } OPTIONAL { ?row lv:inTerritory ?territory } }"""
)
_LINKS = (
    _PREFIXES
    + """SELECT ?one ?relation ?other ?proof ?row ?confidence ?who WHERE {
  ?link a lv:Link ; lv:from ?one ; lv:relation ?relation ; lv:to ?other ; lv:proof ?proof .
  OPTIONAL { ?link lv:evidence ?row } OPTIONAL { ?link lv:confidence ?confidence }
  OPTIONAL { ?link lv:decidedBy ?who } }"""
)
_NAMED = (
    _PREFIXES
    + """SELECT ?thing ?label WHERE {
  ?thing skos:prefLabel ?label . FILTER(LANG(?label) = "fr")
  FILTER(STRSTARTS(STR(?thing), STR(id:theme)) || STRSTARTS(STR(?thing), STR(id:territory))) }"""
)
_DOCUMENTS = (
    _PREFIXES + "SELECT DISTINCT ?name WHERE { ?document a lv:Document ; dcterms:identifier ?name } ORDER BY ?name"
)


def network(store: Store) -> nx.MultiDiGraph[str]:
    """All concepts that a document mentions and all that links them.

    Nodes carry ``kind``, ``label``, ``wordings``, ``quotes``, ``themes``, ``territories``, ``support``; edges carry
    ``relation``, ``proof``, ``rows``. Nodes and edges come in an order that depends on the graph only.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    nodes = _nodes(store)
    graph.add_nodes_from(sorted(nodes.items()))
    for (one, relation, other), facts in sorted(_edges(store, nodes).items()):
        graph.add_edge(one, other, key=relation, relation=relation, **facts)
    graph.graph["corpus"] = [str(row[0]) for row in store.select(_DOCUMENTS).rows]
    return graph


def _nodes(store: Store) -> dict[str, dict[str, Any]]:
    kinds = {f"{ID}{kind.value}/": kind for kind in Kind}
    nodes: dict[str, dict[str, Any]] = {}
    for thing, label, support in store.select(_LABELS).rows:
        kind = kinds.get(str(thing).rsplit("/", 1)[0] + "/")
        if kind is not None:
            lists: dict[str, Any] = {name: [] for name in ("wordings", "quotes", "themes", "territories")}
            nodes[str(thing)] = {"kind": kind.value, "label": str(label or ""), "support": support, **lists}
    for thing, label in sorted(store.select(_OTHERS).rows, key=str):
        if str(thing) in nodes:
            nodes[str(thing)]["wordings"].append(str(label))
    for thing, type_, definition in store.select(_ACTORS).rows:
        if str(thing) in nodes:
            nodes[str(thing)]["actor_type"] = str(type_).removeprefix(LV)
            if definition:
                nodes[str(thing)]["definition"] = str(definition)
    _quote(store, nodes)
    return nodes


def _quote(store: Store, nodes: dict[str, dict[str, Any]]) -> None:
    names = {str(thing): str(label) for thing, label in store.select(_NAMED).rows}
    found = store.select(_QUOTES).rows
    for thing, text, document, section, row, number, theme, territory in sorted(
        found, key=lambda cells: (str(cells[2]), str(cells[4]), str(cells[1]))
    ):
        node = nodes.get(str(thing))
        if node is None:
            continue
        quote = {
            "quote": str(text),
            "document": str(document),
            "section": str(section),
            "row": f"ligne {number}",
            "id": str(row).removeprefix(f"{ID}row/"),
        }
        if quote not in node["quotes"]:
            node["quotes"].append(quote)
        for field, iri in (("themes", theme), ("territories", territory)):
            name = names.get(str(iri), "") if iri else ""
            if name and name not in node[field]:
                node[field].append(name)


def _edges(store: Store, nodes: dict[str, dict[str, Any]]) -> dict[tuple[str, str, str], dict[str, Any]]:
    relations = {relation.iri: relation.value for relation in Relation}
    edges: dict[tuple[str, str, str], dict[str, Any]] = {}
    for one, relation, other, proof, row, confidence, who in store.select(_LINKS).rows:
        name = relations.get(str(relation))
        if name is None or str(one) not in nodes or str(other) not in nodes:
            continue
        facts = edges.setdefault((str(one), name, str(other)), {"proof": str(proof).removeprefix(LV), "rows": []})
        if row:
            facts["rows"] = sorted({*facts["rows"], str(row).removeprefix(f"{ID}row/")})
        if confidence:
            facts["confidence"] = str(confidence)
        if who:
            facts["decided"] = sorted({*facts.get("decided", ()), str(who)})
    return edges
