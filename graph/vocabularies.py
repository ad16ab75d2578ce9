"""The ontology and the vocabularies as triples of one graph, with a search key for each of their labels."""

from __future__ import annotations

import pyoxigraph as ox

from graph.triples import Lines, literal
from ontology import LV, PREFIXES, search_key
from ontology.vocabulary import turtle_files, vocabulary_digest

_LABELS = {PREFIXES["skos"] + name for name in ("prefLabel", "altLabel", "hiddenLabel")}

__all__ = ["vocabulary_digest", "vocabulary_lines"]


def vocabulary_lines() -> list[str]:
    """All triples, in the order of the files; blank nodes are named by file and rank, so that two builds are equal."""
    lines: dict[str, None] = {}
    keys = Lines()
    for file in turtle_files():
        names: dict[str, str] = {}
        stem = file.name.split(".", 1)[0]
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            said, what = quad.subject, quad.object
            line = str(quad.triple)
            if "_:" in line:
                line = f"{_term(said, stem, names)} {quad.predicate} {_term(what, stem, names)}"
            lines[f"{line} ."] = None
            if isinstance(what, ox.Literal) and isinstance(said, ox.NamedNode) and quad.predicate.value in _LABELS:
                keys.add(said.value, LV + "searchKey", literal(search_key(what.value)))
    return [*lines, *keys.sorted()]


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, stem: str, names: dict[str, str]) -> str:
    if isinstance(term, ox.BlankNode):
        return names.setdefault(term.value, f"<https://w3id.org/leviers/id/node/{stem}-{len(names) + 1}>")
    return str(term)
