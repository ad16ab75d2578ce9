"""The page of a store: the whole graph, or the part of a theme and a territory."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ontology import Kind, UnknownName

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from graph.archive import Archive
    from graph.store import Store
    from ontology.vocabulary import Term
    from queries.quality import Remark

_NOTICE = "Document de travail : citations extraites de comptes rendus d’ateliers."
# Topics whose text is that of a statement or an actor of the graph.
_ABOUT = {"acteur", "citation", "colonne", "douteux"}


def page(
    store: Store,
    *,
    theme: str | None = None,
    territory: str | None = None,
    title: str | None = None,
    archive: Archive | None = None,
) -> str:
    """One offline HTML page; the ``archive`` of the same store gives it the remarks of ``leviers check``.

    The check of shapes is left out: it takes longer than all the rest.

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
    if archive is not None:
        from queries.quality import inspect

        graph.graph["quality"] = _quality(graph, inspect(store, archive, shapes=False), part=bool(chosen))
    return draw(graph)


def readings_of(address: str | None) -> Archive | None:
    """The archive beside the store of that address; None where the store is kept nowhere, or on a server."""
    from graph.backends import archive_of, is_sparql

    return None if address == "memory:" or is_sparql(address) else archive_of(address)


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


def _quality(graph: nx.MultiDiGraph[str], remarks: Iterable[Remark], *, part: bool) -> list[dict[str, Any]]:
    """The remarks in the order of their topics, with the element that each is about where only one can be meant.

    Of a ``part`` of the graph: those about its elements or documents, and what is broken everywhere.
    """
    from queries.quality import TITLES, by_topic

    places = _places(graph)
    documents = {document for document, _ in places if document}
    rows: list[dict[str, Any]] = []
    for topic, group in by_topic(remarks).items():
        for remark in group:
            told = places.get((remark.document, remark.text), set()) if topic in _ABOUT else set()
            here = told or (topic not in _ABOUT and remark.document in documents)
            if part and not here and (remark.document or not remark.blocking):
                continue
            rows.append(asdict(remark) | {"title": TITLES[topic]} | ({"id": min(told)} if len(told) == 1 else {}))
    return rows


def _places(graph: nx.MultiDiGraph[str]) -> dict[tuple[str, str], set[str]]:
    """Elements by document and exact words; actors by their label as well, in no document."""
    places: dict[tuple[str, str], set[str]] = {}
    nodes: dict[str, dict[str, Any]] = {node: graph.nodes[node] for node in graph}
    for node, facts in nodes.items():
        for quote in facts["quotes"]:
            places.setdefault((quote["document"], quote["quote"]), set()).add(node)
        if facts["kind"] == Kind.ACTOR:
            places.setdefault(("", facts["label"]), set()).add(node)
    return places
