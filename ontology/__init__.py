"""What can be said: kinds, relations, identifiers, vocabularies. The ground floor; it imports nothing of ours."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from ontology.errors import (
    BadDecision,
    BadQuery,
    LeviersError,
    MissingPart,
    NotAStore,
    StoreBusy,
    StoreEmpty,
    StoreError,
    UnknownName,
    UnreadableFile,
)
from ontology.folding import content_key, fold, search_key, singular, slug, without_tags
from ontology.kinds import Kind, Proof, Reason, Table
from ontology.terms import (
    CONCEPTS_GRAPH,
    DECISIONS_GRAPH,
    GRAPH,
    ID,
    LV,
    MATCHES_GRAPH,
    PREFIXES,
    VOCABULARY_GRAPH,
    Relation,
    class_iri,
    compact,
    concept_iri,
    expand,
    kind_in,
    made_from_content,
)

if TYPE_CHECKING:
    from ontology.horizons import horizon_of
    from ontology.model import Aside, Mention, Participation, Reading, Row, Session, Span

__all__ = [
    "CONCEPTS_GRAPH",
    "DECISIONS_GRAPH",
    "GRAPH",
    "ID",
    "LV",
    "MATCHES_GRAPH",
    "PREFIXES",
    "VOCABULARY_GRAPH",
    "Aside",
    "BadDecision",
    "BadQuery",
    "Kind",
    "LeviersError",
    "Mention",
    "MissingPart",
    "NotAStore",
    "Participation",
    "Proof",
    "Reading",
    "Reason",
    "Relation",
    "Row",
    "Session",
    "Span",
    "StoreBusy",
    "StoreEmpty",
    "StoreError",
    "Table",
    "UnknownName",
    "UnreadableFile",
    "class_iri",
    "compact",
    "concept_iri",
    "content_key",
    "expand",
    "fold",
    "horizon_of",
    "kind_in",
    "made_from_content",
    "search_key",
    "singular",
    "slug",
    "without_tags",
]

# A canned question needs none of these, and ``dataclasses`` alone costs a tenth of its time.
_READING = dict.fromkeys(("Aside", "Mention", "Participation", "Reading", "Row", "Session", "Span"), "ontology.model")
_LATER = {**_READING, "horizon_of": "ontology.horizons"}


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_LATER[name]), name)
    globals()[name] = found
    return found
