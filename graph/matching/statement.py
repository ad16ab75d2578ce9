"""What is compared: one concept with its wordings and the places where it is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from graph.batches import batches
from ontology import LV, PREFIXES, Kind, kind_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graph.store import Store

COMPARED = tuple(kind for kind in Kind if kind is not Kind.ACTOR)
# A story shares words with any other, and two periods that share words are two: a person may join them, no machine.
LINKED = tuple(kind for kind in COMPARED if kind not in {Kind.EXPERIENCE, Kind.TIMEFRAME})
# Those of two kinds that are looked for too: what hinders some may have served others.
FACING = ((Kind.IRRITANT, Kind.STRENGTH),)
_AT_ONCE = 400
_SAID = f"""
PREFIX lv: <{LV}>
PREFIX oa: <{PREFIXES["oa"]}>
PREFIX dcterms: <{PREFIXES["dcterms"]}>
SELECT ?concept ?text ?document ?theme ?table ?row WHERE {{
  @which
  ?mention oa:hasBody ?concept ; lv:text ?text ; lv:inRow ?row .
  ?row lv:table ?table ; dcterms:isPartOf ?document .
  OPTIONAL {{ ?row lv:hasTheme ?theme }}
}}"""
_OF_KINDS = "?mention lv:kind ?kind . VALUES ?kind { @kinds }"


class Place(NamedTuple):
    """Where a statement stands; ``theme`` is empty where the row has none."""

    document: str
    theme: str
    table: str
    row: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A concept that the matcher can compare with others of its kind.

    Attributes:
        iri: of the concept, any decision applied.
        texts: its wordings, sorted.
        places: where it is said, sorted.
    """

    iri: str
    texts: tuple[str, ...]
    places: tuple[Place, ...] = ()
    kind: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", kind_in(self.iri))


def statements(store: Store, concepts: Iterable[str] | None = None) -> list[Statement]:
    """The statements of a graph that can be compared, by identifier; all of them, or those of these concepts."""
    said: dict[str, tuple[set[str], set[Place]]] = {}
    for which in _selections(concepts):
        for concept, text, document, theme, table, row in store.select(_SAID.replace("@which", which)).rows:
            texts, places = said.setdefault(str(concept), (set(), set()))
            texts.add(str(text))
            places.add(Place(str(document), str(theme or ""), str(table), str(row)))
    made = (
        Statement(iri, tuple(sorted(texts)), tuple(sorted(places))) for iri, (texts, places) in sorted(said.items())
    )
    return [statement for statement in made if statement.kind in COMPARED]


def _selections(concepts: Iterable[str] | None) -> Iterator[str]:
    if concepts is None:
        yield _OF_KINDS.replace("@kinds", " ".join(f"<{LV}{kind.label}>" for kind in COMPARED))
        return
    known = sorted(concept for concept in concepts if kind_in(concept) in COMPARED)
    for some in batches(known, _AT_ONCE):
        yield f"VALUES ?concept {{ {' '.join(f'<{concept}>' for concept in some)} }}"
