"""Short, medium or long term, where the words of a timeframe say so."""

from __future__ import annotations

import re

from ontology.folding import search_key
from ontology.terms import ID

_SAID = re.compile(r"\b(court|moyen|long) (?:et (?:court|moyen|long) )?term")


def horizon_of(text: str) -> str | None:
    """The horizon that a timeframe names; None where it names none, or several.

    >>> horizon_of("Moyen terme")
    'https://w3id.org/leviers/id/horizon/moyen'
    >>> horizon_of("Année scolaire 2021-2022") is None
    True
    """
    named = set(_SAID.findall(search_key(text)))
    return f"{ID}horizon/{named.pop()}" if len(named) == 1 else None
