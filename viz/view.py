"""What the page shows of a graph: elements and links, checked, merged and in a fixed order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ontology import Kind, Proof, Relation, fold
from viz.remarks import Quality, quality_of
from viz.words import one_line, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

LIMIT = 2_000
_KINDS = {kind.value: rank for rank, kind in enumerate(Kind)}
_RELATIONS = frozenset(relation.value for relation in Relation)
_PROOFS = frozenset(proof.value for proof in Proof if proof is not Proof.THEME)
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words, and where they stand."""

    text: str
    document: str
    section: str
    row: str


@dataclass(frozen=True, slots=True)
class Element:
    """One node of the graph.

    Attributes:
        id: its IRI, without the part that all of ours share; what addresses of the page carry.
        wordings: the other wordings, the label left out.
        support: number of distinct sessions that say it.
    """

    id: str
    kind: str
    label: str
    wordings: tuple[str, ...]
    quotes: tuple[Quote, ...]
    themes: tuple[str, ...]
    territories: tuple[str, ...]
    support: int
    actor_type: str
    definition: str


@dataclass(frozen=True, slots=True, order=True)
class Tie:
    """One link between two elements, by their rank in the view; one for each level of proof."""

    source: int
    target: int
    relation: str
    proof: str
    rows: tuple[str, ...]
    confidence: str
    decided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class View:
    """What is shown.

    Attributes:
        total: number of elements of known kinds, shown or not.
        quality: what deserves a second look, None where nobody looked.
    """

    elements: tuple[Element, ...]
    ties: tuple[Tie, ...]
    total: int
    title: str
    subtitle: str
    generated: str
    corpus: tuple[str, ...]
    notice: str
    quality: Quality | None = None


def view_of(graph: nx.MultiDiGraph[str]) -> View:
    """The graph as the page shows it: the best supported elements first, at most ``LIMIT`` of them."""
    known = {key: data for key, data in graph.nodes(data=True) if data.get("kind") in _KINDS}
    degrees = dict(graph.degree())
    best = sorted(known, key=lambda key: (-_support(known[key]), -degrees[key], _KINDS[known[key]["kind"]], key))
    elements = sorted((_element(key, known[key]) for key in best[:LIMIT]), key=_order)
    places = {element.id: place for place, element in enumerate(elements)}
    facts = graph.graph
    return View(
        elements=tuple(elements),
        ties=tuple(_ties(graph, places)),
        total=len(known),
        title=one_line(facts.get("title")) or "Leviers et irritants",
        subtitle=one_line(facts.get("subtitle")),
        generated=one_line(facts.get("generated")),
        corpus=_texts(facts.get("corpus")),
        notice=one_line(facts.get("notice")),
        quality=None if (said := facts.get("quality")) is None else quality_of(said, places),
    )


def _element(key: str, data: Mapping[str, Any]) -> Element:
    label = one_line(data.get("label")) or short(key)
    quotes = {
        Quote(*(one_line(quote.get(name)) for name in ("quote", "document", "section", "row")))
        for quote in data.get("quotes") or ()
    }
    return Element(
        id=short(key),
        kind=str(data["kind"]),
        label=label,
        wordings=tuple(sorted({*_texts(data.get("wordings"))} - {label})),
        quotes=tuple(sorted(quotes, key=lambda q: (q.document, q.section, _natural(q.row), q.text))),
        themes=tuple(sorted({*_texts(data.get("themes"))})),
        territories=tuple(sorted({*_texts(data.get("territories"))})),
        support=_support(data),
        actor_type=one_line(data.get("actor_type")),
        definition=one_line(data.get("definition")),
    )


def _ties(graph: nx.MultiDiGraph[str], places: Mapping[str, int]) -> list[Tie]:
    rows: dict[tuple[int, int, str, str], set[str]] = {}
    classes: dict[tuple[int, int, str, str], str] = {}
    deciders: dict[tuple[int, int, str, str], set[str]] = {}
    for start, end, data in graph.edges(data=True):
        source, target = places.get(short(start)), places.get(short(end))
        relation, proof = str(data.get("relation")), str(data.get("proof", Proof.ROW))
        if source is None or target is None or source == target or relation not in _RELATIONS or proof not in _PROOFS:
            continue
        if relation == Relation.CLOSE_TO and target < source:
            source, target = target, source
        key = (source, target, relation, proof)
        rows.setdefault(key, set()).update(_texts(data.get("rows")))
        classes[key] = max(classes.get(key, ""), one_line(data.get("confidence")))
        deciders.setdefault(key, set()).update(_texts(data.get("decided")))
    return [
        Tie(*key, tuple(sorted(said, key=_natural)), classes[key], tuple(sorted(deciders[key])))
        for key, said in sorted(rows.items())
    ]


def _order(element: Element) -> tuple[int, int, str, str]:
    return (_KINDS[element.kind], -element.support, fold(element.label), element.id)


def _support(data: Mapping[str, Any]) -> int:
    return int(data.get("support") or 0)


def _texts(values: Iterable[object] | None) -> tuple[str, ...]:
    return tuple(text for text in map(one_line, values or ()) if text)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that sorts « 2 » before « 10 »."""
    return tuple((int(part), "") if part.isdigit() else (0, part) for part in _NUMBER.split(text))
