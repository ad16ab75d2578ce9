"""Whatever a user calls a thing by: an identifier, a name in any wording, or words close to it; whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graph.search.index import PLACES
from graph.search.ranking import CLEAR
from graph.triples import literal
from ontology import ID, UnknownName, expand, search_key
from queries.dossiers import pose_for
from queries.kinds import KINDS, kind_of
from queries.resolve import SHOWN, Resolved, candidates, clear_winner, listed, refuse_empty, short
from queries.searching import nearest

if TYPE_CHECKING:
    from graph.store import Store

_LOOKED_AT = 50


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
    rows = [row for row in pose_for(store, "named", {"key": [literal(key)]}).rows if kind_of(str(row[0]))]
    things = {str(thing): str(label or thing) for thing, label, support in rows if support is not None} or {
        str(thing): str(label or thing) for thing, label, _ in rows
    }
    if len(things) == 1:
        ((thing, label),) = things.items()
        return Resolved(thing, label, "exact")
    if things:
        raise _several(store, said, sorted(things))
    return _nearest(store, said)


def _known(store: Store, iri: str, text: str) -> str:
    from graph.triples import iri as checked

    try:
        term = checked(iri)
    except ValueError:
        raise UnknownName(f"« {short(text)} » n’est pas un identifiant du graphe") from None
    if not pose_for(store, "known", {"thing": [term]}).rows:
        raise UnknownName(
            f"aucun élément « {short(text)} » dans ce graphe ; « leviers export --format csv » liste les identifiants"
        )
    return iri


def _nearest(store: Store, said: str) -> Resolved:
    hits = nearest(store, said, tuple(KINDS), limit=_LOOKED_AT, semantic=False)
    # The vocabulary holds many actors that no document names: they come in only where nothing said is near.
    told = [hit for hit in hits if hit.said or hit.kind in PLACES]
    near = told if told and max(hit.words for hit in told) >= CLEAR else hits
    if winner := clear_winner(near):
        return Resolved(winner.iri, winner.label, "near")
    holding = [hit.iri for hit in near if hit.words >= CLEAR]
    if len(holding) > 1:
        raise _several(store, said, holding)
    shown = candidates(store, [hit.iri for hit in nearest(store, said, tuple(KINDS), limit=SHOWN)])
    hint = f" ; voulez-vous dire : {listed(shown)} ? Donnez l’un de ces identifiants" if shown else ""
    raise UnknownName(f"rien ne s’appelle « {short(said)} » dans ce graphe{hint}", shown)


def _several(store: Store, said: str, things: list[str]) -> UnknownName:
    shown = candidates(store, things[:SHOWN])
    return UnknownName(
        f"« {short(said)} » peut désigner : {listed(shown, len(things))}. Donnez l’un de ces identifiants", shown
    )
