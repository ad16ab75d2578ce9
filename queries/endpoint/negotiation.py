"""Which media type to answer with: RFC 9110 content negotiation, and the short names of the ``format`` parameter."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HTML = "text/html"
SHORT_NAMES = {
    "html": HTML,
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""What ``format=`` stands for, as an Accept header."""


@lru_cache(maxsize=256)
def ranges(accept: str) -> tuple[tuple[str, float], ...]:
    """The media ranges of an Accept header with their quality, best first; parameters other than ``q`` do not count.

    >>> ranges("text/csv;q=0.5, application/json;charset=utf-8")
    (('application/json', 1.0), ('text/csv', 0.5))
    """
    found = []
    for item in accept.split(","):
        name, *parameters = (part.strip().lower() for part in item.split(";"))
        quality = next((_quality(p[2:]) for p in parameters if p.startswith("q=")), 1.0)
        if name:
            found.append(("*/*" if name == "*" else name, quality))
    return tuple(sorted(found, key=lambda pair: -pair[1]))


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that the client likes best, the first one offered among equals; None if it takes none.

    The most specific range decides for each type, so ``*/*, text/csv;q=0`` is anything but CSV.

    >>> choose("text/*;q=0.8, */*;q=0.1", ["application/json", "text/csv"])
    'text/csv'
    """
    accepted = dict(reversed(ranges(accept)))
    best, best_quality = None, 0.0
    for name in offered:
        quality = next((accepted[r] for r in (name, name.split("/")[0] + "/*", "*/*") if r in accepted), 0.0)
        if quality > best_quality:
            best, best_quality = name, quality
    return best


def error_type(accept: str) -> str:
    """The form of an error, after what the client asked for first: JSON, HTML or plain text.

    >>> error_type("application/sparql-results+json, */*;q=0.1")
    'application/json'
    """
    first = next((name for name, quality in ranges(accept) if quality > 0), "*/*")
    if first == HTML:
        return HTML
    return "application/json" if first.endswith("json") else "text/plain"


def with_charset(media_type: str) -> str:
    """A Content-Type: text needs its encoding named, JSON and XML carry their own.

    >>> with_charset("text/csv")
    'text/csv; charset=utf-8'
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _quality(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0
