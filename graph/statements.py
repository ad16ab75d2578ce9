"""The wordings that a store holds, by the identifier that each would have alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ontology import ID, LV, PREFIXES, Kind, concept_iri, kind_in

if TYPE_CHECKING:
    from graph.store import Store

_QUOTED = f"PREFIX lv: <{LV}> SELECT DISTINCT ?concept ?text WHERE {{ ?concept lv:quote ?text }}"
_NAMED = f"""PREFIX rdfs: <{PREFIXES["rdfs"]}>
SELECT DISTINCT ?actor ?text WHERE {{ ?actor rdfs:label ?text FILTER(STRSTARTS(STR(?actor), "{ID}actor/")) }}"""


def wordings(store: Store) -> dict[str, str]:
    """Each wording by its own identifier, that before any merge; of several spellings, the first in order."""
    found: dict[str, str] = {}
    kinds = {kind.value: kind for kind in Kind if kind is not Kind.ACTOR}
    for concept, text in store.select(_QUOTED).rows:
        kind = kinds.get(kind_in(str(concept)))
        if kind is not None:
            alone = concept_iri(kind, str(text))
            found[alone] = min(str(text), found.get(alone, str(text)))
    for actor, text in store.select(_NAMED).rows:
        found[str(actor)] = min(str(text), found.get(str(actor), str(text)))
    return found
