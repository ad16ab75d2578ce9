"""Triples as N-Triples lines: every store reads them, and the same facts give the same bytes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable

_ESCAPED = re.compile(r'[\\"\n\r\x00-\x08\x0b\x0c\x0e-\x1f\x7f]')
_SHORT = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
_WRITTEN = re.compile(r'\\(?:u([0-9A-F]{4})|([\\"nrt]))')
_LONG = {"\\": "\\", '"': '"', "n": "\n", "r": "\r", "t": "\t"}
_NOT_IN_IRI = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_TYPE = f"<{PREFIXES['rdf']}type>"


@lru_cache(maxsize=16384)
def iri(text: str) -> str:
    """An IRI in angle brackets.

    Raises:
        ValueError: the text has a character that no IRI may have.

    >>> iri("https://w3id.org/leviers/id/actor/erun")
    '<https://w3id.org/leviers/id/actor/erun>'
    """
    if not text or _NOT_IN_IRI.search(text):
        raise ValueError(f"no IRI: {text!r}")
    return f"<{text}>"


def literal(text: str, language: str = "") -> str:
    r"""A text, escaped.

    >>> print(literal('« point "d’accès" »', "fr"))
    "« point \"d’accès\" »"@fr
    """
    escaped = _ESCAPED.sub(lambda match: _SHORT.get(match[0], f"\\u{ord(match[0]):04X}"), text)
    return f'"{escaped}"@{language}' if language else f'"{escaped}"'


def plain(term: str) -> str:
    r"""What a term written by `iri` or `literal` says.

    >>> plain(iri("urn:x")), plain(literal('a "b"\\n', "fr"))
    ('urn:x', 'a "b"\\n')
    """
    if term.startswith("<"):
        return term[1:-1]
    return _WRITTEN.sub(_read, term[1 : term.rindex('"')])


def _read(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else _LONG[match[2]]


def number(value: int) -> str:
    """A whole number."""
    return f'"{value}"^^<{PREFIXES["xsd"]}integer>'


def date(text: str) -> str:
    """A day, in its ISO form."""
    return f'"{text}"^^<{PREFIXES["xsd"]}date>'


TRUE = f'"true"^^<{PREFIXES["xsd"]}boolean>'
FALSE = f'"false"^^<{PREFIXES["xsd"]}boolean>'


class Lines:
    """Triples gathered for one graph, each once."""

    def __init__(self) -> None:
        self._lines: dict[str, None] = {}

    def add(self, subject: str, predicate: str, *objects: str) -> None:
        """Say these objects of a subject; subject and predicate are IRIs, objects are terms already written."""
        start = f"{iri(subject)} {_TYPE if predicate == 'a' else iri(predicate)} "
        for item in objects:
            self._lines[f"{start}{item} ."] = None

    def take(self, lines: Iterable[str]) -> None:
        """Say what these triples say."""
        self._lines.update(dict.fromkeys(lines))

    def sorted(self) -> list[str]:
        """All lines, in an order that does not depend on how they came."""
        return sorted(self._lines)
