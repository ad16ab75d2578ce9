"""The page of a store: the whole graph, or the part of a theme and a territory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ontology import UnknownName

if TYPE_CHECKING:
    import networkx as nx

    from graph.store import Store
    from ontology.vocabulary import Term

_NOTICE = "Document de travail : citations extraites de comptes rendus d’ateliers."


def page(store: Store, *, theme: str | None = None, territory: str | None = None, title: str | None = None) -> str:
    """One offline HTML page.

    Raises:
        UnknownName: no such theme or territory in the graph.
    """
    from graph.network import network
    from viz import draw

    graph = network(store)
    chosen = [
        label for label in (_restrict(graph, "themes", theme), _restrict(graph, "territories", territory)) if label
    ]
    graph.graph["title"] = title or " · ".join(["Irritants, leviers, acteurs", *chosen])
    graph.graph["subtitle"] = _subtitle(graph)
    graph.graph["generated"] = ""
    graph.graph["notice"] = _NOTICE
    return draw(graph)


def _restrict(graph: nx.MultiDiGraph[str], field: str, text: str | None) -> str:
    if text is None:
        return ""
    from ontology.vocabulary import find_territory, find_theme

    found: Term | None = find_theme(text) if field == "themes" else find_territory(text)
    nodes: dict[str, dict[str, Any]] = {node: graph.nodes[node] for node in graph}
    present = sorted({name for facts in nodes.values() for name in facts[field]})
    if found is None or found.label not in present:
        what = "thème" if field == "themes" else "territoire"
        raise UnknownName(
            f"{what} « {text} » absent du graphe ; il contient : {', '.join(present) or 'aucun'}", tuple(present)
        )
    graph.remove_nodes_from([node for node, facts in nodes.items() if found.label not in facts[field]])
    return found.label


def _subtitle(graph: nx.MultiDiGraph[str]) -> str:
    documents = len(graph.graph["corpus"])
    return f"{documents} document{'s' if documents > 1 else ''}, {len(graph)} éléments, {graph.number_of_edges()} liens"
