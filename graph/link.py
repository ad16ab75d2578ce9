"""One link of the graph: its identifier, and what is said of it, whatever attests it (see docs/model.md)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from graph.triples import iri, literal
from ontology import ID, LV, PREFIXES, Proof, Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

# The classes of a close match, the surest first, each with the property that joins the two at once: for queries.
CLOSE = {"forte": f"{LV}strongMatch", "moyenne": f"{LV}fairMatch"}


def link_iri(one: str, relation: Relation, other: str, row: str = "") -> str:
    """The identifier of one link, as one row says it."""
    digest = hashlib.sha256("\t".join((one, relation.value, other, row)).encode()).hexdigest()
    return f"{ID}link/{digest[:16]}"


def link_facts(one: str, relation: Relation, other: str, proof: Proof) -> Iterator[tuple[str, str]]:
    """What is said of any link: properties, and the things that they lead to."""
    yield PREFIXES["rdf"] + "type", LV + "Link"
    yield LV + "from", one
    yield LV + "relation", relation.iri
    yield LV + "to", other
    yield from zip(relation.ends, (one, other), strict=True)
    yield LV + "proof", LV + proof.value


def close_lines(one: str, other: str, sure: str, *more: tuple[str, str]) -> list[str]:
    """The triples of a close match, whoever found it.

    Args:
        one: a concept.
        other: another one.
        sure: one of `CLOSE`.
        more: what else is said of the link: properties, and terms already written.
    """
    me, here, there = (iri(thing) for thing in (link_iri(one, Relation.CLOSE_TO, other), one, other))
    direct = [
        f"{first} <{property_}> {last} ."
        for property_ in (Relation.CLOSE_TO.iri, CLOSE[sure])
        for first, last in ((here, there), (there, here))
    ]
    facts = link_facts(one, Relation.CLOSE_TO, other, Proof.CLOSE)
    return [
        *direct,
        *(f"{me} <{fact}> <{thing}> ." for fact, thing in facts),
        *(f"{me} <{fact}> {term} ." for fact, term in ((f"{LV}confidence", literal(sure)), *more)),
    ]
