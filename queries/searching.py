"""Free text: the things of the graph that it may mean, ranked, each with the reason why."""

from __future__ import annotations

import re
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

from graph.search import beside
from graph.search.filling import in_memory, index_of
from graph.search.meaning import made_by
from graph.search.ranking import rank
from graph.triples import iri
from ontology import fold, search_key
from queries.kinds import KINDS
from queries.posing import helped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from graph.search.index import Index
    from graph.search.ranking import Hit
    from graph.semantic import Encoder
    from graph.store import Store

_MANY = 400  # things among which those of a theme or a territory are looked for
_NEAR_MEANING = 0.3
_SHOWN = 80  # characters of another wording
_WORD = re.compile(r"[^\W_]+")
_UNLEARNT = (
    "Les mots seuls comptent : cette base a été chargée sans le modèle de langue ; « leviers ingest » sur les mêmes "
    "fichiers l’ajoute"
)
_ELSEWHERE = "Les mots seuls comptent : le sens des mots se cherche dans le dossier d’une base, pas sur un serveur"
_SLOW = "Le SQLite de ce Python n’a pas l’index plein texte FTS5 : la recherche est plus lente"


class Result(NamedTuple):
    """One thing found.

    Attributes:
        why: in French, what led to it.
        source: a document that says it, empty where none does.
    """

    hit: Hit
    why: str
    source: str


def search(
    store: Store,
    text: str,
    *,
    kinds: Sequence[str] = (),
    places: Iterable[str] = (),
    limit: int = 10,
    semantic: bool = True,
    say: Callable[[str], object] = lambda _: None,
) -> list[Result]:
    """What a text may mean, nearest first.

    Args:
        store: where to look.
        text: as the user writes it.
        kinds: of things; all for none.
        places: identifiers of themes and territories in each of which the things must be said.
        limit: how many at most.
        semantic: whether meaning counts, where the model is there.
        say: is given a line for the user where something is done without.
    """
    wanted = tuple(places)
    hits = nearest(store, text, kinds or tuple(KINDS), limit=_MANY if wanted else limit, semantic=semantic, say=say)
    for place in wanted:
        there = _said_in(store, [hit.iri for hit in hits], place)
        hits = [hit for hit in hits if hit.iri in there]
    sources = documents(store, [hit.iri for hit in hits[:limit]])
    return [Result(hit, why(hit), sources.get(hit.iri, "")) for hit in hits[:limit]]


def nearest(
    store: Store,
    text: str,
    kinds: Sequence[str],
    *,
    limit: int,
    semantic: bool = True,
    say: Callable[[str], object] = lambda _: None,
) -> list[Hit]:
    """The things of these kinds that a text may mean, by the index beside the store or by one made for the moment."""
    try:
        with index_of(store) as index:
            if not index.fast:
                say(_SLOW)
            return rank(index, text, kinds=kinds, limit=limit, model=_model(store, index, say) if semantic else None)
    except sqlite3.DatabaseError:  # damaged further on than its first page
        with in_memory(store) as index:
            return rank(index, text, kinds=kinds, limit=limit)


def documents(store: Store, things: Sequence[str]) -> dict[str, str]:
    """A document that says each of these things."""
    if not things:
        return {}
    rows = helped(store, "_sources", {"id": map(iri, things)}).rows
    return {str(thing): str(document) for thing, document in rows}


def why(hit: Hit) -> str:
    """What led to a thing, in French."""
    parts = []
    printed = {fold(word): word for word in _WORD.findall(hit.wording)}
    same, near = [], []
    for typed, found in hit.matched:
        shown = " ".join(printed.get(word, word) for word in found.split())
        if search_key(found) == search_key(typed):  # singular or plural
            same.append(shown)
        else:
            near.append(f"{shown} (pour « {typed} »)")
    if same:
        parts.append(f"mot{'s' if len(same) > 1 else ''} : {', '.join(same)}")
    if near:
        parts.append(f"mot{'s' if len(near) > 1 else ''} proche{'s' if len(near) > 1 else ''} : {', '.join(near)}")
    if hit.meaning is not None and (hit.meaning >= _NEAR_MEANING or not parts):
        parts.append("sens proche")
    if fold(hit.wording) != fold(hit.label):
        parts.append(f"dit aussi « {hit.wording if len(hit.wording) <= _SHOWN else hit.wording[: _SHOWN - 1] + '…'} »")
    return " ; ".join(parts)


def _model(store: Store, index: Index, say: Callable[[str], object]) -> Encoder | None:
    from graph.semantic import encoder

    if beside(store) is None:
        if "://" in store.address:
            say(_ELSEWHERE)
        return None
    found = encoder(say, expected=True)
    if found and not index.knows_meaning(made_by(found)):
        say(_UNLEARNT)
        return None
    return found


def _said_in(store: Store, things: Sequence[str], place: str) -> set[str]:
    if not things:
        return set()
    rows = helped(store, "_said-in", {"id": map(iri, things), "place": [iri(place)]}).rows
    return {str(row[0]) for row in rows}
