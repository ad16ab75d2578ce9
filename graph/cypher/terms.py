"""Asking an RDF store for very many rows: as one text of tab-separated terms, of which only what counts is decoded.

The store writes it without holding up other threads, and a term says its language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.triples import plain
from ontology import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.store import Cell, Store

_TSV = "text/tab-separated-values"
_AT_ONCE = 1 << 20  # bytes made into lines
_XSD = PREFIXES["xsd"]
_NUMBERS = {_XSD + name: int for name in ("integer", "int", "long", "nonNegativeInteger")} | {
    _XSD + name: float for name in ("decimal", "double", "float")
}


def ask(store: Store, query: str) -> Iterator[str]:
    """The rows of a SELECT, each a line of terms as Turtle writes them, between tabs; no other tab is left in them."""
    answer = store.answer(query, _TSV)
    start = answer.index(b"\n") + 1  # after the variables
    while start < len(answer):
        end = answer.rfind(b"\n", start, start + _AT_ONCE) + 1 or answer.find(b"\n", start) + 1 or len(answer)
        yield from answer[start:end].decode().removesuffix("\n").split("\n")
        start = end


def value(term: str) -> Cell:
    r"""What a term says: identifiers and texts as strings, numbers and booleans as themselves.

    >>> value("<urn:x>"), value('"l’\\"eau\\"\\t"@fr'), value("-3"), value("true"), value('"2"^^<urn:y>')
    ('urn:x', 'l’"eau"\t', -3, True, '2')
    """
    if term[0] == "<":
        return term[1:-1]
    if term[0] != '"':
        return term == "true" if term in {"true", "false"} else float(term) if set(term) & set(".eE") else int(term)
    if term[-1] == '"':
        return plain(term)
    text, said = plain(term), term[term.rindex('"') + 1 :]
    if said.startswith("^^"):
        datatype = said[3:-1]
        if datatype in _NUMBERS:
            return _NUMBERS[datatype](text)
        if datatype == f"{_XSD}boolean":
            return text == "true"
    return text


def language(term: str) -> str:
    """The language of a text; empty for what has none.

    >>> language('"eau"@fr'), language('"@"'), language("3"), language("<urn:x@y>")
    ('fr', '', '', '')
    """
    _, mark, said = term[term.rfind('"') + 1 :].partition("@")
    return said if mark and term[0] == '"' else ""
