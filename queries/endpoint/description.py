"""What the service and its data are, in RDF, from the Turtle templates beside this file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.terms import PREFIXES
from queries.endpoint.errors import Refusal
from queries.endpoint.exchange import Reply
from queries.endpoint.files import read
from queries.endpoint.frames import Question
from queries.endpoint.negotiation import choose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from queries.endpoint.pool import Pool
    from queries.endpoint.process import Generation

FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
}
_PREFIXES = {
    **{name: PREFIXES[name] for name in ("lv", "id", "dcterms", "foaf", "rdfs", "xsd")},
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
_KEPT = 8


def describe_service(origin: str, accept: str) -> Reply:
    """The SPARQL 1.1 Service Description of the service at an address.

    Raises:
        Refusal: no format suits.
    """
    return _write(_template("service.ttl", origin), _choose(accept))


class DataDescription:
    """The VoID description of the data; its figures are counted once for a generation."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._figures: dict[tuple[Generation, str], bytes] = {}

    async def describe(self, origin: str, accept: str) -> Reply:
        """The description; without figures when they take longer to count than a query may.

        Raises:
            Refusal: no format suits, or the store cannot be read.
        """
        media_type = _choose(accept)
        key = (self._pool.generation(), origin)
        if key not in self._figures:
            counted = await self._count(origin)
            while len(self._figures) >= _KEPT:
                del self._figures[next(iter(self._figures))]
            self._figures[key] = counted
        quads = ox.parse(self._figures[key], format=ox.RdfFormat.N_TRIPLES)
        figures = sorted((quad.triple for quad in quads), key=str)
        return _write(_by_subject([*_template("void.ttl", origin), *figures]), media_type)

    async def _count(self, origin: str) -> bytes:
        try:
            answer = await self._pool.ask(Question(read("void.rq"), "application/n-triples", base=origin))
        except Refusal as refusal:
            if refusal.code in {"busy", "store"}:
                raise
            return b""
        return b"" if answer.code else answer.body


def _template(name: str, origin: str) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(read(name), format=ox.RdfFormat.TURTLE, base_iri=origin)]


def _choose(accept: str) -> str:
    media_type = choose(accept, tuple(FORMATS))
    if media_type is None:
        raise Refusal(406, "not-acceptable", f"format non proposé, demandez plutôt : {', '.join(FORMATS)}")
    return media_type


def _by_subject(triples: list[ox.Triple]) -> list[ox.Triple]:
    # What is said of one thing stands together, in the order the things first come up: Turtle then says its name once.
    order: dict[str, int] = {}
    return sorted(triples, key=lambda triple: order.setdefault(str(triple.subject), len(order)))


def _write(triples: Iterable[ox.Triple], media_type: str) -> Reply:
    return Reply(ox.serialize(triples, format=FORMATS[media_type], prefixes=_PREFIXES) or b"", media_type)
