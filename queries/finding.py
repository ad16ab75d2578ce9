"""Whatever a user calls a thing by: an identifier, a name in any wording, or words close to it; whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.triples import literal
from ontology import ID, LV, PREFIXES, Kind, UnknownName, compact, expand, search_key

if TYPE_CHECKING:
    from graph.store import Store

_NAMED = f"""PREFIX lv: <{LV}> PREFIX skos: <{PREFIXES["skos"]}>
SELECT DISTINCT ?thing ?label ?support WHERE {{
  ?thing lv:searchKey @key .
  OPTIONAL {{ ?thing skos:prefLabel ?label FILTER(LANG(?label) = "fr") }}
  OPTIONAL {{ ?thing lv:support ?support }}
}}"""
_KNOWN = "SELECT ?p WHERE { <@thing> ?p ?o } LIMIT 1"


def find(store: Store, text: str) -> str:
    """The IRI of the thing that a text names.

    Raises:
        UnknownName: nothing has that name, or several things have it; the nearest ones are told.
    """
    iri = expand(text.strip())
    if iri.startswith(ID):
        return _known(store, iri, text)
    rows = store.select(_NAMED.replace("@key", literal(search_key(text)))).rows
    things = {str(thing): str(label or thing) for thing, label, support in rows if support is not None} or {
        str(thing): str(label or thing) for thing, label, _ in rows
    }
    if len(things) == 1:
        return next(iter(things))
    if things:
        names = tuple(f"{compact(thing)} ({label})" for thing, label in sorted(things.items()))
        raise UnknownName(
            f"« {text} » désigne plusieurs éléments ; donnez l’un de ces identifiants : {' ; '.join(names)}", names
        )
    return _nearest(store, text)


def _known(store: Store, iri: str, text: str) -> str:
    from graph.triples import iri as checked

    try:
        checked(iri)
    except ValueError:
        raise UnknownName(f"« {text} » n’est pas un identifiant du graphe") from None
    if not store.select(_KNOWN.replace("@thing", iri)).rows:
        raise UnknownName(
            f"aucun élément « {text} » dans ce graphe ; « leviers export --format csv » liste les identifiants"
        )
    return iri


def _nearest(store: Store, text: str) -> str:
    from queries.resolve import resolve

    near: list[str] = []
    for kind in Kind:
        try:
            return resolve(store, kind.value, text).iri
        except UnknownName as error:
            near += error.candidates[:2]
    hint = f" ; voulez-vous dire : {' ; '.join(near[:6])} ?" if near else ""
    raise UnknownName(f"rien ne s’appelle « {text} » dans ce graphe{hint}", tuple(near))
