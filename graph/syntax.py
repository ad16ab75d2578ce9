"""What a query's text asks for, told by the parser that will run it.

Oxigraph's parser takes keywords where its grammar expects them, with or without blanks around (``1SERVICE<..>``),
so no reading of the text by patterns is safe. Instead a word is replaced by one without meaning, wherever it stands:
in a string, a name or a comment this changes nothing for the grammar; a keyword no longer parses.
"""

from __future__ import annotations

import re
from itertools import count

import pyoxigraph as ox

_NOTHING = ox.Store()
_LETTERS = str.maketrans("0123456789abcdef", "qwrtypsdfghjklmn")
_PROLOGUE = re.compile(r"(?:\s+|#[^\n]*|base\s*<[^>]*>|prefix\s*[^\s:]*\s*:\s*<[^>]*>)*", re.IGNORECASE)

Form = type[ox.QuerySolutions] | type[ox.QueryBoolean] | type[ox.QueryTriples]


def form_of(text: str) -> Form:
    """What a query answers with: rows, a yes or no, or a graph.

    Raises:
        SyntaxError: it does not parse.
    """
    return type(_NOTHING.query(text))


def syntax_error(text: str, base: str | None = None) -> SyntaxError | None:
    """Why a query does not parse, in the parser's words."""
    try:
        _NOTHING.query(text, base_iri=base)
    except SyntaxError as error:
        return error
    return None


def uses(keyword: str, text: str, base: str | None = None) -> bool:
    """Whether a query that parses holds a keyword of the grammar (given in lower case).

    >>> uses("service", "SELECT * { ?s ?p 1SERVICE<http://example.org/>{} }")
    True
    >>> uses("service", "SELECT ?service { ?service a <urn:service> } # no SERVICE")
    False
    """
    lowered = text.lower()
    if keyword not in lowered:
        return False
    blanks = (f"{number:x}".translate(_LETTERS).rjust(len(keyword), "z") for number in count())
    blank = next(word for word in blanks if word not in lowered)
    return syntax_error(re.sub(keyword, blank, text, flags=re.IGNORECASE), base) is not None


def prologue(text: str) -> tuple[str, str]:
    r"""The declarations of a query, and what follows them.

    >>> prologue("PREFIX ex: <urn:ex:> # hello\n SELECT * {}")
    ('PREFIX ex: <urn:ex:> # hello\n ', 'SELECT * {}')
    """
    start = _PROLOGUE.match(text)
    end = start.end() if start else 0
    return text[:end], text[end:]
