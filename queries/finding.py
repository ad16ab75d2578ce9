"""Whatever a user calls a thing by: an identifier, a name in any wording, or words close to it; whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.triples import literal
from ontology import ID, UnknownName, compact, expand, search_key
from queries.catalogue import bind
from queries.dossiers import KINDS, query
from queries.resolve import CLEAR, SHOWN, Resolved, clear_winner, labels, listed, refuse_empty, scored, short

if TYPE_CHECKING:
    from graph.store import Store

_KNOWN = "SELECT ?p WHERE { <@thing> ?p ?o } LIMIT 1"
_FAR = 50.0  # of 100: what is farther shares no word with what was typed


def find(store: Store, text: str) -> Resolved:
    """The thing that a text names; ``how`` is ``near`` where it was guessed.

    Raises:
        UnknownName: nothing has that name, or several things could be meant; the nearest ones are told.
        StoreEmpty: nothing was loaded.
    """
    refuse_empty(store)
    said = " ".join(text.split())
    iri = expand(said)
    if iri.startswith(ID):
        return Resolved(_known(store, iri, said), said, "identifier")
    key = search_key(said)
    if not key:
        raise UnknownName(f"« {short(said)} » ne désigne rien : écrivez quelques mots, ou un identifiant")
    rows = [row for row in store.select(bind(query("named"), {"key": [literal(key)]})).rows if kind_of(str(row[0]))]
    things = {str(thing): str(label or thing) for thing, label, support in rows if support is not None} or {
        str(thing): str(label or thing) for thing, label, _ in rows
    }
    if len(things) == 1:
        ((thing, label),) = things.items()
        return Resolved(thing, label, "exact")
    if things:
        raise _several(store, said, sorted(things))
    return _nearest(store, said, key)


def kind_of(thing: str) -> str:
    """What a thing is, in French; empty for what has no dossier.

    >>> kind_of(ID + "theme/egal-acces"), kind_of(ID + "hors-acteurs/mots-en-capitales")
    ('Thématique', '')
    """
    return KINDS.get(thing.removeprefix(ID).split("/", 1)[0], "")


def _is_place(thing: str) -> bool:
    return thing.startswith((f"{ID}theme/", f"{ID}territory/"))


def _known(store: Store, iri: str, text: str) -> str:
    from graph.triples import iri as checked

    try:
        checked(iri)
    except ValueError:
        raise UnknownName(f"« {short(text)} » n’est pas un identifiant du graphe") from None
    if not store.select(_KNOWN.replace("@thing", iri)).rows:
        raise UnknownName(
            f"aucun élément « {short(text)} » dans ce graphe ; « leviers export --format csv » liste les identifiants"
        )
    return iri


def _nearest(store: Store, said: str, key: str) -> Resolved:
    keys = [row for row in store.select(query("names")).rows if kind_of(str(row[0]))]
    # The vocabulary holds many actors that no document names: they come in only where nothing said is near.
    told = [(str(one), str(wording)) for one, wording, support in keys if support is not None or _is_place(str(one))]
    best = scored(key, told)
    if not best or best[0][1] < CLEAR:
        best = scored(key, [(str(one), str(wording)) for one, wording, _ in keys])
    if winner := clear_winner(best):
        return Resolved(winner, labels(store, [winner])[winner], "near")
    holding = [one for one, score in best if score >= CLEAR]
    if len(holding) > 1:
        raise _several(store, said, holding)
    shown = _shown(store, [one for one, score in best if score >= _FAR])
    hint = f" ; voulez-vous dire : {listed(shown)} ? Donnez l’un de ces identifiants" if shown else ""
    raise UnknownName(f"rien ne s’appelle « {short(said)} » dans ce graphe{hint}", shown)


def _several(store: Store, said: str, things: list[str]) -> UnknownName:
    shown = _shown(store, things)
    return UnknownName(
        f"« {short(said)} » peut désigner : {listed(shown, len(things))}. Donnez l’un de ces identifiants", shown
    )


def _shown(store: Store, things: list[str]) -> tuple[str, ...]:
    called = labels(store, things[:SHOWN])
    return tuple(f"« {short(label)} » ({kind_of(one)}, {compact(one)})" for one, label in called.items())
