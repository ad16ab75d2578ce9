"""Results as a piece of HTML: an accessible table, a yes or no, or the text of a graph."""

from __future__ import annotations

from html import escape
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.terms import PREFIXES, compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SHOWN = 1000


def write(results: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, put: Callable[[bytes], int]) -> None:
    """Write the first thousand rows or triples; a sentence tells how many there are to see."""
    if isinstance(results, ox.QueryBoolean):
        put(f'<p role="status"><strong>{"Oui" if results else "Non"}</strong></p>\n'.encode())
        return
    rows = list(islice(results, _SHOWN + 1))
    count = f"les {_SHOWN} premières" if len(rows) > _SHOWN else "aucune" if not rows else str(len(rows))
    put(f'<p role="status">Réponses affichées : {count}.</p>\n'.encode())
    del rows[_SHOWN:]
    if isinstance(results, ox.QueryTriples):
        text = ox.serialize(rows, format=ox.RdfFormat.TURTLE, prefixes=PREFIXES) or b""
        put(f'<pre tabindex="0">{escape(text.decode(), quote=False)}</pre>\n'.encode())
    else:
        _write_table([variable.value for variable in results.variables], rows, put)


def _write_table(columns: list[str], rows: Iterable[ox.QuerySolution], put: Callable[[bytes], int]) -> None:
    heads = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    put(f"<table><caption>Réponses</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n".encode())
    for row in rows:
        put(f"<tr>{''.join(f'<td{_language(term)}>{_cell(term)}</td>' for term in row)}</tr>\n".encode())
    put(b"</tbody></table>\n")


def _language(term: object) -> str:
    language = term.language if isinstance(term, ox.Literal) else None
    return f' lang="{escape(language)}"' if language and language != "fr" else ""


def _cell(term: object) -> str:
    if term is None:
        return ""
    if isinstance(term, ox.NamedNode):
        shown = escape(compact(term.value))
        linked = term.value.startswith(("http://", "https://"))
        return f'<a href="{escape(term.value)}">{shown}</a>' if linked else shown
    return escape(term.value if isinstance(term, ox.Literal) else str(term), quote=False)
