"""Names of things: namespaces, classes and relations, as plain strings (nothing heavy is imported)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from ontology.folding import content_key

if TYPE_CHECKING:
    from ontology.kinds import Kind

_CONTENT_KEY = re.compile(r"/[0-9a-f]{12}$")
LV = "https://w3id.org/leviers/ontology#"
ID = "https://w3id.org/leviers/id/"
GRAPH = "https://w3id.org/leviers/graph/"
VOCABULARY_GRAPH = GRAPH + "_vocabulary"
CONCEPTS_GRAPH = GRAPH + "_concepts"
DECISIONS_GRAPH = GRAPH + "_decisions"
MATCHES_GRAPH = GRAPH + "_matches"

PREFIXES = {
    "lv": LV,
    "id": ID,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "ibis": "http://purl.org/catalyst/ibis#",
    "igeo": "http://rdf.insee.fr/def/geo#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "schema": "https://schema.org/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


class Relation(StrEnum):
    """A link between two things; the value is the local name of the property."""

    ANSWERS = "answers"
    RAISES = "raises"
    MEETS = "meets"
    REVEALS = "reveals"
    IMPLEMENTS = "implements"
    MOBILISES = "mobilises"
    MEASURED_BY = "measuredBy"
    SCHEDULED_FOR = "scheduledFor"
    INVOLVES = "involves"
    NAMES = "names"
    CLOSE_TO = "closeMatch"

    @property
    def iri(self) -> str:
        """Full name of the property."""
        return (PREFIXES["skos"] if self is Relation.CLOSE_TO else LV) + self.value

    @property
    def ends(self) -> tuple[str, str]:
        """Full names of the properties that lead from a link of this relation to what it starts from, and leads to.

        They say no more than ``lv:from`` and ``lv:to``: with them a query meets only the links that it asks for.
        """
        return f"{LV}{self.value}From", f"{LV}{self.value}To"

    @property
    def neo4j(self) -> str:
        """Relationship type in Neo4j."""
        return self.name


def class_iri(kind: Kind) -> str:
    """The ontology's class of a kind.

    >>> from ontology.kinds import Kind
    >>> class_iri(Kind.LEVER)
    'https://w3id.org/leviers/ontology#Lever'
    """
    return LV + kind.label


def concept_iri(kind: Kind, text: str) -> str:
    """The identifier of what a text says, for one kind: equal texts after folding have one identifier.

    >>> from ontology.kinds import Kind
    >>> concept_iri(Kind.IRRITANT, "Zones blanches") == concept_iri(Kind.IRRITANT, "zones  blanches.")
    True
    """
    return f"{ID}{kind.value}/{content_key(kind, text)}"


def kind_in(iri: str) -> str:
    """What an identifier of ours says of the kind of its thing: the first part of its name; empty for any other IRI.

    >>> kind_in(ID + "actor/erun"), kind_in("https://exemple.invalid/actor/erun")
    ('actor', '')
    """
    return iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""


def made_from_content(iri: str) -> bool:
    """Whether an identifier was made from a wording, and not given by a vocabulary.

    >>> made_from_content(ID + "actor/erun"), made_from_content(ID + "actor/0123456789ab")
    (False, True)
    """
    return bool(_CONTENT_KEY.search(iri))


def compact(iri: str) -> str:
    """An IRI with its prefix where it has a known one, for people to read.

    >>> compact("https://w3id.org/leviers/id/actor/erun")
    'id:actor/erun'
    """
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str:
    """The full IRI of a compact name; anything else comes back as it is.

    >>> expand("id:actor/erun")
    'https://w3id.org/leviers/id/actor/erun'
    """
    prefix, colon, local = name.partition(":")
    if colon and prefix in PREFIXES and not local.startswith("//"):
        return PREFIXES[prefix] + local
    return name
