"""Some canned questions answered by walking a networkx graph: written apart from the queries, to compare with them."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

from ontology import Kind, Proof

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import networkx as nx

    Found = tuple[object, ...]
    Walk = Callable[["nx.MultiDiGraph[str]", str, Proof], Iterator[Found]]


def key(row: dict[str, Any]) -> Found:
    """What is compared of a raw row: the thing, its proof, and what is counted."""
    return row["id"], row["proof"], row.get("confidence") or "", row.get("rows", 0)


def _neighbours(graph: nx.MultiDiGraph[str], thing: str, relation: str, *, forward: bool) -> set[str]:
    edges = graph.out_edges(thing, keys=True) if forward else graph.in_edges(thing, keys=True)
    return {other if forward else one for one, other, name in edges if name == relation}


def _close(graph: nx.MultiDiGraph[str], thing: str) -> Iterator[tuple[str, str]]:
    for one, other, name, facts in (*graph.out_edges(thing, keys=True, data=True),
                                    *graph.in_edges(thing, keys=True, data=True)):  # fmt: skip
        if name == "closeMatch":
            yield (other if one == thing else one), facts.get("confidence", "")


def linked(relation: str, kind: Kind, *, forward: bool, both: bool = False) -> Walk:
    """Things linked to a thing, or to one close to it; with ``both``, or close to one linked to it."""

    def walk(graph: nx.MultiDiGraph[str], thing: str, weakest: Proof) -> Iterator[Found]:
        if thing not in graph:
            return
        sure = _neighbours(graph, thing, relation, forward=forward)
        near: dict[str, str] = {}
        if weakest is Proof.CLOSE:
            steps = [(found, confidence) for one, confidence in _close(graph, thing)
                     for found in _neighbours(graph, one, relation, forward=forward)]  # fmt: skip
            steps += [(found, confidence) for one in sure if both for found, confidence in _close(graph, one)
                      if graph.nodes[found]["kind"] == kind]  # fmt: skip
            for found, confidence in steps:
                near[found] = min(near.get(found, confidence), confidence)
        yield from ((one, "row", "", 0) for one in sure)
        yield from ((one, "close", confidence, 0) for one, confidence in near.items() if one not in sure)

    return walk


def without(kind: Kind, relation: str, *, forward: bool) -> Walk:
    """Things of a kind that lack a link; a close one that has it is enough where close is accepted."""

    def walk(graph: nx.MultiDiGraph[str], _: str, weakest: Proof) -> Iterator[Found]:
        for thing, facts in graph.nodes(data=True):
            asked = [thing, *(one for one, _ in _close(graph, thing) if weakest is Proof.CLOSE)]
            if facts["kind"] == kind and not any(_neighbours(graph, one, relation, forward=forward) for one in asked):
                yield thing, "row", "", 0

    return walk


def together(graph: nx.MultiDiGraph[str], actor: str, _: Proof) -> Iterator[Found]:
    """Partners of an actor, with the rows that mobilise both for one lever."""
    rows: dict[str, set[str]] = {}
    for lever in _neighbours(graph, actor, "mobilises", forward=False):
        said: dict[str, Any] = {other: set(facts["rows"]) for _, other, name, facts
                                in graph.out_edges(lever, keys=True, data=True) if name == "mobilises"}  # fmt: skip
        for one, other in permutations(said, 2):
            if one == actor and said[one] & said[other]:
                rows.setdefault(other, set()).update(said[one] & said[other])
    yield from ((other, "row", "", len(shared)) for other, shared in rows.items())


# Name of the question → its parameter, the helper that lists its values, the walk.
ANSWERS: dict[str, tuple[str, str, Walk]] = {
    "leviers-pour-irritant": ("irritant", "_irritants", linked("answers", Kind.LEVER, forward=False, both=True)),
    "irritants-pour-levier": ("levier", "_levers", linked("answers", Kind.IRRITANT, forward=True, both=True)),
    "besoins-pour-irritant": ("irritant", "_irritants", linked("raises", Kind.NEED, forward=True)),
    "acteurs-pour-levier": ("levier", "_levers", linked("mobilises", Kind.ACTOR, forward=True)),
    "actions-pour-levier": ("levier", "_levers", linked("implements", Kind.ACTION, forward=False)),
    "indicateurs-pour-levier": ("levier", "_levers", linked("measuredBy", Kind.INDICATOR, forward=True)),
    "irritants-sans-levier": ("", "", without(Kind.IRRITANT, "answers", forward=False)),
    "leviers-sans-acteur": ("", "", without(Kind.LEVER, "mobilises", forward=True)),
    "leviers-sans-indicateur": ("", "", without(Kind.LEVER, "measuredBy", forward=True)),
    "acteurs-ensemble": ("acteur", "_actors", together),
}
