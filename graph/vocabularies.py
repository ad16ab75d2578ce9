"""The ontology and the vocabularies as triples of one graph, with a search key for each of their labels."""

from __future__ import annotations

import pyoxigraph as ox

from graph.triples import Lines, literal
from ontology import LV, PREFIXES, search_key
from ontology.vocabulary import turtle_files, vocabulary_digest

_LABELS = {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")}

__all__ = ["vocabulary_digest", "vocabulary_lines"]


def vocabulary_lines() -> list[str]:
    """All triples, sorted; blank nodes are named by their file and rank, so that two builds are equal."""
    lines: dict[str, None] = {}
    keys = Lines()
    for file in turtle_files():
        names: dict[str, str] = {}
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            lines[
                f"{_term(quad.subject, file.name, names)} {quad.predicate} {_term(quad.object, file.name, names)} ."
            ] = None
            if (
                quad.predicate.value in _LABELS
                and isinstance(quad.object, ox.Literal)
                and isinstance(quad.subject, ox.NamedNode)
            ):
                keys.add(quad.subject.value, LV + "searchKey", literal(search_key(quad.object.value)))
    return sorted([*lines, *keys.sorted()])


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, file: str, names: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        stem = file.split(".", 1)[0]
        return names.setdefault(term.value, f"<https://w3id.org/leviers/id/node/{stem}-{len(names) + 1}>")
    return str(term)
